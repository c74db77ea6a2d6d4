"""The worker between real tables and the simulated provider: redelivered entries, two workers, silence."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.actions.ports import Save
from chalicelib.actions.send_message import send_message
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.domain.messages import Message, MessageState
from chalicelib.messaging.signature import sign
from chalicelib.messaging.twilio_provider import TwilioProvider
from chalicelib.wiring import Wiring, override
from infra.local.simulator.faults import Faults
from infra.local.simulator.server import SimulatorServer
from tests.api.away import closed, silent
from tests.api.desk import Hall, at_once
from tests.api_client import POOL, Reply
from tests.simulator.running import ACCOUNT, SENDER, TOKEN, simulator

M = MessageState


@pytest.fixture
def phones(tmp_path: Path, hall: Hall) -> Iterator[SimulatorServer]:
    """Its callbacks come long after the tests."""
    with simulator(tmp_path / "phones.sqlite3", hall.site.url, delay=60) as server:
        yield server


def provider(base: str) -> TwilioProvider:
    return TwilioProvider(
        account_sid=ACCOUNT, auth_token=TOKEN, sender=SENDER, public_base="http://127.0.0.1:9", base_url=base,
        connect=0.5, read=0.5,
    )  # fmt: skip


class Worker(Wiring):
    """The product's wiring with a provider of the test's."""

    def __init__(self, here: Wiring, base: str, late: timedelta = timedelta()) -> None:
        super().__init__(here.settings, lambda: here.clock() + late)
        self.__dict__["provider"] = provider(base)


def owed(hall: Hall) -> Message:
    """A district's digest, owed by a departure."""
    dispatch = hall.departed(hall.registered())
    (item,) = hall.officer("GET", f"/messages?dispatch_id={dispatch}").body["items"]
    return hall.wiring.store.get(Message, item["message_id"])


def entries(*keys: str) -> dict[str, Any]:
    """What SQS hands to the worker."""
    records = [
        {"messageId": str(place), "body": json.dumps({"kind": "message", "id": key}), "receiptHandle": "r",
         "attributes": {}, "messageAttributes": {}, "md5OfBody": "", "eventSource": "aws:sqs", "eventSourceARN": "a",
         "awsRegion": "ap-east-1"}
        for place, key in enumerate(keys)
    ]  # fmt: skip
    return {"Records": records}


def work(here: Wiring, *keys: str) -> Any:
    """One call of the function, as the queue makes it."""
    return invoked(here, entries(*keys))


def invoked(here: Wiring, event: dict[str, Any]) -> Any:
    # Imported late: a job reads its queue's name while it is imported.
    from chalicelib.jobs.send_messages import send_messages

    with override(here):
        return send_messages(event, None)


def sent_to(phones: SimulatorServer, message: Message) -> list[str]:
    answer = POOL.request("GET", f"{phones.base}/messages?to={message.personal.to.replace('+', '%2B')}")
    return [item["sid"] for item in answer.json()["items"] if item["body"] == message.personal.body]


def row(hall: Hall, message: Message) -> Message:
    return hall.wiring.store.get(Message, message.message_id)


def test_entries_that_come_again_and_workers_at_once_send_one_text(hall: Hall, phones: SimulatorServer) -> None:
    message = owed(hall)
    key, worker = message.message_id, Worker(hall.wiring, phones.base)
    at_once(4, lambda _: [send_message(worker.ports, worker.provider, key) for _ in range(3)])
    assert work(worker, key, key, key) == {"batchItemFailures": []}
    assert len(sent_to(phones, message)) == 1
    assert (row(hall, message).state, row(hall, message).attempts) == (M.SENT, 1)


def test_an_entry_that_nobody_understands_holds_up_no_other(hall: Hall, phones: SimulatorServer) -> None:
    message, worker = owed(hall), Worker(hall.wiring, phones.base)
    event = entries("x", message.message_id)
    event["Records"][0]["body"] = "{"
    assert invoked(worker, event) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert row(hall, message).state == M.SENT


