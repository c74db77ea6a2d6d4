"""Rules that a point may change send nobody a text: whoever makes one that does must count whom, beforehand."""

from dataclasses import fields, replace
from typing import Any

import pytest

from chalicelib.actions.keep_reference import put_reference
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point
from chalicelib.domain.work import PlannedRelease
from chalicelib.storage.places import RememberedPlaces
from tests.actions.world import World

ADMIN = Officer(officer_id="admin", desks=frozenset({"admin"}))
RULES: dict[str, Any] = {
    "quarantine_days": 3,
    "release_hour": "06:00",
    "hotline": "12345",
    "confirm_above": 1,
    "daily_ceiling": 1,
}
PLACES = {
    "zones",
    "zone_shared",
    "zone_elsewhere",
    "zone_none",
    "time_zone",
    "country",
    "languages",
    "names",
    "personal",
}


@pytest.mark.parametrize("rule", RULES)
def test_a_change_of_a_points_rule_tells_nobody_and_moves_no_release(world: World, rule: str) -> None:
    case_id = world.quarantined()
    texts, planned = world.messages(), world.kept(PlannedRelease)
    point = world.store.get(Point, "CKG")
    put_reference(world.ports, ADMIN, replace(point, **{rule: RULES[rule]}))
    world.ports = replace(world.ports, places=RememberedPlaces(world.store, seconds=lambda: 0.0))
    world.release_due(world.clock())
    assert world.messages() == texts
    assert world.kept(PlannedRelease) == planned
    assert world.case(case_id).quarantine is not None


def test_every_rule_of_a_point_is_looked_at_here() -> None:
    assert {field.name for field in fields(Point)} == set(RULES) | PLACES | {"point", "personal", "version"}
