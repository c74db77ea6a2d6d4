"""What the simulator tells, in what order, how often; and that it goes on where it stopped."""

from pathlib import Path

from chalicelib.messaging.signature import verify
from infra.local.simulator.courier import RETRIES
from infra.local.simulator.faults import Faults
from infra.local.simulator.server import SimulatorServer
from infra.local.simulator.simulator import NUMBER
from infra.local.simulator.store import Errand, Message, Store
from tests.simulator.client import post
from tests.simulator.running import ACCOUNT, PHONE, SENDER, TOKEN, Ear, simulator

CALLBACK = "/hooks/twilio/status/m-1"


def text(callback: str = "") -> Message:
    return Message(
        sid="SM1", phone=PHONE, account=ACCOUNT, recipient=PHONE, sender=NUMBER, body="x", status="queued",
        direction="outbound-api", callback=callback, created=1.0, updated=1.0,
    )  # fmt: skip


def statuses(ear: Ear, number: int) -> list[str]:
    return [call.fields["MessageStatus"] for call in ear.heard(number)]


def test_sent_then_delivered(phones: SimulatorServer, ear: Ear) -> None:
    created = post(phones, StatusCallback=ear.base + CALLBACK + "#rc=5&rp=all")[1]
    assert set(ear.told(2)) == {"sent", "delivered"}
    assert ear.heard_nothing_more()
    kept = phones.simulator.store.message(created["sid"])
    assert kept is not None
    assert kept.status == "delivered"


def test_a_callback_that_fails_comes_again(phones: SimulatorServer, ear: Ear) -> None:
    ear.answers = [(503, ""), (503, "")]
    post(phones, StatusCallback=ear.base + CALLBACK)
    assert sorted(statuses(ear, 4)) == ["delivered", "delivered", "sent", "sent"]


def test_a_callback_that_nobody_takes_is_given_up(tmp_path: Path, ear: Ear) -> None:
    ear.answers = [(500, "")] * 99
    with simulator(tmp_path / "phones.sqlite3", ear.base) as server:
        last_try = Errand(sid="SM1", status="delivered", due=1.0, attempts=RETRIES)
        server.simulator.store.add(text(ear.base + CALLBACK), [last_try])
    with simulator(tmp_path / "phones.sqlite3", ear.base):
        assert statuses(ear, 1) == ["delivered"]
    store = Store(tmp_path / "phones.sqlite3")
    assert store.errands() == []
    store.close()


def test_a_code_of_delivery_comes_with_the_callback(phones: SimulatorServer, ear: Ear) -> None:
    phones.simulator.chance.set(Faults(reject={PHONE: 30003}))
    assert post(phones, StatusCallback=ear.base + CALLBACK)[0] == 201
    told = ear.told(2)
    assert set(told) == {"sent", "undelivered"}
    assert told["undelivered"].fields["ErrorCode"] == "30003"


def test_callbacks_are_lost(phones: SimulatorServer, ear: Ear) -> None:
    phones.simulator.chance.set(Faults(lose_callbacks=1))
    post(phones, StatusCallback=ear.base + CALLBACK)
    assert ear.heard_nothing_more()
    assert [message.status for message in phones.simulator.store.to(PHONE)] == ["delivered"]


def test_callbacks_are_doubled(phones: SimulatorServer, ear: Ear) -> None:
    phones.simulator.chance.set(Faults(duplicate_callbacks=1))
    post(phones, StatusCallback=ear.base + CALLBACK)
    assert sorted(statuses(ear, 4)) == ["delivered", "delivered", "sent", "sent"]


def test_callbacks_are_shuffled(tmp_path: Path, ear: Ear) -> None:
    with simulator(tmp_path / "phones.sqlite3", ear.base, 0.01) as server:
        server.simulator.chance.set(Faults(shuffle_callbacks=1, seed=1))
        for number in range(20):
            post(server, Body=str(number), StatusCallback=f"{ear.base}/{number}")
        calls = ear.heard(40)
        assert {message.status for message in server.simulator.store.to(PHONE)} == {"delivered"}
    firsts = {call.path: call.fields["MessageStatus"] for call in reversed(calls)}
    assert set(firsts.values()) == {"sent", "delivered"}


def test_a_reply_is_signed_and_taken(phones: SimulatorServer, ear: Ear) -> None:
    post(phones, Body="first")
    sent = phones.simulator.reply(PHONE, "ok 4821 ＋")
    [call] = ear.heard(1)
    assert call.path == "/hooks/twilio/inbound"
    assert verify(TOKEN, ear.base + call.path, call.pairs, call.signature)
    expected = {"MessageSid": sent.sid, "From": PHONE, "To": SENDER, "Body": "ok 4821 ＋", "FromCity": ""}
    assert call.fields | expected == call.fields


def test_an_answer_to_a_reply_is_sent_back(tmp_path: Path, ear: Ear) -> None:
    ear.answers = [(200, "<?xml version='1.0'?><Response><Message>谢谢 &amp; bye</Message></Response>")]
    with simulator(tmp_path / "phones.sqlite3", ear.base) as server:
        server.simulator.reply(PHONE, "ok", to="+15005550009")
        ear.heard(1)
    store = Store(tmp_path / "phones.sqlite3")
    found = store.conversation(PHONE, 9)
    assert [(one.direction, one.body) for one in found] == [("inbound", "ok"), ("outbound-reply", "谢谢 & bye")]
    assert store.last_sender(PHONE) == "+15005550009"
    store.close()


def test_what_was_not_told_yet_is_told_after_a_restart(tmp_path: Path, ear: Ear) -> None:
    path = tmp_path / "phones.sqlite3"
    with simulator(path, ear.base, 60) as server:
        created = post(server, StatusCallback=ear.base + CALLBACK)[1]
    store = Store(path)
    for errand in store.errands():
        store.again(Errand(**{**vars(errand), "due": errand.due - 300}))
    store.close()
    with simulator(path, ear.base) as server:
        assert sorted(statuses(ear, 2)) == ["delivered", "sent"]
        assert [message.sid for message in server.simulator.store.to(PHONE)] == [created["sid"]]


def test_a_state_never_goes_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "phones.sqlite3")
    store.add(text())
    after = [store.advance("SM1", status, 0, 2.0) for status in ("delivered", "sent", "queued")]
    assert [found.status for found in after if found] == ["delivered"] * 3
    assert store.advance("SM2", "sent", 0, 2.0) is None
    store.close()
