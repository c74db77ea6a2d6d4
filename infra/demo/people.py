"""Travellers as the form `arrival` asks for them, each out of a random generator: one person, and a party's answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from infra.demo import phones, places
from infra.demo.documents import document
from infra.demo.names import SEXES, Name, languages, name

AGES = {
    "infant": (0, 1),
    "child": (4, 15),
    "minor": (15, 17),
    "student": (18, 26),
    "adult": (24, 63),
    "elder": (66, 88),
}
"""Years, from and to."""
CHINESE_READERS = ("CN", "HK", "MO", "TW")
RELATIONS = {
    "en": {"partner": "spouse", "child": "child", "friend": "friend", "parent": "parent", "colleague": "colleague"},
    "zh": {"partner": "配偶", "child": "子女", "friend": "朋友", "parent": "父母", "colleague": "同事"},
}
WELL = {"no_symptoms": True, "fever_medicine_72h": "no", "contact_with_case": "no", "positive_test_14d": "no"}


@dataclass(frozen=True)
class Person:
    """One traveller: ``answers`` are the person's own fields of the form."""

    nationality: str
    age: str
    name: Name
    answers: dict[str, Any]


def language_of(nationality: str, offered: Sequence[str]) -> str:
    """The language that a traveller picks of those ``offered``: their own, else a near one, else English."""
    wanted = [*languages(nationality), *(["zh-Hans"] if nationality in CHINESE_READERS else []), "en"]
    return next((language for language in wanted if language in offered), offered[0])


def person(rng: Random, day: date, nationality: str, age: str = "adult", family_of: Name | None = None) -> Person:
    """Somebody of an age group of AGES who is well and needs nothing."""
    sex = rng.choice(SEXES)
    called, paper = name(rng, nationality, sex, family_of), document(rng, nationality)
    answers = {
        "family_name": called.family, "given_names": called.given, "sex": sex,
        "date_of_birth": str(_born(rng, day, age)), "nationality": nationality, "document_type": paper.kind,
        "document_number": paper.number, "document_country": paper.country, **WELL,
    }  # fmt: skip
    if nationality in CHINESE_READERS:
        answers["name_zh"] = called.chinese
    elif rng.random() < 0.25:
        answers |= {"family_name": called.own_family, "given_names": called.own_given}
    return Person(nationality, age, called, answers)


def _born(rng: Random, day: date, age: str) -> date:
    youngest, oldest = AGES[age]
    return day - timedelta(rng.randint(youngest * 366 + 30, oldest * 365 + 300))


def relation(language: str, kind: str) -> str:
    """What somebody is to the declarer, as they would write it."""
    return RELATIONS["zh" if language.startswith("zh") else "en"][kind]


def contact(rng: Random, nationality: str, language: str, *, call: bool = False) -> dict[str, Any]:
    """Somebody to tell; ``call`` for one at home with a landline."""
    home = rng.choice(SEXES)
    number = phones.landline(rng) if call else phones.written(rng, phones.mobile(rng, nationality))
    return {
        "name": name(rng, nationality, home).whole, "relation": relation(language, rng.choice(("parent", "partner"))),
        "phone": number, "reach": "call" if call else "text", "language": language,
    }  # fmt: skip


def travelled(rng: Random, day: date, been: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The last 14 days: one place, or two one after the other."""
    stops = rng.sample(list(been), rng.choice((1, 1, 1, 2)))
    days = [14, rng.randint(3, 9), 0] if len(stops) == 2 else [14, 0]
    return [
        {"country": country, "city": city, "from": str(day - timedelta(start)), "to": str(day - timedelta(end))}
        for (country, city), start, end in zip(stops, days, days[1:], strict=False)
    ]


def belonging(rng: Random, registration: str, nationality: str, stays_in: str) -> dict[str, Any]:
    """Household registration, and where they go: ``stays_in`` is a district or empty."""
    answers: dict[str, Any] = {"household_registration": registration}
    if registration == "elsewhere":
        answers["registration_elsewhere"] = places.province(rng)
    if stays_in:
        home = places.address(rng) if nationality in CHINESE_READERS else places.foreign_address(rng)
        answers |= {"destination_district": stays_in, "destination_address": home}
    return answers


def declared(rng: Random, party: Sequence[Person], language: str) -> dict[str, Any]:
    """What the declarer, who is the first of the party, answers for everybody: who they are, and the signature."""
    first, *others = party
    answers = {
        **first.answers, "phone": phones.written(rng, phones.mobile(rng, first.nationality)),
        "consent_sensitive": True, "commitment": True, "signature_name": first.name.whole,
    }  # fmt: skip
    if rng.random() < 0.4:
        plain = "".join(sign for sign in f"{first.name.given}.{first.name.family}".lower() if sign in _MAILBOX)
        answers["email"] = f"{plain}@example.com"
    if others:
        answers["companions"] = [{"relation": _relation(language, one), **one.answers} for one in others]
    return answers


def _relation(language: str, companion: Person) -> str:
    return relation(language, "partner" if companion.age in ("adult", "elder") else "child")


_MAILBOX = frozenset("abcdefghijklmnopqrstuvwxyz.")
