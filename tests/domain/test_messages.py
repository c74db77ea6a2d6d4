"""A message's state: one identity, one claim, one direction."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.message_moves import MOVES, PROVIDER_STATES, NoSuchMove, check_move
from chalicelib.domain.messages import (
    BACKOFF,
    END_OF_USE,
    LEASE,
    RANK,
    SENDING_TAKES,
    SETTLE_AFTER,
    Message,
    MessageState,
    again,
    cancelled,
    claimed,
    failed,
    in_time,
    message_id,
    owed_again,
    sent,
    unknown,
    unsent,
)
from chalicelib.domain.receipts import receipted
from tests.domain.cases import NOW, message

M = MessageState
STATUSES = st.sampled_from([*PROVIDER_STATES, "receiving", "partially_delivered", ""])


@given(st.lists(STATUSES, max_size=12), st.sampled_from(M))
def test_no_order_or_number_of_callbacks_moves_a_state_back(statuses: list[str], start: M) -> None:
    row, ranks = message(state=start), [RANK[start]]
    for status in statuses:
        row = receipted(row, status, "SM1", "", NOW) or row
        ranks.append(RANK[row.state])
    assert all(before <= after for before, after in pairwise(ranks))


@given(
    st.permutations(["queued", "sending", "sent", "delivered"]), st.sampled_from([M.OWED, M.SENDING, M.UNKNOWN, M.SENT])
)
def test_whatever_the_order_delivered_is_how_it_ends(statuses: list[str], start: M) -> None:
    row = message(state=start)
    for status in [*statuses, *statuses]:
        row = receipted(row, status, "SM1", "", NOW) or row
    assert (row.state, row.due_at, row.sid) == (M.DELIVERED, None, "SM1")


@pytest.mark.parametrize("status", ["undelivered", "failed", "sent", "queued", "canceled"])
def test_a_delivered_message_stays_delivered(status: str) -> None:
    assert receipted(message(state=M.DELIVERED), status, "SM1", "30003", NOW) is None


def test_a_cancelled_message_is_not_revived_by_a_callback() -> None:
    assert receipted(message(state=M.CANCELLED), "delivered", "SM1", "", NOW) is None


def test_a_callback_keeps_what_it_does_not_know() -> None:
    told = receipted(message(state=M.SENT, sid="SM1", code="30008", lease="x"), "delivered", "", "", NOW)
    assert told
    assert (told.sid, told.code, told.lease, told.times["delivered"]) == ("SM1", "30008", "", NOW)


@pytest.mark.parametrize("state", sorted(set(M) - {M.OWED}))
def test_only_what_is_owed_is_claimed_or_cancelled(state: M) -> None:
    assert claimed(message(state=state, due_at=None), "lease", NOW) is None
    assert cancelled(message(state=state, due_at=None), NOW) is None


@pytest.mark.parametrize("state", [M.SENDING, M.UNKNOWN])
def test_what_may_have_gone_is_neither_however_due_it_is(state: M) -> None:
    assert claimed(message(state=state), "lease", NOW) is None
    assert cancelled(message(state=state), NOW) is None


def test_nothing_is_claimed_before_its_time() -> None:
    assert claimed(message(due_at=NOW + timedelta(seconds=1)), "lease", NOW) is None
    assert claimed(message(due_at=None), "lease", NOW) is None


def test_a_send_begins_only_while_it_ends_within_its_claim() -> None:
    mine = claimed(message(), "lease", NOW)
    assert mine
    last = NOW + LEASE - SENDING_TAKES
    assert (in_time(mine, NOW), in_time(mine, last), in_time(mine, last + timedelta(microseconds=1))) == (
        True, True, False,
    )  # fmt: skip


def test_a_claim_is_a_lease_that_runs_out() -> None:
    mine = claimed(message(), "lease", NOW)
    assert mine
    assert (mine.state, mine.lease, mine.attempts, mine.due_at) == (M.SENDING, "lease", 1, NOW + LEASE)


def test_a_cancelled_message_is_due_no_more() -> None:
    gone = cancelled(message(), NOW)
    assert gone
    assert (gone.state, gone.due_at) == (M.CANCELLED, None)


def test_outcomes_by_kind() -> None:
    assert sent(message(), "twilio", "SM1", NOW).due_at is None
    assert failed(message(), "21614", NOW).code == "21614"
    silence = unknown(message(state=M.SENDING), "unknown", NOW)
    assert (silence.state, silence.due_at) == (M.UNKNOWN, NOW + SETTLE_AFTER), "asked about later, never resent blindly"


@pytest.mark.parametrize("attempts", range(1, 10))
def test_the_wait_grows_with_each_try(attempts: int) -> None:
    row = again(message(attempts=attempts, state=M.SENDING), "30001", NOW)
    assert (row.state, row.due_at) == (M.OWED, NOW + BACKOFF[min(attempts, len(BACKOFF)) - 1])


def test_waits_never_shrink() -> None:
    assert list(BACKOFF) == sorted(BACKOFF)


@pytest.mark.parametrize(("event", "hours"), [("dispatched", 4), ("plan_changed", 4), ("quarantine_ended", 24)])
def test_what_is_of_no_more_use_is_not_tried_again(event: str, hours: int) -> None:
    last = NOW + timedelta(hours=hours) - BACKOFF[0]
    assert again(message(event=event, attempts=1, state=M.SENDING), "30001", last).state == M.OWED
    assert (
        again(message(event=event, attempts=1, state=M.SENDING), "30001", last + timedelta(seconds=1)).state == M.FAILED
    )
    assert END_OF_USE.get(event, timedelta(hours=24)) == timedelta(hours=hours)


@given(st.text(), st.text(), st.text())
def test_one_identity_from_event_recipient_and_template(event: str, to: str, template: str) -> None:
    identity = message_id(event, to, template)
    assert identity == message_id(event, to, template)
    assert len(identity) == 20
    assert identity != message_id(event + "!", to, template)
    assert identity != message_id(event, to, template + "!")


def test_every_state_has_a_rank() -> None:
    assert set(RANK) == set(M)
    assert isinstance(message(), Message)


def test_an_unknown_that_nobody_can_settle_becomes_a_call() -> None:
    row = message(state=M.SENDING)
    use = END_OF_USE[row.event]
    assert unknown(row, "unknown", row.created_at + use).state == M.UNKNOWN
    assert unknown(row, "unknown", row.created_at + use + timedelta(minutes=1)).state == M.FAILED


@pytest.mark.parametrize("state", [M.SENT, M.DELIVERED, M.CANCELLED])
@pytest.mark.parametrize(
    "move",
    [
        lambda row: sent(row, "twilio", "SM2", NOW),
        lambda row: unknown(row, "no_answer", NOW),
        lambda row: failed(row, "21614", NOW),
        lambda row: again(row, "20429", NOW),
        lambda row: owed_again(row, NOW),
        lambda row: unsent(row, "drill", NOW),
    ],
)
def test_what_is_with_the_provider_or_over_is_moved_by_callbacks_alone(
    move: Callable[[Message], Message], state: M
) -> None:
    with pytest.raises(NoSuchMove):
        move(message(state=state))


def test_the_table_has_every_state_and_callbacks_only_raise_in_it() -> None:
    assert {state for moves in MOVES.values() for state in (*moves, *frozenset().union(*moves.values()))} == set(M)
    assert all(RANK[after] > RANK[before] for before, told in MOVES["callback"].items() for after in told)
    assert not any(M.CANCELLED in moves or M.DELIVERED in moves for moves in MOVES.values())
    check_move("callback", M.OWED, M.DELIVERED)
