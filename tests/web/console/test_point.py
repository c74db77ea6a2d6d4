"""The point's page: the duty phone that is told when a district does not answer, and what it reads."""

from dataclasses import replace

from chalicelib.domain.places import Coordinator, Point
from tests.web.browser import Browser
from tests.web.console.conftest import SignIn
from tests.web.console.test_traveller import form_of
from tests.web.console.world import World

PATH = "/console/point"
DUTY = {"coordinator_phone": "138 0050 0777", "coordinator_language": "en"}


def kept(world: World) -> Point:
    return world.ports.store.get(Point, "CKG")


def test_the_duty_phone_is_kept_with_its_language_and_taken_away(sign_in: SignIn, world: World) -> None:
    boss, before = sign_in("admin"), kept(world)
    form = form_of(boss, PATH, PATH)
    assert "is told when a district does not answer" in boss.follow(boss.submit(form, **DUTY)).text
    assert kept(world) == replace(before, personal=Coordinator("+8613800500777", "en"), version=before.version + 1)
    assert world.ports.places.point("CKG").personal.phone == "+8613800500777"
    assert boss.submit(form, **DUTY).status == 303, "a second press finds it done"
    assert boss.submit(form, **{**DUTY, "coordinator_phone": "138 0050 0778"}).status == 412
    page = boss.get(PATH)
    assert ('value="+8613800500777"' in page.text, '<option value="en" selected>' in page.text) == (True, True)
    assert boss.submit(form_of(boss, PATH, PATH), coordinator_phone="", coordinator_language="en").status == 303
    assert kept(world) == replace(before, personal=Coordinator("", "en"), version=before.version + 2)


def test_what_is_wrong_is_told_beside_its_box_and_stays_typed(coordinator: Browser, world: World) -> None:
    form, before = form_of(coordinator, PATH, PATH), kept(world)
    for typed, why in (("12", "Some digits are missing"), ("023-67152000", "This number cannot receive texts")):
        page = coordinator.submit(form, coordinator_phone=typed, coordinator_language="xx")
        assert (page.status, why in page.text, f'value="{typed}"' in page.text) == (422, True, True), page.text
        assert '<a href="#coordinator_phone">' in page.text
    assert kept(world) == before


def test_who_may_not(sign_in: SignIn, world: World) -> None:
    for path in (PATH, "/console"):
        assert ("Point of entry" in sign_in("hotel").get(path).text) is False
    assert sign_in("hotel").get(PATH).status == 403
    assert sign_in("hotel").post(PATH, DUTY).status == 403
    assert kept(world).personal.phone == ""
