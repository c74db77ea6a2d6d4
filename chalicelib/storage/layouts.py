"""Where each entity lies: its table, its key, its index attributes, and the key that seals its personal part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain import (
    arrivals,
    checkin,
    drill,
    figures,
    finding,
    handover,
    lines,
    messages,
    received,
    spending,
    urgency,
    work,
)
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.case import Case, PastDeclaration
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.places import District, Point
from chalicelib.domain.posters import Poster
from chalicelib.storage.sealing import STANDING

SHARDS = 4
Key = tuple[str, str]


def _nothing(_: Any) -> Mapping[str, str | None]:
    return {}


@dataclass(frozen=True)
class Layout:
    """``key`` makes a row's key from an entity's id parts; ``parts`` takes these from the entity."""

    table: str
    key: Callable[..., Key]
    parts: Callable[[Any], tuple[Any, ...]]
    indexes: Callable[[Any], Mapping[str, str | None]] = _nothing
    sealed_with: Callable[[Any], str | None] = lambda _: None


def stamp(moment: datetime) -> str:
    """An instant as a sortable string; UTC, microseconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def shard_of(kind: str, key: str) -> str:
    """The due partition of a row of work: a few, so that no single one takes all the writes."""
    return f"{kind}#{sum(key.encode()) % SHARDS}"


def due_shards(kind: str) -> tuple[str, ...]:
    """All due partitions of a kind; those of messages lane by lane, the most urgent first."""
    return tuple(f"{each}#{shard}" for each in _due_kinds(kind) for shard in range(SHARDS))


def message_lane(lane: int) -> str:
    """The kind that a lane's messages are due as. The last has the plain name, which all of them had once."""
    return "message" if lane == urgency.NUMBER - 1 else f"message.{lane}"


def _due_kinds(kind: str) -> tuple[str, ...]:
    return tuple(map(message_lane, range(urgency.NUMBER))) if kind == "message" else (kind,)


def day_key_of(point: str, intake: Any) -> str:
    """The name of the sealing key of a point and intake day."""
    return f"{point}#{intake}"


def _case_indexes(case: Case) -> Mapping[str, str | None]:
    day = case.arrival_date
    return {
        "flight_key": f"{case.point}#{day}#{case.flight}",
        "day_key": f"{case.point}#{day}",
        "district_key": f"{case.district}#{day}",
        "listed_at": f"{stamp(case.declared_at)}#{case.party.index(case.case_id)}",
    }


def _dispatch_indexes(dispatch: Dispatch) -> Mapping[str, str | None]:
    return {
        "day_key": f"{dispatch.point}#{dispatch.date}",
        "district_key": f"{dispatch.district}#{dispatch.date}",
        "listed_at": stamp(dispatch.opened_at),
    }


def _due(kind: str, key: str, due_at: datetime | None) -> Mapping[str, str | None]:
    if due_at is None:
        return {"due_shard": None, "due_at": None}
    return {"due_shard": shard_of(kind, key), "due_at": stamp(due_at)}


def _message_indexes(message: messages.Message) -> Mapping[str, str | None]:
    return {
        **_due(message_lane(urgency.lane(message.event)), message.message_id, message.due_at),
        "traveller_id": message.traveller_id,
        "dispatch_id": message.dispatch_id,
        "day_key": f"{message.point}#{message.day}",
        "listed_at": f"{stamp(message.created_at)}#{message.message_id}",
    }


def _planned_on(planned: work.PlannedRelease) -> Mapping[str, str | None]:
    return {
        "day_key": f"release#{planned.point}#{planned.day}",
        "listed_at": f"{stamp(planned.due_at)}#{planned.case_id}",
    }


def _digest_id(digest: work.ReleaseDigest) -> str:
    return f"{digest.point}#{digest.district}#{digest.day}#{digest.number}"


def _once_seal(once: arrivals.Once) -> str:
    """A key for each day on which kept answers go: they name people, and outlive no key of a day for long."""
    return f"once#{datetime.fromtimestamp(once.expires_at, UTC).date()}"


def _case_seal(case: Case) -> str:
    return case.sealed_with


