"""Numbers of more digits than Python reads are wrong numbers, and no fault of ours."""

import pytest

from tests.web.browser import Browser
from tests.web.console.test_reference_pages import FLIGHT
from tests.web.console.test_traveller import form_of
from tests.web.console.test_vehicles import VEHICLE
from tests.web.console.world import World

DIGITS = "9" * 5000


def test_seats(coordinator: Browser, world: World) -> None:
    form = form_of(coordinator, f"/console/waiting/{_zone(world)}", "/console/dispatches")
    assert coordinator.submit(form, **{**VEHICLE, "capacity": DIGITS}).status == 422


def _zone(world: World) -> str:
    world.registered()
    return "01"


@pytest.mark.parametrize("version", [DIGITS, "٣" * 20, "-1"])
def test_versions(coordinator: Browser, world: World, version: str) -> None:
    district = form_of(coordinator, "/console/districts/yuzhong", "/console/districts/yuzhong")
    assert coordinator.submit(district, version=version).status in (303, 412)
    added = coordinator.submit(form_of(coordinator, "/console/flights", "/console/flights"), **FLIGHT)
    path = added.headers["location"]
    flight = form_of(coordinator, path, "/CA406")
    for wrong in ({}, {"expected_heads": "many"}):
        assert coordinator.submit(flight, **{**FLIGHT, **wrong, "version": version}).status in (303, 412, 422)
