"""A batch is stopped while it runs: what is not sent is taken back and seen to be, and how many went is said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions.ports import Change, Save
from chalicelib.actions.read_history import read_history
from chalicelib.actions.release import release_early
from chalicelib.actions.send_digest import send_digest
from chalicelib.actions.send_message import send_message
from chalicelib.actions.stop_messages import finish_stop, release_batch, stop_release, stop_vehicle, vehicle_batch
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.work_off import work_off
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import Invalid, NotFound, NotInState, NotPermitted
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.officers import Officer
from chalicelib.domain.states import State
from chalicelib.domain.work import BatchStop
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.storage.memory import MemoryStore
from tests.actions.aboard import three
from tests.actions.test_ceiling import Phones
from tests.actions.world import COORDINATOR, JIANGBEI, YUZHONG, World, contact

M = MessageState


def states(world: World, event: str) -> dict[MessageState, int]:
    found = [message.state for message in world.messages(event)]
    return {state: found.count(state) for state in set(found)}


def test_a_vehicles_texts_are_stopped_and_the_page_can_say_how_many_went(world: World) -> None:
    dispatch_id = world.departed(*three(world))
    world.settle(dispatch_id, "departed")
    for message in world.messages()[:2]:
        send_message(world.ports, Phones(), message.message_id)
    row = stop_vehicle(world.ports, COORDINATOR, dispatch_id, "the wrong bus")
    assert (row.gone, row.cancelled) == (2, 5)
    assert states(world, "dispatched") == {M.SENT: 2, M.CANCELLED: 5}
    assert {m.code for m in world.messages() if m.state == M.CANCELLED} == {"stopped"}
    for message in world.messages():
        assert send_message(world.ports, Phones(), message.message_id) == ""


def test_a_fan_out_that_runs_on_owes_nothing_to_be_sent(world: World) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids)
    world.move(ids[0], "hold")  # settles one of three
    stop_vehicle(world.ports, COORDINATOR, dispatch_id, "the wrong bus")
    assert world.settle(dispatch_id, "departed") == 2
    assert states(world, "dispatched") == {M.CANCELLED: 7}
    assert {world.case(case_id).state for case_id in ids} == {State.DISPATCHED}
    world.clock.forward(minutes=1)
    finish_stop(world.ports, vehicle_batch(dispatch_id).key)
    (row,) = world.kept(BatchStop)
    assert (row.due_at, row.gone, row.cancelled) == (None, 0, 7)


def test_what_was_not_in_the_index_yet_is_found_by_the_sweep(world: World) -> None:
    case_id = world.registered()
    dispatch_id = world.departed(case_id)
    stop_vehicle(world.ports, COORDINATOR, dispatch_id, "x")
    late = replace(world.messages()[0], message_id="0" * 20, state=M.OWED, due_at=world.clock(), version=0)
    world.store.commit([Save(late)])
    key, shards = vehicle_batch(dispatch_id).key, {"stop": due_shards("stop")}
    assert sweep_owed(world.ports, shards, stamp(world.clock())) == {"stop": 0}
    world.clock.forward(seconds=31)
    assert sweep_owed(world.ports, shards, stamp(world.clock())) == {"stop": 1}
    assert world.queue.taken[-1] == ("stop", key)
    work_off(world.ports, Phones(), "stop", key)
    assert world.store.get(Message, late.message_id).state == M.CANCELLED
    assert sweep_owed(world.ports, shards, stamp(world.clock())) == {"stop": 0}
    work_off(world.ports, Phones(), "stop", key)


def test_a_text_that_leaves_at_this_moment_is_counted_as_gone(world: World) -> None:
    class Sending(MemoryStore):
        """Whatever is taken back has just been claimed by somebody."""

        def commit(self, changes: Sequence[Change]) -> None:
            for change in changes:
                if isinstance(change.entity, Message) and change.entity.state == M.CANCELLED:
                    known = self.get(Message, change.entity.message_id)
                    super().commit([Save(replace(known, state=M.SENT, due_at=None))])
            super().commit(changes)

    dispatch_id = world.departed(world.registered())
    assert isinstance(world.store, MemoryStore)
    sending = Sending()
    sending.rows = world.store.rows
    row = stop_vehicle(replace(world.ports, store=sending), COORDINATOR, dispatch_id, "x")
    assert (row.gone, row.cancelled) == (1, 0)


def test_todays_releases_are_told_to_nobody_from_here_on_and_happen_all_the_same(world: World) -> None:
    first = world.quarantined("E1", days=1)
    second = world.quarantined("E2", days=1, family_contacts=[contact("+8613900139002")])
    quarantine = world.case(first).quarantine
    assert quarantine is not None
    world.clock.forward(days=1)
    release_early(world.ports, COORDINATOR, first, "agreed", None)
    housed = world.quarantined("E3", days=3)
    point = world.ports.places.point("CKG")
    row = stop_release(world.ports, COORDINATOR, point, "the wrong list")
    assert (row.gone, row.cancelled) == (0, 2)
    assert world.release_due(world.clock())["released"] == 1
    assert world.case(second).state == State.RELEASED
    send_digest(world.ports, "CKG", "yuzhong", quarantine.end_date)
    assert states(world, "quarantine_ended") == {M.CANCELLED: 5}
    others = world.messages("quarantine_started", housed)
    assert [m.state for m in others] == [M.OWED] * 2, "other texts of the day are none of it"
    today = local_date(world.clock(), point.time_zone)
    assert world.store.find(BatchStop, release_batch("CKG", today).key) is not None


def test_tomorrows_releases_are_told_again(world: World) -> None:
    world.quarantined("E1", days=1)
    stop_release(world.ports, COORDINATOR, world.ports.places.point("CKG"), "x")
    world.clock.now += timedelta(days=1)
    world.release_due(world.clock())
    assert states(world, "quarantine_ended") == {M.OWED: 2}


def test_who_may_when_and_why(world: World) -> None:
    dispatch_id = world.opened(world.registered()).dispatch_id
    with pytest.raises(NotInState):
        stop_vehicle(world.ports, COORDINATOR, dispatch_id, "x")
    with pytest.raises(NotFound):
        stop_vehicle(world.ports, JIANGBEI, dispatch_id, "x")
    with pytest.raises(Invalid):
        stop_vehicle(world.ports, COORDINATOR, dispatch_id, " ")
    with pytest.raises(NotPermitted):
        stop_vehicle(world.ports, Officer(officer_id="x", desks=frozenset({"onsite"})), dispatch_id, "x")
    point = world.ports.places.point("CKG")
    with pytest.raises(NotFound):
        stop_release(world.ports, YUZHONG, point, "x")
    with pytest.raises(Invalid):
        stop_release(world.ports, COORDINATOR, point, "")


def test_the_stop_and_its_reason_are_in_the_vehicles_audit_and_a_second_one_is_one_more(world: World) -> None:
    case_id = world.registered()
    dispatch_id = world.departed(case_id)
    stop_vehicle(world.ports, YUZHONG, dispatch_id, "the wrong bus")
    stop_vehicle(world.ports, COORDINATOR, dispatch_id, "again")
    history = read_history(world.ports, COORDINATOR, case_id)
    stops = [entry for entry in history.entries if entry.verb == "stop_messages"]
    assert [entry.personal.facts["reason"] for entry in stops] == ["the wrong bus", "again"]
    assert history.intact
