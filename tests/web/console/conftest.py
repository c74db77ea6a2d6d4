"""One point of entry in memory for each test, behind the real app."""

from collections.abc import Callable, Iterator

import pytest
from chalice import Chalice

from chalicelib import wiring as parts
from chalicelib.domain.officers import Officer
from chalicelib.web import entrance as doors
from tests.web.browser import Browser, Clock, officer
from tests.web.console.world import COORDINATOR, World, memory_wiring

SignIn = Callable[..., Browser]


@pytest.fixture
def world(clock: Clock) -> Iterator[World]:
    """Reference data and nobody in it."""
    wiring = memory_wiring(clock)
    with parts.override(wiring), doors.override(doors.Entrance(wiring.gate, wiring.settings.public_base)):
        yield World(wiring)


@pytest.fixture
def sign_in(app: Chalice, world: World) -> SignIn:
    """``sign_in("onsite")`` or ``sign_in("district", district="yuzhong")``: a browser of an officer of these desks."""

    def signed_in(*desks: str, district: str | None = None, language: str = "en") -> Browser:
        who: Officer = officer(*desks, district=district, officer_id="".join((*desks, district or "")))
        entrance = doors.Entrance(world.wiring.gate, world.wiring.settings.public_base)
        return Browser(app, entrance, language).sign_in(who)

    return signed_in


@pytest.fixture
def coordinator(app: Chalice, world: World) -> Browser:
    """The browser of the coordination desk."""
    entrance = doors.Entrance(world.wiring.gate, world.wiring.settings.public_base)
    return Browser(app, entrance).sign_in(COORDINATOR)
