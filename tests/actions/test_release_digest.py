"""A district hears once of the releases of a day, and somebody is always told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.actions.ports import Change
from chalicelib.actions.release import release_early
from chalicelib.actions.send_digest import send_digest
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.work_off import work_off
from chalicelib.domain.messages import Message
from chalicelib.domain.places import Contacts
from chalicelib.domain.states import State
from chalicelib.domain.work import ReleaseDigest
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import COORDINATOR, World, local

END = date(2026, 12, 7)


def digests(world: World) -> list[Message]:
    return [m for m in world.messages("quarantine_ended") if m.audience == "district"]


def work_off_digests(world: World) -> None:
    for kind, key in world.queue.taken:
        if kind == "digest":
            work_off(world.ports, None, kind, key)  # type: ignore[arg-type]


def test_the_district_hears_once_for_a_day(world: World) -> None:
    for number in range(3):
        world.quarantined(f"E{number}")
    world.quarantined("F1", household_registration="none")
    assert world.release_due(local(END, 8))["districts"] == 1, "all four ride with Yuzhong's vehicles"
    assert [key for kind, key in world.queue.taken if kind == "digest"] == ["CKG#yuzhong#2026-12-07"]
    work_off_digests(world)
    work_off_digests(world)
    (digest,) = digests(world)
    assert "4" in digest.personal.body
    assert digest.segments == 1


def test_who_is_released_after_the_digest_went_is_in_another(world: World) -> None:
    one, other = world.quarantined("E1"), world.quarantined("E2", days=10)
    release_early(world.ports, COORDINATOR, other, "r", None)
    assert send_digest(world.ports, "CKG", "yuzhong", date(2026, 11, 23)) == 1
    release_early(world.ports, COORDINATOR, one, "r", None)
    assert send_digest(world.ports, "CKG", "yuzhong", date(2026, 11, 23)) == 1
    assert send_digest(world.ports, "CKG", "yuzhong", date(2026, 11, 23)) == 0
    assert sorted(d.number for d in world.kept(ReleaseDigest)) == [1, 2]
    assert len(digests(world)) == 2


def test_a_digest_that_nobody_was_told_of_is_found_by_the_sweep(world: World) -> None:
    world.quarantined()
    world.queue.away = True
    world.release_due(local(END, 8))
    world.queue.away = False
    shards = {"digest": due_shards("digest")}
    assert sweep_owed(world.ports, shards, stamp(world.clock()))["digest"] == 0, "more may come"
    assert sweep_owed(world.ports, shards, stamp(world.clock() + timedelta(minutes=2)))["digest"] == 1
    work_off_digests(world)
    assert len(digests(world)) == 1
    assert sweep_owed(world.ports, shards, stamp(world.clock() + timedelta(days=1)))["digest"] == 0


def test_a_district_with_nobody_on_duty_is_a_task(world: World) -> None:
    world.quarantined()
    world.change_district("yuzhong", personal=Contacts())
    world.release_due(local(END, 8))
    work_off_digests(world)
    (task,) = world.tasks("nobody_on_duty")
    assert (task.desk, task.district, task.event) == ("coordination", "yuzhong", "quarantine_ended")


def test_a_district_contact_to_be_called_is_the_coordinators(world: World) -> None:
    world.quarantined()
    known = world.ports.places.district("yuzhong").personal.contacts
    world.change_district("yuzhong", personal=Contacts(tuple(replace(c, reach="call") for c in known)))
    world.release_due(local(END, 8))
    work_off_digests(world)
    assert [(t.desk, t.event) for t in world.tasks("call")] == [("coordination", "quarantine_ended")]


@pytest.mark.parametrize("before", [0, 1])
def test_two_of_a_district_at_the_same_moment_are_both_in_its_digest(world: World, before: int) -> None:
    class Meeting(MemoryStore):
        """Another officer releases somebody of the same district just before the first commit."""

        met = False

        def commit(self, changes: Sequence[Change]) -> None:
            if not self.met:
                self.met = True
                release_early(world.ports, COORDINATOR, other, "r", None)
            super().commit(changes)

    ids = [world.quarantined(f"E{number}") for number in range(2 + before)]
    one, other, *earlier = ids
    for case_id in earlier:
        release_early(world.ports, COORDINATOR, case_id, "r", None)
    meeting = Meeting()
    assert isinstance(world.store, MemoryStore)
    meeting.rows = world.store.rows
    assert release_early(replace(world.ports, store=meeting), COORDINATOR, one, "r", None).state == State.RELEASED
    (digest,) = world.kept(ReleaseDigest)
    assert sorted(digest.case_ids) == sorted(ids)
