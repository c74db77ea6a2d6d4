"""A vehicle from boarding to hand-over: nobody on two, nobody half departed, nobody forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest

from chalicelib.actions.casework import etag_of, read_case, seen_case
from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.list_dispatches import list_dispatches
from chalicelib.actions.open_dispatch import NewDispatch, open_dispatch
from chalicelib.actions.ports import Change, Save
from chalicelib.actions.read_history import read_history
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.actions.submit_declaration import submit_declaration
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.work_off import work_off
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch, DispatchState, Vehicle
from chalicelib.domain.errors import Conflict, Invalid, NotFound, NotInState, NotPermitted, Stale, Unavailable
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Contact, Contacts, Duty, Point
from chalicelib.domain.states import State
from chalicelib.domain.work import FanOut
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import (
    COORDINATOR,
    ESCORT,
    JIANGBEI,
    MOTHER,
    OWN,
    YUZHONG,
    World,
    contact,
    daughter,
    declaration,
)  # fmt: skip

CONTACT = "+8613800500003"
"""The example number of Yuzhong's duty desk."""


class Killed(BaseException):
    """The process is gone: nothing of ours may catch it."""


class Mortal(MemoryStore):
    """A store whose process dies before, or just after, its n-th commit."""

    def __init__(self, before: MemoryStore, dies_at: int, after: bool) -> None:
        super().__init__()
        self.rows = before.rows
        self._left = count(1)
        self._dies_at, self._after = dies_at, after

    def commit(self, changes: Sequence[Change]) -> None:
        """As the store beneath, until it dies."""
        dies = next(self._left) == self._dies_at
        if dies and not self._after:
            raise Killed
        super().commit(changes)
        if dies:
            raise Killed


def seen(world: World, case_id: str) -> Case:
    return seen_case(world.ports, COORDINATOR, case_id)[0]


def three(world: World) -> tuple[str, ...]:
    return tuple(world.registered(f"E{n}", family_contacts=[contact(f"+861390013900{n}")]) for n in range(3))


def test_a_roster_takes_its_seats_in_one_transaction(world: World) -> None:
    one, other = world.registered("E1"), world.registered("E2", household_registration="jiangbei")
    dispatch = world.opened(one, other)
    assert (dispatch.state, [p.case_id for p in dispatch.roster]) == (DispatchState.BOARDING, [one, other])
    assert {(world.case(i).dispatch_id, world.case(i).district) for i in (one, other)} == {
        (dispatch.dispatch_id, "yuzhong")
    }


def test_nobody_is_on_two_vehicles(world: World) -> None:
    one, other = world.registered("E1"), world.registered("E2")
    world.opened(one)
    with pytest.raises(Conflict, match="already_on_a_dispatch"):
        world.opened(other, one, key="second")
    assert world.case(other).dispatch_id is None


def test_of_two_officers_at_once_one_has_the_traveller(world: World) -> None:
    class Raced(MemoryStore):
        """Another officer opens a vehicle between our reading and our writing."""

        def commit(self, changes: Sequence[Change]) -> None:
            if len(world.kept(Dispatch)) == 0:
                world.opened(case_id, key="theirs")
            super().commit(changes)

    case_id = world.registered()
    ours = Raced()
    assert isinstance(world.store, MemoryStore)
    ours.rows = world.store.rows
    slow = World(MemoryStore())
    slow.ports = replace(world.ports, store=ours)
    with pytest.raises(Stale):
        slow.opened(case_id, key="ours")
    (dispatch,) = world.kept(Dispatch)
    assert world.case(case_id).dispatch_id == dispatch.dispatch_id


@pytest.mark.parametrize("state", ["declared", "verified"])
def test_only_who_is_registered_is_dispatched(world: World, state: str) -> None:
    case_id = world.declare().declaration_id
    if state == "verified":
        world.move(case_id, "verify")
    with pytest.raises(NotInState):
        world.opened(case_id)


def test_rosters_that_make_no_sense(world: World) -> None:
    case_id = world.registered()
    with pytest.raises(Invalid):
        world.opened()
    with pytest.raises(Invalid):
        world.opened(case_id, case_id)
    with pytest.raises(Conflict, match="over_capacity"):
        world.opened(case_id, capacity=0)
    with pytest.raises(NotFound):
        world.opened("no such traveller")
    with pytest.raises(NotFound):
        world.opened(case_id, district="atlantis")
    jiangbei = NewDispatch("jiangbei", Vehicle("渝A1", "bus", 9), ESCORT, (case_id,), "k")
    for officer in (YUZHONG, JIANGBEI):  # another district's vehicle, another district's traveller
        with pytest.raises(NotFound):
            open_dispatch(world.ports, officer, jiangbei)


