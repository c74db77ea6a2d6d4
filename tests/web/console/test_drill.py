"""The console in a drill: marked wherever somebody looks, and counted nowhere."""

from dataclasses import replace

from chalicelib.actions.ports import Save
from chalicelib.domain.case import Case
from chalicelib.web.console.tallies import Tally
from tests.web.browser import Browser
from tests.web.console.conftest import SignIn
from tests.web.console.test_traveller import form_of
from tests.web.console.world import World

PATH = "/console/drill"


def take_part(world: World, *case_ids: str) -> None:
    for case_id in case_ids:
        world.ports.store.commit([Save(replace(world.ports.store.get(Case, case_id), drill=True))])


def test_the_list_of_numbers_is_put_whole_and_shown_masked(coordinator: Browser, world: World) -> None:
    form = form_of(coordinator, PATH, PATH)
    assert "texts nobody until there are some" in coordinator.get(PATH).text
    wrong = coordinator.submit(form, numbers="138 0013 8111\n12")
    assert (wrong.status, "138 0013 8111" in wrong.text) == (422, True)
    page = coordinator.follow(coordinator.submit(form, numbers="138 0013 8111\n\n139 0013 9000")).text
    assert "a drill may text 2 numbers" in page
    assert "138••••8111" in page
    assert "13800138111" not in page
    assert coordinator.submit(form, numbers="138 0013 8111").status == 412


def test_who_may_not(sign_in: SignIn) -> None:
    assert sign_in("hotel").get(PATH).status == 403


def test_a_drill_is_marked_and_not_counted(coordinator: Browser, world: World) -> None:
    real, drill = world.registered(), world.registered()
    take_part(world, drill)
    vehicle = world.vehicle(drill)
    for path in ("/console/travellers", f"/console/travellers/{drill}", f"/console/dispatches/{vehicle.dispatch_id}",
                 "/console/dispatches"):  # fmt: skip
        assert ">Drill<" in coordinator.get(path).text, path
    assert ">Drill<" not in coordinator.get(f"/console/travellers/{real}").text


def test_a_day_in_numbers_leaves_a_drill_out(world: World) -> None:
    real, drill = world.registered(), world.registered()
    take_part(world, drill)
    counted = Tally()
    for case_id in (real, drill):
        counted.add(world.ports.store.get(Case, case_id))
    assert (counted.people, counted.flights.total(), counted.states.total()) == (1, 1, 1)


def test_a_flight_is_marked_as_a_drill(coordinator: Browser, world: World) -> None:
    form = form_of(coordinator, "/console/flights", "/console/flights")
    fields = {"number": "CA999", "origin": "Rome", "scheduled": "12:00", "expected_heads": "10", "drill": "yes"}
    assert coordinator.submit(form, **fields).status == 303
    assert ">Drill<" in coordinator.get("/console/flights").text
