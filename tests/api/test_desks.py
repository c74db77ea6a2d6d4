"""Every route of the API against the table of desks: 403 for those who may not, and for nobody else."""

import re

import pytest

from chalicelib.domain.desks import DESKS, MAY
from chalicelib.web.access_rules import PUBLIC, RULES
from chalicelib.web.api.endpoint import BASE, ENDPOINTS
from tests.api.desk import Hall

PATHS = {"point": "CKG", "date": "2026-12-07", "number": "ZZ9999", "district": "yuzhong"}
OPEN = {("POST", "/declarations"), ("POST", "/passes/recover")}


def test_every_endpoint_names_a_verb_of_the_table() -> None:
    for key, spec in ENDPOINTS.items():
        assert (spec.access == PUBLIC) == (key in OPEN)
        assert spec.access.verb in MAY or key in OPEN
        assert RULES[spec.method, BASE + spec.path] == spec.access


def test_the_coordinator_may_every_verb() -> None:
    assert all("coordination" in desks for desks in MAY.values())


@pytest.mark.parametrize("desk", DESKS)
def test_a_desk_may_what_the_table_says(hall: Hall, desk: str) -> None:
    api = hall.at(desk, "yuzhong" if desk == "district" else None)
    for (method, path), spec in ENDPOINTS.items():
        if (method, path) in OPEN:
            continue
        concrete = re.sub(r"{(\w+)}", lambda found: PATHS.get(found[1], "0" * 11), path)
        # A body that no type takes: nothing is changed, and who may is still told from who may not.
        reply = api(method, concrete, None if method == "GET" else {"no such field": 1})
        assert (reply.status == 403) == (desk not in MAY[spec.access.verb]), f"{desk} {method} {path}: {reply.status}"
        if reply.status == 403:
            assert (reply.body["code"], reply.body["status"]) == ("not_permitted", 403)


def test_without_a_key_every_closed_route_is_401(hall: Hall) -> None:
    for method, path in set(ENDPOINTS) - OPEN:
        concrete = re.sub(r"{(\w+)}", lambda found: PATHS.get(found[1], "0" * 11), path)
        assert hall.anyone(method, concrete, None if method == "GET" else {}).status == 401, path
