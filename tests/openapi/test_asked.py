"""Everything that the document allows, and what it forbids, asked of the product by every kind of key."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.generation.feedback import NO_FEEDBACK

from chalicelib.web.api import routes
from chalicelib.web.api.endpoint import ENDPOINTS
from tests.api.desk import Hall
from tests.openapi.asking import MODES, Asker, codes
from tests.openapi.seeded import DISTRICT

assert routes.MODULES, "what fills the table of endpoints"
OPERATIONS = sorted(ENDPOINTS)
SHAPE = {"wrong_type", "unknown_field", "too_long", "too_short", "not_a_choice", "not_a_date", "not_a_time"}
"""Faults that a document can rule out; a body as it has them is refused for other reasons only."""
JUDGED_BY_FORM = {"/declarations", "/travellers/{traveller_id}/correct"}
ALLOWED = (GenerationMode.POSITIVE,)
asked = pytest.mark.parametrize(("method", "path"), OPERATIONS)
few = settings(
    max_examples=8, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@asked
def test_at_the_edges(asker: Asker, hall: Hall, method: str, path: str) -> None:
    key = hall.officer.key
    for case in asker.at_the_edges(asker.operation(method, path)):
        asker.ask(case, key)


@asked
@pytest.mark.parametrize("mode", MODES)
def test_at_random(asker: Asker, hall: Hall, method: str, path: str, mode: GenerationMode) -> None:
    operation, key = asker.operation(method, path), hall.officer.key

    @few
    @given(case=operation.as_strategy(mode, feedback=NO_FEEDBACK))
    def ask(case: Case[Any]) -> None:
        response = asker.ask(case, key)
        refused = codes(response) if response.status_code == 422 else {}
        free = mode.is_negative or path in JUDGED_BY_FORM
        assert free or not SHAPE & set(refused.values()), f"{case.body!r} {response.text}"

    # Where nothing but strings of any kind is asked for, nothing is forbidden.
    with suppress(Unsatisfiable):
        ask()


@asked
def test_a_district(asker: Asker, hall: Hall, method: str, path: str) -> None:
    key = hall.at("district", DISTRICT).key
    for case in asker.at_the_edges(asker.operation(method, path), ALLOWED):
        asker.ask(case, key)


@asked
def test_nobody(asker: Asker, method: str, path: str) -> None:
    operation = asker.operation(method, path)
    closed = {} not in operation.definition.raw.get("security", ())
    for case in asker.at_the_edges(operation, ALLOWED):
        response = asker.ask(case)
        assert not closed or response.status_code in (401, 404, 405), response.request.url
