"""A day's check-in from quarantine: what it tells of, which days are missed, and what an officer may make of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from chalicelib.domain.case import Case, Personal, Quarantine
from chalicelib.domain.quarantine import LONGEST

FEVER = Decimal("37.3")
"""Degrees Celsius; from here on it is a fever, as at the airport's own gates."""


@dataclass(frozen=True, kw_only=True)
class Checkin:
    """What was told on ``day`` at the point: the ``number``-th time of that day, and the last one counts."""

    case_id: str
    day: date
    number: int
    at: datetime
    form: str
    form_version: int
    language: str
    sealed_with: str
    personal: Personal
    version: int = 0

    @property
    def temperature(self) -> str:
        """Degrees Celsius, or nothing where there was no thermometer."""
        return str(self.personal.answers.get("temperature") or "")

    @property
    def signs(self) -> tuple[str, ...]:
        """What the staff must see at once: fever, another symptom."""
        symptoms = self.personal.answers.get("symptoms") or ()
        hot = bool(self.temperature) and Decimal(self.temperature) >= FEVER
        found = [("fever", hot or "fever" in symptoms), ("symptom", any(one != "fever" for one in symptoms))]
        return tuple(name for name, present in found if present)

    @property
    def needs(self) -> tuple[str, ...]:
        """What was asked for; a note alone is a need as well."""
        needs, note = self.personal.answers.get("needs") or (), self.personal.answers.get("needs_note")
        return tuple(needs) or (("other",) if note else ())


def days_due(case: Case, declared_on: date, until: date) -> tuple[date, ...]:
    """The days on which a check-in is expected, up to ``until``: every whole day in quarantine.

    A quarantine that was entered late began before there was a pass: nobody can have checked in then.
    """
    if case.quarantine is None:
        return ()
    first = max(case.quarantine.start_date, declared_on) + timedelta(days=1)
    last = min(case.quarantine.end_date - timedelta(days=1), until)
    return tuple(first + timedelta(days=past) for past in range((last - first).days + 1))


def latest_of_days(checkins: Iterable[Checkin]) -> dict[date, Checkin]:
    """The check-in that counts of each day."""
    return {one.day: one for one in sorted(checkins, key=lambda one: (one.day, one.number))}


def suggested_end(quarantine: Quarantine, checkins: Iterable[Checkin], days: int) -> date | None:
    """An end date that counts anew from the last day with a fever or a symptom; None when there is nothing to extend.

    ``days`` is how long quarantine lasts at the point. An officer decides.
    """
    ill = [day for day, one in latest_of_days(checkins).items() if one.signs]
    if not ill:
        return None
    end = min(max(ill) + timedelta(days=days), quarantine.start_date + timedelta(days=LONGEST))
    return end if end > quarantine.end_date else None
