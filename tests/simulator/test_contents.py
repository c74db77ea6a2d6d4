"""Registered templates, as the provider's Content API keeps them."""

import json

from infra.local.simulator.server import SimulatorServer
from tests.simulator.client import ask, post

DOCUMENT = {"friendly_name": "x", "language": "en", "types": {"twilio/text": {"body": "Hello {{name}}"}}}


def test_a_template_is_kept_behind_an_id(phones: SimulatorServer) -> None:
    status, kept, _ = ask(phones, "POST", "/v1/Content", document=DOCUMENT)
    assert (status, kept["sid"][:2], kept["types"]) == (201, "HX", DOCUMENT["types"])
    status, sent = post(phones, Body="", ContentSid=kept["sid"], ContentVariables=json.dumps({"name": "W. Smith"}))
    assert (status, sent["body"]) == (201, "Hello W. Smith")


def test_what_the_provider_refuses_is_refused(phones: SimulatorServer) -> None:
    sid = ask(phones, "POST", "/v1/Content", document=DOCUMENT)[1]["sid"]
    asked = [
        {"Body": "", "ContentVariables": "{}"}, {"ContentSid": sid, "ContentVariables": "{}"},
        {"Body": "", "ContentSid": "HX" + "0" * 32}, {"Body": "", "ContentSid": sid},
        {"Body": "", "ContentSid": sid, "ContentVariables": "name"},
        {"Body": "", "ContentSid": sid, "ContentVariables": json.dumps({"name": ""})},
        {"Body": "", "ContentSid": sid, "ContentVariables": json.dumps({"name": "x", "other": None})},
        {"Body": "", "ContentSid": sid, "ContentVariables": json.dumps({"name": "x", "other": ""})},
    ]  # fmt: skip
    answers = [post(phones, **fields) for fields in asked]
    assert {status for status, _ in answers} == {400}
    assert [answer["code"] for _, answer in answers] == [21654, 35127, 21655, 21656, 21656, 21656, 21656, 21656]
    assert ask(phones, "POST", "/v1/Content", document={"types": {}})[0] == 400
    assert ask(phones, "POST", "/v1/Content", document=b"{")[0] == 400
    assert ask(phones, "POST", "/v1/Content", document=DOCUMENT, token="wrong")[0] == 401
