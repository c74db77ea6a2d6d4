"""Sending: find a line with room, claim with a lease, send only what is still owed, write the outcome by its kind."""

import math
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.actions.carriers import Provider
from chalicelib.actions.counting_spent import wait_for_ceiling
from chalicelib.actions.hand_over_text import hand_over
from chalicelib.actions.learn_refusal import learn
from chalicelib.actions.opt_out import opted_out
from chalicelib.actions.ports import Ports
from chalicelib.actions.record_outcome import record, record_sent, written
from chalicelib.actions.settle_message import settle_message
from chalicelib.actions.switchboard import LONGEST_WAIT, Go, Held, NoLine, Switchboard, Wait, switchboard_of
from chalicelib.domain.calendar import after_quiet_hours
from chalicelib.domain.failures import PermanentFailure, SendingFailure, Unknown, is_ours
from chalicelib.domain.messages import (
    NEVER_QUIET,
    ON_DUTY,
    TEST,
    Message,
    MessageState,
    again,
    claimed,
    failed,
    held_back,
    in_time,
    is_over,
    is_waiting,
    put_off,
    sent,
    unknown,
)

FRESH = timedelta(minutes=5)
"""Since a text was owed: what its event knew then of the number and of the hour still holds."""


def send_message(ports: Ports, provider: Provider | Switchboard, message_id: str) -> str:
    """The message's state afterwards, or ``""`` when it is not this worker's to deal with."""
    message, board, now = ports.store.find(Message, message_id), switchboard_of(provider), ports.clock()
    if message is None or message.due_at is None or message.due_at > now:
        return ""
    if message.state in (MessageState.SENDING, MessageState.UNKNOWN):
        return settle_message(ports, board, message)
    if not is_waiting(message):
        return ""
    if is_over(message, now):
        return record(ports, failed(message, message.code or "too_late", now))
    if now - message.created_at > FRESH or message.attempts:
        if opted_out(ports, message.personal.to):
            return record(ports, failed(message, "opted_out", now))
        if (morning := _quiet_until(ports, message, now)) > now:
            return _held(ports, put_off(message, morning, now))
    if (waits := wait_for_ceiling(ports, message)) is not None:
        return waits
    return _when_there_is_room(ports, board, message, now)


def _quiet_until(ports: Ports, message: Message, now: datetime) -> datetime:
    """When a text that has waited may go: a hold or a repetition may have carried it into the quiet hours."""
    if message.event in NEVER_QUIET or message.event == TEST or message.audience in ON_DUTY:
        return now
    return after_quiet_hours(now, ports.places.point(message.point).time_zone)


def _when_there_is_room(ports: Ports, board: Switchboard, message: Message, now: datetime) -> str:
    match board.way(ports, message):
        case Go(line, provider):
            return _claimed(ports, board, line, provider, message, now)
        case Wait(seconds):
            if seconds < LONGEST_WAIT.total_seconds():
                ports.queue.nudge("message", message.message_id, max(1, math.ceil(seconds)))
            return ""
        case Held(until):
            return _held(ports, put_off(message, until, now))
        case NoLine(code):
            return record(ports, failed(message, code, now))


def _claimed(ports: Ports, board: Switchboard, line: str, provider: Provider, message: Message, now: datetime) -> str:
    mine = claimed(message, secrets.token_hex(8), now, line)
    # Not read back: nobody else touches a claimed row before its lease runs out, and the clock tells of that.
    if mine is None or not written(ports, mine) or not in_time(mine, ports.clock()):
        board.unused(line, message.segments, now)
        return ""
    return _sent(ports, board, provider, replace(mine, version=mine.version + 1))


def _sent(ports: Ports, board: Switchboard, provider: Provider, message: Message) -> str:
    began, to = ports.clock(), message.personal.to
    try:
        accepted = hand_over(ports, provider, message)
    except SendingFailure as failure:
        return _refused(ports, board, message, failure, ports.clock() - began)
    now = ports.clock()
    state = record_sent(ports, sent(message, message.provider, accepted.sid, now))
    board.done(ports, message.provider, to, None, now - began)
    return state


def _refused(ports: Ports, board: Switchboard, message: Message, failure: SendingFailure, took: timedelta) -> str:
    now, to = ports.clock(), message.personal.to
    if is_ours(failure):
        until = board.fault(ports, message.provider, to, failure.code)
        return _held(ports, held_back(message, failure.code, until, now))
    if isinstance(failure, PermanentFailure):
        learn(ports, to, failure.code)
    state = record(ports, _after(message, failure, now))
    board.done(ports, message.provider, to, failure, took)
    return state


def _after(message: Message, failure: SendingFailure, now: datetime) -> Message:
    match failure:
        case PermanentFailure():
            return failed(message, failure.code, now)
        case Unknown():
            return unknown(message, failure.code, now)
        case _:
            return again(message, failure.code, now)


def _held(ports: Ports, message: Message) -> str:
    """Without a word on the queue: while a line is held, the sweep decides who tries it."""
    if message.due_at is None:
        return record(ports, message)
    return message.state if written(ports, message) else ""
