"""The database refuses, dawdles or goes away: what callers are told, and that nothing is half written."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from chalicelib.actions.ports import Owe, Save, View
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Stale, Unavailable
from chalicelib.domain.messages import Message
from chalicelib.domain.officers import Link
from chalicelib.storage.commit import RETRIES
from chalicelib.wiring import Wiring
from tests.domain.cases import NOW, case, message
from tests.wired import fresh

WRITE, PUT = (f"before-send.dynamodb.{name}" for name in ("TransactWriteItems", "PutItem"))


class Body:
    """What a response of HTTP reads from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Any:
        """All at once."""
        yield self._content


def answer(kind: str, **body: Any) -> AWSResponse:
    content = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{kind}", "message": kind, **body}).encode()
    headers = {"content-type": "application/x-amz-json-1.0"}
    return AWSResponse("http://127.0.0.1", 400, headers, Body(content))


def cancelled(*codes: str) -> AWSResponse:
    return answer("TransactionCanceledException", CancellationReasons=[{"Code": code} for code in codes])


def times(number: int, response: Callable[[], AWSResponse]) -> Callable[..., AWSResponse | None]:
    left = [response] * number
    return lambda **_: left.pop()() if left else None


def raising(fault: Exception) -> Callable[..., None]:
    def hook(**_: Any) -> None:
        raise fault

    return hook


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_meeting_is_tried_again(here: Wiring, code: str) -> None:
    written = case(fresh())
    here.store.events.register(WRITE, times(2, lambda: cancelled("None", code)))
    here.store.commit([Save(written), Owe(message(message_id=fresh(20)))])
    assert here.store.get(Case, written.case_id).version == 1


def test_meetings_without_end_are_unavailable_after_five(here: Wiring) -> None:
    met: list[AWSResponse] = []

    def meeting() -> AWSResponse:
        met.append(cancelled("TransactionConflict"))
        return met[-1]

    here.store.events.register(WRITE, times(99, meeting))
    with pytest.raises(Unavailable):
        here.store.commit([Save(case(fresh()))])
    assert len(met) == RETRIES


def test_an_owing_repeated_and_a_meeting_at_once(here: Wiring) -> None:
    written, text = case(fresh()), message(message_id=fresh(20))
    here.store.commit([Owe(text)])
    here.store.events.register(WRITE, times(1, lambda: cancelled("TransactionConflict", "ConditionalCheckFailed")))
    here.store.commit([Save(written), Owe(text)])
    assert here.store.find(Case, written.case_id)


@pytest.mark.parametrize(
    "refusal",
    [
        lambda: answer("ThrottlingException"),
        lambda: answer("ProvisionedThroughputExceededException"),
        lambda: answer("ResourceNotFoundException"),
        lambda: answer("AccessDeniedException"),
        lambda: cancelled("ValidationError"),
        lambda: cancelled("ItemCollectionSizeLimitExceeded", "None"),
        lambda: answer("TransactionCanceledException"),
    ],
)
def test_other_refusals_are_unavailable_and_never_taken_for_a_clash(
    here: Wiring, refusal: Callable[[], AWSResponse]
) -> None:
    written = case(fresh())
    here.store.events.register(WRITE, times(1, refusal))
    with pytest.raises(Unavailable):
        here.store.commit([Save(written)])
    assert here.store.find(Case, written.case_id) is None


def read_again(here: Wiring) -> Case:
    """A case as it is read before a verb: it is written alone, by a plain put."""
    written = case(fresh())
    here.store.commit([Save(written)])
    return here.store.get(Case, written.case_id)


def test_a_put_that_meets_a_transaction_is_tried_again(here: Wiring) -> None:
    read = read_again(here)
    here.store.events.register(PUT, times(2, lambda: answer("TransactionConflictException")))
    here.store.commit([Save(read)])
    assert here.store.get(Case, read.case_id).version == 2


