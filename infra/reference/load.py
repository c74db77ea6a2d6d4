"""Put the reference data into a stage. What is there already stays as it is: the console and the API keep it from here.

Districts and codes: GB/T 2260, with the two development zones; reception points are those of the diversion point.
"""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chalicelib.actions.ports import AlreadyThere, Save, Store
from chalicelib.domain.arrivals import Hotel
from chalicelib.domain.places import Contact, Contacts, District, Duty, Point, Zone

FOLDER = Path(__file__).parent
NAMES = {"en": "name_en", "zh-Hans": "name_zh", "zh-Hant": "name_zh_hant", "ja": "name_ja"}
"""Columns by language; who reads another one reads the Latin letters that stand on signs and tickets."""
# Numbers of a range that is kept free for examples; local stages only.
EXAMPLE_PHONE = "+8613800500{number:03d}"


def load(store: Store, *, examples: bool) -> int:
    """How many entities were new. ``examples`` gives each district a contact on duty, for local stages."""
    entities = [*points(), *districts(examples=examples), *hotels()]
    return sum(_put(store, entity) for entity in entities)


def _put(store: Store, entity: Any) -> bool:
    try:
        store.commit([Save(entity)])
    except AlreadyThere:
        return False
    return True


def points() -> Iterator[Point]:
    """The points of entry."""
    for point, facts in tomllib.loads((FOLDER / "points.toml").read_text("utf-8")).items():
        zones = tuple(Zone(zone, labels) for zone, labels in facts.pop("zones").items())
        yield Point(point=point, zones=zones, **{**facts, "languages": tuple(facts["languages"])})


def districts(*, examples: bool) -> Iterator[District]:
    """The districts; with ``examples`` each has one contact around the clock."""
    with (FOLDER / "districts.csv").open(encoding="utf-8", newline="") as rows:
        for number, row in enumerate(csv.DictReader(rows), start=1):
            yield District(
                district=row["id"], names={tag: row[column] for tag, column in NAMES.items()}, kind=row["kind"],
                code=row["code"], reception_point=row["reception_point"] == "yes", zone=row["zone"],
                personal=Contacts((_example(number),) if examples else ()),
            )  # fmt: skip


def _example(number: int) -> Contact:
    return Contact(name=f"Duty desk {number}", phone=EXAMPLE_PHONE.format(number=number), duty=(Duty(),))


def hotels() -> Iterator[Hotel]:
    """Two hotels to begin with."""
    with (FOLDER / "hotels.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield Hotel(
                hotel=row["id"], names={"en": row["name_en"], "zh-Hans": row["name_zh"]}, district=row["district"],
                rooms=int(row["rooms"]), capacity=int(row["capacity"]),
            )  # fmt: skip
