"""How a story ended, in words that two stories share when they ended alike; and what must hold of every end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chalicelib.domain import arrivals, finding, handover, received
from chalicelib.domain.audit import AuditEntry, Head, intact
from chalicelib.domain.case import Case, PastDeclaration
from chalicelib.domain.checkin import Checkin
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.figures import DayFigures
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.spending import Lift, Spent
from chalicelib.domain.work import BatchStop, FanOut, PlannedRelease, ReleaseDigest, Task
from tests.killed.scene import Stage

KINDS: dict[tuple[str, str], type] = {
    ("cases", "case"): Case, ("cases", "declaration"): PastDeclaration, ("cases", "linked"): finding.Linked,
    ("cases", "audit"): AuditEntry, ("dispatches", "dispatch"): Dispatch, ("owed", "message"): Message,
    ("owed", "fanout"): FanOut, ("owed", "release"): PlannedRelease, ("owed", "digest"): ReleaseDigest,
    ("owed", "spent"): Spent, ("owed", "lifts"): Lift, ("owed", "stop"): BatchStop, ("owed", "figures"): DayFigures,
    ("desk", "tasks"): Task, ("finding", "identity"): finding.Identity, ("finding", "phone"): finding.Finder,
    ("finding", "document"): finding.Finder, ("finding", "plate"): finding.PlateOf, ("finding", "once"): arrivals.Once,
    ("owed", "escalation"): handover.Escalation, ("finding", "handover"): handover.HandoverCode,
    ("finding", "told"): finding.Told, ("finding", "inbound"): received.TextTaken,
    ("finding", "exchange"): received.Exchange, ("cases", "text"): received.ReceivedText,
    ("desk", "optout"): received.OptOut, ("cases", "checkin"): Checkin,
}  # fmt: skip
ENDED = (
    MessageState.SENT,
    MessageState.DELIVERED,
    MessageState.FAILED,
    MessageState.UNDELIVERED,
    MessageState.CANCELLED,
)
SECRETS = ("XIAOMING", "李小明", "李华", "王强")


@dataclass(frozen=True)
class End:
    """Every row that the story wrote and that still stands, by kind, and how often each message left."""

    rows: tuple[Any, ...]
    texts: Counter[str]
    start: Any

    def of(self, kind: type[Any]) -> list[Any]:
        """Those of one kind."""
        return [row for row in self.rows if isinstance(row, kind)]

    @property
    def restless(self) -> bool:
        """Whether something still has to happen by itself."""
        unfinished = any(message.state not in ENDED for message in self.of(Message))
        return (
            unfinished
            or bool(self.of(FanOut))
            or any(row.due_at for row in (*self.of(ReleaseDigest), *self.of(BatchStop)))
        )


def end_of(scene: Stage, start: Any) -> End:
    """Read everything that was written since the story began, as the judge sees it."""
    by_table: dict[str, list[tuple[str, str]]] = {}
    for table, pk, sk in scene.tap.written:
        if table not in ("keys", "access") and pk != "lines":
            by_table.setdefault(table, []).append((pk, sk))
    rows = tuple(row for table, keys in by_table.items() for row in _read(scene, table, keys))
    return End(rows, texts_of(scene), start)


def texts_of(scene: Stage) -> Counter[str]:
    """How often each message's text lies at the phones."""
    sent = scene.phones.simulator.store.to("")
    return Counter(text.callback.partition("/status/")[2].partition("#")[0] for text in sent)


def _read(scene: Stage, table: str, keys: list[tuple[str, str]]) -> Iterable[Any]:
    codec = scene.judge.store._codec
    model = codec._models[table]
    for row in model.batch_get(keys, consistent_read=True):
        name = row.sk if table in ("cases", "dispatches") else row.pk
        yield codec.entity(KINDS[table, name.partition("#")[0]], row)


