"""What one scan comes to: whether the pass counts, whose it is, and the verb done once however often it is posted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.actions.casework import seen_case
from chalicelib.actions.move_traveller import move_traveller
from chalicelib.domain.arrivals import Once
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Conflict, NotFound, NotPermitted, Stale
from chalicelib.domain.identifiers import case_id_of
from chalicelib.domain.states import State
from chalicelib.passes.checking import judge
from chalicelib.web.api.once import OnceStore, Repeated, once_for
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import reason_of
from chalicelib.web.console.shapes import pass_token
from chalicelib.web.labels import N_, STATES

VERBS_SCANNED = ("verify", "register")
TRIES = 4
LATE, KEPT = timedelta(minutes=1), timedelta(days=3)
"""A scan that is posted later says when it was made; a device keeps none longer than a pass counts."""

GOOD, BAD = "good", "bad"
VALID, NOT_VALID, NOT_DONE = N_("Valid"), N_("Not valid"), N_("Not done")
FAULTS: Mapping[str, str] = {
    "unreadable": N_("This is no pass and no reference of ours. Scan again, or search by name."),
    "forged": N_("The signature is wrong: the code was changed, or is not ours."),
    "elsewhere": N_("This pass is of another point of entry."),
    "early": N_("This pass is dated in the future."),
    "old": N_("This pass is of an earlier arrival."),
    "unknown": N_("There is no such traveller, or another district’s."),
    "void": N_("This declaration is void."),
    "not_permitted": N_("Your desk may not do this."),
    "stale": N_("Somebody else is changing this traveller: scan again."),
}
DONE, BEFORE = N_("Done: %(state)s."), N_("This was done already: %(state)s.")


@dataclass(frozen=True)
class Outcome:
    """``kind`` good or bad; ``title`` one word; ``href`` the traveller's page, empty for nobody."""

    kind: str
    title: str
    text: str
    name: str = ""
    reference: str = ""
    state: str = ""
    zone: str = ""
    signs: tuple[str, ...] = ()
    href: str = ""


def outcome_of(desk: Desk, code: str, verb: str = "", key: str = "", at: str = "") -> Outcome:
    """Judge ``code`` and, where it counts, do ``verb`` (or nothing for a mere check)."""
    fault, case_id = _read(desk, code)
    if fault:
        return _bad(desk, fault)
    try:
        case, _ = seen_case(desk.ports, desk.officer, case_id)
    except NotFound:
        return _bad(desk, "unknown")
    if case.state == State.VOID:
        return _bad(desk, "void", case)
    return _acted(desk, case, verb, key, at) if verb in VERBS_SCANNED else _good(desk, case, "")


def _read(desk: Desk, code: str) -> tuple[str, str]:
    """The fault, or the case."""
    token = pass_token(code)
    if not token:
        case_id = case_id_of(code)
        return ("", case_id) if case_id else ("unreadable", "")
    judged = judge(desk.wiring.passes, token, desk.point.point, desk.today)
    return judged.fault, judged.said.case_id if judged.said else ""


def _acted(desk: Desk, case: Case, verb: str, key: str, at: str) -> Outcome:
    try:
        after, before = _once(desk, case.case_id, verb, key, at)
    except NotPermitted:
        return _bad(desk, "not_permitted", case)
    except Conflict as refused:
        return _refused(desk, case.case_id, reason_of(desk.visit, refused))
    except Stale:
        return _refused(desk, case.case_id, desk.visit.say(FAULTS["stale"]))
    state = desk.visit.say(STATES[after.state])
    return _good(desk, after, desk.visit.say(BEFORE if before else DONE, state=state))


def _once(desk: Desk, case_id: str, verb: str, key: str, at: str) -> tuple[Case, bool]:
    """The case after the verb, and whether the very scan had done it before; raises what the verb raises."""
    used = once_for(desk.ports, desk.officer.officer_id, key, json.dumps([verb, case_id])) if key else None
    for left in reversed(range(TRIES)):
        try:
            store = OnceStore(desk.ports.store, used) if used else desk.ports.store
            done = replace(desk.ports, store=store)
            return move_traveller(done, desk.officer, case_id, verb, facts=_scanned_at(desk, at)), False
        except Repeated:
            break
        except (Conflict, Stale) as stopped:
            if used and desk.ports.store.find(Once, used.key) is not None:
                break
            if isinstance(stopped, Conflict) or not left:
                raise
    return seen_case(desk.ports, desk.officer, case_id)[0], True


def _scanned_at(desk: Desk, at: str) -> Mapping[str, str]:
    """When it was scanned, if that was a while ago and a device can have kept it so long."""
    try:
        moment = datetime.fromisoformat(at)
        ago = desk.now - moment
    except (ValueError, TypeError):
        return {}
    return {"scanned_at": moment.isoformat(timespec="seconds")} if LATE < ago < KEPT else {}


def _refused(desk: Desk, case_id: str, reason: str) -> Outcome:
    now, _ = seen_case(desk.ports, desk.officer, case_id)
    return replace(_good(desk, now, reason), kind=BAD, title=desk.visit.say(NOT_DONE))


def _bad(desk: Desk, fault: str, case: Case | None = None) -> Outcome:
    text = desk.visit.say(FAULTS[fault])
    if case is None:
        return Outcome(BAD, desk.visit.say(NOT_VALID), text)
    return replace(_good(desk, case, text), kind=BAD, title=desk.visit.say(NOT_VALID))


def _good(desk: Desk, case: Case, text: str) -> Outcome:
    return Outcome(
        GOOD, desk.visit.say(VALID), text, name=desk.names(case)[0], reference=case.reference,
        state=desk.visit.say(STATES[case.state]), zone=desk.zone(case.zone),
        signs=tuple(desk.word("sign", sign) for sign in case.signs),
        href=desk.visit.url(f"/console/travellers/{case.case_id}"),
    )  # fmt: skip
