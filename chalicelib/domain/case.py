"""A case: one person's arrival, from declaration to release."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from chalicelib.domain.audit import Head
from chalicelib.domain.errors import Conflict, NotInState
from chalicelib.domain.identifiers import reference
from chalicelib.domain.states import TRANSITIONS, State, allowed_in


@dataclass(frozen=True)
class FamilyContact:
    """Someone to tell: ``phone`` in E.164; ``reach`` is ``text`` or ``call``."""

    name: str
    phone: str
    relation: str = ""
    reach: str = "text"
    language: str = ""


@dataclass(frozen=True)
class Quarantine:
    """Local calendar dates at the point; released from the release hour of ``end_date``."""

    kind: str
    start_date: date
    end_date: date
    plan: int = 1


@dataclass(frozen=True)
class Personal:
    """What is sealed: the person's normalised answers (field names of the form), and where they are housed."""

    answers: Mapping[str, Any]
    place: str = ""
    room: str = ""


@dataclass(frozen=True)
class Signed:
    """A text as signed: its name, version and SHA-256."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """One traveller. ``intake_date`` (the server's date at the point) names the key that seals the row.

    ``plan`` is the last change of its vehicle's plan that the row shows.
    ``checked_in`` is the last day of quarantine on which they did. ``source`` says how an officer, ``entered_by``,
    came to the answers; both are empty where the traveller typed them.
    """

    case_id: str
    point: str
    intake_date: date
    declared_at: datetime
    flight: str
    arrival_date: date
    party: tuple[str, ...]
    language: str
    form: str
    form_version: int
    signed: tuple[Signed, ...]
    zone: str
    district: str
    state: State = State.DECLARED
    referred_from: State | None = None
    linked_to: str | None = None
    dispatch_id: str | None = None
    plan: int = 0
    quarantine: Quarantine | None = None
    held: bool = False
    drill: bool = False
    released_at: datetime | None = None
    checked_in: date | None = None
    declarations: int = 1
    key_digest: str = ""
    answers_digest: str = ""
    source: str = ""
    entered_by: str = ""
    audit: Head = field(default_factory=Head)
    personal: Personal
    version: int = 0

    @property
    def sealed_with(self) -> str:
        """The name of the data key: one for each point and intake day."""
        return f"{self.point}#{self.intake_date}"

    @property
    def reference(self) -> str:
        """What the traveller reads aloud."""
        return reference(self.case_id)

    @property
    def party_id(self) -> str:
        """The declarer's case."""
        return self.party[0]

    @property
    def answers(self) -> Mapping[str, Any]:
        """The normalised answers, by the form's field names."""
        return self.personal.answers

    @property
    def family_contacts(self) -> tuple[FamilyContact, ...]:
        """Up to two people to tell."""
        known = ("name", "phone", "relation", "reach", "language")
        rows = self.answers.get("family_contacts") or ()
        return tuple(FamilyContact(**{key: row[key] for key in known if row.get(key)}) for row in rows)

    @property
    def signs(self) -> tuple[str, ...]:
        """What an on-site officer must see at once: fever, another symptom, a positive test, a contact."""
        symptoms = self.answers.get("symptoms") or ()
        found = [
            ("fever", "fever" in symptoms or self.answers.get("fever_medicine_72h") == "yes"),
            ("symptom", any(symptom != "fever" for symptom in symptoms)),
            ("positive_test", self.answers.get("positive_test_14d") == "yes"),
            ("contact_with_case", self.answers.get("contact_with_case") == "yes"),
        ]
        return tuple(name for name, present in found if present)


@dataclass(frozen=True, kw_only=True)
class PastDeclaration:
    """What was declared before it was amended or corrected; ``number`` counts from 1."""

    case_id: str
    number: int
    replaced_at: datetime
    replaced_by: str
    sealed_with: str
    personal: Personal
    version: int = 0


ALARMING = frozenset({"fever", "symptom", "positive_test"})


def moved(case: Case, verb: str, target: State | None = None) -> Case:
    """``case`` after ``verb``; ``target`` chooses where a verb may lead to several states.

    Raises NotInState with what is allowed instead.
    """
    targets = TRANSITIONS[verb].get(case.state)
    if not targets or (target is not None and target not in targets):
        raise NotInState(verb, case.state, allowed_in(case.state))
    (only,) = targets if target is None else (target,)
    return replace(case, state=only)


def without_seat(case: Case) -> Case:
    """``case`` off its vehicle, and with the district of its own household registration again."""
    return replace(case, dispatch_id=None, district=str(case.answers["household_registration"]))


def check_free_of_vehicle(case: Case) -> None:
    """Raise unless the traveller is on no vehicle's roster: nobody is on two."""
    if case.dispatch_id is not None:
        raise Conflict("already_on_a_dispatch")
