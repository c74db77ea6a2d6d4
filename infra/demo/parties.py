"""A party of travellers: out of a part of the cast, or by lot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from infra.demo.cast import Role
from infra.demo.flights import FLIGHTS, Flight
from infra.demo.people import belonging, contact, declared, language_of, person, travelled
from infra.demo.vehicles import ABROAD, RUNS

DISTRICTS = {
    "yuzhong": 14, "jiangbei": 13, "shapingba": 12, "nanan": 11, "jiulongpo": 12, "banan": 8, "yubei": 9, "beibei": 4,
    "dadukou": 4, "liangjiang": 4, "gaoxin": 3, "wanzhou": 3, "fuling": 2, "jiangjin": 2, "hechuan": 2, "kaizhou": 1,
    "youyang": 1, "elsewhere": 45,
}  # fmt: skip
"""Household registrations of Chinese travellers, as weights."""
SIZES = {1: 58, 2: 20, 3: 15, 4: 6, 5: 1}
"""Heads of a party, as weights."""
GOALS = (
    {"registered": 92, "verified": 8},
    {"registered": 45, "verified": 30, "declared": 25},
    {"declared": 100},
)
"""How far people of each flight come who do not ride yet: the last flight has not landed."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """One declaration. ``goal`` is a state, or ``ride`` with the vehicle to ``district``; ``role`` is of the cast."""

    key: str
    flight: int
    language: str
    goal: str
    district: str
    answers: dict[str, Any]
    role: Role | None = None

    @property
    def heads(self) -> int:
        """How many people it is."""
        return 1 + len(self.answers.get("companions", ()))

    @property
    def is_told_twice(self) -> bool:
        """Whether the same person declares again, with another story."""
        return self.role is not None and self.role.twice

    @property
    def other_answers(self) -> dict[str, Any]:
        """What somebody declares who comes back with another story."""
        return {**self.answers, "contact_with_case": "yes", "seat": "44K"}


def acting(rng: Random, day: date, key: str, role: Role, offered: Sequence[str]) -> Party:
    """The party of a role."""
    members = [person(rng, day, role.nationality, age) for age in role.ages[:1]]
    members += [person(rng, day, role.nationality, age, members[0].name) for age in role.ages[1:]]
    for member, care in zip(members, role.care, strict=True):
        if care:
            member.answers.update(special_care=[care], special_care_note=role.note)
    if role.fever:
        members[0].answers.update(symptoms=["fever", "fatigue"], fever_medicine_72h="yes")
        del members[0].answers["no_symptoms"]
    lot = _Lot(rng, day, FLIGHTS[role.flight], role.registration, language_of(role.nationality, offered))
    answers = {**declared(rng, members, lot.language), **lot.shared(role.nationality, role.contact)}
    return Party(
        key=key, flight=role.flight, language=lot.language, goal=role.goal, district=_ridden(role.registration),
        answers=answers, role=role,
    )  # fmt: skip


def by_lot(rng: Random, day: date, key: str, flight: int, most: int, offered: Sequence[str]) -> Party:
    """Somebody, or a family of up to ``most`` heads."""
    nationality = _weighed(rng, FLIGHTS[flight].nationalities)
    ages = ["adult", "adult", "child", "child", "elder"][: min(most, int(_weighed(rng, SIZES)))]
    if len(ages) == 1:
        ages = [rng.choice(("student", "student", "adult", "adult", "adult", "elder"))]
    members = [person(rng, day, nationality, ages[0])]
    members += [person(rng, day, nationality, age, members[0].name) for age in ages[1:]]
    _unwell(rng, members[-1].answers)
    registration = _weighed(rng, DISTRICTS) if nationality == "CN" else "none"
    lot = _Lot(rng, day, FLIGHTS[flight], registration, language_of(nationality, offered))
    answers = {**declared(rng, members, lot.language), **lot.shared(nationality, "text")}
    district = _ridden(registration)
    goal = "ride" if flight == 0 and district else _weighed(rng, GOALS[flight])
    return Party(key=key, flight=flight, language=lot.language, goal=goal, district=district, answers=answers)


def seated(party: Party, seats: Sequence[str], number: str, day: date) -> Party:
    """The party with its flight, and a seat for each of its people."""
    first, *others = seats
    answers = {**party.answers, "flight_number": number, "arrival_date": str(day), "seat": first}
    if others:
        companions = party.answers["companions"]
        answers["companions"] = [{**one, "seat": seat} for one, seat in zip(companions, others, strict=True)]
    return replace(party, answers=answers)


@dataclass(frozen=True)
class _Lot:
    """What a party shares, by lot."""

    rng: Random
    day: date
    flight: Flight
    registration: str
    language: str

    def shared(self, nationality: str, reach: str) -> dict[str, Any]:
        return {
            "places_14d": travelled(self.rng, self.day, self.flight.places), **self._told(nationality, reach),
            **belonging(self.rng, self.registration, nationality, self._stays_in()),
        }  # fmt: skip

    def _stays_in(self) -> str:
        return {"elsewhere": "", "none": ABROAD}.get(self.registration, self.registration)

    def _told(self, nationality: str, reach: str) -> dict[str, Any]:
        if reach == "none":
            return {"no_family_contact": True}
        number = 1 if reach == "call" else self.rng.choice((1, 1, 2))
        # Somebody who has a landline only is not that rare: those are called.
        calls = [reach == "call" or (nationality == "CN" and self.rng.random() < 0.02) for _ in range(number)]
        told = [contact(self.rng, nationality, self.language, call=call) for call in calls]
        return {"family_contacts": told}


def _ridden(registration: str) -> str:
    """The district whose vehicle takes them, empty when none of the day does."""
    if registration == "none":
        return ABROAD
    return registration if registration in {run.district for run in RUNS if run.district != ABROAD} else ""


def _unwell(rng: Random, answers: dict[str, Any]) -> None:
    """One in fifty coughs, one in fifty was near somebody ill."""
    drawn = rng.random()
    if drawn < 0.02:
        del answers["no_symptoms"]
        answers["symptoms"] = rng.choice((["dry_cough"], ["headache", "sore_throat"], ["diarrhoea"]))
    elif drawn < 0.04:
        answers["contact_with_case"] = "yes"


def _weighed(rng: Random, weights: Any) -> Any:
    return rng.choices(list(weights), list(weights.values()))[0]
