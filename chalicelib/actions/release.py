"""Release, by the calendar or early by an officer: family and traveller are told, the district in one digest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from chalicelib.actions.casework import SYSTEM, CaseWork, open_case, read_case
from chalicelib.actions.move_traveller import check_reason
from chalicelib.actions.owing import not_sent, owed
from chalicelib.actions.ports import AlreadyThere, Change, Ports, Remove, Save, View
from chalicelib.actions.send_digest import gathered
from chalicelib.actions.stay_texts import taken_back
from chalicelib.actions.stop_messages import is_stopped, release_batch
from chalicelib.actions.whole_view import every
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case, moved
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import NotFound, Stale, Unavailable
from chalicelib.domain.notices import to_family_and_traveller
from chalicelib.domain.officers import Officer
from chalicelib.domain.quarantine import ended_on, release_time
from chalicelib.domain.states import State
from chalicelib.domain.work import PlannedRelease

TRIES = 10
"""Times that a digest which another release of the district just changed is read again."""


class Stops:
    """Which points' texts of today are stopped: asked once a point and run."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._known: dict[str, bool] = {}

    def of(self, point: str) -> bool:
        """Whether a release of today is told to nobody."""
        if point not in self._known:
            today = local_date(self._ports.clock(), self._ports.places.point(point).time_zone)
            self._known[point] = is_stopped(self._ports, release_batch(point, today))
        return self._known[point]


def release_early(ports: Ports, officer: Officer, case_id: str, reason: str, etag: str | None) -> Case:
    """The case released before its date; raises NotPermitted, NotFound, NotInState, Invalid without a reason, Stale."""
    check_may(officer, "release")
    check_reason(reason, needed=True)
    work = open_case(ports, officer, case_id, etag)
    return _release(ports, work, ports.clock(), {"reason": reason}, stopped=False)


def release_due(ports: Ports, now: datetime, shards: tuple[str, ...], stamp: str) -> dict[str, int]:
    """Release everybody whose time came by ``now``: ``shards`` are the due partitions, ``stamp`` the time as a key.

    ``now`` decides what is due; the rows that this owes carry the wall clock. One who cannot be released holds up
    nobody: the others are, and then RuntimeError tells the kind of the first fault, whose words may hold a name.
    """
    faults: list[str] = []
    stops = Stops(ports)
    done = [_tried(ports, planned, now, faults, stops) for planned in _planned(ports, shards, stamp)]
    districts = sorted({key for key in done if key})
    for key in districts:
        ports.queue.nudge("digest", key)
    if faults:
        raise RuntimeError(f"{len(faults)} not released: {faults[0]}")
    return {"released": len(done) - done.count(None), "districts": len(districts), "skipped": done.count(None)}


def _planned(ports: Ports, shards: tuple[str, ...], stamp: str) -> Iterator[PlannedRelease]:
    for shard in shards:
        yield from every(ports.store, View(PlannedRelease, "by_due", shard, until=stamp))


def _tried(ports: Ports, planned: PlannedRelease, now: datetime, faults: list[str], stops: "Stops") -> str | None:
    try:
        return _release_one(ports, planned, now, stops)
    except Unavailable:
        raise
    except Exception as fault:
        faults.append(type(fault).__name__)
        return None


def _release_one(ports: Ports, planned: PlannedRelease, now: datetime, stops: "Stops") -> str | None:
    """The digest's key, or None when somebody else dealt with it or it is not due after all."""
    try:
        case, dispatch = read_case(ports, planned.case_id)
        work = CaseWork(ports, case, dispatch, SYSTEM)
        quarantine = work.case.quarantine
        if work.case.state != State.IN_QUARANTINE or quarantine is None or work.case.held:
            ports.store.commit([Remove(planned)])
            return None
        if release_time(quarantine, work.point) > now:
            return None
        _release(ports, work, now, {}, stops.of(work.case.point))
        return _digest_key(work.case, ended_on(quarantine, local_date(now, work.point.time_zone)))
    except (Stale, NotFound):
        return None


def _digest_key(case: Case, day: date) -> str:
    return f"{case.point}#{case.district}#{day}"


def _release(ports: Ports, work: CaseWork, happens: datetime, detail: dict[str, str], stopped: bool) -> Case:
    after = replace(moved(work.case, "release"), released_at=happens, held=False)
    work.apply(after, "release", detail=detail)
    quarantine = after.quarantine
    assert quarantine is not None
    day = ended_on(quarantine, local_date(happens, work.point.time_zone))
    texts = release_texts(ports, work.case, day, happens)
    work.changes += not_sent(texts, "stopped", ports.clock()) if stopped else texts
    planned = ports.store.find(PlannedRelease, work.case.case_id)
    gone: list[Change] = [Remove(planned)] if planned else []
    return _written(ports, work, day, [*gone, *taken_back(work, quarantine)])


def release_texts(ports: Ports, case: Case, day: date, happens: datetime) -> list[Change]:
    """What owes family and traveller the word that quarantine ended on ``day``."""
    key = f"quarantine_ended#{case.case_id}"
    notices = to_family_and_traveller(case, "quarantine_ended", key, dates={"end_date": day})
    return owed(ports, ports.places.point(case.point), notices, case.sealed_with, happens)


def _written(ports: Ports, work: CaseWork, day: date, removals: list[Change]) -> Case:
    for _ in range(TRIES):
        try:
            return work.commit(*removals, Save(gathered(ports, work.case, day)))
        except (AlreadyThere, Stale):
            continue
    raise Stale