def test_a_provider_that_is_away_is_tried_again_later(hall: Hall) -> None:
    message, began = owed(hall), hall.wiring.clock()
    assert work(Worker(hall.wiring, closed()), message.message_id) == {"batchItemFailures": []}
    after = row(hall, message)
    assert (after.state, after.code) == (M.OWED, "no_connection")
    assert after.due_at is not None
    assert after.due_at > began + timedelta(seconds=20)


def test_a_provider_that_is_silent_leaves_a_question_and_the_plan_goes_on(hall: Hall, phones: SimulatorServer) -> None:
    message = owed(hall)
    with silent() as base:
        work(Worker(hall.wiring, base), message.message_id)
    assert (row(hall, message).state, sent_to(phones, message)) == (M.UNKNOWN, [])
    listed = hall.officer("GET", f"/messages?dispatch_id={message.dispatch_id}").body["items"]
    assert [item["state"] for item in listed] == ["unknown"]
    dispatch = hall.officer("GET", f"/dispatches/{message.dispatch_id}").body
    arrived = hall.officer("POST", f"/dispatches/{message.dispatch_id}/arrive", {"present": dispatch["boarded"]})
    assert arrived.status == 200
    later = Worker(hall.wiring, phones.base, late=timedelta(minutes=3))
    work(later, message.message_id)
    assert row(hall, message).state == M.OWED, "the provider knows nothing of it"
    work(Worker(hall.wiring, phones.base, late=timedelta(minutes=5)), message.message_id)
    assert (row(hall, message).state, len(sent_to(phones, message))) == (M.SENT, 1)


def test_a_text_whose_answer_was_lost_is_found_and_not_sent_again(hall: Hall, phones: SimulatorServer) -> None:
    message = owed(hall)
    phones.simulator.chance.set(Faults(drop_response=1.0))
    work(Worker(hall.wiring, phones.base), message.message_id)
    phones.simulator.chance.set(Faults())
    assert row(hall, message).state == M.UNKNOWN
    work(Worker(hall.wiring, phones.base, late=timedelta(minutes=3)), message.message_id)
    (sid,) = sent_to(phones, message)
    assert (row(hall, message).state, row(hall, message).sid) == (M.SENT, sid)


def test_texts_that_read_the_same_are_not_taken_for_each_other(hall: Hall, phones: SimulatorServer) -> None:
    """Brothers whose mother gets the same words twice: one text arrived, the other was never taken."""
    first, second = alike(hall)
    worker = Worker(hall.wiring, phones.base)
    unanswered(hall, second, hall.wiring.clock())
    work(worker, first.message_id)
    assert row(hall, first).state == M.SENT
    work(Worker(hall.wiring, phones.base, late=timedelta(minutes=3)), second.message_id)
    assert row(hall, second).state == M.OWED, "the only text is the brother's"
    work(Worker(hall.wiring, phones.base, late=timedelta(minutes=5)), second.message_id)
    sids = {row(hall, first).sid, row(hall, second).sid}
    assert sids == set(sent_to(phones, first))
    assert len(sids) == 2


def test_of_two_open_questions_about_one_text_one_takes_it(hall: Hall, phones: SimulatorServer) -> None:
    messages = sorted(alike(hall), key=lambda message: message.message_id)
    phones.simulator.chance.set(Faults(drop_response=1.0))
    work(Worker(hall.wiring, phones.base), messages[0].message_id)
    phones.simulator.chance.set(Faults())
    unanswered(hall, messages[1], hall.wiring.clock())
    later = Worker(hall.wiring, phones.base, late=timedelta(minutes=3))
    at_once(2, lambda place: send_message(later.ports, later.provider, messages[place].message_id))
    states = [row(hall, message).state for message in messages]
    assert states[0] == M.SENT
    assert states[1] in (M.UNKNOWN, M.OWED)
    assert row(hall, messages[1]).sid == ""


def alike(hall: Hall) -> list[Message]:
    """Two rows with the same text to the same number: two travellers of one name and one contact, on one vehicle."""
    brothers = [hall.registered(), hall.registered()]
    dispatch = hall.departed(*brothers)
    settle_travellers(hall.wiring.ports, dispatch, "departed")
    listed = hall.officer("GET", f"/messages?dispatch_id={dispatch}").body["items"]
    ids = [item["message_id"] for item in listed if item["recipient_kind"] == "family"]
    return [hall.wiring.store.get(Message, found) for found in ids]


