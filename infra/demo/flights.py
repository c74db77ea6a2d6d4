"""The three flights of the day: one from Europe, a charter that brings students home, and a late one from Hong Kong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
NUMBERS = 40
"""How many seeds have flight numbers of their own."""


@dataclass(frozen=True, kw_only=True)
class Flight:
    """``share`` is its part of the day's heads, ``nationalities`` weights, ``places`` where people have been.

    ``late`` and ``absent`` are minutes of delay and heads of a hundred who have not declared yet.
    """

    airline: str
    first: int
    kind: str
    route: str
    origin: str
    scheduled: time
    late: int = 0
    absent: int = 0
    share: float
    nationalities: Mapping[str, int]
    places: tuple[tuple[str, str], ...]

    def number(self, seed: int) -> str:
        """Its number: people of two seeds do not sit on one another's seats."""
        return f"{self.airline}{self.first + 2 * (seed % NUMBERS)}"

    def body(self, day: date, heads: int) -> dict[str, Any]:
        """What the desk puts, when ``heads`` people will have declared."""
        scheduled = datetime.combine(day, self.scheduled, ZONE)
        minutes = self.scheduled.hour * 60 + self.scheduled.minute + self.late
        estimated = datetime.combine(day, time(minutes // 60, minutes % 60), ZONE)
        return {
            "kind": self.kind, "route": self.route, "from": self.origin, "scheduled": scheduled.isoformat(),
            "estimated": estimated.isoformat(), "expected_heads": heads + heads * self.absent // 100,
        }  # fmt: skip


FLIGHTS = (
    Flight(
        airline="CA", first=410, kind="scheduled", route="international", origin="FCO", scheduled=time(5, 35), late=10,
        share=0.44,
        nationalities={
            "CN": 128, "IT": 14, "FR": 8, "ES": 6, "DE": 7, "RU": 5, "EG": 4, "BR": 4, "PT": 3, "US": 5, "KR": 3,
            "JP": 3, "SA": 3, "KZ": 2, "IN": 3, "VN": 2,
        },
        places=(("IT", "Roma"), ("IT", "Milano"), ("IT", "Prato"), ("FR", "Paris"), ("ES", "Madrid"), ("DE", "Berlin")),
    ),
    Flight(
        airline="CA", first=8610, kind="charter", route="international", origin="LHR", scheduled=time(8, 20), absent=3,
        share=0.3,
        nationalities={"CN": 120, "GB": 12, "US": 4, "IN": 4, "SG": 4, "TH": 3, "JP": 2},
        places=(("GB", "London"), ("GB", "Manchester"), ("GB", "Edinburgh"), ("IE", "Dublin")),
    ),
    Flight(
        airline="CX", first=910, kind="scheduled", route="hk_mo_tw", origin="HKG", scheduled=time(11, 25), late=260,
        absent=18, share=0.26,
        nationalities={"CN": 50, "HK": 34, "TW": 22, "MO": 10, "TH": 5, "SG": 4, "VN": 4, "KR": 3, "US": 2},
        places=(("HK", "Hong Kong"), ("TW", "Taipei"), ("MO", "Macao"), ("TH", "Bangkok"), ("SG", "Singapore")),
    ),
)  # fmt: skip
