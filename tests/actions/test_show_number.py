"""A number in full is for who is going to call, and whoever looked is in the audit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.actions.ports import Change
from chalicelib.actions.read_history import read_history
from chalicelib.actions.send_digest import send_digest
from chalicelib.actions.show_number import show_escort_number, show_task_number, show_traveller_numbers
from chalicelib.domain.errors import NotFound, NotPermitted, Stale
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Contact, Contacts
from chalicelib.domain.work import Task
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import COORDINATOR, JIANGBEI, MOTHER, YUZHONG, World, contact

INFORMATION = Officer(officer_id="x", desks=frozenset({"information"}))


def looks(world: World, case_id: str) -> list[tuple[str, str]]:
    history = read_history(world.ports, COORDINATOR, case_id)
    assert history.intact
    return [(entry.actor, str(entry.facts["whose"])) for entry in history.entries if entry.verb == "show_number"]


def shown(world: World, officer: Officer, task: Task) -> Task:
    return show_task_number(world.ports, officer, task.point, task.desk, task.day, task.task_id)


def test_a_look_at_a_travellers_numbers_is_in_their_audit(world: World) -> None:
    case_id = world.registered()
    state = world.case(case_id).state
    assert show_traveller_numbers(world.ports, YUZHONG, case_id).answers["phone"]
    assert looks(world, case_id) == [("yuzhong-desk", "traveller")]
    assert world.case(case_id).state == state


def test_a_look_at_a_call_is_in_the_audit_of_whom_it_is_about(world: World) -> None:
    case_id = world.registered(family_contacts=[contact(reach="call")])
    world.settle(world.departed(case_id), "departed")
    (task,) = world.tasks("call")
    assert shown(world, COORDINATOR, task).personal.phone == MOTHER
    assert looks(world, case_id) == [("coordinator", f"call {task.task_id}")]


def test_a_look_at_an_escorts_number_is_in_the_vehicles(world: World) -> None:
    case_id = world.registered()
    dispatch_id = world.departed(case_id)
    world.settle(dispatch_id, "departed")
    show_escort_number(world.ports, COORDINATOR, dispatch_id)
    assert looks(world, case_id) == [("coordinator", "escort")]


def test_a_look_at_a_call_about_nobody_in_particular_stands_on_the_call(world: World) -> None:
    world.change_district("yuzhong", personal=Contacts((Contact(name="x", phone="+862363721234", reach="call"),)))
    world.quarantined(days=1)
    world.clock.forward(days=1)
    world.release_due(world.clock())
    send_digest(world.ports, "CKG", "yuzhong", date(2026, 11, 24))
    task = next(task for task in world.tasks("call") if task.event == "quarantine_ended")
    with pytest.raises(NotFound):
        shown(world, JIANGBEI, task)
    shown(world, COORDINATOR, task)
    shown(world, COORDINATOR, replace(task, version=0))
    kept = world.store.get(Task, task.point, task.day, task.desk, task.task_id)
    assert [(look.officer, look.at) for look in kept.looks] == [("coordinator", world.clock())] * 2


def test_who_may_not_call_sees_none(world: World) -> None:
    case_id = world.registered(family_contacts=[contact(reach="call")])
    dispatch_id = world.departed(case_id)
    world.settle(dispatch_id, "departed")
    (task,) = world.tasks("call")
    with pytest.raises(NotPermitted):
        show_traveller_numbers(world.ports, INFORMATION, case_id)
    with pytest.raises(NotPermitted):
        shown(world, INFORMATION, task)
    with pytest.raises(NotPermitted):
        show_escort_number(world.ports, INFORMATION, dispatch_id)
    with pytest.raises(NotFound):
        show_traveller_numbers(world.ports, JIANGBEI, case_id)
    with pytest.raises(NotFound):
        shown(world, JIANGBEI, task)
    assert looks(world, case_id) == []


def test_somebody_who_was_faster_does_not_stand_in_the_way_of_a_look(world: World) -> None:
    class Busy(MemoryStore):
        times = 2

        def commit(self, changes: Sequence[Change]) -> None:
            self.times -= 1
            if self.times >= 0:
                raise Stale
            super().commit(changes)

    case_id = world.registered()
    busy = Busy()
    assert isinstance(world.store, MemoryStore)
    busy.rows = world.store.rows
    show_traveller_numbers(replace(world.ports, store=busy), COORDINATOR, case_id)
    assert len(looks(world, case_id)) == 1
