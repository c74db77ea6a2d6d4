"""Release: by the calendar, caught up after a standstill, never early; the district hears once for each day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.actions.ports import Change
from chalicelib.actions.quarantine import hold_case
from chalicelib.actions.release import release_due, release_early
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Invalid, NotInState, NotPermitted, Stale
from chalicelib.domain.messages import MessageState
from chalicelib.domain.states import State
from chalicelib.domain.work import PlannedRelease, ReleaseDigest
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import COORDINATOR, JIANGBEI, MOTHER, OWN, YUZHONG, World, contact, local

END = date(2026, 12, 7)


def test_not_a_second_before_the_release_hour(world: World) -> None:
    case_id = world.quarantined()
    early = local(END, 8) - timedelta(seconds=1)
    assert world.release_due(early) == {"released": 0, "districts": 0, "skipped": 0}
    assert world.release_due(local(END, 8)) == {"released": 1, "districts": 1, "skipped": 0}
    case = world.case(case_id)
    assert (case.state, case.released_at) == (State.RELEASED, local(END, 8))
    assert world.kept(PlannedRelease) == []
    assert world.release_due(local(END, 9))["released"] == 0, "once"


def test_a_standstill_of_days_is_caught_up(world: World) -> None:
    for number in range(5):
        world.quarantined(f"E{number}", days=10 + number)
    assert world.release_due(local(END, 23))["released"] == 5


def test_a_case_is_released_by_its_own_date_whatever_an_old_row_says(world: World) -> None:
    case_id = world.quarantined()
    (row,) = world.kept(PlannedRelease)
    assert isinstance(world.store, MemoryStore)
    world.store.rows["owed", f"release#{case_id}", "-"] = replace(row, due_at=local(date(2026, 11, 25), 8))
    assert world.release_due(local(date(2026, 11, 30), 8)) == {"released": 0, "districts": 0, "skipped": 1}
    assert world.case(case_id).state == State.IN_QUARANTINE


def test_who_is_on_hold_is_not_released_whatever_an_old_row_says(world: World) -> None:
    case_id = world.quarantined()
    assert isinstance(world.store, MemoryStore)
    (row,) = world.kept(PlannedRelease)
    hold_case(world.ports, COORDINATOR, case_id, "unclear", None)
    world.store.rows["owed", f"release#{case_id}", "-"] = row
    assert world.release_due(local(END, 8))["released"] == 0
    assert world.case(case_id).state == State.IN_QUARANTINE
    assert world.kept(PlannedRelease) == [], "and the row is gone"


def test_who_is_told_and_when_by_the_wall_clock(world: World) -> None:
    case_id = world.quarantined()
    world.release_due(local(END, 8, 10))
    texts = world.messages("quarantine_ended", case_id)
    assert sorted((m.audience, m.personal.to) for m in texts) == [("family", MOTHER), ("traveller", OWN)]
    assert {m.due_at for m in texts} == {world.clock()}, "rows carry the wall clock, and go at once"
    assert all("12月7日" in m.personal.body for m in texts)


def test_a_release_in_the_quiet_hours_waits_for_the_morning(world: World) -> None:
    case_id = world.quarantined()
    world.release_due(local(END, 23))
    waits = timedelta(hours=8, minutes=30)
    assert {m.due_at for m in world.messages("quarantine_ended", case_id)} == {world.clock() + waits}


def test_killed_between_two_the_next_run_releases_the_rest(world: World) -> None:
    class Dying(MemoryStore):
        left = 2

        def commit(self, changes: Sequence[Change]) -> None:
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            super().commit(changes)

    ids = [world.quarantined(f"E{number}", family_contacts=[contact(f"+86139001390{number}0")]) for number in range(4)]
    dying = Dying()
    assert isinstance(world.store, MemoryStore)
    dying.rows = world.store.rows
    now = local(END, 8)
    with pytest.raises(KeyboardInterrupt):
        release_due(replace(world.ports, store=dying), now, due_shards("release"), stamp(now))
    assert world.release_due(now)["released"] == 2
    assert {world.case(i).state for i in ids} == {State.RELEASED}
    assert len(world.messages("quarantine_ended")) == 8
    (digest,) = world.kept(ReleaseDigest)
    assert sorted(digest.case_ids) == sorted(ids)


def test_who_somebody_else_works_on_is_for_the_next_run(world: World) -> None:
    class Busy(MemoryStore):
        def commit(self, changes: Sequence[Change]) -> None:
            raise Stale

    case_id = world.quarantined()
    busy, now = Busy(), local(END, 8)
    assert isinstance(world.store, MemoryStore)
    busy.rows = world.store.rows
    assert release_due(replace(world.ports, store=busy), now, due_shards("release"), stamp(now))["skipped"] == 1
    assert world.case(case_id).state == State.IN_QUARANTINE


def test_one_who_cannot_be_released_holds_up_nobody_and_is_told(world: World) -> None:
    class Poisoned(MemoryStore):
        def commit(self, changes: Sequence[Change]) -> None:
            if any(isinstance(change.entity, Case) and change.entity.case_id == first for change in changes):
                raise LookupError("LI XIAOMING")
            super().commit(changes)

    first, second = world.quarantined("E1"), world.quarantined("E2")
    poisoned, now = Poisoned(), local(END, 8)
    assert isinstance(world.store, MemoryStore)
    poisoned.rows = world.store.rows
    with pytest.raises(RuntimeError, match=r"^1 not released: LookupError$"):
        release_due(replace(world.ports, store=poisoned), now, due_shards("release"), stamp(now))
    assert [world.case(case_id).state for case_id in (first, second)] == [State.IN_QUARANTINE, State.RELEASED]
    assert [kind for kind, _ in world.queue.taken].count("digest") == 1
    assert world.release_due(now)["released"] == 1


def test_a_case_that_is_no_longer_there_does_not_stop_the_others(world: World) -> None:
    gone, other = world.quarantined("E1"), world.quarantined("E2")
    assert isinstance(world.store, MemoryStore)
    del world.store.rows["cases", gone, "case"]
    assert world.release_due(local(END, 8)) == {"released": 1, "districts": 1, "skipped": 1}
    assert world.store.find(Case, other) == world.case(other)


def test_early_by_an_officer_with_a_reason(world: World) -> None:
    case_id = world.quarantined()
    with pytest.raises(Invalid):
        release_early(world.ports, YUZHONG, case_id, "", None)
    with pytest.raises(NotPermitted):
        release_early(world.ports, replace(JIANGBEI, desks=frozenset({"hotel"})), case_id, "r", None)
    assert release_early(world.ports, YUZHONG, case_id, "negative twice", None).state == State.RELEASED
    assert world.kept(PlannedRelease) == []
    with pytest.raises(NotInState):
        release_early(world.ports, YUZHONG, case_id, "again", None)


def test_nobody_is_told_of_the_start_after_the_end(world: World) -> None:
    world.clock.now = local(date(2026, 11, 23), 23)  # at night: the text about the start waits for the morning
    world.quarantined(days=1)
    assert {text.state for text in world.messages("quarantine_started")} == {MessageState.OWED}
    world.release_due(local(date(2026, 11, 25), 8))
    assert {text.state for text in world.messages("quarantine_started")} == {MessageState.CANCELLED}
    assert {text.state for text in world.messages("quarantine_ended")} == {MessageState.OWED}


def test_a_release_that_was_caught_up_ended_on_its_own_date(world: World) -> None:
    world.quarantined()
    world.release_due(local(END + timedelta(days=6), 8))
    assert all(
        "7" in text.personal.body and "13" not in text.personal.body for text in world.messages("quarantine_ended")
    )
