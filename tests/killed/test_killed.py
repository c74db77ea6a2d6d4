"""Whatever dies, dawdles or refuses at whichever call: the story ends as it does undisturbed, and no promise breaks.

Every fault at every call is `make reliability`; here each call meets one or two of them in turn.
"""

import pytest

from tests.killed.deeds import VERBS
from tests.killed.jobs import JOBS
from tests.killed.scene import Stage
from tests.killed.trial import Deed, rehearsed, tried

DEEDS = [*VERBS, *JOBS]


@pytest.mark.parametrize(("turn", "deed"), list(enumerate(DEEDS)), ids=[deed.name for deed in DEEDS])
def test_every_call_of_a_verb_or_job_goes_wrong(stage: Stage, deed: Deed, turn: int) -> None:
    calls, undisturbed = rehearsed(stage, deed)
    told = list(tried(stage, deed, calls, undisturbed, turn))
    assert [outcome for outcome in told if outcome.faults] == []