def portrait(end: End) -> dict[str, list[Any]]:
    """What two stories share that ended alike: no ids, no times."""
    day = end.start.date()

    def since(moment: Any) -> str:
        return str(moment - day) if moment else ""

    cases = sorted(end.of(Case), key=lambda case: case.case_id)
    return {
        "cases": sorted(
            [case.state, case.held, case.district, bool(case.dispatch_id), bool(case.linked_to), len(case.party),
             case.declarations, case.quarantine and since(case.quarantine.end_date), bool(case.released_at)]
            for case in cases
        ),
        "past": sorted(past.number for past in end.of(PastDeclaration)),
        "check-ins": sorted([one.number, one.temperature] for one in end.of(Checkin)),
        "audit": sorted([e.subject_kind, e.number, e.verb, e.before, e.after] for e in end.of(AuditEntry)),
        "dispatches": sorted(
            [d.state, len(d.roster), len(d.boarded), len(d.present)] for d in end.of(Dispatch)
        ),
        "messages": sorted(
            [m.event, m.audience, m.state, end.texts[m.message_id], m.personal.body.replace(str(m.message_id), "")[:6]]
            for m in end.of(Message)
        ),
        "tasks": sorted([t.kind, t.desk, bool(t.done_at)] for t in end.of(Task)),
        "releases": sorted(since(r.due_at.date()) for r in end.of(PlannedRelease)),
        "digests": sorted([len(d.case_ids), bool(d.due_at)] for d in end.of(ReleaseDigest)),
        "escalations": sorted([one.stage, one.answered_by] for one in end.of(handover.Escalation)),
        "texts": sorted([text.said, text.personal.body] for text in end.of(received.ReceivedText)),
        "exchanges": sorted([one.received, one.answered] for one in end.of(received.Exchange)),
        "opt-outs": sorted(sorted(one.senders) for one in end.of(received.OptOut)),
        "fan-outs": sorted(f.stage for f in end.of(FanOut)),
        "finding": sorted(Counter(type(row).__name__ for row in end.rows if isinstance(row, _FINDING)).items()),
    }  # fmt: skip


_FINDING = (
    finding.Linked, finding.Identity, finding.Finder, finding.PlateOf, finding.Told,
    received.TextTaken,
)  # fmt: skip


def broken(end: End, plain: Iterable[str]) -> list[str]:
    """What a story's end has against the promises of the house; empty when all hold."""
    return [*_once(end), *_sent(end), *_coded(end), *_counted(end), *_audited(end), *_sealed(end, plain)]


def _once(end: End) -> Iterable[str]:
    documents = Counter(
        case.answers.get("document_number") for case in end.of(Case) if not case.linked_to and case.state != "void"
    )
    yield from (f"1: a document with {times} cases" for document, times in documents.items() if document and times > 1)


def _sent(end: End) -> Iterable[str]:
    for message in end.of(Message):
        times = end.texts[message.message_id]
        asked = "unknown" in message.times
        sends = 1 + len(message.replaced)
        if message.state not in ENDED:
            yield f"2: a {message.event} for the {message.audience} stays {message.state}"
        if message.state in ("sent", "delivered") and times < 1:
            yield f"2: a {message.event} for the {message.audience} is {message.state} and never left"
        if times > sends and not asked:
            yield f"2: a {message.event} for the {message.audience} left {times} times"
        if message.state == "cancelled" and times:
            yield f"4: a {message.event} for the {message.audience} was taken back and left"
    known = {message.message_id for message in end.of(Message)}
    yield from (f"2: a text that no row owes: {text}" for text in end.texts if text not in known)


def _coded(end: End) -> Iterable[str]:
    """No two vehicles have one code. One that another story's vehicle has is tried too, and left to it."""
    meant = {(code.district, code.code): code.dispatch_id for code in end.of(handover.HandoverCode)}
    for dispatch in end.of(Dispatch):
        if dispatch.code and meant.get((dispatch.district, dispatch.code)) != dispatch.dispatch_id:
            yield "5: the code of a vehicle means another one"


def _counted(end: End) -> Iterable[str]:
    alarms = {task.dispatch_id for task in end.of(Task) if task.kind == "missing_on_arrival" and not task.done_at}
    for dispatch in end.of(Dispatch):
        if dispatch.missing and dispatch.dispatch_id not in alarms:
            yield "5: somebody is missing and no alarm says so"
    riders = Counter(p.case_id for d in end.of(Dispatch) for p in d.roster if d.state == "boarding")
    yield from (f"5: on {times} vehicles" for times in riders.values() if times > 1)


def _audited(end: End) -> Iterable[str]:
    chains: dict[str, list[AuditEntry]] = {}
    for entry in end.of(AuditEntry):
        chains.setdefault(entry.subject, []).append(entry)
    heads: dict[str, Head] = {case.case_id: case.audit for case in end.of(Case)}
    heads |= {dispatch.dispatch_id: dispatch.audit for dispatch in end.of(Dispatch)}
    for subject, head in heads.items():
        chain = sorted(chains.pop(subject, []), key=lambda entry: entry.number)
        if not intact(chain, head):
            yield "6: a chain of the audit is broken"
    yield from ("6: an entry about nothing" for _ in chains)
    for case in end.of(Case):
        last = max((e for e in end.of(AuditEntry) if e.subject == case.case_id), key=lambda e: e.number)
        if last.after != case.state:
            yield f"6: a case is {case.state} and its audit says {last.after}"


def _sealed(end: End, plain: Iterable[str]) -> Iterable[str]:
    said = {str(case.answers.get("document_number")) for case in end.of(Case)}
    phones = {message.personal.to.lstrip("+") for message in end.of(Message)}
    for text in plain:
        yield from (f"9: in the open: {secret}" for secret in {*said, *phones, *SECRETS} if secret in text)
