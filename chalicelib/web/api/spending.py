"""What a point's day costs: so far, its ceiling, and more of it."""

import datetime
from typing import Annotated

from chalice import Blueprint
from msgspec import Meta, Struct

from chalicelib.actions.lift_ceiling import MOST, lift_ceiling, read_spending
from chalicelib.domain.calendar import local_date
from chalicelib.domain.places import Point
from chalicelib.domain.spending import Spending
from chalicelib.web.access_rules import may
from chalicelib.web.api.bodies import Strict
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.endpoint import endpoint
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


@endpoint(
    blueprint, "GET", "/points/{point}/spending", may("read_spending", "key"), answer=SpendingAnswer
)  # fmt: skip
def get_spending(call: Call, point: str) -> Answer:
    """What today's messages have cost so far."""
    known = call.ports.places.point(point)
    return _answer(call, known, read_spending(call.ports, call.officer, known))


@endpoint(
    blueprint, "POST", "/points/{point}/spending/lift", may("lift_ceiling", "key"), body=LiftBody,
    answer=SpendingAnswer,
)  # fmt: skip
def post_lift(call: Call, point: str) -> Answer:
    """More segments may go today; what waits goes within ten minutes."""
    body, known = call.body(LiftBody), call.ports.places.point(point)
    reason = one_line("reason", body.reason, REASON_LIMIT)
    return _answer(call, known, lift_ceiling(call.ports, call.officer, known, body.segments, reason))


def _answer(call: Call, point: Point, so_far: Spending) -> Answer:
    prices = call.ports.prices
    return Answer(
        SpendingAnswer(
            point=point.point, date=local_date(call.ports.clock(), point.time_zone), messages=so_far.messages,
            segments=so_far.segments, price=f"{so_far.price:.4f}", currency=prices.currency, as_of=prices.as_of,
            ceiling=so_far.ceiling(point.daily_ceiling), lifted=so_far.lifted,
        )
    )  # fmt: skip
