"""The page that says what today's messages cost, and lets more of them go."""

from dataclasses import replace

from chalicelib.actions.figure_day import figure_day
from chalicelib.actions.ports import Add, Save, View
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case, Personal
from chalicelib.domain.messages import Message, MessageState
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
    for said in ("1.23 USD", "19,999", "20,000", "1 Nov 2026"):
        assert said in page, said
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
    assert "20,100" in page
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


def test_the_days_figures_and_a_chart_with_a_table_behind_it(
    coordinator: Browser, sign_in: SignIn, world: World
) -> None:
    empty = coordinator.get(PATH).text
    assert "Nothing was counted yet" in empty
    assert "Nothing was counted in these 30 days" in empty
    assert "<rect" not in empty
    world.departed(world.registered())
    figure_day(world.ports, "CKG", local_date(world.ports.clock(), "Asia/Shanghai"))
    page = coordinator.get(PATH).text
    assert "Nothing was counted yet" not in page
    assert page.count("<rect") == 30
    assert "Most in a day: 1" in page
    assert 'height="120"' in page
    assert "0.00 USD" in page
    assert "0.03 USD" in page
    chinese = sign_in("coordination", language="zh-Hans").get(PATH)
    assert (chinese.status, "每100条中95条在此时间内" in chinese.text) == (200, True)


def test_every_message_of_a_traveller_is_shown_with_its_text_and_price(coordinator: Browser, world: World) -> None:
    case_id = world.registered()
    settle_travellers(world.ports, world.departed(case_id).dispatch_id, "departed")
    for message in world.ports.store.page(View(Message, "by_traveller", case_id), 10).items:
        sent_row = replace(message, state=MessageState.SENT, provider="twilio", due_at=None)
        world.ports.store.commit([Save(sent_row)])
    page = coordinator.get(f"/console/travellers/{case_id}").text
    assert message.personal.body in page
    assert "twilio" in page
    assert "0.03 USD" in page


def test_who_was_told_of_a_vehicle_and_what_to_do_about_who_was_not(coordinator: Browser, world: World) -> None:
    call = {"name": "李华", "relation": "母亲", "phone": "023 6372 1234", "reach": "call", "language": "zh-Hans"}
    reached, by_phone = world.registered(), world.registered(family_contacts=[call])
    nobody = world.registered(family_contacts=None, no_family_contact=True)
    case = world.ports.store.get(Case, nobody)
    silent = {name: value for name, value in case.answers.items() if name != "phone"}
    world.ports.store.commit([Save(replace(case, personal=Personal(silent)))])
    dispatch = world.departed(reached, by_phone, nobody)
    settle_travellers(world.ports, dispatch.dispatch_id, "departed")
    (family,) = [m for m in world.ports.store.page(View(Message, "by_traveller", reached), 9).items
                 if m.audience == "family"]  # fmt: skip
    world.ports.store.commit([Save(replace(family, state=MessageState.FAILED, due_at=None, code="21614"))])
    page = coordinator.get(f"/console/dispatches/{dispatch.dispatch_id}").text
    told = page.partition("Who was told")[2]
    assert "By phone only" in told
    assert "No phone at all" in told
    assert "ask the traveller for a number" in told
    assert f"/console/messages/{family.message_id}/resend" in told
    assert told.count("It goes by itself") == 3
    assert family.personal.to not in page


def test_a_text_whose_phone_was_off_goes_again_by_itself_and_is_nobodys_call_yet(
    coordinator: Browser, world: World
) -> None:
    case_id = world.registered()
    dispatch = world.departed(case_id)
    settle_travellers(world.ports, dispatch.dispatch_id, "departed")
    (family,) = [m for m in world.ports.store.page(View(Message, "by_traveller", case_id), 9).items
                 if m.audience == "family"]  # fmt: skip
    off = replace(family, state=MessageState.UNDELIVERED, code="30003", due_at=world.ports.clock())
    world.ports.store.commit([Save(off)])
    for path in (f"/console/dispatches/{dispatch.dispatch_id}", f"/console/travellers/{case_id}"):
        page = coordinator.get(path).text
        assert ("it stands on the list of calls" in page, "/resend" in page) == (False, False), path
    assert "The phone is off or away (30003)" in page
    arrived = replace(off, state=MessageState.DELIVERED, due_at=None, version=off.version + 1)
    world.ports.store.commit([Save(arrived)])
    assert "off or away" not in coordinator.get(f"/console/travellers/{case_id}").text, "what arrived has no fault"
