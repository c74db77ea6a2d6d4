"""The page that says what today's messages cost, and lets more of them go."""

from chalicelib.actions.ports import Add
from chalicelib.domain.calendar import local_date
from chalicelib.domain.spending import Spent
from tests.web.browser import Browser
from tests.web.console.conftest import SignIn
from tests.web.console.test_traveller import form_of
from tests.web.console.world import World

PATH = "/console/spending"


def spend(world: World, segments: int) -> None:
    day = local_date(world.ports.clock(), "Asia/Shanghai")
    world.ports.store.commit(
        [Add(Spent(point="CKG", day=day, shard="00", messages=1, segments=segments, micros=1_234_000))]
    )


def test_what_it_cost_and_that_the_ceiling_is_reached(coordinator: Browser, world: World) -> None:
    spend(world, 19_999)
    page = coordinator.get(PATH).text
    assert "1.23 USD" in page
    assert "ceiling is reached" not in page
    spend(world, 1)
    assert "ceiling is reached" in coordinator.get(PATH).text
    assert PATH in coordinator.get("/console/messages").text


def test_it_is_lifted_with_a_reason(coordinator: Browser, world: World) -> None:
    spend(world, 20_000)
    form = form_of(coordinator, PATH, PATH)
    refused = coordinator.submit(form, segments="100", reason="")
    assert (refused.status, "Fill this in" in refused.text) == (422, True)
    assert coordinator.submit(form, segments="many", reason="x").status == 422
    answer = coordinator.submit(form, segments="100", reason="two flights late")
    page = coordinator.follow(answer).text
    assert "20100" in page
    assert "ceiling is reached" not in page


def test_others_may_look_or_not_even_that(sign_in: SignIn) -> None:
    report = sign_in("report")
    assert "Lift the ceiling" not in report.get(PATH).text
    assert report.post(PATH, {"segments": "1", "reason": "x"}).status == 403
    assert sign_in("district", district="yuzhong").get(PATH).status == 403


def test_the_days_release_messages_are_stopped(coordinator: Browser, world: World) -> None:
    form = form_of(coordinator, PATH, "/stop_release")
    assert coordinator.submit(form, reason="").status == 422
    answer = coordinator.submit(form, reason="the wrong list")
    assert "Stopped: 0 messages had gone out, 0 were taken back." in coordinator.follow(answer).text
    assert "Messages stopped" in coordinator.get(PATH).text


def test_a_vehicles_messages_are_stopped_and_its_page_says_how_many_went(coordinator: Browser, world: World) -> None:
    path = f"/console/dispatches/{world.departed(world.registered()).dispatch_id}"
    answer = coordinator.submit(form_of(coordinator, path, "/stop_messages"), reason="the wrong bus")
    page = coordinator.follow(answer).text
    assert "0 had gone out, 1 were taken back." in page
    assert "/stop_messages" not in page
