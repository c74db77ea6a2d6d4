"""A season of travellers in the tables, quickly: rows as the product's own codec seals them, put in batches."""

import itertools
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random
from typing import Any

from chalicelib.actions.person_rows import finders
from chalicelib.domain.case import Case
from chalicelib.storage.codec import Codec
from chalicelib.wiring import Wiring
from tests.actions.world import World, person
from tests.domain.cases import case

DAYS = (500, 800, 1_200, 2_000)
"""Travellers of a day, in turn; the two days that a name is looked for in have the first."""
DISTRICTS = ("yuzhong", "jiangbei", "yubei", "shapingba", "nanan", "banan")
FAMILY = ("LI", "WANG", "ZHANG", "LIU", "CHEN", "YANG", "ZHAO", "HUANG", "ZHOU", "WU", "XU", "SUN", "MA", "ZHU", "HU")
SYLLABLES = ("XIAO", "MING", "WEI", "FANG", "LEI", "JING", "YAN", "HUI", "PING", "GANG", "JUN", "LAN", "MEI", "TAO")
BATCH, HANDS = 25, 2


class Crowd:
    """Travellers by day, newest first; ``fill`` brings the tables up to so many of them."""

    def __init__(self, here: Wiring, world: World, days: Sequence[int] = DAYS) -> None:
        self.here, self.world, self.sizes = here, world, (days[0], *days)
        self.codec = Codec(here._tables[1], here.ring)
        self.by_day: dict[date, list[Case]] = {}
        self._numbers, self._dice, self._dynamodb = itertools.count(1), Random(1), here._tables[0].client

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(map(len, self.by_day.values()))

    def fill(self, number: int) -> None:
        """Whole days, and as much of the last one as is left."""
        new = list(self._new(number - self.count))
        with ThreadPoolExecutor(HANDS) as hands:
            list(hands.map(self._put, _batched(self._requests(new), BATCH)))

    def _new(self, number: int) -> Iterator[Case]:
        today = self.world.clock.now.date()
        while number > 0:
            back = len(self.by_day)
            size = min(number, self.sizes[back] if back < 2 else self.sizes[1 + back % (len(self.sizes) - 1)])
            day = today - timedelta(days=back)
            self.by_day[day] = [self._one(day) for _ in range(size)]
            yield from self.by_day[day]
            number -= size

    def _one(self, day: date) -> Case:
        number, dice = next(self._numbers), self._dice
        district = dice.choice(DISTRICTS)
        said = {
            **person(f"B{number:08d}"), "family_name": dice.choice(FAMILY), "name_zh": "",
            "given_names": f"{dice.choice(SYLLABLES)}{dice.choice(SYLLABLES).lower()}{dice.choice(SYLLABLES).lower()}",
            "phone": f"+86138{number:08d}", "household_registration": district,
        }  # fmt: skip
        case_id = f"BENCH{number:06d}"
        back = self.world.clock.now.date() - day
        return case(
            case_id, said, arrival_date=day, intake_date=day, district=district, party=(case_id,),
            declared_at=self.world.clock.now - back + timedelta(seconds=number % 3600), flight=f"CA{400 + number % 6}",
        )  # fmt: skip

    def _requests(self, cases: list[Case]) -> Iterator[tuple[str, dict[str, Any]]]:
        for one in cases:
            rows: list[Any] = [one, *finders(self.world.ports, one, one.declared_at)]
            for row in rows:
                yield self.codec.table(type(row)), {"PutRequest": {"Item": self.codec.item(row)}}

    def _put(self, batch: list[tuple[str, dict[str, Any]]]) -> None:
        asked: dict[str, list[dict[str, Any]]] = {}
        for table, request in batch:
            asked.setdefault(table, []).append(request)
        left = self._dynamodb.batch_write_item(RequestItems=asked)["UnprocessedItems"]
        assert not left


def _batched(requests: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while batch := list(itertools.islice(requests, size)):
        yield batch
