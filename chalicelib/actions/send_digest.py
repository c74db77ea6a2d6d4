"""A district hears of the day's releases in one text: who is released is gathered, and then its contacts are told."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.actions.owing import not_sent, nudge, owed
from chalicelib.actions.ports import Owe, Ports, Save
from chalicelib.actions.stop_messages import is_stopped, release_batch
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.notices import to_district
from chalicelib.domain.places import Point
from chalicelib.domain.work import ReleaseDigest, Task

GATHER = timedelta(minutes=2)
"""How long a district's digest waits for more releases when nobody says that they are all there."""


def gathered(ports: Ports, case: Case, day: date) -> ReleaseDigest:
    """The district's digest of the day with one more in it; a digest that has gone is followed by another."""
    number = 1
    while True:
        known = ports.store.find(ReleaseDigest, case.point, case.district, day, number)
        if known is None:
            return ReleaseDigest(
                point=case.point, district=case.district, day=day, number=number,
                **_with(case, (), ()), due_at=ports.clock() + GATHER,
            )  # fmt: skip
        if known.due_at is not None:
            return replace(known, **_with(case, known.case_ids, known.drill_ids))
        number += 1


def _with(case: Case, people: tuple[str, ...], drill: tuple[str, ...]) -> dict[str, Any]:
    if case.drill:
        return {"case_ids": people, "drill_ids": (*drill, case.case_id)}
    return {"case_ids": (*people, case.case_id), "drill_ids": drill}


def send_digest(ports: Ports, point_id: str, district_id: str, day: date) -> int:
    """Owe the text that tells a district's contacts how many were released; answers how many contacts."""
    number = 1
    while (digest := ports.store.find(ReleaseDigest, point_id, district_id, day, number)) and digest.due_at is None:
        number += 1
    if digest is None:
        return 0
    return _send(ports, digest)


def _send(ports: Ports, digest: ReleaseDigest) -> int:
    point, now = ports.places.point(digest.point), ports.clock()
    district = ports.places.districts().get(digest.district)
    contacts = district.to_tell(now, point.time_zone) if district else ()
    key = f"quarantine_ended#{digest.point}#{digest.district}#{digest.day}#{digest.number}"
    notices = [
        notice
        for heads, drill in ((len(digest.case_ids), False), (len(digest.drill_ids), True))
        if heads
        for notice in to_district(
            contacts, "quarantine_ended", f"{key}#drill" if drill else key, digest.district, {"heads": str(heads)},
            {"end_date": digest.day}, drill=drill,
        )
    ]  # fmt: skip
    sealed_with = f"{digest.point}#{local_date(now, point.time_zone)}"
    changes = owed(ports, point, notices, sealed_with, now)
    if is_stopped(ports, release_batch(point.point, local_date(now, point.time_zone))):
        changes = not_sent(changes, "stopped", now)
    if district is not None and not district.on_duty(now, point.time_zone):
        changes.append(Owe(_nobody_on_duty(point, digest, sealed_with, now)))
    ports.store.commit([Save(replace(digest, due_at=None)), *changes])
    nudge(ports, changes)
    return len(notices)


def _nobody_on_duty(point: Point, digest: ReleaseDigest, sealed_with: str, now: datetime) -> Task:
    return Task(
        task_id=derived_id("nobody_on_duty", digest.district, str(digest.day), str(digest.number), length=20),
        desk="coordination", point=point.point, day=local_date(now, point.time_zone), kind="nobody_on_duty",
        created_at=now, district=digest.district, event="quarantine_ended", drill=not digest.case_ids,
        sealed_with=sealed_with,
    )  # fmt: skip
