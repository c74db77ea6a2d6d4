"""The day's vehicles: how far each has come when the play ends, so that every desk has something left to do."""

from dataclasses import dataclass, replace
from random import Random

from infra.demo import phones, places
from infra.demo.names import SEXES, name

STAGES = ("boarding", "departed", "arrived", "acknowledged")
Seat = tuple[str, int]
"""A party's key and the place in it, 0 for the declarer."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One vehicle to a district. ``stage`` is how far it comes; of those aboard ``housed`` of a hundred are placed.

    ``late`` seats stay empty while it boards, ``missing`` people are not counted on arrival: the last of the roster.
    """

    district: str
    kind: str
    capacity: int
    stage: str
    housed: int = 0
    late: int = 0
    missing: int = 0
    plate: str = ""
    escort: tuple[str, str] = ("", "")
    roster: tuple[Seat, ...] = ()

    @property
    def aboard(self) -> tuple[Seat, ...]:
        """Who has stepped in."""
        return self.roster[: -self.late] if self.late else self.roster

    @property
    def present(self) -> tuple[Seat, ...]:
        """Who is counted on arrival."""
        return self.roster[: -self.missing] if self.missing else self.roster

    @property
    def placed(self) -> tuple[Seat, ...]:
        """Whose quarantine has begun: the first of the roster, families whole."""
        room = len(self.roster) * self.housed // 100
        parties = dict.fromkeys(key for key, _ in self.roster[:room])
        return tuple(seat for seat in self.roster if seat[0] in parties)

    def reaches(self, stage: str) -> bool:
        """Whether it comes as far as ``stage``."""
        return STAGES.index(self.stage) >= STAGES.index(stage)


RUNS = (
    Run(district="yuzhong", kind="bus", capacity=45, stage="acknowledged", housed=100),
    Run(district="jiangbei", kind="bus", capacity=45, stage="acknowledged", housed=50),
    Run(district="shapingba", kind="bus", capacity=40, stage="arrived", missing=1),
    Run(district="nanan", kind="bus", capacity=40, stage="arrived"),
    Run(district="jiulongpo", kind="bus", capacity=40, stage="departed"),
    Run(district="banan", kind="minibus", capacity=18, stage="boarding", late=2),
    Run(district="yubei", kind="bus", capacity=45, stage="acknowledged", housed=100),
)
"""The last one takes people without a household registration to a hotel by the airport."""
ABROAD = "yubei"


def filled(rng: Random, run: Run, cast: list[list[Seat]], others: list[list[Seat]]) -> Run:
    """The run with a plate, an escort and as many whole parties as it has seats for, the cast's at the end."""
    last = [seat for party in cast for seat in party]
    roster: list[Seat] = []
    for party in others:
        if len(roster) + len(party) + len(last) <= run.capacity:
            roster += party
    escort = name(rng, "CN", rng.choice(SEXES)).whole, phones.written(rng, phones.mobile(rng, "CN"))
    return replace(run, roster=(*roster, *last), plate=places.plate(rng), escort=escort)