def test_one_vehicle_leaves_one_point(world: World) -> None:
    point = world.store.get(Point, "CKG")
    world.store.commit([Save(replace(point, point="WXJ", version=0))])
    world.change_district("yuzhong")
    here = world.registered("E1")
    there = submit_declaration(world.ports, declaration(point="WXJ", document_number="E2")).declaration_id
    world.move(there, "verify", "register")
    with pytest.raises(Conflict, match="several_points"):
        world.opened(here, there)


def test_who_may(world: World) -> None:
    case_id = world.registered()
    dispatch = world.opened(case_id)
    with pytest.raises(NotFound):
        board_traveller(world.ports, JIANGBEI, dispatch.dispatch_id, case_id)
    with pytest.raises(NotPermitted):
        depart_dispatch(world.ports, Officer(officer_id="m", desks=frozenset({"media"})), dispatch.dispatch_id)
    assert board_traveller(world.ports, YUZHONG, dispatch.dispatch_id, case_id).boarded == (case_id,)
    with pytest.raises(Stale):
        board_traveller(world.ports, COORDINATOR, dispatch.dispatch_id, case_id, "0")


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


def test_texts_of_a_departure(world: World) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids)
    (digest,) = world.messages()
    assert (digest.audience, digest.personal.to, digest.dispatch_id) == ("district", CONTACT, dispatch_id)
    assert "3" in digest.personal.body
    world.settle(dispatch_id, "departed")
    told = sorted((m.audience, m.personal.to) for m in world.messages("dispatched"))
    assert told == [
        ("district", CONTACT),
        *(("family", f"+861390013900{n}") for n in range(3)),
        *[("traveller", OWN)] * 3,
    ]
    assert {m.segments for m in world.messages()} == {1}
    assert all(m.dispatch_id == dispatch_id for m in world.messages())


@pytest.mark.parametrize("declarer_first", [True, False])
def test_a_party_on_one_vehicle_is_one_text_for_each_of_its_people(world: World, declarer_first: bool) -> None:
    receipt = world.declare(companions=[daughter(), daughter("E2", given_names="LAN")])
    ids = [line.traveller_id for line in receipt.party]
    for case_id in ids:
        world.move(case_id, "verify", "register")
    dispatch_id = world.departed(*(ids if declarer_first else reversed(ids)))
    world.settle(dispatch_id, "departed")
    told = [m for m in world.messages("dispatched") if m.audience != "district"]
    assert sorted((m.audience, m.personal.to) for m in told) == [("family", MOTHER), ("traveller", OWN)]
    assert {m.traveller_id for m in told} == {ids[0]}
    assert "2" in told[0].personal.body


def test_a_party_on_two_vehicles_is_two_texts(world: World) -> None:
    receipt = world.declare(companions=[daughter()])
    ids = [line.traveller_id for line in receipt.party]
    for case_id in ids:
        world.move(case_id, "verify", "register")
        world.settle(world.departed(case_id, key=case_id), "departed")
    told = [(m.audience, m.traveller_id) for m in world.messages("dispatched") if m.audience != "district"]
    assert sorted(told) == sorted([("family", ids[0]), ("traveller", ids[0]), ("family", ids[1])])


def test_two_contacts_with_one_phone_are_one_text(world: World) -> None:
    desk = Contact(name="one", phone=CONTACT)
    world.change_district("yuzhong", personal=Contacts((desk, replace(desk, name="two"))))
    case_id = world.registered(family_contacts=[contact(), contact(name="李强")])
    world.settle(world.departed(case_id), "departed")
    assert sorted(m.personal.to for m in world.messages("dispatched")) == sorted([CONTACT, MOTHER, OWN])


def test_nobody_on_duty_is_a_task_for_the_coordinator(world: World) -> None:
    asleep = Contact(name="day", phone=CONTACT, duty=(Duty("20:00", "21:00"),))
    world.change_district("yuzhong", personal=Contacts((asleep,)))
    dispatch_id = world.departed(world.registered())
    assert [(t.desk, t.dispatch_id, t.district) for t in world.tasks("nobody_on_duty")] == [
        ("coordination", dispatch_id, "yuzhong")
    ]


def test_a_deputy_is_told_when_nobody_is_on_duty(world: World) -> None:
    deputy = Contact(name="deputy", phone=CONTACT, deputy=True)
    world.change_district("yuzhong", personal=Contacts((deputy,)))
    world.departed(world.registered())
    assert ([m.personal.to for m in world.messages()], world.tasks()) == ([CONTACT], [])


