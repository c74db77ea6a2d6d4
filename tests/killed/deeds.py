"""Every verb of the doors, each with a story that leads to it; jobs.py has what comes by itself."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from chalicelib.actions.assist_declaration import assist_declaration, undo_entry
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.send_message import send_message
from chalicelib.domain.declaration import Declaration
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.messages import Message
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.forms import load
from chalicelib.intake.validate import validate
from chalicelib.messaging.signature import HEADER, sign
from tests.actions.world import COORDINATOR
from tests.api_client import Reply
from tests.killed.story import Story, family_text
from tests.killed.trial import Act, Deed

CONTACT = "+8613800500003"
"""The example number of Yuzhong's duty desk."""
REASON = {"reason": "because"}
HOUSED = {"kind": "hotel", "place": "滨江酒店", "room": "1203", "days": 1}
TWO_DAYS = timedelta(days=2)
KEPT = 303
"""What a page answers when it has done what was asked of it."""
Stage = Callable[[Story], Story]


def _key() -> dict[str, str]:
    return {"Idempotency_Key": secrets.token_hex(8)}


def _verb(path: str, stage: Stage, body: Callable[[Story], Any] = lambda _: REASON, name: str = "") -> Deed:
    """A verb of a traveller on what was read before, under one key however often it is asked."""

    def prepare(story: Story) -> Act:
        case_id, headers, said = stage(story).ids[0], _key(), body(story)
        etag = story.scene.api("GET", f"/travellers/{case_id}").etag
        return lambda: story.scene.api("POST", f"/travellers/{case_id}/{path}", said, If_Match=etag, **headers)

    return Deed(name or path, f"POST /travellers/{{traveller_id}}/{path}", prepare)


def _vehicle(path: str, stage: Stage, body: Callable[[Story], Any] = lambda _: {}, name: str = "") -> Deed:
    """A verb of a vehicle."""

    def prepare(story: Story) -> Act:
        dispatch, headers, said = stage(story).dispatch, _key(), body(story)
        return lambda: story.scene.api("POST", f"/dispatches/{dispatch}/{path}", said, **headers)

    return Deed(name or path, f"POST /dispatches/{{dispatch_id}}/{path}", prepare)


def _declare(story: Story) -> Act:
    body, headers = story.body(), _key()
    return lambda: story.declare(body, **headers)


def _declare_keyless(story: Story) -> Act:
    body = story.body(companions=[story.companion()], symptoms=["fever"], no_symptoms=None)
    return lambda: story.declare(body)


def _declare_again(story: Story) -> Act:
    """Other answers for a document that is known: linked, for an officer."""
    story.declared(first := story.body())
    other = {**first, "answers": {**first["answers"], "seat": "1A"}}
    headers = _key()
    return lambda: story.declare(other, **headers)


def _amend(story: Story) -> Act:
    first = story.body(companions=[story.companion()])
    story.declared(first)
    other = {**first, "answers": {**first["answers"], "seat": "1A", "companions": [story.companion()]}}
    headers = {"Authorization": f"Pass {story.token}", **_key()}
    return lambda: story.declare(other, **headers)


def _assisted(story: Story) -> Act:
    """From paper, by an officer with a key."""
    body, headers = {**story.body(companions=[story.companion()]), "source": "paper"}, _key()
    return lambda: story.scene.api("POST", "/declarations", body, **headers)


def _undo(story: Story) -> Act:
    """An officer takes an own entry back, as the console's page does."""
    form, entry = load("arrival", 1), story.body(companions=[story.companion()])
    answers = validate(form, entry["answers"], IntakeContext(story.today, frozenset(story.ports.places.districts())))
    said = Declaration(
        point="CKG", language="en", form=form.id, form_version=form.version, signed=(), answers=answers, source="paper"
    )
    case_id = assist_declaration(story.ports, COORDINATOR, said).declaration_id
    return lambda: {"void": len(undo_entry(story.ports, COORDINATOR, case_id))}


def _open(story: Story) -> Act:
    asked = {
        "district": "yuzhong", "vehicle": {"plate": "渝A12345", "kind": "bus", "capacity": 40},
        "escort": {"name": "王强", "phone": "138 0013 8111"}, "traveller_ids": story.registered().ids,
    }  # fmt: skip
    headers = _key()
    return lambda: story.scene.api("POST", "/dispatches", asked, **headers)


def _of_point(story: Story, path: str, **said: Any) -> Act:
    """A verb of the point itself."""
    story.housed()
    headers = _key()
    return lambda: story.scene.api("POST", f"/points/CKG/{path}", {**REASON, **said}, **headers)


def _passenger(story: Story) -> dict[str, Any]:
    return {"traveller_id": story.ids[0]}


def _headcount(story: Story) -> dict[str, Any]:
    return {"present": story.ids}


def _undelivered(story: Story) -> Message:
    text = family_text(story.departed())
    send_message(story.ports, story.scene.here.provider, text.message_id)
    record_receipt(story.ports, text.message_id, "undelivered", "", "30006")
    return text


def _resend(story: Story) -> Act:
    message_id, headers = _undelivered(story).message_id, _key()
    return lambda: story.scene.api("POST", f"/messages/{message_id}/resend", {}, **headers)


