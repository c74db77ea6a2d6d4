"""A declaration is kept once and only once, however often it is sent (promise 1), in one transaction without a read."""

import json
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.actions.expiry import in_days
from chalicelib.actions.ports import AlreadyThere, Change, Claim, Owe, Ports, Save
from chalicelib.domain.audit import Deed, chained
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import ALARMING, Case, Personal
from chalicelib.domain.declaration import Declaration, document_of
from chalicelib.domain.errors import Conflict, FieldError, Invalid, KeyReused
from chalicelib.domain.finding import Finder, Identity, Linked
from chalicelib.domain.identifiers import derived_id, reference
from chalicelib.domain.places import Point, zone_of
from chalicelib.domain.states import State
from chalicelib.domain.work import Task

SAME_ARRIVAL = timedelta(days=3)
"""house.md, who is who: the same document within these is the same arrival."""
FOUND_FOR = 60
"""Days that digests of documents and phones find a case: quarantine and its follow-up."""
TRIES = 4
"""One to keep it, one to link it to what is known, two for ids that met by chance."""


@dataclass(frozen=True)
class Received:
    """One person's line of the receipt."""

    traveller_id: str
    reference: str
    zone: str
    intake_date: date


@dataclass(frozen=True)
class Receipt:
    """What the declarer is shown after the durable write; ``repeated`` when it had been kept before."""

    declaration_id: str
    point: str
    party: tuple[Received, ...]
    repeated: bool = False


@dataclass(frozen=True)
class _Intake:
    """What does not change while one declaration is tried."""

    declaration: Declaration
    point: Point
    zone: str
    now: datetime
    today: date
    answers_digest: str
    key_digest: str
    actor: str


def submit_declaration(
    ports: Ports, declaration: Declaration, actor: str = "traveller", corrects: str | None = None
) -> Receipt:
    """The receipt for each person of the party.

    The same key or the same answers give the first receipt again. Other answers for a document that is known become
    linked declarations for an officer, and tell nothing of the first. ``corrects`` is the declarer's own case, which
    an officer has verified already: it is linked too. Raises NotFound for an unknown point, KeyReused.
    """
    intake = _intake(ports, declaration, actor)
    linked: dict[str, str] = {}
    for salt in range(TRIES):
        cases = _cases(intake, linked, salt, corrects)
        try:
            ports.store.commit([change for case in cases for change in _of_person(ports, intake, case)])
            return receipt_of(cases[0], declaration.point)
        except AlreadyThere as known:
            found = known.found
        first = _first_receipt(ports, intake, found)
        if first is not None:
            return first
        linked |= _linked(ports, cases, found, intake.now)
    raise Conflict("try_again")


def _intake(ports: Ports, declaration: Declaration, actor: str) -> _Intake:
    point = ports.places.point(declaration.point)
    district = ports.places.districts().get(declaration.registration)
    now = ports.clock()
    today = local_date(now, point.time_zone)
    check_distinct(declaration)
    answers_digest = _said(ports, declaration, f"{today:%Y-%m}")
    key_digest = derived_id("key", declaration.key or answers_digest, length=26)
    zone = zone_of(declaration.registration, point, district)
    return _Intake(declaration, point, zone, now, today, answers_digest, key_digest, actor)


def _said(ports: Ports, declaration: Declaration, month: str) -> str:
    said = [declaration.form, declaration.form_version, declaration.point, dict(declaration.answers)]
    return ports.digests.digest(month, "answers", json.dumps(said, sort_keys=True, ensure_ascii=False))


def check_distinct(declaration: Declaration) -> None:
    """Raise Invalid when two of the party give one document."""
    seen: set[str] = set()
    for place, answers in enumerate(declaration.persons()):
        document = document_of(answers)
        if document in seen:
            raise Invalid((FieldError(f"companions.{place - 1}.document_number", "repeated"),))
        seen |= {document} if document else set()


def _cases(intake: _Intake, linked: dict[str, str], salt: int, corrects: str | None) -> tuple[Case, ...]:
    persons = intake.declaration.persons()
    party = tuple(derived_id(intake.key_digest, str(salt), str(place)) for place in range(len(persons)))
    first = [linked.get(document_of(answers) or "") for answers in persons]
    first[0] = corrects or first[0]
    return tuple(_case(intake, party, place, answers, first[place]) for place, answers in enumerate(persons))


def _case(intake: _Intake, party: tuple[str, ...], place: int, answers: Any, linked_to: str | None) -> Case:
    declaration = intake.declaration
    return Case(
        case_id=party[place], point=declaration.point, intake_date=intake.today, declared_at=intake.now,
        flight=declaration.flight, arrival_date=declaration.arrival_date, party=party,
        language=declaration.language, form=declaration.form, form_version=declaration.form_version,
        signed=declaration.signed, zone=intake.zone, district=declaration.registration,
        linked_to=linked_to, key_digest=intake.key_digest, answers_digest=intake.answers_digest,
        personal=Personal(answers=answers),
    )  # fmt: skip


