"""Answers are replaced, never lost: the old ones stand beside the case, under its own key."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.actions.casework import CaseWork, open_case
from chalicelib.actions.move_traveller import check_reason
from chalicelib.actions.person_rows import alarms, claim, finders
from chalicelib.actions.ports import AlreadyThere, Change, Owe, Ports, Save
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import ALARMING, Case, PastDeclaration, moved
from chalicelib.domain.declaration import document_of
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import Conflict
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import zone_of


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
    work.apply(with_answers(ports, old, answers), verb, {"fields": changed}, detail)
    changes: list[Change] = [Save(past), *(Owe(finder) for finder in finders(ports, work.case, now))]
    if ALARMING & (set(work.case.signs) - set(old.signs)):
        changes += alarms(work.case, local_date(now, work.point.time_zone), now)
    document = document_of(answers)
    if document is not None and document != document_of(old.answers):
        changes.append(claim(ports, work.case, document, now))
    return changes


def with_answers(ports: Ports, case: Case, answers: Mapping[str, Any]) -> Case:
    """``case`` with ``answers``, and all that follows from them: flight, day, and the district unless on a vehicle."""
    registration = str(answers["household_registration"])
    if registration != case.answers["household_registration"] and case.dispatch_id is None:
        district, point = ports.places.districts().get(registration), ports.places.point(case.point)
        case = replace(case, district=registration, zone=zone_of(registration, point, district))
    return replace(
        case, flight=str(answers["flight_number"]), arrival_date=date.fromisoformat(answers["arrival_date"]),
        declarations=case.declarations + 1, personal=replace(case.personal, answers=answers),
    )  # fmt: skip
