"""What the provider is asked when no answer came: whether it took a text after all."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.failures import TemporaryFailure, Unknown
from infra.local.simulator.faults import Faults
from infra.local.simulator.server import SimulatorServer
from tests.messaging.sockets import TEXT, answering, dropped, plain, provider
from tests.simulator.running import PHONE, Ear


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
    assert ear.told(2)["undelivered"].fields["ErrorCode"] == "30005"
    found = asked.find("m-1", PHONE, TEXT, since)
    assert found is not None
    assert (found.status, found.code) == ("undelivered", "30005")


@pytest.mark.parametrize("behaviour", [dropped, plain("500 Oops", ""), plain("200 OK", "<html>")])
def test_a_provider_that_cannot_be_asked_is_no_answer(behaviour: Callable[[socket.socket], None]) -> None:
    with answering(behaviour) as base, pytest.raises(TemporaryFailure):
        provider(base).find("m-1", PHONE, TEXT, datetime.now(UTC))
