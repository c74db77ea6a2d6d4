"""A vehicle from boarding to hand-over: nobody half departed, nobody forgotten."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from chalicelib.actions.casework import etag_of, read_case
from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.list_dispatches import list_dispatches
from chalicelib.actions.ports import Change
from chalicelib.actions.read_history import read_history
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.errors import Conflict, Unavailable
from chalicelib.domain.officers import Officer
from chalicelib.domain.states import State
from chalicelib.storage.memory import MemoryStore
from tests.actions.aboard import seen, three
from tests.actions.world import (
    COORDINATOR,
    JIANGBEI,
    YUZHONG,
    World,
)  # fmt: skip


def test_boarding_twice_writes_once(world: World) -> None:
    case_id = world.registered()
    dispatch = world.opened(case_id)
    versions = {board_traveller(world.ports, COORDINATOR, dispatch.dispatch_id, case_id).version for _ in range(3)}
    assert len(versions) == 1


def test_a_departure_is_seen_whole_before_anything_is_fanned_out(world: World) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids, aboard=ids[:2])
    assert [world.case(i).state for i in ids] == [State.REGISTERED] * 3, "nothing is settled yet"
    assert [seen(world, i).state for i in ids] == [State.DISPATCHED, State.DISPATCHED, State.REGISTERED]
    assert [seen(world, i).dispatch_id for i in ids] == [dispatch_id, dispatch_id, None]
    etags = {etag_of(*read_case(world.ports, i)) for i in ids[:1]}
    world.settle(dispatch_id, "departed")
    assert etags.isdisjoint({str(world.case(ids[0]).version)})


def test_who_is_left_behind_may_ride_with_the_next(world: World) -> None:
    ids = three(world)
    first = world.departed(*ids, aboard=ids[:2])
    second = world.opened(ids[2], key="second")
    assert world.case(ids[2]).dispatch_id == second.dispatch_id
    history = read_history(world.ports, COORDINATOR, ids[2])
    assert [e.verb for e in history.entries if e.subject == ids[2]][-1] == "left_behind"
    assert {e.subject for e in history.entries if e.subject_kind == "dispatch"} == {first, second.dispatch_id}
    assert history.intact


def test_an_unfinished_headcount_alarms_once_a_count_and_the_last_one_counts(world: World) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids)
    assert arrive_dispatch(world.ports, COORDINATOR, dispatch_id, ids[:2]).missing == (ids[2],)
    assert [t.desk for t in world.tasks("missing_on_arrival")] == ["coordination"]
    assert not arrive_dispatch(world.ports, COORDINATOR, dispatch_id, ids).discrepancy
    assert len(world.tasks("missing_on_arrival")) == 1


def test_acknowledged_are_those_who_are_there(world: World) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids)
    world.handed_over(dispatch_id, *ids[:2])
    assert [seen(world, i).state for i in ids] == [State.RECEIVED, State.RECEIVED, State.DISPATCHED]
    world.settle(dispatch_id, "departed")
    world.settle(dispatch_id, "acknowledged")
    assert [world.case(i).state for i in ids] == [State.RECEIVED, State.RECEIVED, State.DISPATCHED]


def test_nobody_present_is_no_hand_over(world: World) -> None:
    dispatch_id = world.departed(world.registered())
    arrive_dispatch(world.ports, COORDINATOR, dispatch_id, ())
    with pytest.raises(Conflict, match="nobody_present"):
        acknowledge_handover(world.ports, COORDINATOR, dispatch_id)


def test_who_is_referred_while_boarding_gives_up_the_seat(world: World) -> None:
    ids = three(world)
    dispatch = world.opened(*ids, district="jiangbei")
    board_traveller(world.ports, COORDINATOR, dispatch.dispatch_id, ids[0])
    world.move(ids[0], "refer")
    after = world.store.get(Dispatch, dispatch.dispatch_id)
    assert ([p.case_id for p in after.roster], after.boarded) == (list(ids[1:]), ())
    left = world.case(ids[0])
    assert (left.state, left.dispatch_id, left.district) == (State.REFERRED, None, "yuzhong")
    history = read_history(world.ports, COORDINATOR, ids[0])
    assert {e.verb for e in history.entries[-2:]} == {"refer", "take_off"}
    assert history.intact


def test_lists_of_vehicles(world: World) -> None:
    dispatch = world.opened(world.registered())
    point = world.ports.places.point("CKG")

    def listed(officer: Officer, district: str = "") -> list[str]:
        page = list_dispatches(world.ports, officer, point, None, district, 10, None)
        return [found.dispatch_id for found in page.items]

    assert listed(COORDINATOR) == listed(COORDINATOR, "yuzhong") == listed(YUZHONG) == [dispatch.dispatch_id]
    assert listed(COORDINATOR, "jiangbei") == listed(JIANGBEI, "yuzhong") == []


def test_an_edited_history_shows(world: World) -> None:
    case_id = world.registered()
    assert isinstance(world.store, MemoryStore)
    place = ("cases", case_id, "audit#000002")
    world.store.rows[place] = replace(world.store.rows[place], actor="somebody else")
    assert not read_history(world.ports, COORDINATOR, case_id).intact
    del world.store.rows[place]
    assert not read_history(world.ports, COORDINATOR, case_id).intact


def test_a_database_that_is_away_tells_nobody(world: World) -> None:
    class Away(MemoryStore):
        def commit(self, changes: Sequence[Change]) -> None:
            raise Unavailable("away")

    case_id = world.registered()
    dispatch = world.opened(case_id)
    board_traveller(world.ports, COORDINATOR, dispatch.dispatch_id, case_id)
    assert isinstance(world.store, MemoryStore)
    away = Away()
    away.rows = world.store.rows
    world.queue.taken.clear()
    with pytest.raises(Unavailable):
        depart_dispatch(replace(world.ports, store=away), COORDINATOR, dispatch.dispatch_id)
    assert world.queue.taken == []
    assert world.store.get(Dispatch, dispatch.dispatch_id).state == DispatchState.BOARDING


def test_the_alarm_of_a_headcount_is_taken_back_by_a_whole_one_and_rings_again(world: World) -> None:
    first, second = world.registered("E11111111"), world.registered("E22222222")
    dispatch_id = world.departed(first, second)

    def counted(*present: str) -> list[bool]:
        arrive_dispatch(world.ports, COORDINATOR, dispatch_id, present)
        return [task.done_at is None for task in world.tasks("missing_on_arrival")]

    assert [counted(first), counted(first, second), counted(first, second), counted(second)] == [
        [True], [False], [False], [True],
    ]  # fmt: skip
