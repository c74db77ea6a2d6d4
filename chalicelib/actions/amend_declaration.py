"""The holder of the declarer's pass declares anew: people are changed, added and withdrawn in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.actions.casework import CaseWork, read_case
from chalicelib.actions.person_rows import alarms, claim, declared, finders
from chalicelib.actions.ports import AlreadyThere, Change, Owe, Ports, Remove, Save
from chalicelib.actions.rewrite import rewritten, with_answers
from chalicelib.actions.submit_declaration import Receipt, check_distinct, receipt_of, submit_declaration
from chalicelib.domain.audit import Head
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.declaration import Declaration, document_of
from chalicelib.domain.errors import Conflict, NotPermitted, Stale
from chalicelib.domain.finding import Identity
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.states import State

HOLDER = "holder of the pass"
TRIES = 3
"""Times that a party which somebody else changes is read again."""


def amend_declaration(ports: Ports, case_id: str, declaration: Declaration) -> Receipt:
    """The receipt of the same party with new answers; the same answers again change nothing.

    Once an officer has looked at one of them, the new answers are kept beside the party for an officer instead.
    Raises NotFound, NotPermitted with a companion's pass, Invalid and Conflict for a document that is somebody else's.
    """
    check_distinct(declaration)
    for _ in range(TRIES):
        case, _ = read_case(ports, case_id)
        if case.party_id != case.case_id:
            raise NotPermitted("pass_of_companion")
        members = tuple(ports.store.many(Case, [(member,) for member in case.party[1:]]).values())
        if any(member.state != State.DECLARED for member in (case, *members)):
            return submit_declaration(ports, declaration, HOLDER, corrects=case.case_id)
        try:
            return _amended(ports, case, members, declaration)
        except AlreadyThere:
            raise Conflict("document_known") from None
        except Stale:
            continue
    raise Stale


def _amended(ports: Ports, case: Case, members: Sequence[Case], declaration: Declaration) -> Receipt:
    persons = declaration.persons()
    matched, gone = _matched(persons[1:], members)
    known = [case, *matched]
    if not gone and all(member and member.answers == said for member, said in zip(known, persons, strict=True)):
        return receipt_of(case, case.point, repeated=True)
    people = [member or _newcomer(ports, case, said) for member, said in zip(known, persons, strict=True)]
    party = tuple(person.case_id for person in people)
    written = [
        replace(person, party=party, language=declaration.language, signed=declaration.signed) for person in people
    ]
    changes = [change for each in zip(written, persons, strict=True) for change in _person(ports, *each)]
    for member in gone:
        changes += _withdrawn(ports, member)
    ports.store.commit(changes)
    return receipt_of(replace(case, party=party, zone=_zone(changes, case)), case.point)


def _matched(
    persons: Sequence[Mapping[str, Any]], members: Sequence[Case]
) -> tuple[list[Case | None], tuple[Case, ...]]:
    """Each companion's case, if there is one: by document, else by name and birth; and who is named no more."""
    left, found = list(members), list[Case | None]()
    for answers in persons:
        document = document_of(answers)
        same = next((m for m in left if document and document_of(m.answers) == document), None)
        same = same or next((m for m in left if _born(m.answers) == _born(answers)), None)
        found.append(same)
        left = [member for member in left if member is not same]
    return found, tuple(left)


def _born(answers: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(answers.get(name) for name in ("family_name", "given_names", "date_of_birth"))


def _newcomer(ports: Ports, case: Case, answers: Mapping[str, Any]) -> Case:
    # A keyed digest, for the id stands open: document numbers can be tried out against a plain hash.
    said = ports.digests.digest(
        f"{case.intake_date:%Y-%m}", "joined", document_of(answers) or str(sorted(answers.items()))
    )
    return replace(
        with_answers(ports, case, answers), case_id=derived_id(case.key_digest, "joined", str(case.declarations), said),
        version=0, declarations=1, linked_to=None, held=False, audit=Head(), source="", entered_by="",
    )  # fmt: skip


def _person(ports: Ports, person: Case, answers: Mapping[str, Any]) -> list[Change]:
    if person.version == 0:
        return _joined(ports, person)
    work = CaseWork(ports, person, None, HOLDER)
    extra = rewritten(ports, work, answers, "amend", HOLDER, {})
    return [Save(work.case), *work.changes, *extra]


def _joined(ports: Ports, newcomer: Case) -> list[Change]:
    now, document = ports.clock(), document_of(newcomer.answers)
    today = local_date(now, ports.places.point(newcomer.point).time_zone)
    found: list[Change] = [Owe(finder) for finder in finders(ports, newcomer, now)]
    identity = [claim(ports, newcomer, document, now)] if document else []
    return [*declared(newcomer, HOLDER, now), *found, *identity, *alarms(newcomer, today, now)]


def _withdrawn(ports: Ports, member: Case) -> list[Change]:
    """The case void and its document free, so that a companion who was left out by mistake can be named again."""
    work = CaseWork(ports, member, None, HOLDER)
    work.move("void")
    return [Save(work.case), *work.changes, *freed(ports, member)]


def freed(ports: Ports, member: Case) -> list[Change]:
    """The document of somebody who is no case any more, to be declared again."""
    document = document_of(member.answers)
    if document is None:
        return []
    digest = ports.digests.digest(f"{member.intake_date:%Y-%m}", "document", document)
    identity = ports.store.find(Identity, digest)
    return [Remove(identity)] if identity and identity.case_id == member.case_id else []


def _zone(changes: list[Change], case: Case) -> str:
    written = (change.entity for change in changes if isinstance(change.entity, Case))
    return next((entity.zone for entity in written if entity.case_id == case.case_id), case.zone)