def test_a_put_of_what_somebody_else_changed_is_stale(here: Wiring) -> None:
    read = read_again(here)
    here.store.commit([Save(replace(read, zone="02"))])
    with pytest.raises(Stale):
        here.store.commit([Save(replace(read, zone="03"))])
    assert here.store.get(Case, read.case_id).zone == "02"


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException", "AccessDenied"])
def test_other_refusals_of_a_put_are_unavailable(here: Wiring, code: str) -> None:
    read = read_again(here)
    here.store.events.register(PUT, times(1, lambda: answer(code)))
    with pytest.raises(Unavailable):
        here.store.commit([Save(read)])
    assert here.store.get(Case, read.case_id).version == 1


GONE = [fault(endpoint_url="x") for fault in (ReadTimeoutError, ConnectTimeoutError, EndpointConnectionError)]


@pytest.mark.parametrize("fault", GONE, ids=lambda fault: type(fault).__name__)
def test_a_database_that_is_away_is_unavailable_everywhere(here: Wiring, fault: Exception) -> None:
    here.store.events.register("before-send.dynamodb", raising(fault))
    text = message(message_id=fresh(20))
    for call in (
        lambda: here.store.commit([Save(text)]),
        lambda: here.store.find(Message, text.message_id),
        lambda: here.store.many(Message, [(text.message_id,)]),
        lambda: here.store.page(View(Message, "by_day", "x"), 5),
        lambda: here.ring.key(fresh()),
        lambda: here.gate.store.add_link(Link(digest=fresh(), officer_id="o", expires_at=NOW)),
        lambda: here.gate.store.account("o"),
    ):
        with pytest.raises(Unavailable):
            call()


@pytest.mark.parametrize("fault", GONE, ids=lambda fault: type(fault).__name__)
def test_a_key_that_cannot_be_put_is_unavailable(here: Wiring, fault: Exception) -> None:
    here.store.events.register("before-send.dynamodb.PutItem", raising(fault))
    with pytest.raises(Unavailable):
        here.ring.key(fresh())


def test_a_write_whose_answer_was_lost_is_one_write_after_all(here: Wiring) -> None:
    """Stale or AlreadyThere is what a repetition meets: an action reads, and finds its own work."""
    written, events = case(fresh()), here.store.events
    lost = raising(ReadTimeoutError(endpoint_url="x"))
    events.register("after-call.dynamodb.TransactWriteItems", lost, unique_id="lost")
    with pytest.raises(Unavailable):
        here.store.commit([Save(written)])
    events.unregister("after-call.dynamodb.TransactWriteItems", unique_id="lost")
    read = here.store.get(Case, written.case_id)
    assert read.version == 1
    with pytest.raises(Stale):
        here.store.commit([Save(case(written.case_id, version=7))])


def test_a_declaration_sent_again_after_a_lost_answer_is_the_first(here: Wiring) -> None:
    from chalicelib.actions.submit_declaration import submit_declaration
    from infra.reference.load import load
    from tests.actions.world import declaration

    load(here.store, examples=True)
    events, sent = here.store.events, declaration(fresh(), document_number=fresh())
    here.ports.places.point("CKG")
    lost = raising(ReadTimeoutError(endpoint_url="x"))
    events.register("after-call.dynamodb.TransactWriteItems", lost, unique_id="lost")
    with pytest.raises(Unavailable):
        submit_declaration(here.ports, sent)
    events.unregister("after-call.dynamodb.TransactWriteItems", unique_id="lost")
    receipt = submit_declaration(here.ports, sent)
    assert receipt.repeated
    assert here.store.get(Case, receipt.declaration_id).version == 1


def test_time_limits_and_no_hidden_retries(here: Wiring) -> None:
    config = here._tables[0].client.meta.config
    assert config.connect_timeout <= 1
    assert config.read_timeout <= 2
    assert config.retries["total_max_attempts"] == 1