def unanswered(hall: Hall, message: Message, now: datetime) -> None:
    """As a send leaves it that the provider never got and that nobody answered."""
    stored = row(hall, message)
    times = {**stored.times, "sending": now}
    hall.wiring.store.commit([Save(replace(stored, state=M.UNKNOWN, due_at=now, attempts=1, times=times))])


def callback(hall: Hall, message: Message, **said: str) -> int:
    """A receipt, signed as the provider signs."""
    url = f"{hall.site.url}/hooks/twilio/status/{message.message_id}"
    token = hall.wiring.provider_account["auth_token"]
    answer = POOL.request(
        "POST", url, fields=list(said.items()), encode_multipart=False,
        headers={"X-Twilio-Signature": sign(token, url, said)},
    )  # fmt: skip
    return int(answer.status)


def test_receipts_late_twice_and_out_of_order_only_move_forward(hall: Hall, phones: SimulatorServer) -> None:
    message = owed(hall)
    work(Worker(hall.wiring, phones.base), message.message_id)
    sid = row(hall, message).sid
    assert callback(hall, message, MessageStatus="delivered", MessageSid=sid) == 200
    first = row(hall, message)
    assert first.state == M.DELIVERED
    for word in ("sent", "queued", "delivered", "undelivered", "never heard"):
        assert callback(hall, message, MessageStatus=word, MessageSid=sid) == 200
        assert row(hall, message) == first


def test_a_receipt_may_be_faster_than_the_answer(hall: Hall, phones: SimulatorServer) -> None:
    message = owed(hall)
    unanswered(hall, message, hall.wiring.clock())
    assert callback(hall, message, MessageStatus="delivered", MessageSid="SM" + "7" * 32) == 200
    work(Worker(hall.wiring, phones.base, late=timedelta(minutes=3)), message.message_id)
    assert (row(hall, message).state, row(hall, message).sid) == (M.DELIVERED, "SM" + "7" * 32)


def test_a_text_that_never_arrives_can_be_sent_again_by_an_officer(hall: Hall, phones: SimulatorServer) -> None:
    message = owed(hall)
    work(Worker(hall.wiring, phones.base), message.message_id)
    assert callback(hall, message, MessageStatus="undelivered", MessageSid="SM1", ErrorCode="30005") == 200
    failed = row(hall, message)
    assert (failed.state, failed.code) == (M.UNDELIVERED, "30005")
    again: Reply = hall.officer("POST", f"/messages/{message.message_id}/resend", Idempotency_Key=message.message_id)
    assert (again.status, again.body["state"]) == (200, "owed")
    repeated = hall.officer("POST", f"/messages/{message.message_id}/resend", Idempotency_Key=message.message_id)
    assert repeated.body == again.body


def test_callbacks_that_are_not_the_providers(hall: Hall) -> None:
    message = owed(hall)
    url = f"{hall.site.url}/hooks/twilio/status/{message.message_id}"
    form = {"MessageStatus": "delivered", "MessageSid": "SM1"}
    for signature in ("", "x", sign("another token", url, form), sign(TOKEN, url, {})):
        answer = POOL.request(
            "POST", url, fields=form, encode_multipart=False, headers={"X-Twilio-Signature": signature}
        )
        assert (answer.status, answer.data) == (403, b"")
    assert row(hall, message).state == M.OWED
    large = POOL.request(
        "POST", url, body=b"a=" + b"x" * 300_000, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert large.status == 413
    many = POOL.request("POST", url, body=b"a=1&" * 300, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert many.status == 413
    assert POOL.request("POST", url, body=b"{}", headers={"Content-Type": "application/json"}).status == 415


def test_a_receipt_for_nothing_of_ours_is_taken_and_forgotten(hall: Hall) -> None:
    message = replace(owed(hall), message_id="0" * 20)
    assert callback(hall, message, MessageStatus="delivered", MessageSid="SM1") == 200
