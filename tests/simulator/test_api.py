"""The provider's API: what it takes, what it refuses, how it lists."""

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.failures import Unknown
from chalicelib.messaging.twilio_provider import TwilioProvider
from infra.local.simulator.server import SimulatorServer
from tests.simulator.client import MESSAGES, ask, post
from tests.simulator.running import ACCOUNT, PHONE, SENDER, TOKEN, Ear

OTHER = "+8613812345679"
SPECIFICATION = Path(__file__).parents[3] / "shared" / "data" / "twilio_messages_openapi.json"
"""The provider's own specification, kept beside the repository and not in it; nothing is compared where it is not."""


def read_specification() -> dict[str, Any] | None:
    if not SPECIFICATION.is_file():
        return None
    found: dict[str, Any] = json.loads(SPECIFICATION.read_text("utf-8"))
    return found


def nullable(schema: Any) -> Any:
    """OpenAPI 3.0 says ``nullable``, JSON Schema says ``null`` is one of the types."""
    if isinstance(schema, list):
        return [nullable(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {name: nullable(part) for name, part in schema.items()}
    if changed.get("nullable") is True and isinstance(changed.get("type"), str):
        changed["type"] = [changed["type"], "null"]
    return changed


def conforms(specification: dict[str, Any], answer: Any, path: str, method: str, status: str) -> None:
    content = specification["paths"][path][method]["responses"][status]["content"]["application/json"]
    importlib.import_module("jsonschema").validate(
        answer, nullable({**content["schema"], "components": specification["components"]})
    )


def test_answers_agree_with_the_providers_specification(phones: SimulatorServer) -> None:
    created = [post(phones)[1], post(phones, From="", MessagingServiceSid="MG" + "a" * 32)[1]]
    page = ask(phones, "GET", f"{MESSAGES}.json?PageSize=1")[1]
    single = ask(phones, "GET", f"{MESSAGES}/{created[0]['sid']}.json")[1]
    specification = read_specification()
    if specification is None:
        return
    many, one = specification["paths"]
    message = specification["components"]["schemas"]["api.v2010.account.message"]["properties"]
    assert set(created[0]) == set(message)
    for answer in created:
        conforms(specification, answer, many, "post", "201")
    conforms(specification, page, many, "get", "200")
    conforms(specification, single, one, "get", "200")


@pytest.mark.parametrize("sender", [SENDER, "MG" + "a" * 32])
def test_requests_agree_with_the_providers_specification(ear: Ear, sender: str) -> None:
    asked = TwilioProvider(
        account_sid=ACCOUNT, auth_token=TOKEN, sender=sender, public_base=ear.base, base_url=ear.base
    )
    with pytest.raises(Unknown):
        asked.send("m-1", PHONE, "Hello")
    [call] = ear.heard(1)
    assert call.path == f"{MESSAGES}.json"
    specification = read_specification()
    if specification is None:
        return
    taken = specification["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"]["requestBody"]["content"]
    assert set(call.fields) <= set(taken["application/x-www-form-urlencoded"]["schema"]["properties"])


def test_a_text_is_taken_and_read_back(phones: SimulatorServer) -> None:
    status, created = post(phones, Body="汉字")
    assert (status, created["status"], created["num_segments"], created["to"]) == (201, "queued", "1", PHONE)
    status, read, _ = ask(phones, "GET", f"{MESSAGES}/{created['sid']}.json")
    assert (status, read["body"], read["date_created"]) == (200, "汉字", created["date_created"])


def test_a_messaging_service_has_no_sender_yet(phones: SimulatorServer) -> None:
    created = post(phones, From="", MessagingServiceSid="MG" + "a" * 32)[1]
    assert (created["status"], created["from"], created["num_segments"]) == ("accepted", None, "0")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"To": ""}, 21604),
        ({"To": "13812345678"}, 21211),
        ({"To": "+86 138 1234"}, 21211),
        ({"To": "+0123456789"}, 21211),
        ({"From": ""}, 21603),
        ({"From": "not a sender!"}, 21212),
        ({"From": "", "MessagingServiceSid": "MGx"}, 21701),
        ({"From": PHONE}, 21266),
        ({"Body": ""}, 21602),
        ({"Body": " "}, 21602),
        ({"Body": "x" * 1601}, 21617),
        ({"StatusCallback": "nowhere"}, 21609),
    ],
)
def test_what_is_refused(phones: SimulatorServer, fields: dict[str, str], code: int) -> None:
    status, error = post(phones, **fields)
    assert (status, error["code"], error["status"]) == (400, code, 400)
    assert error["more_info"].endswith(str(code))
    assert phones.simulator.store.to("") == []


@pytest.mark.parametrize("wrong", [{"token": "wrong"}, {"account": "AC" + "6" * 32}, {"token": ""}])
def test_a_wrong_account_is_refused(phones: SimulatorServer, wrong: dict[str, str]) -> None:
    status, error, _ = ask(phones, "GET", f"{MESSAGES}.json", **wrong)  # type: ignore[arg-type]
    assert (status, error["code"]) == (401, 20003)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{MESSAGES}/SM{'0' * 32}.json"),
        ("DELETE", f"{MESSAGES}.json"),
        ("GET", f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"),
        ("GET", f"/2010-04-01/Accounts/AC{'6' * 32}/Messages.json"),
        ("GET", "/nothing"),
        ("GET", "/static/../server.py"),
        ("GET", "/static/%2e%2e/server.py"),
        ("PUT", "/messages"),
    ],
)
def test_what_is_not_there(phones: SimulatorServer, method: str, path: str) -> None:
    assert ask(phones, method, path)[0] in (404, 501)


def test_lists_are_filtered_and_paged(phones: SimulatorServer) -> None:
    sids = [post(phones, Body=str(number))[1]["sid"] for number in range(3)]
    post(phones, To=OTHER)
    first = ask(phones, "GET", f"{MESSAGES}.json?To=%2B8613812345678&PageSize=2")[1]
    assert [message["sid"] for message in first["messages"]] == [sids[2], sids[1]]
    second = ask(phones, "GET", first["next_page_uri"])[1]
    assert [message["sid"] for message in second["messages"]] == [sids[0]]
    assert second["next_page_uri"] is None
    assert ask(phones, "GET", f"{MESSAGES}.json?DateSent%3E=2999-01-01")[1]["messages"] == []
    assert ask(phones, "GET", f"{MESSAGES}.json?DateSent%3E=soon")[0] == 400


@pytest.mark.parametrize("to", ["+8613812345678", "%2B8613812345678"])
def test_messages_to_a_number(phones: SimulatorServer, to: str) -> None:
    first, second = post(phones, Body="one")[1], post(phones, Body="two")[1]
    post(phones, To=OTHER)
    status, answer, _ = ask(phones, "GET", f"/messages?to={to}")
    assert status == 200
    assert [item["sid"] for item in answer["items"]] == [first["sid"], second["sid"]]
    assert set(answer["items"][0]) == {"sid", "to", "from", "body", "status", "created"}
    assert answer["items"][0]["created"].endswith("+00:00")


def test_all_messages(phones: SimulatorServer) -> None:
    post(phones)
    post(phones, To=OTHER)
    assert [item["to"] for item in ask(phones, "GET", "/messages")[1]["items"]] == [PHONE, OTHER]


def test_too_much_is_refused(phones: SimulatorServer) -> None:
    assert ask(phones, "PUT", "/faults", document=b"x" * (1 << 20) + b"x")[0] == 413


def test_it_says_that_it_is_there(phones: SimulatorServer) -> None:
    assert ask(phones, "GET", "/healthz")[:2] == (200, {"status": "ok"})
