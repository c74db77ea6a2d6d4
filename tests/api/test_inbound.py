"""``/hooks/twilio/inbound`` as the provider calls it: signed, repeatedly, with whatever people write."""

from typing import Any

import pytest

from chalicelib.actions.opt_out import opted_out
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.handover import Escalation
from chalicelib.messaging.signature import sign
from tests.api.desk import Hall, new_document
from tests.api_client import POOL

CONTACT = "+8613800500003"
PATH = "/hooks/twilio/inbound"


def told(hall: Hall, signature: str | None = None, **said: str) -> Any:
    """The provider's call."""
    url, token = f"{hall.site.url}{PATH}", hall.wiring.provider_account["auth_token"]
    signed = sign(token, url, said) if signature is None else signature
    return POOL.request("POST", url, fields=list(said.items()), encode_multipart=False,
                        headers={"X-Twilio-Signature": signed})  # fmt: skip


def text(hall: Hall, body: str, phone: str = CONTACT, sid: str = "", **more: str) -> Any:
    return told(hall, MessageSid=sid or f"SM{new_document()}", From=phone, To="+15005550006", Body=body, **more)


def number() -> str:
    """A phone that no other test writes from."""
    return f"+3161{sum(new_document().encode()) * 7919 % 10_000_000:07d}"


def answers(hall: Hall, dispatch: str, event: str) -> list[Any]:
    listed = hall.officer("GET", f"/messages?dispatch_id={dispatch}").body["items"]
    return [item for item in listed if item["event"] == event]


def test_a_code_awaits_then_acknowledges_and_is_answered(hall: Hall) -> None:
    person = hall.registered()
    dispatch = hall.departed(person)
    code = hall.wiring.store.get(Dispatch, dispatch).code
    answer = text(hall, f"OK {code}")
    assert (answer.status, answer.data) == (200, b'<?xml version="1.0" encoding="UTF-8"?><Response/>')
    assert hall.wiring.store.get(Escalation, dispatch, "departed").answered_by == "contact:yuzhong"
    assert hall.officer("GET", f"/dispatches/{dispatch}").body["state"] == "departed"
    hall.officer("POST", f"/dispatches/{dispatch}/arrive", {"present": [person.id]})
    for _ in range(3):
        assert text(hall, code, sid=f"SM{dispatch}").status == 200
    assert hall.officer("GET", f"/dispatches/{dispatch}").body["state"] == "acknowledged"
    assert hall.state(person) == "received"
    assert [len(answers(hall, dispatch, event)) for event in ("awaited", "acknowledged")] == [1, 1]
    assert answers(hall, dispatch, "acknowledged")[0]["to"] == "+86 138••••0003"
    history = hall.officer("GET", f"/travellers/{person.id}/history").body["items"]
    (handed,) = [entry for entry in history if entry["verb"] == "acknowledge" and "phone" in entry["detail"]]
    assert handed["detail"]["phone"] == "+86 138••••0003"


def test_only_the_provider_is_listened_to(hall: Hall) -> None:
    dispatch = hall.departed(hall.registered())
    code = hall.wiring.store.get(Dispatch, dispatch).code
    for signature in ("", "x", sign("another", f"{hall.site.url}{PATH}", {})):
        answer = told(hall, signature, MessageSid="SMx", From=CONTACT, To="+1", Body=code)
        assert answer.status == 403
    assert hall.wiring.store.get(Escalation, dispatch, "departed").answered_at is None


@pytest.mark.parametrize("word", ["STOP", "退订", "वक", "หยุด"])
def test_a_stop_is_remembered(hall: Hall, word: str) -> None:
    phone = number()
    assert text(hall, word, phone).status == 200
    assert opted_out(hall.wiring.ports, phone) == (word != "वक")


def test_what_the_provider_took_for_a_word_is_one(hall: Hall) -> None:
    phone = number()
    assert text(hall, "arrêtez tout", phone, OptOutType="STOP").status == 200
    assert opted_out(hall.wiring.ports, phone)
    assert text(hall, "allez", phone, OptOutType="START").status == 200
    assert not opted_out(hall.wiring.ports, phone)
    assert text(hall, "x", phone, OptOutType="NEWS").status == 200


def test_whatever_comes_is_taken(hall: Hall) -> None:
    odd: list[dict[str, str]] = [
        {"MessageSid": "SM1"}, {"From": CONTACT}, {"MessageSid": "", "From": ""},
        {"MessageSid": "S" * 4_000, "From": "x" * 4_000, "Body": "y" * 9_000},
        {"MessageSid": f"SM{new_document()}", "From": "WhatsApp:+1", "Body": "\u0000\u202e<b>"},
        {"SmsSid": f"SM{new_document()}", "From": number(), "Body": "", "NumMedia": "1"},
    ]  # fmt: skip
    assert [told(hall, **said).status for said in odd] == [200] * len(odd)
