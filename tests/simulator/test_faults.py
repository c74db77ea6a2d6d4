"""Faults: what is accepted, and what each does to a request."""

import pytest
import urllib3

from infra.local.simulator.faults import BadFaults, Chance, Faults, parse
from infra.local.simulator.server import SimulatorServer
from tests.simulator.client import ask, post
from tests.simulator.running import PHONE

ALL = {
    "drop_response": 0.5, "status_429": 0, "status_500": 1, "delay_ms": 20, "lose_callbacks": 0.1,
    "duplicate_callbacks": 0.1, "shuffle_callbacks": 0.1, "reject": {PHONE: 21211}, "seed": 7,
}  # fmt: skip


def test_every_documented_key_is_taken(phones: SimulatorServer) -> None:
    assert ask(phones, "PUT", "/faults", document=ALL)[:2] == (200, ALL)
    assert ask(phones, "GET", "/faults")[1] == ALL
    assert ask(phones, "PUT", "/faults", document={})[1]["status_500"] == 0


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"drop": 1},
        {"drop_response": 1.1},
        {"drop_response": "1"},
        {"drop_response": True},
        {"delay_ms": -1},
        {"delay_ms": 0.5},
        {"reject": [PHONE]},
        {"reject": {PHONE: "21211"}},
        {"reject": {PHONE: 5}},
        {"seed": "x"},
    ],
)
def test_what_makes_no_sense_is_refused(phones: SimulatorServer, document: object) -> None:
    with pytest.raises(BadFaults):
        parse(document)
    status, answer, _ = ask(phones, "PUT", "/faults", document=document)
    assert status == 422
    assert answer["error"]


def test_broken_json_is_refused(phones: SimulatorServer) -> None:
    assert ask(phones, "PUT", "/faults", document=b"{")[0] == 400


def test_another_site_may_not(phones: SimulatorServer) -> None:
    headers = {"Origin": "http://elsewhere.example"}
    assert ask(phones, "PUT", "/faults", document={}, headers=headers)[0] == 403
    assert ask(phones, "POST", "/reply", {"from": PHONE, "body": "x"}, headers=headers)[0] == 403


def test_the_answer_is_dropped_but_the_text_is_taken(phones: SimulatorServer) -> None:
    phones.simulator.chance.set(Faults(drop_response=1))
    with pytest.raises(urllib3.exceptions.ProtocolError):
        post(phones)
    assert len(phones.simulator.store.to(PHONE)) == 1


def test_429_takes_nothing(phones: SimulatorServer) -> None:
    phones.simulator.chance.set(Faults(status_429=1))
    status, error = post(phones)
    assert (status, error["code"]) == (429, 20429)
    assert phones.simulator.store.to(PHONE) == []


def test_500_takes_some(phones: SimulatorServer) -> None:
    phones.simulator.chance.set(Faults(status_500=1, seed=3))
    assert {post(phones)[0] for _ in range(20)} == {500}
    assert 0 < len(phones.simulator.store.to(PHONE)) < 20


def test_the_same_seed_throws_the_same() -> None:
    chance = Chance(Faults(seed=5))
    first = [chance.strikes(0.5) for _ in range(50)]
    chance.set(Faults(seed=5))
    assert [chance.strikes(0.5) for _ in range(50)] == first
    assert 10 < sum(first) < 40
