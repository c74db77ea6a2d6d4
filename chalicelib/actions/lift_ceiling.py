"""The day's ceiling: what has gone, and the coordinator's word that more may."""

from chalicelib.actions.move_traveller import check_reason
from chalicelib.actions.ports import Add, Ports, Save
from chalicelib.domain.calendar import local_date
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import DAILY_CEILING, Point
from chalicelib.domain.spending import LIFTED, Lift, Spending, Spent
from chalicelib.domain.work import Because

MOST = 10 * DAILY_CEILING
"""Segments that one lift may add."""


def read_spending(ports: Ports, officer: Officer, point: Point) -> Spending:
    """Today's figures of a point, as they are now; raises NotPermitted, NotFound for a district's officer."""
    check_may(officer, "read_spending")
    if confined_to(officer) is not None:
        raise NotFound("spending")
    ports.spending.flush()
    ports.spending.forget()
    return ports.spending.of(point.point, local_date(ports.clock(), point.time_zone))


def lift_ceiling(ports: Ports, officer: Officer, point: Point, segments: int, reason: str) -> Spending:
    """Today's figures with so many more segments allowed; who said so, and why, is kept.

    Raises NotPermitted, Invalid. What waits goes within ten minutes.
    """
    check_may(officer, "lift_ceiling")
    check_reason(reason, needed=True)
    if not 1 <= segments <= MOST:
        raise Invalid((FieldError("segments", "out_of_range", {"least": "1", "most": str(MOST)}),))
    now = ports.clock()
    day = local_date(now, point.time_zone)
    lift = Lift(
        point=point.point, day=day, at=now, officer=officer.officer_id, segments=segments,
        sealed_with=f"{point.point}#{day}", personal=Because(reason),
    )  # fmt: skip
    ports.store.commit([Save(lift), Add(Spent(point=point.point, day=day, shard=LIFTED, segments=segments))])
    return read_spending(ports, officer, point)