LAYOUTS: Mapping[type, Layout] = {
    Case: Layout("cases", lambda i: (i, "case"), lambda c: (c.case_id,), _case_indexes, _case_seal),
    PastDeclaration: Layout(
        "cases", lambda i, n: (i, f"declaration#{n:06d}"), lambda d: (d.case_id, d.number),
        sealed_with=lambda d: d.sealed_with,
    ),
    checkin.Checkin: Layout(
        "cases", lambda i, d, n: (i, f"checkin#{d}#{n:03d}"), lambda c: (c.case_id, c.day, c.number),
        sealed_with=lambda c: c.sealed_with,
    ),
    finding.Linked: Layout("cases", lambda i, n: (i, f"linked#{n}"), lambda x: (x.case_id, x.answers_digest)),
    Dispatch: Layout(
        "dispatches", lambda i: (i, "dispatch"), lambda d: (d.dispatch_id,), _dispatch_indexes,
        lambda d: day_key_of(d.point, d.date),
    ),
    AuditEntry: Layout(
        "cases", lambda i, n: (i, f"audit#{n:06d}"), lambda a: (a.subject, a.number),
        sealed_with=lambda a: a.sealed_with,
    ),
    messages.Message: Layout(
        "owed", lambda i: (f"message#{i}", "-"), lambda m: (m.message_id,), _message_indexes, lambda m: m.sealed_with,
    ),
    lines.Line: Layout("owed", lambda n: ("lines", n), lambda line: (line.name,)),
    work.FanOut: Layout(
        "owed", lambda i, s: (f"fanout#{i}#{s}", "-"), lambda f: (f.dispatch_id, f.stage),
        lambda f: _due("fanout", f.dispatch_id, f.due_at),
    ),
    work.PlannedRelease: Layout(
        "owed", lambda i: (f"release#{i}", "-"), lambda r: (r.case_id,),
        lambda r: {**_due("release", r.case_id, r.due_at), **_planned_on(r)},
    ),
    work.ReleaseDigest: Layout(
        "owed", lambda *p: (f"digest#{'#'.join(str(x) for x in p)}", "-"),
        lambda d: (d.point, d.district, d.day, d.number), lambda d: _due("digest", _digest_id(d), d.due_at),
    ),
    work.BatchStop: Layout(
        "owed", lambda b: (f"stop#{b}", "-"), lambda s: (s.batch,), lambda s: _due("stop", s.batch, s.due_at),
        lambda s: s.sealed_with,
    ),
    spending.Spent: Layout("owed", lambda p, d, s: (f"spent#{p}#{d}", s), lambda s: (s.point, s.day, s.shard)),
    figures.DayFigures: Layout(
        "owed", lambda p, d: (f"figures#{p}#{d:%Y-%m}", str(d)), lambda f: (f.point, f.day),
    ),
    spending.Lift: Layout(
        "owed", lambda p, d, at: (f"lifts#{p}#{d}", at), lambda x: (x.point, x.day, stamp(x.at)),
        sealed_with=lambda x: x.sealed_with,
    ),
    handover.Escalation: Layout(
        "owed", lambda i, s: (f"escalation#{i}#{s}", "-"), lambda e: (e.dispatch_id, e.stage),
        lambda e: _due("escalation", e.dispatch_id, e.due_at),
    ),
    handover.HandoverCode: Layout(
        "finding", lambda d, c: (f"handover#{d}#{c}", "-"), lambda h: (h.district, h.code),
    ),
    finding.Told: Layout("finding", lambda d, m: (f"told#{d}", m), lambda t: (t.digest, t.message_id)),
    received.TextTaken: Layout("finding", lambda i: (f"inbound#{i}", "-"), lambda t: (t.text_id,)),
    received.Exchange: Layout(
        "finding", lambda d, h: (f"exchange#{d}#{h}", "-"), lambda e: (e.digest, e.hour),
    ),
    received.ReceivedText: Layout(
        "cases", lambda c, at, i: (c, f"text#{stamp(at)}#{i}"), lambda t: (t.case_id, t.at, t.text_id),
        sealed_with=lambda t: t.sealed_with,
    ),
    received.OptOut: Layout(
        "desk", lambda d: (f"optout#{d}", "-"), lambda o: (o.digest,), sealed_with=lambda _: STANDING,
    ),
    finding.Identity: Layout("finding", lambda d: (f"identity#{d}", "-"), lambda i: (i.digest,)),
    finding.Finder: Layout(
        "finding", lambda k, d, i: (f"{k}#{d}", i), lambda f: (f.kind, f.digest, f.case_id),
    ),
    finding.PlateOf: Layout(
        "finding", lambda p, d, i: (f"plate#{p}#{d}", i), lambda p: (p.plate, p.date, p.dispatch_id),
    ),
    arrivals.Once: Layout("finding", lambda k: (f"once#{k}", "-"), lambda o: (o.key,), sealed_with=_once_seal),
    Point: Layout("desk", lambda i: ("points", i), lambda p: (p.point,), sealed_with=lambda _: STANDING),
    District: Layout("desk", lambda i: ("districts", i), lambda d: (d.district,), sealed_with=lambda _: STANDING),
    drill.DrillNumbers: Layout(
        "desk", lambda p: ("drill-numbers", p), lambda n: (n.point,), sealed_with=lambda _: STANDING
    ),
    Poster: Layout("desk", lambda p, c: (f"posters#{p}", c), lambda x: (x.point, x.code)),
    arrivals.Hotel: Layout("desk", lambda i: ("hotels", i), lambda h: (h.hotel,)),
    arrivals.Flight: Layout(
        "desk", lambda p, d, n: (f"flights#{p}#{d}", n), lambda f: (f.point, f.date, f.number),
    ),
    work.Task: Layout(
        "desk", lambda p, d, desk, i: (f"tasks#{p}#{desk}#{d}", i),
        lambda t: (t.point, t.day, t.desk, t.task_id), sealed_with=lambda t: t.sealed_with,
    ),
}  # fmt: skip
