"""A thousand orders of everything that can happen at once around one traveller; each failure shrinks and repeats."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.actions.ports import AlreadyThere, Change
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.finding import Identity
from chalicelib.domain.messages import Message
from chalicelib.storage.memory import MemoryStore
from tests.concurrency import watch
from tests.concurrency.crowd import Crowd, in_memory
from tests.concurrency.turns import Schedule, Turns

SCHEDULES = 1_000
SCHEDULE = st.builds(Schedule, st.binary(min_size=300, max_size=300), st.sampled_from((1, 2, 7)))


def ran(schedule: Schedule, store: MemoryStore | None = None) -> Crowd:
    """A day under a schedule, to its end."""
    turns = Turns(schedule)
    crowd = in_memory(turns, store or MemoryStore())
    crowd.gather()
    turns.run()
    crowd.settle()
    return crowd


@given(SCHEDULE)
@settings(max_examples=SCHEDULES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_whoever_comes_first(schedule: Schedule) -> None:
    watch.check(ran(schedule))


class Careless(MemoryStore):
    """Writes rows of some kinds without looking at what stands there."""

    def __init__(self, *kinds: type) -> None:
        super().__init__()
        self._kinds = kinds

    def _refusal(self, change: Change) -> Any:
        return None if isinstance(change.entity, self._kinds) else super()._refusal(change)


@pytest.mark.parametrize(
    "kinds", [(Message,), (Case,), (Case, AuditEntry), (Dispatch,), (Dispatch, AuditEntry), (Identity,)]
)
def test_a_condition_too_few_is_seen(kinds: tuple[type, ...]) -> None:
    """A few schedules are enough to meet what the thousand promise not to happen."""
    with pytest.raises((AssertionError, AlreadyThere)):
        hundred_days(kinds)


def hundred_days(careless: tuple[type, ...]) -> None:
    random = Random(1)
    for _ in range(100):
        watch.check(ran(Schedule(random.randbytes(300)), Careless(*careless)))
