"""Signing in, staying in, and being kept out."""

from datetime import timedelta

import pytest

from chalicelib.access.gate import Gate, Wait, WrongSignIn
from chalicelib.access.passwords import Passwords
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.officers import IDLE, LONGEST, Officer
from tests.web.browser import PASSWORD, Clock, officer

BOSS = officer("admin", officer_id="boss")


@pytest.fixture
def chen(gate: Gate) -> Officer:
    """An officer with a password."""
    token = gate.links.invite(Officer(officer_id="chen", desks=frozenset({"onsite"})))
    return gate.accept(token, "Chen.Wei", PASSWORD, PASSWORD).officer


def test_username_in_any_case_and_width(gate: Gate, chen: Officer) -> None:
    for name in ("chen.wei", " CHEN.WEI ", "ｃｈｅｎ.ｗｅｉ"):
        assert gate.sign_in(name, PASSWORD).officer == chen


def test_wrong_is_wrong_without_saying_what(gate: Gate, chen: Officer) -> None:
    for name, password in (("chen.wei", "something else"), ("nobody", PASSWORD), ("", ""), ("chen.wei", "")):
        with pytest.raises(WrongSignIn):
            gate.sign_in(name, password)


def test_an_invited_officer_has_no_password_to_guess(gate: Gate) -> None:
    gate.links.invite(Officer(officer_id="new", desks=frozenset({"onsite"})))
    for password in ("", PASSWORD):
        with pytest.raises(WrongSignIn):
            gate.sign_in("", password)


def test_too_many_tries_make_wait_and_longer_each_time(gate: Gate, clock: Clock, chen: Officer) -> None:
    waits = []
    for tried in range(1, 12):
        with pytest.raises(WrongSignIn):
            gate.sign_in("chen.wei", "guess")
        if tried >= 5:
            with pytest.raises(Wait) as told:
                gate.sign_in("chen.wei", PASSWORD)
            waits.append(told.value.seconds)
            clock.now += timedelta(seconds=waits[-1])
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_the_wait_is_the_same_for_nobody(gate: Gate) -> None:
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            gate.sign_in("nobody", "guess")
    with pytest.raises(Wait):
        gate.sign_in("nobody", "guess")


def test_the_right_password_waits_too_and_then_wipes_the_slate(gate: Gate, clock: Clock, chen: Officer) -> None:
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            gate.sign_in("chen.wei", "guess")
    with pytest.raises(Wait):
        gate.sign_in("chen.wei", PASSWORD)
    clock.now += timedelta(seconds=31)
    gate.sign_in("chen.wei", PASSWORD)
    assert gate.store.attempts("chen.wei").tried == 0


def test_a_session_ends_when_idle(gate: Gate, clock: Clock, chen: Officer) -> None:
    cookie = gate.sign_in("chen.wei", PASSWORD).cookie
    clock.now += IDLE - timedelta(minutes=1)
    assert gate.resume(cookie) == chen
    clock.now += IDLE - timedelta(minutes=1)
    assert gate.resume(cookie) == chen
    clock.now += IDLE
    assert gate.resume(cookie) is None


def test_a_session_ends_after_a_shift_however_busy(gate: Gate, clock: Clock, chen: Officer) -> None:
    cookie, end = gate.sign_in("chen.wei", PASSWORD).cookie, clock.now + LONGEST
    while clock.now < end:
        assert gate.resume(cookie) == chen
        clock.now += timedelta(hours=1)
    assert gate.resume(cookie) is None


def test_signing_out_ends_this_session_only(gate: Gate, chen: Officer) -> None:
    one, other = gate.sign_in("chen.wei", PASSWORD).cookie, gate.sign_in("chen.wei", PASSWORD).cookie
    gate.sign_out(one)
    assert gate.resume(one) is None
    assert gate.resume(other) == chen


@pytest.mark.parametrize("cookie", ["", ".", "chen.", ".secret", "chen.wrong", "chen", "no#body.secret"])
def test_made_up_cookies_open_nothing(gate: Gate, chen: Officer, cookie: str) -> None:
    assert gate.resume(cookie) is None
    gate.sign_out(cookie)


def test_closing_an_account_ends_its_sessions_at_once(gate: Gate, chen: Officer) -> None:
    cookie = gate.sign_in("chen.wei", PASSWORD).cookie
    gate.set_active("chen", False, BOSS)
    assert gate.resume(cookie) is None
    with pytest.raises(WrongSignIn):
        gate.sign_in("chen.wei", PASSWORD)
    gate.set_active("chen", True, BOSS)
    assert gate.resume(cookie) is None
    gate.sign_in("chen.wei", PASSWORD)


def test_nobody_closes_their_own_account(gate: Gate, chen: Officer) -> None:
    with pytest.raises(Conflict, match="own_account"):
        gate.set_active("chen", False, chen)
    with pytest.raises(NotFound):
        gate.set_active("nobody", False, chen)


def test_a_new_password_ends_older_sessions(gate: Gate, chen: Officer) -> None:
    cookie = gate.sign_in("chen.wei", PASSWORD).cookie
    fresh = gate.accept(gate.links.issue("chen"), "ignored", "another good pass phrase", "another good pass phrase")
    assert fresh.officer.username == "chen.wei"
    assert gate.resume(cookie) is None
    assert gate.resume(fresh.cookie) == chen


def test_a_hash_of_another_cost_is_renewed(gate: Gate, clock: Clock, chen: Officer) -> None:
    dearer = Gate(gate.store, clock, Passwords())
    before = gate.store.account("chen")
    dearer.sign_in("chen.wei", PASSWORD)
    after = gate.store.account("chen")
    assert before
    assert after
    assert after.password_hash != before.password_hash
    dearer.sign_in("chen.wei", PASSWORD)
