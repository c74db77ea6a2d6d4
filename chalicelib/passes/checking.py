"""Whether a scanned pass counts here and today. An officer's device judges the same way offline (scripts/scan)."""

from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.actions.person_rows import SAME_ARRIVAL
from chalicelib.domain.errors import NotFound
from chalicelib.passes.tokens import Pass, PassSigner

LASTS = SAME_ARRIVAL
"""A pass is shown on the way from aircraft to bed; after that the same document makes a new case."""
AHEAD = timedelta(days=1)
"""A device's clock may be some hours wrong, across midnight too."""


@dataclass(frozen=True)
class Judged:
    """``fault`` is nothing, forged, elsewhere, early or old; ``said`` is what the token says unless it is forged."""

    fault: str = ""
    said: Pass | None = None


def judge(signer: PassSigner, token: str, point: str, today: date) -> Judged:
    """The pass as it counts at ``point`` on ``today``."""
    try:
        said = signer.read(token)
    except NotFound:
        return Judged("forged")
    if said.point != point:
        return Judged("elsewhere", said)
    if said.date > today + AHEAD:
        return Judged("early", said)
    return Judged("old" if said.date < today - LASTS else "", said)
