"""What the API answers about declarations and travellers, as types: the reference is generated from them."""

from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from msgspec import Meta, Struct

from chalicelib.domain.states import State

T = TypeVar("T")
Instant = Annotated[str, Meta(description="RFC 3339 with its offset", extra_json_schema={"format": "date-time"})]
Url = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Names = dict[str, str]
"""By language."""


class Listed(Struct, Generic[T], frozen=True):
    """A page of a list; ``next`` is the cursor of the following one, null at the end."""

    items: list[T]
    next: str | None


class Received(Struct, frozen=True):
    """One person of a declaration."""

    traveller_id: str
    reference: str
    pass_url: Url
    state: State
    zone: str


class Receipt(Received, frozen=True):
    """A declaration, the declarer at the top level and first of the party."""

    declaration_id: str
    party: list[Received]


class Recovered(Struct, frozen=True):
    """A lost pass."""

    traveller_id: str
    reference: str
    pass_url: Url


class Quarantine(Struct, frozen=True):
    """Local dates at the point."""

    kind: str
    place: str
    room: str
    start_date: date
    end_date: date
    days_left: int


class Linked(Struct, frozen=True):
    """Another declaration with the same document, for an officer to look at."""

    traveller_id: str
    reason: str


class Person(Struct, frozen=True, kw_only=True):
    """What a traveller and a line of a list share; ``signs`` are reasons to look at somebody at once.

    ``source`` is assisted or paper where an officer entered the answers.
    """

    traveller_id: str
    reference: str
    state: State
    point: str
    flight_number: str
    arrival_date: date
    seat: str | None
    zone: str
    district: str
    nationality: str | None
    signs: list[str]
    special_care: list[str]
    language: str
    declared_at: Instant
    party_id: str
    dispatch_id: str | None
    held: bool
    source: str | None
    drill: bool
    linked_to: str | None
    released_at: Instant | None


class Traveller(Person, frozen=True, kw_only=True):
    """A case, whole; ``answers`` by the form's field names, phones masked; ``allowed`` the verbs of its state."""

    name: Names
    answers: dict[str, Any]
    party: list[str]
    declarations: int
    linked: list[Linked]
    quarantine: Quarantine | None
    allowed: list[str]


class TravellerLine(Person, frozen=True, kw_only=True):
    """A traveller in a list: name, document and phone masked."""

    name: str
    document_number: str | None
    phone: str | None
    end_date: date | None


class Entry(Struct, frozen=True, kw_only=True):
    """One deed of the audit; ``subject`` says whether it was the case's or its vehicle's."""

    at: Instant
    actor: str
    verb: str
    before: str | None
    after: str
    subject: str
    facts: dict[str, Any]
    detail: dict[str, Any]
    digest: str


class History(Struct, frozen=True):
    """The audit, oldest first; ``intact`` whether its chain is as it was written."""

    items: list[Entry]
    next: str | None
    intact: bool
