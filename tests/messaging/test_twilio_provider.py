"""The official client against the simulator, and against servers that misbehave."""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest

from chalicelib.domain.failures import Kind, PermanentFailure, TemporaryFailure, Unknown
from chalicelib.domain.messages import Content
from chalicelib.messaging.signature import verify
from chalicelib.messaging.twilio_provider import TwilioProvider
from infra.local.simulator.faults import Faults
from infra.local.simulator.server import SimulatorServer
from tests.simulator.client import ask
from tests.simulator.running import ACCOUNT, PHONE, SENDER, TOKEN, Ear

TEXT = "【口岸驿站】李*已乘车前往渝中区，有专人接收。咨询023-12345"


def provider(base: str, **changes: Any) -> TwilioProvider:
    usual: dict[str, Any] = {"account_sid": ACCOUNT, "auth_token": TOKEN, "sender": SENDER, "base_url": base}
    return TwilioProvider(**(usual | {"public_base": "http://127.0.0.1:9", "connect": 0.5, "read": 2.0} | changes))


@contextmanager
def answering(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A bare socket that treats each connection as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        kept: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                kept.append(connection)
                answer(connection)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in kept:
            connection.close()


def plain(status: str, body: str) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        connection.sendall((head + body).encode())

    return answer


def silent(connection: socket.socket) -> None:
    """Takes the connection and says nothing."""


def dropped(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.close()


def test_a_text_is_handed_over(phones: SimulatorServer, ear: Ear) -> None:
    accepted = provider(phones.base, public_base=ear.base).send("m-1", PHONE, TEXT)
    assert accepted.status == "queued"
    kept = phones.simulator.store.message(accepted.sid)
    assert kept is not None
    assert (kept.recipient, kept.sender, kept.body) == (PHONE, SENDER, TEXT)


def test_the_callback_carries_our_id_and_is_signed(phones: SimulatorServer, ear: Ear) -> None:
    accepted = provider(phones.base, public_base=ear.base).send("m-1", PHONE, TEXT)
    for call, status in zip(ear.heard(2), ["sent", "delivered"], strict=True):
        assert call.path == "/hooks/twilio/status/m-1"
        assert (call.fields["MessageStatus"], call.fields["MessageSid"]) == (status, accepted.sid)
        assert verify(TOKEN, ear.base + call.path, call.pairs, call.signature)


def test_a_messaging_service_sends_too(phones: SimulatorServer, ear: Ear) -> None:
    service = "MG" + "a" * 32
    accepted = provider(phones.base, public_base=ear.base, sender=service).send("m-1", PHONE, TEXT)
    assert accepted.status == "accepted"
    assert [call.fields["MessageStatus"] for call in ear.heard(3)] == ["queued", "sent", "delivered"]


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


def test_a_lost_answer_is_found_again(phones: SimulatorServer) -> None:
    asked, since = provider(phones.base), datetime.now(UTC)
    phones.simulator.chance.set(Faults(drop_response=1))
    with pytest.raises(Unknown):
        asked.send("m-1", PHONE, TEXT)
    found = asked.find("m-1", PHONE, TEXT, since)
    assert found is not None
    assert [message.sid for message in phones.simulator.store.to(PHONE)] == [found.sid]


def test_what_was_never_taken_is_not_found(phones: SimulatorServer) -> None:
    asked, since = provider(phones.base), datetime.now(UTC)
    asked.send("m-1", PHONE, "another text")
    asked.send("m-2", "+8613812345679", TEXT)
    phones.simulator.reply(PHONE, TEXT)
    assert asked.find("m-3", PHONE, TEXT, since) is None


def test_what_was_taken_long_before_is_not_it(phones: SimulatorServer) -> None:
    asked = provider(phones.base)
    asked.send("m-1", PHONE, TEXT)
    assert asked.find("m-2", PHONE, TEXT, datetime.now(UTC) + timedelta(hours=1)) is None


def test_equal_texts_of_two_messages_are_told_apart(phones: SimulatorServer) -> None:
    asked, since = provider(phones.base), datetime.now(UTC)
    first = asked.send("m-1", PHONE, TEXT)
    assert asked.find("m-2", PHONE, TEXT, since, taken={first.sid}) is None
    second = asked.send("m-2", PHONE, TEXT)
    found = asked.find("m-2", PHONE, TEXT, since, taken={first.sid})
    assert found is not None
    assert found.sid == second.sid


def test_a_failure_since_comes_with_its_code(phones: SimulatorServer, ear: Ear) -> None:
    asked, since = provider(phones.base, public_base=ear.base), datetime.now(UTC)
    phones.simulator.chance.set(Faults(reject={PHONE: 30005}))
    asked.send("m-1", PHONE, TEXT)
    assert ear.heard(2)[1].fields["ErrorCode"] == "30005"
    found = asked.find("m-1", PHONE, TEXT, since)
    assert found is not None
    assert (found.status, found.code) == ("undelivered", "30005")


@pytest.mark.parametrize("behaviour", [dropped, plain("500 Oops", ""), plain("200 OK", "<html>")])
def test_a_provider_that_cannot_be_asked_is_no_answer(behaviour: Callable[[socket.socket], None]) -> None:
    with answering(behaviour) as base, pytest.raises(TemporaryFailure):
        provider(base).find("m-1", PHONE, TEXT, datetime.now(UTC))


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
