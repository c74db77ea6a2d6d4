"""The database away: 503 in time and nothing told. The queue away: nothing is lost, and the sweep sends."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.wiring import Wiring, override
from tests.api.away import Elsewhere, closed, database_at, silent
from tests.api.desk import Hall, at_once, declaration, faults, people, vehicle_for
from tests.api_client import POOL

HANGS = 12.0
"""Seconds; an answer takes two and a call without a limit of its own sixty, five times: far from both."""
KINDS = ("fanout", "message", "digest")


@pytest.fixture(params=["closed", "silent"])
def nowhere(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a part should be and is not."""
    with ExitStack() as stack:
        yield closed() if request.param == "closed" else stack.enter_context(silent())


@pytest.mark.parametrize("warm", [True, False])
def test_the_database_away_is_503_in_time(hall: Hall, nowhere: str, warm: bool) -> None:
    person, officer = hall.registered(), hall.officer
    asked = [
        (hall.anyone, "POST", "/declarations", declaration()),
        (officer, "GET", f"/travellers/{person.id}", None),
        (officer, "POST", "/dispatches", vehicle_for(person)),
    ]
    with database_at(hall, nowhere, warm=warm):
        for api, method, path, body in asked:
            began = time.monotonic()
            reply = api(method, path, body, Idempotency_Key="away", Accept_Language="zh-Hans")
            assert time.monotonic() - began < HANGS
            assert (reply.status, reply.body["code"]) == (503, "unavailable")
            assert int(reply.headers["retry-after"]) > 0
            assert set(reply.body) == {"type", "title", "status", "code"}
            assert not any(word in str(reply.body) for word in ("127.0.0.1", "Error", "Dynamo", "waystation"))
    assert hall.officer("GET", f"/travellers/{person.id}").body["dispatch_id"] is None


@pytest.mark.parametrize("remembered", ["points", "keys"])
def test_nobody_waits_for_those_who_wait_already(hall: Hall, remembered: str) -> None:
    hall.declare()
    with silent() as base, database_at(hall, base, warm=True) as there:
        (there.places._known if remembered == "points" else there.ring._known).clear()
        began = time.monotonic()
        replies = at_once(12, lambda _: hall.anyone("POST", "/declarations", declaration()))
        assert time.monotonic() - began < HANGS
    assert {reply.status for reply in replies} == {503}


def test_a_form_that_is_wrong_is_told_so_even_then(hall: Hall) -> None:
    hall.declare()
    with database_at(hall, closed(), warm=True):
        reply = hall.anyone("POST", "/declarations", declaration(phone="x"))
    assert (reply.status, faults(reply)) == (422, {"phone": "phone_characters"})


def test_what_was_sent_while_it_was_away_is_taken_after(hall: Hall) -> None:
    body = declaration()
    hall.declare()
    with database_at(hall, closed(), warm=True):
        assert hall.anyone("POST", "/declarations", body, Idempotency_Key=str(body)[:20]).status == 503
    kept = hall.anyone("POST", "/declarations", body)
    assert kept.status == 201
    assert hall.officer("GET", f"/travellers/{people(kept)[0].id}").body["linked_to"] is None


def test_health_says_what_is_away(hall: Hall) -> None:
    with database_at(hall, closed(), warm=False):
        answer = POOL.request("GET", f"{hall.site.url}/healthz")
    assert answer.status == 503
    assert answer.json() == {"status": "unavailable", "depends_on": {"database": "away"}}
    assert POOL.request("GET", f"{hall.site.url}/healthz").json()["status"] == "ok"


def test_a_callback_while_it_is_away_is_called_again(hall: Hall, nowhere: str) -> None:
    with database_at(hall, nowhere, warm=True):
        began = time.monotonic()
        url = f"{hall.site.url}/hooks/twilio/status/{'0' * 20}"
        answer = POOL.request("POST", url, fields=[("MessageStatus", "sent")], encode_multipart=False)
    assert (answer.status, answer.data) == (503, b"")
    assert time.monotonic() - began < HANGS


def test_the_queue_away_loses_nothing(hall: Hall, nowhere: str) -> None:
    person = hall.registered()
    with override(Elsewhere(hall.wiring, nowhere)):
        began = time.monotonic()
        assert hall.anyone("POST", "/declarations", declaration()).status == 201
        dispatch = hall.departed(person)
        assert time.monotonic() - began < HANGS
    listed = hall.officer("GET", f"/messages?dispatch_id={dispatch}").body["items"]
    assert [item["state"] for item in listed] == ["owed"]
    swept = sweep(hall.wiring)
    assert {("fanout", f"{dispatch}#departed"), ("message", listed[0]["message_id"])} <= set(swept)


def test_a_sweep_without_a_queue_counts_nothing(hall: Hall) -> None:
    hall.departed(hall.registered())
    away = Elsewhere(hall.wiring, closed())
    now = hall.wiring.clock()
    assert sweep_owed(away.ports, {kind: due_shards(kind) for kind in KINDS}, stamp(now)) == dict.fromkeys(KINDS, 0)


def sweep(here: Wiring) -> list[tuple[str, str]]:
    """What the sweep puts on the queue."""
    heard: list[tuple[str, str]] = []

    class Ear:
        def nudge(self, kind: str, key: str, delay: int = 0) -> bool:
            heard.append((kind, key))
            return True

        def waiting(self) -> int:
            return 0

    counts = sweep_owed(
        replace(here.ports, queue=Ear()), {kind: due_shards(kind) for kind in KINDS}, stamp(here.clock())
    )
    assert sum(counts.values()) == len(heard)
    return heard
