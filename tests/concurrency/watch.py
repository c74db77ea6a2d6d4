"""What has to be true of a run, looked at from outside: in every row that was written, and when all is over."""

from collections import Counter

from chalicelib.actions.amend_declaration import HOLDER
from chalicelib.domain.audit import AuditEntry, intact
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.finding import Linked
from chalicelib.domain.messages import RANK, Message, MessageState
from chalicelib.domain.settle import settled
from chalicelib.domain.work import FanOut, Task
from tests.concurrency.crowd import OFFICERS, Crowd
from tests.concurrency.shift import Done

M = MessageState
CALLED = (M.FAILED, M.UNDELIVERED)


def check(crowd: Crowd) -> None:
    """All of it; raises AssertionError."""
    one_case(crowd)
    nobody_on_two_vehicles(crowd)
    audits_tell_all(crowd)
    messages_move_forward(crowd)
    messages_go_once(crowd)
    nothing_stays_owed(crowd)


def one_case(crowd: Crowd) -> None:
    """Ten identical submissions and the amender's are one case; the other answers are a linked one."""
    assert len({receipt.declaration_id for receipt in crowd.receipts}) == 1
    assert len(crowd.receipts) == 11
    assert len(crowd.others) == 1
    cases = [case for case in crowd.store.kept(Case) if case.answers["document_number"] == crowd.document]
    amendments = [entry for entry in crowd.store.kept(AuditEntry) if entry.verb == "amend"]
    beside = [entry for entry in crowd.store.kept(AuditEntry) if (entry.verb, entry.actor) == ("declare", HOLDER)]
    assert len(amendments) + len(beside) == 1
    assert len(cases) == 2 + len(beside)
    assert len(crowd.store.kept(Linked)) == len(cases) - 1


def nobody_on_two_vehicles(crowd: Crowd) -> None:
    """After every write to a vehicle, nobody rides on two; in the end each rides where their case says."""
    riders: dict[str, tuple[str, ...]] = {}
    for _, row in crowd.store.written:
        if isinstance(row, Dispatch):
            riders[row.dispatch_id] = row.riders
            seats = Counter(case_id for aboard in riders.values() for case_id in aboard)
            assert set(seats.values()) <= {1}, seats
    riders |= {dispatch.dispatch_id: dispatch.riders for dispatch in crowd.store.kept(Dispatch)}
    dispatches = {dispatch.dispatch_id: dispatch for dispatch in crowd.store.kept(Dispatch)}
    for case in crowd.store.kept(Case):
        seat = settled(case, dispatches.get(case.dispatch_id)).dispatch_id
        assert [found for found, aboard in riders.items() if case.case_id in aboard] == ([seat] if seat else [])


def audits_tell_all(crowd: Crowd) -> None:
    """Chains are whole, and say exactly what each officer was told that they did: nothing lost, nothing more."""
    for subject in (*crowd.store.kept(Case), *crowd.store.kept(Dispatch)):
        key = subject.case_id if isinstance(subject, Case) else subject.dispatch_id
        assert intact(_entries(crowd, key), subject.audit), key
    entries = [
        entry for entry in crowd.store.kept(AuditEntry) if entry.actor in {officer.officer_id for officer in OFFICERS}
    ]
    assert Counter(deed for entry in entries if (deed := _deed(entry))) == crowd.log.done
    assert {entry.facts["traveller_id"] for entry in entries if entry.verb == "board"} == crowd.log.aboard


def _deed(entry: AuditEntry) -> Done | None:
    """Stepping in twice is once, and a seat given up stands with the vehicle as well: neither is counted here."""
    if entry.verb == "board" or (entry.verb == "take_off" and entry.subject_kind == "dispatch"):
        return None
    return Done(entry.subject, entry.verb, entry.actor)


def _entries(crowd: Crowd, subject: str) -> list[AuditEntry]:
    return sorted((e for e in crowd.store.kept(AuditEntry) if e.subject == subject), key=lambda entry: entry.number)


def messages_move_forward(crowd: Crowd) -> None:
    """No row that says a provider has the text ever says less, but for an officer who sends it again."""
    for before, after in crowd.store.written:
        if isinstance(before, Message) and isinstance(after, Message):
            again = len(after.replaced) == len(before.replaced) + 1
            told = RANK[before.state] < RANK[M.SENT]
            assert told or again or RANK[after.state] >= RANK[before.state], (before.state, after.state)


def messages_go_once(crowd: Crowd) -> None:
    """A text is taken once; again only for an officer who asked, or when its sender outlived the lease."""
    asked, overslept = Counter[str](), Counter[str]()
    for before, after in crowd.store.written:
        if isinstance(before, Message) and isinstance(after, Message):
            asked[after.message_id] += len(after.replaced) - len(before.replaced)
            overslept[after.message_id] += (before.state, after.code) == (M.SENDING, "lease_expired")
    for message_id, times in Counter(text.message_id for text in crowd.network.taken).items():
        assert times <= 1 + asked[message_id] + overslept[message_id], (message_id, times)


def nothing_stays_owed(crowd: Crowd) -> None:
    """Every fan-out ran; each rider's contact was texted or is to be called, and for no departure twice."""
    assert not crowd.store.kept(FanOut)
    assert not crowd.undone
    told = Counter(
        (m.dispatch_id, m.traveller_id, m.personal.to) for m in crowd.store.kept(Message) if m.audience != "district"
    )
    assert set(told.values()) <= {1}
    for dispatch in crowd.store.kept(Dispatch):
        if dispatch.state != DispatchState.BOARDING:
            informed = {traveller for vehicle, traveller, _ in told if vehicle == dispatch.dispatch_id}
            assert informed == set(dispatch.boarded)
    sids = {text.message_id: set[str]() for text in crowd.network.taken}
    for text in crowd.network.taken:
        sids[text.message_id].add(text.sid)
    calls = Counter(
        task.traveller_id or task.dispatch_id for task in crowd.store.kept(Task) if task.kind == "undeliverable"
    )
    for message in crowd.store.kept(Message):
        assert message.state in (M.SENT, M.DELIVERED, *CALLED), message.state
        assert message.state in CALLED or message.sid in sids.get(message.message_id, ()), message
        assert message.state not in CALLED or calls[message.traveller_id or message.dispatch_id]
