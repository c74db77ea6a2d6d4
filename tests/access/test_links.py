"""One-time links, and what may be chosen behind them."""

from datetime import timedelta

import pytest

from chalicelib.access.gate import Gate
from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.officers import Officer
from tests.web.browser import PASSWORD, Clock


def faults(invalid: pytest.ExceptionInfo[Invalid]) -> set[tuple[str, str]]:
    return {(fault.field, fault.code) for fault in invalid.value.errors}


def test_the_first_admin_gets_a_link_until_there_is_one(gate: Gate) -> None:
    first, second = gate.links.first_admin(), gate.links.first_admin()
    assert first
    assert second
    assert gate.accept(second, "boss", PASSWORD, PASSWORD).officer.desks == {"admin", "coordination"}
    assert gate.links.first_admin() is None


def test_looking_uses_nothing_up(gate: Gate) -> None:
    token = gate.links.invite(Officer(officer_id="chen", desks=frozenset({"onsite"})))
    assert gate.links.look(token).invited
    assert gate.links.look(token).invited
    gate.accept(token, "chen", PASSWORD, PASSWORD)
    for use in (lambda: gate.links.look(token), lambda: gate.accept(token, "chen", PASSWORD, PASSWORD)):
        with pytest.raises(NotFound):
            use()


def test_a_link_lasts_a_day(gate: Gate, clock: Clock) -> None:
    token = gate.links.invite(Officer(officer_id="chen", desks=frozenset({"onsite"})))
    clock.now += timedelta(hours=24)
    with pytest.raises(NotFound):
        gate.links.look(token)


def test_a_closed_account_opens_with_no_link(gate: Gate) -> None:
    token = gate.links.invite(Officer(officer_id="chen", desks=frozenset({"onsite"})))
    gate.set_active("chen", False, Officer(officer_id="boss", desks=frozenset({"admin"})))
    with pytest.raises(NotFound):
        gate.accept(token, "chen", PASSWORD, PASSWORD)


def test_a_refused_choice_leaves_the_link(gate: Gate) -> None:
    token = gate.links.invite(Officer(officer_id="chen", desks=frozenset({"onsite"})))
    with pytest.raises(Invalid) as refused:
        gate.accept(token, "a", "short", "other")
    assert faults(refused) == {("username", "length"), ("password", "length"), ("password_again", "not_the_same")}
    gate.accept(token, "chen", PASSWORD, PASSWORD)


def test_a_taken_username_is_told(gate: Gate) -> None:
    gate.accept(gate.links.invite(Officer(officer_id="a", desks=frozenset({"onsite"}))), "chen", PASSWORD, PASSWORD)
    token = gate.links.invite(Officer(officer_id="b", desks=frozenset({"onsite"})))
    with pytest.raises(Invalid) as refused:
        gate.accept(token, "CHEN", PASSWORD, PASSWORD)
    assert faults(refused) == {("username", "username_taken")}


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [
        ("chen", "aaaaaaaaaaaaaa", "too_common"),
        ("chen", "password1234", "too_common"),
        ("chen", "Chongqing2020!", "too_common"),
        ("chen", "my name is chen", "contains_username"),
        ("chen", "x" * 257, "length"),
    ],
)
def test_weak_passwords(gate: Gate, username: str, password: str, code: str) -> None:
    token = gate.links.invite(Officer(officer_id="chen", desks=frozenset({"onsite"})))
    with pytest.raises(Invalid) as refused:
        gate.accept(token, username, password, password)
    assert ("password", code) in faults(refused)


@pytest.mark.parametrize("username", ["<script>", "a b c", "陈 伟", "x" * 41, "chen\x00wei", "{{7*7}}"])
def test_odd_usernames(gate: Gate, username: str) -> None:
    token = gate.links.invite(Officer(officer_id="chen", desks=frozenset({"onsite"})))
    with pytest.raises(Invalid):
        gate.accept(token, username, PASSWORD, PASSWORD)


@pytest.mark.parametrize(
    ("desks", "district", "fault"),
    [
        ((), None, ("desks", "required")),
        (("kitchen",), None, ("desks", "unknown")),
        (("district",), None, ("district", "required")),
        (("onsite",), "yuzhong", ("district", "not_for_this_desk")),
    ],
)
def test_desks_that_cannot_be(gate: Gate, desks: tuple[str, ...], district: str | None, fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        gate.links.invite(Officer(officer_id="x", desks=frozenset(desks), district=district))
    assert faults(refused) == {fault}


def test_an_officer_is_invited_once(gate: Gate) -> None:
    gate.links.invite(Officer(officer_id="x", desks=frozenset({"onsite"})))
    with pytest.raises(Conflict):
        gate.links.invite(Officer(officer_id="x", desks=frozenset({"onsite"})))
