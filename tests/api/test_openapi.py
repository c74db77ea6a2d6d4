"""The reference: complete, sound, and what the API really does (every other test here holds its answers to it)."""

import json
from typing import Any

import jsonschema
import pytest

from chalicelib.web.access_rules import RULES
from chalicelib.web.api.endpoint import BASE
from tests.api.desk import Hall, companion, declaration
from tests.api_client import POOL
from tests.intake.example import LEFT_OUT, valid_answers

METHODS = {"get", "put", "post", "delete", "patch"}


@pytest.fixture(scope="module")
def reference(hall: Hall) -> dict[str, Any]:
    """As it is published, to anybody."""
    answer = POOL.request("GET", f"{hall.site.url}{BASE}/openapi.json")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"].startswith("public")
    document: dict[str, Any] = json.loads(answer.data)
    return document


def operations(reference: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, item in reference["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_it_tells_of_every_route_and_of_no_other(hall: Hall, reference: dict[str, Any]) -> None:
    routes = {(method, path.removeprefix(BASE)) for method, path in RULES if path.startswith(f"{BASE}/")}
    assert set(operations(reference)) == routes - {("GET", "/openapi.json")}
    assert reference["openapi"] == "3.1.0"
    assert reference["servers"] == [{"url": f"{hall.site.url}{BASE}"}]


def test_every_operation_is_whole(reference: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(reference).values()]
    assert len(names) == len(set(names))
    for (method, path), operation in operations(reference).items():
        given = {(parameter["in"], parameter["name"]) for parameter in operation["parameters"]}
        in_path = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        assert {name for place, name in given if place == "path"} == in_path
        assert operation["summary"].endswith(".")
        assert ("requestBody" in operation) == (method in ("POST", "PUT"))
        assert (("header", "Idempotency-Key") in given) == (method == "POST")
        assert (("header", "If-Match") in given) == ("412" in operation["responses"])
        assert {"500", "503"} <= set(operation["responses"])
        closed = operation.get("security", reference["security"]) == [{"key": []}]
        assert ("401" in operation["responses"]) == (closed or path == "/declarations")


def test_every_schema_is_one_and_every_reference_leads_somewhere(reference: dict[str, Any]) -> None:
    schemas = reference["components"]["schemas"]
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    text = json.dumps(reference)
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert named == set(schemas), "each is used"


def test_the_answers_schema_is_the_forms(hall: Hall, reference: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/Answers_arrival_v1"}
    parts = {"day": 1, "month": 2, "year": 1990}
    good = [
        valid_answers(), valid_answers(companions=[companion()]), valid_answers(date_of_birth=parts),
        valid_answers(no_symptoms=LEFT_OUT, symptoms=["fever"]), valid_answers(sex="F"),
        valid_answers(household_registration="none", destination_district=LEFT_OUT, destination_address=LEFT_OUT),
    ]  # fmt: skip
    for answers in good:
        hall.reference.validate(schema, answers)
        assert hall.anyone("POST", "/declarations", declaration(**answers_on_their_own(answers))).status == 201
    bad = [
        valid_answers(nickname="Li"), valid_answers(family_name=LEFT_OUT), valid_answers(sex="?"),
        valid_answers(commitment=False), valid_answers(symptoms=["itch"]), valid_answers(no_symptoms=LEFT_OUT),
        valid_answers(companions=[{"relation": "son"}]), valid_answers(family_contacts=[{}] * 3),
        valid_answers(date_of_birth={"day": 1}),
    ]  # fmt: skip
    for answers in bad:
        with pytest.raises(jsonschema.ValidationError):
            hall.reference.validate(schema, answers)


def answers_on_their_own(answers: dict[str, Any]) -> dict[str, Any]:
    """The same answers as somebody new gives them today."""
    fresh = declaration()["answers"]
    kept = ("document_number", "arrival_date", "places_14d")
    return {
        **dict.fromkeys(set(fresh) - set(answers), LEFT_OUT),
        **{name: value for name, value in answers.items() if name not in kept},
    }
