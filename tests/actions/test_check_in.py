"""Check-ins from quarantine: once a day, amended with history, and what is ill or needed is on the hotel's list."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.actions.amend_declaration import HOLDER
from chalicelib.actions.check_in import Told, check_in, checkin_of, checkins_of
from chalicelib.actions.ports import Save
from chalicelib.actions.read_history import read_history
from chalicelib.domain.case import Case
from chalicelib.domain.checkin import Checkin
from chalicelib.domain.errors import NotFound, NotInState
from tests.actions.world import COORDINATOR, World

WELL = {"temperature": "36.6", "no_symptoms": True}
FEVER = {"temperature": "38.4", "symptoms": ["dry_cough"]}
ON_LIST = ("checkin_signs", "checkin_needs")


def tell(world: World, case_id: str, **answers: Any) -> Checkin:
    return check_in(world.ports, case_id, Told("quarantine_checkin", 1, "en", answers))


def tasks(world: World) -> list[tuple[str, str]]:
    return sorted((task.kind, task.personal.about) for task in world.tasks() if task.kind in ON_LIST)


def test_once_a_day_however_often_it_is_sent(world: World) -> None:
    case_id = world.quarantined()
    first = tell(world, case_id, **WELL)
    again = tell(world, case_id, **WELL)
    assert (first.number, again) == (1, first)
    assert checkins_of(world.ports, case_id) == (first,)
    assert world.case(case_id).checked_in == first.day
    assert not tasks(world)


def test_another_time_the_same_day_amends_and_the_first_is_kept(world: World) -> None:
    case_id = world.quarantined()
    tell(world, case_id, **WELL)
    world.clock.forward(hours=2)
    second = tell(world, case_id, temperature="36.9", no_symptoms=True)
    assert second.number == 2
    assert [one.temperature for one in checkins_of(world.ports, case_id)] == ["36.6", "36.9"]
    assert checkin_of(world.ports, case_id, second.day) == second


def test_the_next_day_is_a_new_one(world: World) -> None:
    case_id = world.quarantined()
    first = tell(world, case_id, **WELL)
    world.clock.forward(days=1)
    second = tell(world, case_id, **WELL)
    assert (second.number, (second.day - first.day).days) == (1, 1)
    assert checkin_of(world.ports, case_id, first.day) == first


def test_a_fever_is_on_the_hotel_desks_list_with_the_write_itself(world: World) -> None:
    case_id = world.quarantined()
    kept = tell(world, case_id, **FEVER)
    (task,) = (task for task in world.tasks() if task.kind in ON_LIST)
    assert (task.kind, task.desk, task.traveller_id, task.created_at) == (
        "checkin_signs", "hotel", case_id, world.clock.now,
    )  # fmt: skip
    assert (task.day, task.district, task.sealed_with) == (kept.day, "yuzhong", world.case(case_id).sealed_with)
    assert (task.personal.name, task.personal.about) == ("LI XIAOMING", "38.4 °C")


def test_what_the_desk_knows_today_is_no_second_task(world: World) -> None:
    case_id = world.quarantined()
    tell(world, case_id, **FEVER)
    tell(world, case_id, **{**FEVER, "temperature": "38.6"})
    assert tasks(world) == [("checkin_signs", "38.4 °C")]
    world.clock.forward(days=1)
    tell(world, case_id, **FEVER)
    assert len(tasks(world)) == 2


def test_a_sign_that_comes_later_the_same_day_is_a_task(world: World) -> None:
    case_id = world.quarantined()
    tell(world, case_id, **WELL)
    tell(world, case_id, temperature="36.6", symptoms=["headache"])
    assert tasks(world) == [("checkin_signs", "36.6 °C")]


def test_a_need_is_a_task_and_tells_no_temperature(world: World) -> None:
    case_id = world.quarantined()
    tell(world, case_id, **WELL, needs=["medicine"])
    assert tasks(world) == [("checkin_needs", "")]


def test_it_is_in_the_audit_without_a_word_of_health(world: World) -> None:
    case_id = world.quarantined()
    tell(world, case_id, **FEVER)
    history = read_history(world.ports, COORDINATOR, case_id)
    entry = history.entries[-1]
    assert (entry.verb, entry.actor, entry.before, entry.after) == (
        "check_in", HOLDER, "in_quarantine", "in_quarantine",
    )  # fmt: skip
    assert entry.facts == {"day": "2026-11-23", "number": 1}
    assert entry.personal.facts == {}
    assert history.intact


def test_only_from_quarantine(world: World) -> None:
    with pytest.raises(NotInState):
        tell(world, world.registered("E1"), **WELL)
    with pytest.raises(NotInState):
        tell(world, world.move(world.quarantined("E3"), "refer").case_id, **WELL)
    case_id = world.quarantined("E2", days=1)
    world.clock.forward(days=2)
    world.release_due(world.clock.now)
    with pytest.raises(NotInState):
        tell(world, case_id, **WELL)
    with pytest.raises(NotFound):
        tell(world, "00000000000", **WELL)
    assert not world.kept(Checkin)


def test_somebody_who_was_faster_is_read_again(world: World) -> None:
    """An officer writes the case between the read and the write of a check-in: it is tried again, and kept once."""
    case_id = world.quarantined()
    meddled = _Meddled(world, case_id)
    kept = check_in(replace(world.ports, store=meddled), case_id, Told("quarantine_checkin", 1, "en", WELL))
    assert meddled.times == 2
    assert checkins_of(world.ports, case_id) == (kept,)
    assert read_history(world.ports, COORDINATOR, case_id).intact


class _Meddled:
    """The world's store, in which somebody else writes the case just before the first commit."""

    def __init__(self, world: World, case_id: str) -> None:
        self.world, self.case_id, self.times = world, case_id, 0

    def commit(self, changes: Any) -> None:
        self.times += 1
        if self.times == 1:
            self.world.store.commit([Save(self.world.store.get(Case, self.case_id))])
        self.world.store.commit(changes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.world.store, name)
