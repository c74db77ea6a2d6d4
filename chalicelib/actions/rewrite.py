"""Answers are replaced, never lost: by the traveller until an officer has verified, by an officer after."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.actions.casework import CaseWork, open_case, read_case
from chalicelib.actions.move_traveller import check_reason
from chalicelib.actions.ports import AlreadyThere, Change, Owe, Ports, Save
from chalicelib.actions.submit_declaration import (
    Receipt,
    claim,
    declared,
    finders,
    receipt_of,
    submit_declaration,
)
from chalicelib.domain.audit import Head
from chalicelib.domain.case import Case, PastDeclaration, Personal, moved
from chalicelib.domain.declaration import Declaration, document_of
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import Conflict, NotPermitted
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import zone_of
from chalicelib.domain.states import State

HOLDER = "holder of the pass"


def correct_declaration(
    ports: Ports, officer: Officer, case_id: str, answers: Mapping[str, Any], reason: str, etag: str | None
) -> Case:
    """The case with an officer's corrections: ``answers`` are the person's whole normalised answers.

    Raises NotPermitted, NotFound, NotInState, Stale, and Conflict for a document that is somebody else's.
    """
    check_may(officer, "correct")
    check_reason(reason, needed=False)
    work = open_case(ports, officer, case_id, etag)
    moved(work.case, "correct")
    detail = {"reason": reason} if reason else {}
    extra = rewritten(ports, work, answers, "correct", officer.officer_id, detail)
    try:
        return work.commit(*extra)
    except AlreadyThere:
        raise Conflict("document_known") from None


def rewritten(
    ports: Ports, work: CaseWork, answers: Mapping[str, Any], verb: str, actor: str, detail: Mapping[str, Any]
) -> list[Change]:
    """Put ``answers`` in place of the case's, the old ones beside it; answers what else is to be written."""
    old, now = work.case, ports.clock()
    changed = sorted(name for name in {*old.answers, *answers} if old.answers.get(name) != answers.get(name))
    past = PastDeclaration(
        case_id=old.case_id, number=old.declarations, replaced_at=now, replaced_by=actor,
        sealed_with=old.sealed_with, personal=old.personal,
    )  # fmt: skip
    work.apply(_with_answers(ports, work, answers), verb, {"fields": changed}, detail)
    changes: list[Change] = [Save(past), *(Owe(finder) for finder in finders(ports, work.case, now))]
    document = document_of(answers)
    if document is not None and document != document_of(old.answers):
        changes.append(claim(ports, work.case, document, now))
    return changes


def _with_answers(ports: Ports, work: CaseWork, answers: Mapping[str, Any]) -> Case:
    case, registration = work.case, str(answers["household_registration"])
    if registration != case.answers["household_registration"] and case.dispatch_id is None:
        district = ports.places.districts().get(registration)
        case = replace(case, district=registration, zone=zone_of(registration, work.point, district))
    return replace(
        case, flight=str(answers["flight_number"]), arrival_date=date.fromisoformat(answers["arrival_date"]),
        declarations=case.declarations + 1, personal=replace(case.personal, answers=answers),
    )  # fmt: skip


def amend_declaration(ports: Ports, case_id: str, declaration: Declaration) -> Receipt:
    """The receipt of the same party with new answers, in one transaction; for the holder of the declarer's pass.

    Once an officer has verified, the new answers are kept beside the case for an officer instead.
    Raises NotFound, NotPermitted with a companion's pass, Conflict for a document that is somebody else's.
    """
    case, _ = read_case(ports, case_id)
    if case.party_id != case.case_id:
        raise NotPermitted("pass_of_companion")
    if case.state != State.DECLARED:
        return submit_declaration(ports, declaration, HOLDER, corrects=case.case_id)
    persons = declaration.persons()
    if case.answers == persons[0] and len(persons) == len(case.party):
        return receipt_of(case, case.point, repeated=True)
    return _amended(ports, case, declaration, persons)


def _amended(ports: Ports, case: Case, declaration: Declaration, persons: tuple[Mapping[str, Any], ...]) -> Receipt:
    members = ports.store.many(Case, [(member,) for member in case.party])
    known = {document_of(member.answers): member for member in members.values() if member.state == State.DECLARED}
    matched = [case, *(known.pop(document_of(answers), None) for answers in persons[1:])]
    gone = [member for member in known.values() if member not in matched and member.case_id != case.case_id]
    added = [_newcomer(case, answers) for answers, member in zip(persons, matched, strict=True) if member is None]
    party = (*(i for i in case.party if i not in {m.case_id for m in gone}), *(c.case_id for c in added))
    changes: list[Change] = []
    for answers, member in zip(persons, matched, strict=True):
        if member is not None:
            changes += _member(ports, replace(member, party=party, language=declaration.language), answers, declaration)
    for newcomer in added:
        changes += _joined(ports, replace(newcomer, party=party))
    for member in gone:
        changes += _withdrawn(ports, member)
    try:
        ports.store.commit(changes)
    except AlreadyThere:
        raise Conflict("document_known") from None
    return receipt_of(replace(case, party=party, zone=_zone(changes, case)), case.point)


def _member(ports: Ports, member: Case, answers: Mapping[str, Any], declaration: Declaration) -> list[Change]:
    work = CaseWork(ports, replace(member, signed=declaration.signed), None, HOLDER)
    extra = rewritten(ports, work, answers, "amend", HOLDER, {})
    return [Save(work.case), *work.changes, *extra]


def _newcomer(case: Case, answers: Mapping[str, Any]) -> Case:
    identity = derived_id(case.key_digest, "joined", document_of(answers) or str(sorted(answers.items())))
    return replace(case, case_id=identity, version=0, declarations=1, audit=Head(), personal=Personal(answers=answers))


def _joined(ports: Ports, newcomer: Case) -> list[Change]:
    now, document = ports.clock(), document_of(newcomer.answers)
    found: list[Change] = [Owe(finder) for finder in finders(ports, newcomer, now)]
    identity = [claim(ports, newcomer, document, now)] if document else []
    return [*declared(newcomer, HOLDER, now), *found, *identity]


def _withdrawn(ports: Ports, member: Case) -> list[Change]:
    work = CaseWork(ports, member, None, HOLDER)
    work.move("void")
    return [Save(work.case), *work.changes]


def _zone(changes: list[Change], case: Case) -> str:
    written = (change.entity for change in changes if isinstance(change.entity, Case))
    return next((entity.zone for entity in written if entity.case_id == case.case_id), case.zone)
