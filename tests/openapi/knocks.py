"""For each operation a request that is in order, and what to change of it to be refused with each status."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any, cast

from chalicelib.actions.ports import Ports
from chalicelib.domain.desks import DESKS, MAY
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.api.bodies import (
    ArriveBody,
    BoardBody,
    ChangeBody,
    CorrectBody,
    DeclarationBody,
    DispatchBody,
    PlanBody,
    QuarantineBody,
    ReasonBody,
    RecoverBody,
    SearchBody,
)
from chalicelib.web.api.drill import DrillNumbersBody
from chalicelib.web.api.endpoint import Endpoint
from chalicelib.web.api.place_bodies import DistrictBody, FlightBody, HotelBody, PointBody
from chalicelib.web.api.reading import LARGEST
from chalicelib.web.api.spending import LiftBody, StopBody
from chalicelib.wiring import Wiring, override
from tests.api.away import closed, database_at
from tests.api.desk import CheckedApi, Hall, declaration, today, vehicle_for
from tests.openapi.seeded import SPARE_POINT, Known, flight


@dataclass(frozen=True)
class Knock:
    """One request; ``desk`` empty is nobody's."""

    spec: Endpoint
    names: Mapping[str, str]
    body: Any = None
    raw: bytes | None = None
    query: str = ""
    desk: str = "coordination"
    match: str = "*"
    headers: Mapping[str, str] | None = None

    def by(self, hall: Hall) -> int:
        """Send it; answers the status, which the reference was held against."""
        path = self.spec.path.format(**self.names) + self.query
        sent = {"If_Match": self.match} if self.match and self.spec.match else {}
        return self._api(hall)(self.spec.method, path, self.body, self.raw, **sent, **(self.headers or {})).status

    def _api(self, hall: Hall) -> CheckedApi:
        return hall.at(self.desk) if self.desk else hall.anyone


def in_order(spec: Endpoint, known: Known, **about: str) -> Knock:
    """A request with nothing wrong in itself; ``about`` are parameters of one's choice."""
    names = {name: values[0] for name, values in known.items()} | about
    if (spec.method, spec.path) == ("PUT", "/points/{point}"):
        names["point"] = SPARE_POINT
    return Knock(spec, names, body_for(spec.body, names["traveller_id"]) if spec.body else None)


def body_for(kind: Any, person: str) -> Any:
    """A body of the kind that the document allows."""
    names, phone = {"en": "Here", "zh-Hans": "这里"}, "+8613800138111"
    zones = {
        "zones": [{"zone": "1", "labels": names}], "zone_shared": "1", "zone_elsewhere": "1", "zone_none": "1",
    }  # fmt: skip
    bodies: dict[Any, Any] = {
        DeclarationBody: declaration(),
        RecoverBody: {"reference": "0000-0000-0000", "document_number": "x", "date_of_birth": "1980-01-01"},
        ReasonBody: {"reason": "x"},
        CorrectBody: {"answers": {"seat": "1A"}, "reason": "x"},
        QuarantineBody: {"kind": "home", "place": "x"},
        ChangeBody: {"end_date": str(today()), "reason": "x"},
        DispatchBody: {**vehicle_for(), "traveller_ids": [person]},
        BoardBody: {"traveller_id": person},
        ArriveBody: {"present": []},
        PlanBody: {"change": "breakdown", "reason": "x"},
        SearchBody: {"name": "x"},
        DrillNumbersBody: {"numbers": [phone]},
        StopBody: {"reason": "x"},
        LiftBody: {"segments": 1, "reason": "x"},
        FlightBody: flight(str(today())),
        HotelBody: {"names": names, "district": "yuzhong", "rooms": 1, "capacity": 1},
        DistrictBody: {"names": names, "contacts": [{"name": "x", "phone": phone}]},
        PointBody: {
            "names": names, "time_zone": "Asia/Shanghai", "country": "CN", "languages": ["en"], "quarantine_days": 14,
            "release_hour": "08:00", "hotline": "12320", **zones,
        },
    }  # fmt: skip
    return bodies.get(kind, {})


def refused(knock: Knock) -> Mapping[int, Knock]:
    """What is refused of every operation alike, by status."""
    spec, taken = knock.spec, MAY.get(knock.spec.access.verb, frozenset(DESKS))
    stranger = next((desk for desk in DESKS if desk not in taken and desk != "district"), "")
    found = _misspelt(knock)
    if spec.access != PUBLIC:
        found[401] = replace(knock, desk="")
    if stranger:
        found[403] = replace(knock, desk=stranger)
    if spec.body:
        found |= {
            400: replace(knock, raw=b"{"), 413: replace(knock, raw=b'"' + b"x" * LARGEST + b'"'),
            415: replace(knock, headers={"Content_Type": "text/plain"}),
        }  # fmt: skip
    if "{" in spec.path:
        found[404] = replace(knock, names={name: _nothing(name) for name in knock.names})
    if spec.match:
        found |= {412: replace(knock, match='"0"')}
    if spec.match == "demanded":
        found |= {428: replace(knock, match="")}
    return found


def _misspelt(knock: Knock) -> dict[int, Knock]:
    spec = knock.spec
    if spec.body:
        return {422: replace(knock, raw=b'{"nonsense": 1}')}
    if spec.query:
        asked = next((name for name in ("limit", "numbers") if name in spec.query), "point")
        return {422: replace(knock, query=f"?{asked}=none")}
    return {422: replace(knock, names={**knock.names, "date": "today"})} if "{date}" in spec.path else {}


def _nothing(name: str) -> str:
    return {"date": "2001-01-01", "number": "CA1"}.get(name, "0" * 20)


def unwell(hall: Hall, status: int) -> AbstractContextManager[Any]:
    """The product while it can only answer with this: its database is away, or its own code is at fault."""
    if status == 503:
        return database_at(hall, closed(), warm=True)
    return override(_Broken(hall.wiring.settings, hall.wiring.clock)) if status == 500 else nullcontext()


class _Broken(Wiring):
    """What nobody foresaw happens wherever anything is read or written."""

    @property
    def ports(self) -> Ports:
        """No tables, no reference data."""
        return replace(super().ports, store=cast(Any, None), places=cast(Any, None))
