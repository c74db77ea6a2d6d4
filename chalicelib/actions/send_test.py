"""An officer has a text sent to their own phone: the way of every text, and marked as a test."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.actions.opt_out import opted_out
from chalicelib.actions.ports import AlreadyThere, Ports, Save
from chalicelib.domain.calendar import local_date
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import Conflict, FieldError, Invalid
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.messages import TEST, Addressed, Message
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point
from chalicelib.domain.segments import measure

MOST = 5
"""Tests of one officer in an hour: enough to see every audience, and too few to plague anybody."""


@dataclass(frozen=True)
class Sample:
    """Which text, in which language, and what it is filled with."""

    event: str
    audience: str
    language: str
    variables: Mapping[str, str]


def send_test(ports: Ports, officer: Officer, point: Point, sample: Sample, to: str) -> Message:
    """The message, owed at once to an E.164 number.

    Raises NotPermitted, Invalid for a number that takes no texts, and Conflict ``opted_out`` or ``too_many_tests``.
    """
    check_may(officer, "send_test")
    if not ports.reaches(to):
        raise Invalid((FieldError("phone", "no_texts"),))
    if opted_out(ports, to):
        raise Conflict("opted_out")
    message = _message(ports, point, sample, to)
    for place in range(MOST):
        try:
            return _owed(ports, replace(message, message_id=_place(officer, message.created_at, place)))
        except AlreadyThere:
            continue
    raise Conflict("too_many_tests", most=str(MOST))


def _owed(ports: Ports, message: Message) -> Message:
    ports.store.commit([Save(message)])
    ports.queue.nudge("message", message.message_id)
    return replace(message, version=1)


def _place(officer: Officer, now: datetime, place: int) -> str:
    """An hour has so many places, and each is one row: two presses at once cannot both have the last."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return derived_id(TEST, officer.officer_id, hour.isoformat(), str(place), length=20)


def _message(ports: Ports, point: Point, sample: Sample, to: str) -> Message:
    now = ports.clock()
    today = local_date(now, point.time_zone)
    body, content = ports.texts.compose(sample.event, sample.audience, sample.language, sample.variables, to)
    if content is None:  # A registered text can say nothing of its own.
        body = ports.texts.marked(body, sample.language)
    return Message(
        message_id="", event=TEST, audience="officer", language=sample.language, point=point.point, day=today,
        created_at=now, due_at=now, sealed_with=f"{point.point}#{today}",
        segments=measure(body).segments, times={"owed": now}, personal=Addressed(to, "", body, content),
    )  # fmt: skip