@pytest.mark.parametrize("stage", ["departed", "acknowledged"])
@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("dies_at", range(1, 6))
def test_a_fan_out_killed_anywhere_is_finished_by_the_next_and_doubles_nothing(
    world: World, stage: str, after: bool, dies_at: int
) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids)
    if stage == "acknowledged":
        world.handed_over(dispatch_id, *ids)
    assert isinstance(world.store, MemoryStore)
    dying = replace(world.ports, store=Mortal(world.store, dies_at, after))
    if dies_at <= len(ids) + 1:  # one commit for each traveller, one that ends the fan-out
        with pytest.raises(Killed):
            settle_travellers(dying, dispatch_id, stage)
    world.settle(dispatch_id, stage)
    assert world.settle(dispatch_id, stage) == 0
    expected = State.DISPATCHED if stage == "departed" else State.RECEIVED
    assert [world.case(i).state for i in ids] == [expected] * 3
    assert [f.stage for f in world.kept(FanOut)] == [] if stage == "departed" else ["departed"]
    assert len(world.messages("dispatched")) == 3 + 3 + 1
    for case_id in ids:
        verbs = [e.verb for e in read_history(world.ports, COORDINATOR, case_id).entries if e.subject == case_id]
        assert len(verbs) == len(set(verbs))
        assert read_history(world.ports, COORDINATOR, case_id).intact


def test_a_fan_out_that_nobody_was_told_of_is_found_by_the_sweep(world: World) -> None:
    world.queue.away = True
    ids = three(world)
    dispatch_id = world.departed(*ids)
    world.queue.away = False
    shards = {kind: due_shards(kind) for kind in ("fanout", "message", "digest")}
    assert sweep_owed(world.ports, shards, stamp(world.clock())) == {"fanout": 1, "message": 1, "digest": 0}
    (work,) = [entry for entry in world.queue.taken if entry[0] == "fanout"]
    assert work == ("fanout", f"{dispatch_id}#departed")
    work_off(world.ports, None, *work)  # type: ignore[arg-type]
    assert [world.case(i).state for i in ids] == [State.DISPATCHED] * 3
    assert sweep_owed(world.ports, shards, stamp(world.clock()))["fanout"] == 0


def test_a_sweep_finds_nothing_before_its_time(world: World) -> None:
    world.departed(world.registered())
    early = stamp(world.clock().replace(hour=0))
    assert set(sweep_owed(world.ports, {"fanout": due_shards("fanout")}, early).values()) == {0}


def test_a_verb_settles_first_and_the_fan_out_has_nothing_left_to_do(world: World) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids)
    world.handed_over(dispatch_id, *ids)
    world.move(ids[0], "refer")
    own = [e.verb for e in read_history(world.ports, COORDINATOR, ids[0]).entries if e.subject == ids[0]]
    assert own == ["declare", "verify", "register", "depart", "acknowledge", "refer"]
    assert world.case(ids[0]).referred_from == State.RECEIVED
    told = {(m.audience, m.personal.to) for m in world.messages("dispatched", ids[0])}
    assert told == {("family", "+8613900139000"), ("traveller", OWN)}, "with the very transaction that settles"
    assert world.settle(dispatch_id, "departed") == 2
    assert world.case(ids[0]).state == State.REFERRED


def test_a_traveller_whom_somebody_else_works_on_is_settled_all_the_same(world: World) -> None:
    class Busy(MemoryStore):
        """Somebody else is faster, ``times``."""

        def __init__(self, rows: object, times: int) -> None:
            super().__init__()
            self.rows = rows  # type: ignore[assignment]
            self.times = times

        def commit(self, changes: Sequence[Change]) -> None:
            if self.times:
                self.times -= 1
                raise Stale
            super().commit(changes)

    case_id = world.registered()
    dispatch_id = world.departed(case_id)
    assert isinstance(world.store, MemoryStore)
    with pytest.raises(Stale):
        settle_travellers(replace(world.ports, store=Busy(world.store.rows, 9)), dispatch_id, "departed")
    settle_travellers(replace(world.ports, store=Busy(world.store.rows, 3)), dispatch_id, "departed")
    assert world.case(case_id).state == State.DISPATCHED


def test_one_who_cannot_be_settled_holds_up_nobody(world: World) -> None:
    class Poisoned(MemoryStore):
        def commit(self, changes: Sequence[Change]) -> None:
            if any(isinstance(change.entity, Case) and change.entity.case_id == first for change in changes):
                raise RuntimeError("a row that nobody can write")
            super().commit(changes)

    first, second = world.registered("E1"), world.registered("E2")
    dispatch_id, poisoned = world.departed(first, second), Poisoned()
    assert isinstance(world.store, MemoryStore)
    poisoned.rows = world.store.rows
    with pytest.raises(RuntimeError):
        settle_travellers(replace(world.ports, store=poisoned), dispatch_id, "departed")
    assert [world.case(case_id).state for case_id in (first, second)] == [State.REGISTERED, State.DISPATCHED]
    assert world.settle(dispatch_id, "departed") == 1, "the row was still owed"


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


def test_work_that_nobody_knows_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="no such kind"):
        work_off(world.ports, None, "party", "x")  # type: ignore[arg-type]


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
