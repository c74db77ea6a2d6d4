"""The whole arrival day as it is planned: a pure function of a seed, a date, a size and the languages on offer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from infra.demo.cast import CAST, HEADS, RELEASED
from infra.demo.flights import FLIGHTS
from infra.demo.parties import Party, acting, by_lot, seated
from infra.demo.vehicles import RUNS, Run, Seat, filled

FULL = 500
LETTERS = "ABCDEFGHJK"
Special = tuple[str, str, int]
"""What there is to look at, in whom: a party's key and the place in it."""


@dataclass(frozen=True, kw_only=True)
class ArrivalDay:
    """What will be played. ``parties`` by key, in the order in which they declare."""

    seed: int
    date: date
    parties: dict[str, Party]
    runs: tuple[Run, ...]

    @property
    def heads(self) -> int:
        """People, of whom nobody is counted twice."""
        return sum(party.heads for party in self.parties.values())

    @property
    def specials(self) -> tuple[Special, ...]:
        """The people to look at one by one."""
        cast = ((key, party.role) for key, party in self.parties.items() if party.role)
        return tuple((what, key, place) for key, role in cast for place, what in enumerate(role.what) if what)

    @property
    def released(self) -> tuple[Seat, ...]:
        """Who is released before the end date."""
        return tuple((key, place) for what, key, place in self.specials if what == RELEASED)

    def flight_heads(self, flight: int) -> int:
        """How many people of a flight declare."""
        return sum(party.heads for party in self.parties.values() if party.flight == flight)

    def goals(self) -> dict[Seat, str]:
        """The state in which each person is left."""
        found = {(key, place): _standing(party) for key, party in self.parties.items() for place in range(party.heads)}
        for run in self.runs:
            found |= dict.fromkeys(run.aboard, "dispatched") if run.reaches("departed") else {}
            found |= dict.fromkeys(run.present, "received") if run.reaches("acknowledged") else {}
            found |= dict.fromkeys(run.placed, "in_quarantine") if run.reaches("acknowledged") else {}
        return found | dict.fromkeys(self.released, "released")

    def states(self) -> Counter[str]:
        """People by state when the play ends."""
        return Counter(self.goals().values())


def _standing(party: Party) -> str:
    return "registered" if party.goal == "ride" else party.goal


def planned(seed: int, day: date, heads: int, offered: Sequence[str]) -> ArrivalDay:
    """The day; raises ValueError for fewer heads than the cast has, or more than the flights."""
    if not HEADS <= heads <= 2 * FULL:
        raise ValueError(f"A day has from {HEADS} to {2 * FULL} travellers.")
    rng = Random(f"{seed} {day} {heads}")
    parties = [acting(rng, day, f"c{number}", role, offered) for number, role in enumerate(CAST)]
    for flight in range(len(FLIGHTS)):
        parties += _others(rng, day, flight, _wanted(parties, flight, heads), offered)
    sat = {party.key: party for flight in range(len(FLIGHTS)) for party in _sat(parties, flight, seed, day)}
    return ArrivalDay(seed=seed, date=day, parties=sat, runs=tuple(_run(rng, run, sat) for run in RUNS))


def _wanted(parties: Sequence[Party], flight: int, heads: int) -> int:
    """Heads of a flight that the cast leaves to the lot; the last flight takes what rounding leaves."""
    acted = [sum(party.heads for party in parties if party.flight == place) for place in range(len(FLIGHTS))]
    spare = heads - HEADS
    if flight == len(FLIGHTS) - 1:
        return heads - sum(acted)
    return min(spare, max(0, round(heads * FLIGHTS[flight].share) - acted[flight]))


def _others(rng: Random, day: date, flight: int, wanted: int, offered: Sequence[str]) -> Iterator[Party]:
    number = 0
    while wanted > 0:
        party = by_lot(rng, day, f"f{flight}-{number}", flight, wanted, offered)
        yield party
        wanted, number = wanted - party.heads, number + 1


def _sat(parties: Sequence[Party], flight: int, seed: int, day: date) -> Iterator[Party]:
    seats = (f"{row}{letter}" for row in range(11, 200) for letter in LETTERS)
    number = FLIGHTS[flight].number(seed)
    for party in parties:
        if party.flight == flight:
            yield seated(party, [next(seats) for _ in range(party.heads)], number, day)


def _run(rng: Random, run: Run, parties: dict[str, Party]) -> Run:
    riders = [party for party in parties.values() if party.goal == "ride" and party.district == run.district]
    cast, others = (
        [[(party.key, place) for place in range(party.heads)] for party in riders if (party.role is None) is other]
        for other in (False, True)
    )
    return filled(rng, run, cast, others)
