"""A traveller in quarantine checks in: once a day; another time the same day amends, and the first stays beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chalicelib.actions.amend_declaration import HOLDER, TRIES
from chalicelib.actions.casework import CaseWork, read_case
from chalicelib.actions.ports import AlreadyThere, Change, Owe, Ports, Save, View
from chalicelib.actions.whole_view import every
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Personal, moved
from chalicelib.domain.checkin import Checkin
from chalicelib.domain.errors import Stale
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.work import Task, TaskPerson


@dataclass(frozen=True)
class Told:
    """A validated check-in: ``answers`` are normalised."""

    form: str
    form_version: int
    language: str
    answers: Mapping[str, Any]


def check_in(ports: Ports, case_id: str, told: Told) -> Checkin:
    """The check-in as it is kept; the same answers again on one day change nothing.

    A fever, a symptom or a need is a task of the hotel desk, in the same transaction. Raises NotFound, and NotInState
    for whoever is not in quarantine.
    """
    for _ in range(TRIES):
        work = CaseWork(ports, *read_case(ports, case_id), HOLDER)
        today = local_date(ports.clock(), work.point.time_zone)
        before = checkin_of(ports, case_id, today)
        if before and before.personal.answers == told.answers:
            return before
        try:
            return _kept(work, told, today, before)
        except (AlreadyThere, Stale):
            continue
    raise Stale


def checkin_of(ports: Ports, case_id: str, day: date) -> Checkin | None:
    """The check-in that counts of one day."""
    view = View(Checkin, "", case_id, prefix=f"checkin#{day}#", newest_first=True)
    return next(iter(ports.store.page(view, 1).items), None)


def checkins_of(ports: Ports, case_id: str) -> tuple[Checkin, ...]:
    """Every check-in of a traveller, oldest first, those that were amended too."""
    return tuple(every(ports.store, View(Checkin, "", case_id, prefix="checkin#")))


def _kept(work: CaseWork, told: Told, today: date, before: Checkin | None) -> Checkin:
    after = replace(moved(work.case, "check_in"), checked_in=today)
    checkin = Checkin(
        case_id=after.case_id, day=today, number=before.number + 1 if before else 1, at=work.ports.clock(),
        form=told.form, form_version=told.form_version, language=told.language, sealed_with=after.sealed_with,
        personal=Personal(answers=told.answers),
    )  # fmt: skip
    work.apply(after, "check_in", {"day": str(today), "number": checkin.number})
    work.commit(Save(checkin), *_tasks(work, checkin, before))
    return replace(checkin, version=1)


def _tasks(work: CaseWork, checkin: Checkin, before: Checkin | None) -> list[Change]:
    """For the hotel desk, what it does not know yet: who is ill, else who needs something."""
    known = {*before.signs, *before.needs} if before else set[str]()
    kind = next((kind for kind, told in _told(checkin) if set(told) - known), "")
    if not kind:
        return []
    answers = work.case.answers
    name = " ".join(str(answers[part]) for part in ("family_name", "given_names") if answers.get(part))
    about = f"{checkin.temperature} °C" if checkin.temperature and checkin.signs else ""
    task = Task(
        task_id=derived_id(kind, checkin.case_id, str(checkin.day), str(checkin.number), length=20), desk="hotel",
        point=work.case.point, day=checkin.day, kind=kind, created_at=checkin.at, traveller_id=checkin.case_id,
        district=work.case.district, sealed_with=checkin.sealed_with,
        personal=TaskPerson(name, str(answers.get("phone") or ""), about),
    )  # fmt: skip
    return [Owe(task)]


def _told(checkin: Checkin) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("checkin_signs", checkin.signs), ("checkin_needs", checkin.needs))
