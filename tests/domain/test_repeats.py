"""Sends that are repeated: a phone that was off, a provider that nobody can ask, a sender that was overtaken."""

from datetime import timedelta

import pytest

from chalicelib.domain.messages import (
    BACKOFF,
    LATER_TRIES,
    Message,
    MessageState,
    cancelled,
    claimed,
    held_back,
    put_off,
    sent,
    sent_after_all,
    unasked,
    unknown,
    was_given_up,
)
from chalicelib.domain.receipts import receipted
from tests.domain.cases import NOW, message

M = MessageState
PATIENCE = timedelta(minutes=15)


def undelivered(row: Message, code: str, sid: str = "SM1") -> Message:
    told = receipted(row, "undelivered", sid, code, NOW)
    assert told
    return told


@pytest.mark.parametrize("code", ["30003", "30008", "30001", "30036"])
def test_a_phone_that_was_off_is_tried_again_by_the_table(code: str) -> None:
    row = undelivered(message(state=M.SENT, sid="SM1", attempts=1), code)
    assert (row.state, row.due_at, was_given_up(row)) == (M.UNDELIVERED, NOW + BACKOFF[0], False)
    mine = claimed(row, "lease", NOW + BACKOFF[0], "twilio")
    assert mine
    assert (mine.state, mine.sid, mine.replaced, mine.attempts) == (M.SENDING, "", ("SM1",), 2)
    assert receipted(mine, "undelivered", "SM1", code, NOW) is None, "about the send that was repeated"


def test_only_so_often() -> None:
    row = undelivered(message(state=M.SENT, attempts=LATER_TRIES), "30003")
    assert was_given_up(row)


@pytest.mark.parametrize("code", ["30005", "30006", "30007", "", "99999"])
def test_what_will_not_pass_is_given_up_at_once(code: str) -> None:
    assert was_given_up(undelivered(message(state=M.SENT, attempts=1), code))


def test_a_retry_that_comes_too_late_is_none() -> None:
    row = message(state=M.SENT, attempts=1, created_at=NOW - timedelta(hours=4))
    assert was_given_up(undelivered(row, "30003"))


def test_a_late_delivery_ends_what_would_be_sent_again() -> None:
    row = undelivered(message(state=M.SENT, attempts=1), "30003")
    told = receipted(row, "delivered", "SM1", "", NOW)
    assert told
    assert (told.state, told.due_at) == (M.DELIVERED, None)


def test_what_would_be_sent_again_can_be_taken_back() -> None:
    row = undelivered(message(state=M.SENT, attempts=1), "30003")
    gone = cancelled(row, NOW)
    assert gone
    assert gone.state == M.CANCELLED


def test_a_failure_of_another_send_says_nothing_of_this_one() -> None:
    row = message(state=M.SENT, sid="SM2", times={"unknown": NOW})
    assert receipted(row, "undelivered", "SM1", "30005", NOW) is None
    assert receipted(row, "undelivered", "SM2", "30005", NOW)
    assert receipted(row, "delivered", "SM1", "", NOW)


def test_nobody_to_ask_is_left_alone_then_sent_once_more_and_then_called() -> None:
    row = unknown(message(state=M.SENDING, attempts=1, times={"sending": NOW}), "unknown", NOW)
    early = unasked(row, PATIENCE, NOW + timedelta(minutes=2))
    assert (early.state, early.due_at) == (M.UNKNOWN, NOW + PATIENCE)
    once = unasked(early, PATIENCE, NOW + PATIENCE)
    assert (once.state, once.blind) == (M.OWED, 1)
    mine = claimed(once, "l", once.due_at or NOW)
    assert mine
    later = (once.due_at or NOW) + PATIENCE
    assert unasked(unknown(mine, "unknown", later), PATIENCE, later).state == M.FAILED


def test_who_was_overtaken_says_that_it_went() -> None:
    given_up = message(state=M.UNKNOWN, attempts=1)
    about_another = message(state=M.UNDELIVERED, sid="SM0", attempts=2)
    late, other = sent_after_all(given_up, "twilio", "SM1", NOW), sent_after_all(about_another, "twilio", "SM1", NOW)
    assert late
    assert other
    assert (late.state, late.sid, late.due_at) == (M.SENT, "SM1", None)
    assert (other.state, other.sid, other.replaced) == (M.SENT, "SM1", ("SM0",))


@pytest.mark.parametrize(
    "row",
    [
        message(state=M.DELIVERED, sid="SM1"),
        message(state=M.UNDELIVERED, sid="SM1"),
        message(state=M.OWED, replaced=("SM1",)),
        message(state=M.CANCELLED),
        message(state=M.SENT, sid="SM2"),
        message(state=M.SENDING),
    ],
)
def test_what_knows_as_much_stands(row: Message) -> None:
    assert sent_after_all(row, "twilio", "SM1", NOW) is None


def test_held_texts_wait_without_a_try_and_end_with_their_use() -> None:
    mine = claimed(message(), "lease", NOW)
    assert mine
    back = held_back(mine, "20003", NOW + timedelta(minutes=1), NOW)
    assert (back.state, back.attempts, back.lease, back.code) == (M.OWED, 0, "", "20003")
    off = put_off(message(), NOW + timedelta(minutes=1), NOW)
    assert (off.state, off.attempts, off.due_at) == (M.OWED, 0, NOW + timedelta(minutes=1))
    over = NOW + timedelta(hours=4, seconds=1)
    assert [was_given_up(put_off(message(), over, over)), was_given_up(held_back(mine, "20003", over, over))] == [
        True
    ] * 2
    assert sent(mine, "twilio", "SM1", NOW).due_at is None
