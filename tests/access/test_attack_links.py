"""A link that was lost opens nothing once another one was used, or the account was closed."""

from dataclasses import replace

import pytest

from chalicelib.access.gate import Gate
from chalicelib.access.ports import AccessStore
from chalicelib.access.tokens import new_id
from chalicelib.domain.errors import NotFound
from chalicelib.domain.officers import Officer
from tests.web.browser import PASSWORD, QUICK, Clock

CHEN = Officer(officer_id="chen", desks=frozenset({"onsite"}))
BOSS = Officer(officer_id="boss", desks=frozenset({"admin"}))


@pytest.fixture
def gate(store: AccessStore, clock: Clock) -> Gate:
    """Before each store in turn."""
    return Gate(store, clock, QUICK)


def test_a_lost_link_is_dead_once_another_was_used(gate: Gate) -> None:
    name = f"lost{new_id()}"
    lost = gate.links.invite(replace(CHEN, officer_id=name))
    used = gate.links.issue(name)
    gate.accept(used, name, PASSWORD, PASSWORD)
    with pytest.raises(NotFound):
        gate.links.look(lost)
    with pytest.raises(NotFound):
        gate.accept(lost, name, "the thief's own password", "the thief's own password")


def test_a_link_from_before_an_account_was_closed_does_not_open_it_again(gate: Gate) -> None:
    name = f"closed{new_id()}"
    token = gate.links.invite(replace(CHEN, officer_id=name))
    gate.set_active(name, False, BOSS)
    gate.set_active(name, True, BOSS)
    with pytest.raises(NotFound):
        gate.links.look(token)


def test_nobody_has_no_link(gate: Gate) -> None:
    with pytest.raises(NotFound):
        gate.links.issue("nobody-at-all")
