"""The official client against the simulator, and against servers that misbehave."""

import logging
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.failures import Kind, PermanentFailure, TemporaryFailure, Unknown
from chalicelib.domain.messages import Content
from chalicelib.messaging.signature import verify
from infra.local.simulator.faults import Faults
from infra.local.simulator.server import SimulatorServer
from tests.messaging.sockets import TEXT, answering, dropped, plain, provider, silent
from tests.simulator.client import ask
from tests.simulator.running import PHONE, SENDER, TOKEN, Ear


def test_a_text_is_handed_over(phones: SimulatorServer, ear: Ear) -> None:
    accepted = provider(phones.base, public_base=ear.base).send("m-1", PHONE, TEXT)
    assert accepted.status == "queued"
    kept = phones.simulator.store.message(accepted.sid)
    assert kept is not None
    assert (kept.recipient, kept.sender, kept.body) == (PHONE, SENDER, TEXT)


def test_the_callback_carries_our_id_and_is_signed(phones: SimulatorServer, ear: Ear) -> None:
    accepted = provider(phones.base, public_base=ear.base).send("m-1", PHONE, TEXT)
    told = ear.told(2)
    assert set(told) == {"sent", "delivered"}
    for call in told.values():
        assert (call.path, call.fields["MessageSid"]) == ("/hooks/twilio/status/m-1", accepted.sid)
        assert verify(TOKEN, ear.base + call.path, call.pairs, call.signature)


def test_a_messaging_service_sends_too(phones: SimulatorServer, ear: Ear) -> None:
    service = "MG" + "a" * 32
    accepted = provider(phones.base, public_base=ear.base, sender=service).send("m-1", PHONE, TEXT)
    assert accepted.status == "accepted"
    assert set(ear.told(3)) == {"queued", "sent", "delivered"}


def registered(phones: SimulatorServer, body: str) -> str:
    document = {"friendly_name": "dispatched", "language": "zh", "types": {"twilio/text": {"body": body}}}
    status, answer, _ = ask(phones, "POST", "/v1/Content", document=document)
    assert status == 201
    return str(answer["sid"])


def test_a_registered_template_goes_with_its_values_and_is_found_by_its_text(phones: SimulatorServer) -> None:
    sid = registered(phones, "【口岸驿站】{{name}}已乘车前往{{district}}，有专人接收。咨询{{hotline}}")
    asked, since = provider(phones.base), datetime.now(UTC)
    values = {"name": "李*", "district": "渝中区", "hotline": "023-12345"}
    accepted = asked.send_template("m-1", PHONE, Content(sid, values))
    kept = phones.simulator.store.message(accepted.sid)
    assert kept is not None
    assert kept.body == TEXT
    assert kept.callback.startswith("http://127.0.0.1:9/hooks/twilio/status/m-1")
    assert asked.find("m-1", PHONE, TEXT, since) == accepted


@pytest.mark.parametrize(
    ("body", "values", "code"),
    [
        (None, {"name": "李*"}, "21655"),
        ("{{name}} {{room}}", {"name": "李*"}, "21656"),
        ("{{name}}", {"name": ""}, "21656"),
    ],
)
def test_a_template_that_the_provider_refuses_is_permanent(
    phones: SimulatorServer, body: str | None, values: dict[str, str], code: str
) -> None:
    sid = registered(phones, body) if body else "HX" + "0" * 32
    with pytest.raises(PermanentFailure) as caught:
        provider(phones.base).send_template("m-1", PHONE, Content(sid, values))
    assert caught.value.code == code


@pytest.mark.parametrize("code", [21211, 21610, 21614, 21635])
def test_a_refused_number_is_permanent(phones: SimulatorServer, code: int) -> None:
    phones.simulator.chance.set(Faults(reject={PHONE: code}))
    with pytest.raises(PermanentFailure) as caught:
        provider(phones.base).send("m-1", PHONE, TEXT)
    assert caught.value.code == str(code)


def test_a_wrong_token_holds_the_queue(phones: SimulatorServer) -> None:
    with pytest.raises(TemporaryFailure) as caught:
        provider(phones.base, auth_token="wrong").send("m-1", PHONE, TEXT)
    assert (caught.value.code, caught.value.kind) == ("20003", Kind.CONFIGURATION)


def test_too_many_requests_are_temporary(phones: SimulatorServer) -> None:
    phones.simulator.chance.set(Faults(status_429=1))
    with pytest.raises(TemporaryFailure) as caught:
        provider(phones.base).send("m-1", PHONE, TEXT)
    assert (caught.value.code, caught.value.kind) == ("20429", Kind.RETRY)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(TemporaryFailure) as caught:
        provider(f"http://127.0.0.1:{port}").send("m-1", PHONE, TEXT)
    assert caught.value.code == "no_connection"


def test_silence_is_unknown_and_short() -> None:
    with answering(silent) as base:
        before = datetime.now(UTC)
        with pytest.raises(Unknown) as caught:
            provider(base, read=0.2).send("m-1", PHONE, TEXT)
        assert datetime.now(UTC) - before < timedelta(seconds=2)
    assert caught.value.reason == "no_answer_in_time"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (dropped, "connection_broke"),
        (plain("500 Oops", '{"code":20500,"message":"x","status":500}'), "http_500"),
        (plain("502 Bad Gateway", "<html>"), "http_502"),
        (plain("503 Service Unavailable", ""), "http_503"),
        (plain("504 Gateway Timeout", ""), "http_504"),
        (plain("201 Created", "<html>"), "unreadable_answer"),
        (plain("201 Created", "{}"), "unreadable_answer"),
        (plain("201 Created", "[]"), "unreadable_answer"),
    ],
)
def test_whatever_may_have_been_sent_is_unknown(behaviour: Callable[[socket.socket], None], reason: str) -> None:
    with answering(behaviour) as base, pytest.raises(Unknown) as caught:
        provider(base).send("m-1", PHONE, TEXT)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("behaviour", "code", "kind"),
    [
        (plain("429 Too Many Requests", ""), "http_429", Kind.RETRY),
        (plain("403 Forbidden", "<html>"), "http_403", Kind.CONFIGURATION),
        (plain("302 Found", ""), "http_302", Kind.CONFIGURATION),
        (plain("404 Not Found", "{}"), "http_404", Kind.CONFIGURATION),
    ],
)
def test_refusals_without_a_code_go_by_their_status(
    behaviour: Callable[[socket.socket], None], code: str, kind: Kind
) -> None:
    with answering(behaviour) as base, pytest.raises(TemporaryFailure) as caught:
        provider(base).send("m-1", PHONE, TEXT)
    assert (caught.value.code, caught.value.kind) == (code, kind)


def test_nothing_personal_reaches_logs_or_failures(phones: SimulatorServer, caplog: pytest.LogCaptureFixture) -> None:
    phones.simulator.chance.set(Faults(reject={PHONE: 21211}))
    with caplog.at_level(logging.DEBUG), pytest.raises(PermanentFailure) as caught:
        provider(phones.base).send("m-1", PHONE, TEXT)
    with caplog.at_level(logging.DEBUG):
        provider(phones.base).find("m-1", PHONE, TEXT, datetime.now(UTC))
    said = caplog.text + str(caught.value) + repr(caught.value.__cause__)
    assert PHONE.removeprefix("+") not in said
    assert "李" not in said
    assert caught.value.__suppress_context__
