"""A declaration becomes people: the declarer and each companion, every one a person in full."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.domain.case import Signed

SHARED = (
    "flight_number", "arrival_date", "places_14d", "household_registration", "registration_elsewhere",
    "destination_district", "destination_address", "family_contacts", "no_family_contact", "consent_sensitive",
    "commitment", "signature_name",
)  # fmt: skip
"""Answers that one declaration gives for its whole party; phone and e-mail stay with the declarer."""


SOURCES = ("assisted", "paper")
"""Who typed it, where that was not the traveller: an officer who asked, or one who copied a sheet."""


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A validated form: ``answers`` are normalised, ``key`` is the idempotency key or empty, ``source`` of SOURCES."""

    point: str
    language: str
    form: str
    form_version: int
    signed: tuple[Signed, ...]
    answers: Mapping[str, Any]
    key: str = ""
    source: str = ""

    @property
    def flight(self) -> str:
        """The flight's number."""
        return str(self.answers["flight_number"])

    @property
    def arrival_date(self) -> date:
        """The local date of arrival."""
        return date.fromisoformat(self.answers["arrival_date"])

    @property
    def registration(self) -> str:
        """The household registration: a district's id, ``elsewhere`` or ``none``."""
        return str(self.answers["household_registration"])

    def persons(self) -> tuple[Mapping[str, Any], ...]:
        """The answers of each person, the declarer first."""
        own = {name: value for name, value in self.answers.items() if name != "companions"}
        shared = {name: own[name] for name in SHARED if name in own}
        return (own, *({**shared, **companion} for companion in self.answers.get("companions") or ()))


def document_of(answers: Mapping[str, Any]) -> str | None:
    """Country and number of a person's document as one string to be digested, or None without a document."""
    number = answers.get("document_number")
    return f"{answers.get('document_country', '')}#{number}" if number else None
