"""A declaration is kept once and only once, however often it is sent (promise 1), in one transaction without a read."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chalicelib.actions.person_rows import alarms, claim, declared, finders
from chalicelib.actions.ports import AlreadyThere, Change, Owe, Ports, Save
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case, Personal
from chalicelib.domain.declaration import Declaration, document_of
from chalicelib.domain.errors import Conflict, FieldError, Invalid, KeyReused
from chalicelib.domain.finding import Identity, Linked
from chalicelib.domain.identifiers import derived_id, reference
from chalicelib.domain.places import Point, zone_of

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
    drill: bool


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
    drill = ports.drills.is_drill(declaration.point, declaration.arrival_date, declaration.flight)
    zone = zone_of(declaration.registration, point, district)
    return _Intake(declaration, point, zone, now, today, answers_digest, key_digest, actor, drill)


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
        linked_to=linked_to, drill=intake.drill, key_digest=intake.key_digest, answers_digest=intake.answers_digest,
        source=declaration.source, entered_by=intake.actor if declaration.source else "",
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


def _link(case: Case, first: str) -> Linked:
    return Linked(
        case_id=first, linked_id=case.case_id, reason="same_document", party=case.party, zone=case.zone,
        intake_date=case.intake_date, answers_digest=case.answers_digest,
    )  # fmt: skip


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
