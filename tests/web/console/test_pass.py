"""The pass as phones and strangers see it: asked each minute, kept by nobody, told to nobody without its token."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from chalice import Chalice

from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch
from chalicelib.domain.states import State
from chalicelib.web import entrance as doors
from chalicelib.web.traveller.journey import STOPS
from tests.intake.example import valid_companion
from tests.web.browser import Browser, Clock
from tests.web.console.test_checkins import pass_of
from tests.web.console.world import COORDINATOR, World

PRIVATE = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow"}
Change = Callable[[World, tuple[str, ...], Clock], object]


@pytest.fixture
def phone(app: Chalice, world: World) -> Browser:
    """The traveller's."""
    own = Browser(app, doors.Entrance(world.wiring.gate, world.wiring.settings.public_base))
    own.cookies["ws_language"] = "en"
    return own


def next_day(world: World, party: tuple[str, ...], clock: Clock) -> None:
    clock.now += timedelta(days=1)


CHANGES: dict[str, Change] = {
    "state": lambda world, party, clock: world.move(party[0], "verify"),
    "companion": lambda world, party, clock: world.move(party[1], "verify"),
    "day": next_day,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_pass_is_sent_again_only_when_it_says_something_else(
    world: World, phone: Browser, clock: Clock, change: str
) -> None:
    party = world.declare(companions=(valid_companion(),))
    own = pass_of(world, party[0])
    first = phone.get(own)
    tag = first.headers["etag"]
    assert f'data-tag="{tag.replace(chr(34), "&#34;")}"' in first.text
    clock.now += timedelta(minutes=1)
    again = phone.get(own, {"if-none-match": tag})
    assert (again.status, again.text, again.headers["etag"]) == (304, "", tag)
    assert PRIVATE.items() <= again.headers.items()
    assert phone.get(own + "?lang=ar", {"if-none-match": tag}).status == 200
    phone.cookies["ws_language"] = "en"
    CHANGES[change](world, party, clock)
    changed = phone.get(own, {"if-none-match": tag})
    assert (changed.status, changed.headers["etag"] != tag) == (200, True)


def test_what_a_vehicle_did_shows_before_the_row_of_the_traveller_is_written_anew(world: World, phone: Browser) -> None:
    case_id = world.registered()
    own = pass_of(world, case_id)
    waiting = phone.get(own).headers["etag"]
    vehicle = world.departed(case_id).dispatch_id
    away = phone.get(own, {"if-none-match": waiting})
    assert (away.status, STOPS[State.DISPATCHED].now in away.text) == (200, True)
    arrive_dispatch(world.ports, COORDINATOR, vehicle, (case_id,))
    acknowledge_handover(world.ports, COORDINATOR, vehicle)
    there = phone.get(own, {"if-none-match": away.headers["etag"]})
    assert (there.status, STOPS[State.RECEIVED].now in there.text) == (200, True)


@pytest.mark.parametrize("under", ["", "/copy", "/checkin"])
def test_nobody_keeps_what_lies_below_a_token_and_no_other_token_tells_anything(
    world: World, phone: Browser, under: str
) -> None:
    own = pass_of(world, world.housed())
    page = phone.get(own + under)
    assert (page.status, "李小明" in page.text or under == "/checkin") == (200, True)
    assert PRIVATE.items() <= page.headers.items()
    token = own.removeprefix("/p/")
    flipped = "A" if token[60] != "A" else "B"
    for wrong in (token[:60] + flipped + token[61:], token[:-2], token + "AA", token[:24], "AAAA", "%20"):
        refused = phone.get(f"/p/{wrong}{under}")
        assert (refused.status, refused.headers["cache-control"]) == (404, "no-store")
        assert "etag" not in refused.headers
        assert "李小明" not in refused.text
        assert "CA406" not in refused.text
