"""Phone numbers in the console: masked, until somebody who may call asks for one; no address carries any."""

from dataclasses import replace

import pytest

from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.domain.case import Case, Personal
from chalicelib.domain.masked_answers import masked
from chalicelib.domain.work import Task
from tests.web.browser import Browser
from tests.web.console.conftest import SignIn
from tests.web.console.test_traveller import form_of, posted
from tests.web.console.world import World

FULL = "+8613800138000"
CALL = {"name": "李华", "relation": "母亲", "phone": "023 6372 1234", "reach": "call", "language": "zh-Hans"}


def test_a_call_shows_its_number_to_who_asks_for_it(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare(family_contacts=[CALL])
    world.move(case_id, "verify", "register")
    settle_travellers(world.ports, world.departed(case_id).dispatch_id, "departed")
    (task,) = [row for row in world.wiring.store.rows.values() if isinstance(row, Task)]  # type: ignore[attr-defined]
    assert task.personal.phone not in coordinator.get("/console/calls").text
    page = coordinator.submit(form_of(coordinator, "/console/calls", "/number"))
    assert (page.status, f"tel:{task.personal.phone}" in page.text) == (200, True)
    assert "A phone number was looked at" in coordinator.get(f"/console/travellers/{case_id}").text


def test_an_escorts_number_is_asked_for(coordinator: Browser, sign_in: SignIn, world: World) -> None:
    path = f"/console/dispatches/{world.vehicle(world.registered()).dispatch_id}"
    assert FULL not in coordinator.get(path).text
    assert f"tel:{FULL}" in coordinator.submit(form_of(coordinator, path, "/number")).text
    assert sign_in("information").post(f"{path}/number", {}).status == 403
    assert "/number" not in sign_in("information").get(path).text


def test_a_travellers_numbers_are_asked_for(coordinator: Browser, sign_in: SignIn, world: World) -> None:
    (case_id,) = world.declare()
    path = f"/console/travellers/{case_id}"
    assert "138 0013 8000" not in coordinator.get(path).text
    page = coordinator.submit(form_of(coordinator, path, "/numbers"))
    assert (page.status, "138 0013 8000" in page.text) == (200, True)
    assert "138 0013 8000" not in coordinator.get(path).text
    other = sign_in("information")
    assert other.post(f"{path}/numbers", {}).status == 403
    assert "/numbers" not in other.get(path).text


@pytest.mark.parametrize("desk", ["coordination", "information"])
def test_a_correction_shows_no_number_and_leaves_what_was_not_typed_anew(
    sign_in: SignIn, world: World, desk: str
) -> None:
    (case_id,) = world.declare(family_contacts=[CALL])
    before, officer = world.ports.store.get(Case, case_id), sign_in(desk)
    numbers = [before.answers["phone"], before.answers["family_contacts"][0]["phone"]]
    page = officer.get(f"/console/travellers/{case_id}/correct")
    assert not any(digits in page.text for number in numbers for digits in (number, number[3:]))
    form = form_of(officer, f"/console/travellers/{case_id}/correct", "/correct")
    fields = posted(replace(before, personal=Personal(masked(before.answers))))
    assert all(f'value="{fields[name]}"' in page.text for name in ("phone", "family_contacts.0.phone"))
    wrong = officer.submit(form, **{**fields, "seat": "?" * 50})
    assert (wrong.status, any(number in wrong.text for number in numbers)) == (422, False)
    assert officer.submit(form, **{**fields, "seat": "44K"}).status == 303
    after = world.ports.store.get(Case, case_id).answers
    assert after == {**before.answers, "seat": "44K"}
    form = form_of(officer, f"/console/travellers/{case_id}/correct", "/correct")
    assert officer.submit(form, **{**fields, "seat": "44K", "phone": "139 1111 2222"}).status == 303
    assert world.ports.store.get(Case, case_id).answers == {**after, "phone": "+8613911112222"}
