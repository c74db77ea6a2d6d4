"""What a point's day costs: so far, its ceiling, more of it; and batches of texts that are stopped."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated

from chalice import Blueprint
from msgspec import Meta, Struct

from chalicelib.actions.figure_day import read_figures
from chalicelib.actions.lift_ceiling import MOST, lift_ceiling, read_spending
from chalicelib.actions.stop_messages import go_on, release_batch, stop_release, stop_vehicle, vehicle_batch
from chalicelib.domain.calendar import local_date
from chalicelib.domain.figures import DayFigures, Delays
from chalicelib.domain.places import Point
from chalicelib.domain.spending import MILLION, Spending
from chalicelib.domain.work import BatchStop
from chalicelib.web.access_rules import may
from chalicelib.web.api.answers import Instant, Listed
from chalicelib.web.api.bodies import Strict
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.api.once import once
from chalicelib.web.api.paging import whole
from chalicelib.web.api.resources import instant
from chalicelib.web.typed import one_line

blueprint = Blueprint(__name__)
REASON_LIMIT = 500


class LiftBody(Strict):
    """``segments`` are added to today's ceiling."""

    segments: Annotated[int, Meta(ge=1, le=MOST)]
    reason: Annotated[str, Meta(min_length=1, max_length=REASON_LIMIT)]


class SpendingAnswer(Struct, frozen=True):
    """Today at the point; ``price`` by the list of ``as_of``. Nothing more is sent from ``ceiling`` segments on."""

    point: str
    date: datetime.date
    messages: int
    segments: int
    price: str
    currency: str
    as_of: datetime.date
    ceiling: int
    lifted: int


class StopBody(Strict):
    """Why."""

    reason: Annotated[str, Meta(min_length=1, max_length=REASON_LIMIT)]


class StoppedAnswer(Struct, frozen=True):
    """Texts of the batch: ``gone`` were with the provider already, ``cancelled`` will never be."""

    gone: int
    cancelled: int


@endpoint(
    blueprint, "GET", "/points/{point}/spending", may("read_spending", "key"), answer=SpendingAnswer
)  # fmt: skip
def get_spending(call: Call, point: str) -> Answer:
    """What today's messages have cost so far."""
    known = call.ports.places.point(point)
    return _answer(call, known, read_spending(call.ports, call.officer, known))


class DelaysAnswer(Struct, frozen=True):
    """Seconds from when a text might go: half were faster than ``median``, 95 of 100 than ``most``."""

    median: int
    most: int


class DayAnswer(Struct, frozen=True):
    """Messages owed on a day, as they stood when they were counted.

    ``forecast`` is the price with what still waits and with the texts of the ``planned`` people's releases.
    """

    date: datetime.date
    made_at: Instant
    messages: int
    segments: int
    states: dict[str, int]
    causes: dict[str, int]
    sent: DelaysAnswer | None
    delivered: DelaysAnswer | None
    price: str
    planned: int
    forecast: str
    currency: str


@endpoint(
    blueprint, "GET", "/points/{point}/messages/figures", may("read_spending", "key"), answer=Listed[DayAnswer]
)  # fmt: skip
def get_figures(call: Call, point: str) -> Answer:
    """The last thirty days that were counted, oldest first; a drill is in none of them."""
    days = read_figures(call.ports, call.officer, call.ports.places.point(point))
    return whole(_day(call, row) for row in days)


def _day(call: Call, row: DayFigures) -> DayAnswer:
    return DayAnswer(
        row.day, instant(row.made_at), row.messages, row.segments, dict(row.states), dict(row.causes),
        _delays(row.sent), _delays(row.delivered), _money(row.micros), row.planned, _money(row.forecast),
        call.ports.prices.currency,
    )  # fmt: skip


def _delays(found: Delays | None) -> DelaysAnswer | None:
    return DelaysAnswer(found.median, found.most) if found else None


def _money(micros: int) -> str:
    return f"{Decimal(micros) / MILLION:.4f}"


@endpoint(
    blueprint, "POST", "/points/{point}/spending/lift", may("lift_ceiling", "key"), body=LiftBody,
    answer=SpendingAnswer, act_once=False,
)  # fmt: skip
def post_lift(call: Call, point: str) -> Answer:
    """More segments may go today; what waits goes within ten minutes."""
    body, known = call.body(LiftBody), call.ports.places.point(point)
    reason = one_line("reason", body.reason, REASON_LIMIT)

    def lift() -> Answer:
        return _answer(call, known, lift_ceiling(call.ports, call.officer, known, body.segments, reason))

    return kept(call, lift, lambda: get_spending(call, point))


@endpoint(
    blueprint, "POST", "/points/{point}/releases/stop_messages", may("stop_messages", "key"), body=StopBody,
    answer=StoppedAnswer, act_once=False,
)  # fmt: skip
def post_stop_release(call: Call, point: str) -> Answer:
    """Today's texts about releases are sent no further; people are released all the same."""
    reason, known = one_line("reason", call.body(StopBody).reason, REASON_LIMIT), call.ports.places.point(point)
    today = local_date(call.ports.clock(), known.time_zone)

    def stop() -> Answer:
        return _stopped(stop_release(call.ports, call.officer, known, reason))

    return kept(call, stop, lambda: _stopped(go_on(call.ports, release_batch(point, today))))


@endpoint(
    blueprint, "POST", "/dispatches/{dispatch_id}/stop_messages", may("stop_messages", "key"), body=StopBody,
    answer=StoppedAnswer, act_once=False, match="taken", conflicts=True,
)  # fmt: skip
def post_stop_vehicle(call: Call, dispatch_id: str) -> Answer:
    """The texts of a vehicle are sent no further: how many had gone, and how many were taken back."""
    reason = one_line("reason", call.body(StopBody).reason, REASON_LIMIT)

    def stop() -> Answer:
        return _stopped(stop_vehicle(call.ports, call.officer, dispatch_id, reason, call.if_match))

    return kept(call, stop, lambda: _stopped(go_on(call.ports, vehicle_batch(dispatch_id))))


def kept(call: Call, act: Callable[[], Answer], anew: Callable[[], Answer]) -> Answer:
    """Once for a key, where the resource does not tell the answer."""
    return once(call, call.officer.officer_id, act, anew) if call.key else act()


def _stopped(row: BatchStop) -> Answer:
    return Answer(StoppedAnswer(gone=row.gone, cancelled=row.cancelled))


def _answer(call: Call, point: Point, so_far: Spending) -> Answer:
    prices = call.ports.prices
    return Answer(
        SpendingAnswer(
            point=point.point, date=local_date(call.ports.clock(), point.time_zone), messages=so_far.messages,
            segments=so_far.segments, price=f"{so_far.price:.4f}", currency=prices.currency, as_of=prices.as_of,
            ceiling=so_far.ceiling(point.daily_ceiling), lifted=so_far.lifted,
        )
    )  # fmt: skip