def _callback(story: Story) -> Act:
    text, scene = family_text(story.departed()), story.scene
    send_message(story.ports, scene.here.provider, text.message_id)
    path, sid = f"/hooks/twilio/status/{text.message_id}", story.ports.store.get(Message, text.message_id).sid
    said = {"MessageSid": sid, "MessageStatus": "undelivered", "ErrorCode": "30006"}
    signature = sign(scene.here.provider_account["auth_token"], scene.settings.public_base + path, said)
    headers = {"Content-Type": "application/x-www-form-urlencoded", HEADER: signature}
    return lambda: scene.request("POST", path, urlencode(said).encode(), headers)


def _inbound(story: Story, phone: str, body: str) -> Act:
    """A text that the provider tells of until it is answered, always by the same id."""
    scene, path = story.scene, "/hooks/twilio/inbound"
    said = {"MessageSid": f"SM{secrets.token_hex(8)}", "From": phone, "To": "+15005550006", "Body": body}
    signature = sign(scene.here.provider_account["auth_token"], scene.settings.public_base + path, said)
    headers = {"Content-Type": "application/x-www-form-urlencoded", HEADER: signature}
    return lambda: scene.request("POST", path, urlencode(said).encode(), headers)


def _code(story: Story) -> str:
    return story.ports.store.get(Dispatch, story.dispatch).code


def _acknowledge_by_text(story: Story) -> Act:
    return _inbound(story.arrived(), CONTACT, f"ok {_code(story)}")


def _await_by_text(story: Story) -> Act:
    return _inbound(story.departed(), CONTACT, _code(story))


def _written_by_family(story: Story, body: str) -> Act:
    """The mother, who was texted, writes back."""
    text = family_text(story.departed())
    send_message(story.ports, story.scene.here.provider, text.message_id)
    return _inbound(story, text.personal.to, body)


def _check_in(story: Story) -> Act:
    """A fever, told from the hotel by the page behind the pass; sent again, it is the same word of that day."""
    path, headers = f"/p/{story.housed().token}/checkin", {"Content-Type": "application/x-www-form-urlencoded"}
    said = urlencode({"temperature": "38.2", "symptoms": "dry_cough"}).encode()

    def act() -> Reply | dict[str, Any]:
        answer = story.scene.request("POST", path, said, headers)
        return {"kept": path} if answer.status == KEPT else answer

    return act


VERBS: tuple[Deed, ...] = (
    Deed("declare", "POST /declarations", _declare),
    Deed("declare, in a cold process", "POST /declarations", _declare, cold=True),
    Deed("declare a family, without a key", "POST /declarations", _declare_keyless),
    Deed("declare again, otherwise", "POST /declarations", _declare_again),
    Deed("amend", "POST /declarations", _amend),
    Deed("declare for somebody, from paper", "POST /declarations", _assisted),
    Deed("undo an entry", "POST /console/entries/{case_id}/undo", _undo),
    _verb("verify", Story.declared),
    _verb("register", Story.verified),
    _verb("correct", Story.declared, lambda _: {"answers": {"seat": "1A"}, **REASON}),
    _verb("refer", Story.registered),
    _verb("refer", Story.opened, name="refer from a vehicle"),
    _verb("return", lambda story: story.housed().move("refer")),
    _verb("exempt", Story.registered),
    _verb("onward", Story.registered),
    _verb("void", Story.registered),
    Deed("open dispatch", "POST /dispatches", _open),
    _vehicle("board", Story.opened, _passenger),
    _vehicle("take_off", Story.opened, _passenger),
    _vehicle("depart", Story.boarded),
    _vehicle("change", Story.departed, lambda _: {"change": "district", "district": "jiangbei", **REASON}),
    _vehicle(
        "change",
        Story.departed,
        lambda story: {"change": "left", "traveller_id": story.ids[0], **REASON},
        "change: somebody leaves",
    ),
    _vehicle("stop_messages", Story.departed, lambda _: REASON),
    Deed("lift the ceiling", "POST /points/{point}/spending/lift", lambda s: _of_point(s, "spending/lift", segments=5)),
    Deed(
        "stop a release",
        "POST /points/{point}/releases/stop_messages",
        lambda s: _of_point(s, "releases/stop_messages"),
    ),
    _vehicle("arrive", Story.departed, _headcount),
    _vehicle("acknowledge", Story.arrived),
    _verb("receive", Story.one_missing),
    _verb("quarantine", Story.received, lambda _: HOUSED),
    _verb(
        "quarantine", lambda story: story.received(settled=False), lambda _: HOUSED, "quarantine, before the fan-out"
    ),
    _verb("quarantine/change", Story.housed, lambda story: {"end_date": str(story.today + TWO_DAYS), **REASON}),
    _verb("hold", Story.housed),
    _verb("unhold", Story.held),
    _verb("release", Story.housed),
    Deed("check in", "POST /p/{token}/checkin", _check_in),
    Deed("resend", "POST /messages/{message_id}/resend", _resend),
    Deed("callback", "POST /hooks/twilio/status/{message_id}", _callback),
    Deed("a district's code", "POST /hooks/twilio/inbound", _acknowledge_by_text),
    Deed("a district's code, early", "POST /hooks/twilio/inbound", _await_by_text),
    Deed("a family's words", "POST /hooks/twilio/inbound", lambda s: _written_by_family(s, "他好吗？")),
    Deed("a family's stop", "POST /hooks/twilio/inbound", lambda s: _written_by_family(s, "退订")),
    Deed("a call for help", "POST /hooks/twilio/inbound", lambda s: _written_by_family(s, "help")),
)