def _of_person(ports: Ports, intake: _Intake, case: Case) -> list[Change]:
    changes = declared(case, intake.actor, intake.now)
    document = document_of(case.answers)
    if case.linked_to is not None:
        changes.append(Save(_link(case, case.linked_to)))
    elif document is not None:
        changes.append(claim(ports, case, document, intake.now))
    changes += [Owe(finder) for finder in finders(ports, case, intake.now)]
    return [*changes, *alarms(case, intake.today, intake.now)]


def declared(case: Case, actor: str, now: datetime) -> list[Change]:
    """A new case and the first entry of its audit."""
    deed = Deed(
        verb="declare", actor=actor, at=now, before="", after=State.DECLARED,
        facts={"linked_to": case.linked_to} if case.linked_to else {},
    )  # fmt: skip
    head, entry = chained(case.audit, case.case_id, "case", deed, case.sealed_with, secrets.token_hex(8))
    return [Save(replace(case, audit=head)), Save(entry)]


def claim(ports: Ports, case: Case, document: str, now: datetime) -> Claim:
    """The identity of a document's holder; in a month's first days last month's digest is looked at too."""
    since = case.intake_date - SAME_ARRIVAL
    months = sorted({f"{case.intake_date:%Y-%m}", f"{since:%Y-%m}"}, reverse=True)
    this, *before = (_identity(ports, case, document, month, now) for month in months)
    return Claim(this, since, tuple(before))


def _identity(ports: Ports, case: Case, document: str, month: str, now: datetime) -> Identity:
    return Identity(
        digest=ports.digests.digest(month, "document", document), month=month, case_id=case.case_id,
        party=case.party, zone=case.zone, intake_date=case.intake_date, answers_digest=case.answers_digest,
        expires_at=in_days(now, FOUND_FOR),
    )  # fmt: skip


def finders(ports: Ports, case: Case, now: datetime) -> list[Finder]:
    """What finds the case by the person's phone and by the number of their document, whatever its country."""
    said = {"phone": case.answers.get("phone"), "document": case.answers.get("document_number")}
    return [
        Finder(kind=kind, digest=ports.digests.digest(f"{case.intake_date:%Y-%m}", f"find-{kind}", value),
               case_id=case.case_id, expires_at=in_days(now, FOUND_FOR))
        for kind, value in said.items() if value
    ]  # fmt: skip


def _link(case: Case, first: str) -> Linked:
    return Linked(
        case_id=first, linked_id=case.case_id, reason="same_document", party=case.party, zone=case.zone,
        intake_date=case.intake_date, answers_digest=case.answers_digest,
    )  # fmt: skip


def alarms(case: Case, today: date, now: datetime) -> list[Change]:
    """A task of the on-site desk, on today's list, when the answers tell of fever, another symptom, a positive test."""
    if not ALARMING & set(case.signs):
        return []
    task = Task(
        task_id=derived_id("signs", case.case_id, str(case.declarations), length=20), desk="onsite",
        point=case.point, day=today, kind="signs", created_at=now, traveller_id=case.case_id, district=case.district,
        sealed_with=case.sealed_with,
    )  # fmt: skip
    return [Owe(task)]


def receipt_of(kept: Case | Identity | Linked, point: str, repeated: bool = False) -> Receipt:
    """The receipt of a party, from any row that knows it."""
    party = tuple(Received(i, reference(i), kept.zone, kept.intake_date) for i in kept.party)
    return Receipt(kept.party[0], point, party, repeated)


def _first_receipt(ports: Ports, intake: _Intake, found: tuple[Any, ...]) -> Receipt | None:
    """The receipt of a declaration that was kept before, when this is the same one."""
    for kept in found:
        if not isinstance(kept, Case | Identity | Linked):
            continue
        same = kept.answers_digest == _said(ports, intake.declaration, f"{kept.intake_date:%Y-%m}")
        if isinstance(kept, Case) and kept.key_digest == intake.key_digest and not same:
            raise KeyReused
        if same:
            return receipt_of(kept, intake.declaration.point, repeated=True)
    return None


def _linked(ports: Ports, cases: tuple[Case, ...], found: tuple[Any, ...], now: datetime) -> dict[str, str]:
    """Documents of the party that are known with other answers, and whose case each is."""
    known = {identity.digest: identity.case_id for identity in found if isinstance(identity, Identity)}
    linked = {}
    for case in cases:
        document = document_of(case.answers)
        claimed = claim(ports, case, document, now) if document else None
        for identity in (claimed.entity, *claimed.months_before) if claimed else ():
            if document and identity.digest in known:
                linked[document] = known[identity.digest]
    return linked
