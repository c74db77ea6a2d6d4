"""How the day stands when the play ends, as the API tells it."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from infra.demo.flights import FLIGHTS
from infra.demo.play import POINT, Play

UNDER_WAY = frozenset({"owed", "sending", "unknown", "sent"})
PATIENCE = 90.0
"""Seconds to wait for texts that may go now."""
LOOK = 2.0
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class FlightFigures:
    """A flight as officers see it: ``declared`` leaves out who is void, ``linked`` declarations are no people."""

    number: str
    origin: str
    expected: int
    late: bool
    declared: int
    families: int
    linked: int
    states: Counter[str]


@dataclass(frozen=True)
class Figures:
    """``specials`` are what to look at, by reference and state; ``texts`` are counted by event and state."""

    flights: tuple[FlightFigures, ...]
    specials: tuple[tuple[str, str, str], ...]
    vehicles: tuple[dict[str, Any], ...]
    texts: Counter[tuple[str, str]]
    segments: int

    @property
    def states(self) -> Counter[str]:
        """People of all flights by state."""
        return sum((flight.states for flight in self.flights), Counter[str]())


def figures(play: Play) -> Figures:
    """Everything read anew from the API."""
    people = [_people(play, number) for number in _numbers(play)]
    states = {line["traveller_id"]: line["state"] for lines in people for line in lines}
    texts = _texts(play)
    return Figures(
        flights=tuple(_flight(play, number, lines) for number, lines in zip(_numbers(play), people, strict=True)),
        specials=(*_specials(play, states), *(("the same, declared again", one, "") for one in play.seconds.values())),
        vehicles=tuple(_vehicles(play)), texts=Counter((text["event"], text["state"]) for text in texts),
        segments=sum(text["segments"] for text in texts),
    )  # fmt: skip


def wait_for_texts(play: Play, patience: float = PATIENCE) -> None:
    """Until two looks see the same texts, and none under way that may go now; for ``patience`` seconds at most."""
    until, known = time.monotonic() + patience, -1
    while time.monotonic() < until:
        texts = _texts(play)
        if len(texts) == known and not any(is_under_way(text) for text in texts):
            break
        known = len(texts)
        time.sleep(LOOK)
    play.told("Texts")


def is_under_way(text: dict[str, Any]) -> bool:
    """Whether it is on its way; one that was never tried, and is due later than it was owed, waits for the morning."""
    if text["state"] != "owed" or text["attempts"]:
        return text["state"] in UNDER_WAY
    return datetime.fromisoformat(text["due_at"]) <= datetime.fromisoformat(text["times"]["owed"])


def _numbers(play: Play) -> tuple[str, ...]:
    return tuple(flight.number(play.day.seed) for flight in FLIGHTS)


def _people(play: Play, number: str) -> list[dict[str, Any]]:
    return list(play.desk.every("/travellers", point=POINT, flight=number, date=str(play.day.date)))


def _flight(play: Play, number: str, lines: list[dict[str, Any]]) -> FlightFigures:
    known = play.desk.get(f"/flights/{POINT}/{play.day.date}/{number}").body
    people = [line for line in lines if line["linked_to"] is None]
    parties = Counter(line["party_id"] for line in people)
    return FlightFigures(
        number=number, origin=known["from"], expected=known["counts"]["expected"], declared=known["counts"]["declared"],
        late=_late(known), families=sum(heads > 1 for heads in parties.values()), linked=len(lines) - len(people),
        states=Counter(line["state"] for line in people),
    )  # fmt: skip


def _late(flight: dict[str, Any]) -> bool:
    """An hour or more behind its schedule."""
    scheduled, estimated = flight["scheduled"], flight["estimated"]
    return bool(estimated and (datetime.fromisoformat(estimated) - datetime.fromisoformat(scheduled)) >= LATE)


def _specials(play: Play, states: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (what, play.references[key, place], states.get(play.id_of((key, place)), ""))
        for what, key, place in play.day.specials
    ]


def _vehicles(play: Play) -> list[dict[str, Any]]:
    plates = {run.plate for run in play.day.runs}
    today = play.desk.every("/dispatches", point=POINT, date=str(play.day.date))
    return [vehicle for vehicle in today if vehicle["vehicle"]["plate"] in plates]


def _texts(play: Play) -> list[dict[str, Any]]:
    """Today's texts about the people and vehicles of this day."""
    ours = {case for party in play.people.values() for case in party}
    vehicles = {vehicle["dispatch_id"] for vehicle in _vehicles(play)}
    return [
        text for text in play.desk.every("/messages", point=POINT)
        if text["traveller_id"] in ours or text["dispatch_id"] in vehicles
    ]  # fmt: skip
