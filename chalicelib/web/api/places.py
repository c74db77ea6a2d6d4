"""Points and districts: read by every desk that needs them, put whole."""

import re
from collections.abc import Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from chalice import Blueprint
from msgspec import UnsetType

from chalicelib.actions.keep_reference import put_reference
from chalicelib.domain.desks import allowed, check_may, confined_to
from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.domain.places import Contact, Contacts, District, Duty, Point, Zone
from chalicelib.web.access_rules import may
from chalicelib.web.api import place_answers as answers
from chalicelib.web.api.answers import Listed
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.coordinators import COORDINATORS, coordinator
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.api.known import any_point
from chalicelib.web.api.paging import whole
from chalicelib.web.api.place_bodies import ContactBody, DistrictBody, FallbackBody, PointBody
from chalicelib.web.api.place_resources import district_answer, district_line, point_answer
from chalicelib.web.typed import phone

blueprint = Blueprint(__name__)
_POINT, _DISTRICT = re.compile(r"[A-Z]{3}"), re.compile(r"[a-z][a-z0-9-]{0,39}")


@endpoint(blueprint, "GET", "/points/{point}", may("read_points", "key"), answer=answers.Point, etag=True)
def get_point(call: Call, point: str) -> Answer:
    """A point of entry."""
    return point_answer(call.ports.store.get(Point, point), whole=allowed(check_may, call.officer, "put_point"))


def version_for(call: Call, standing: object) -> int:
    """The version that a PUT replaces: 0 for a new thing. Raises Required, Stale."""
    if standing is None:
        if call.matches:
            raise Stale
        return 0
    version = int(getattr(standing, "version", 0))
    asked = call.demanded_match()
    if asked is not None and asked != str(version):
        raise Stale
    return version


@endpoint(
    blueprint, "PUT", "/points/{point}", may("put_point", "key"), body=PointBody, answer=answers.Point,
    statuses=(200, 201), etag=True, match="demanded",
)  # fmt: skip
def put_point(call: Call, point: str) -> Answer:
    """A point of entry, whole: three capital letters."""
    if not _POINT.fullmatch(point):
        raise NotFound("point")
    body = call.body(PointBody)
    _check_point(body)
    fields = {name: getattr(body, name) for name in PointBody.__struct_fields__ if name not in COORDINATORS}
    zones = tuple(Zone(zone.zone, zone.labels) for zone in body.zones)
    standing = call.ports.store.find(Point, point)
    version, personal = version_for(call, standing), coordinator(body, standing)
    fields |= {"zones": zones, "languages": tuple(body.languages), "personal": personal}
    written = put_reference(call.ports, call.officer, Point(point=point, version=version, **fields))
    call.wiring.places.forget()
    return point_answer(written, 200 if version else 201, whole=True)


def _check_point(body: PointBody) -> None:
    zones = [zone.zone for zone in body.zones]
    errors = [FieldError(name, "unknown") for name in _zones_missing(body, zones)]
    errors += [FieldError(f"zones.{place}.zone", "repeated") for place in _repeated(zones)]
    try:
        ZoneInfo(body.time_zone)
    except (ValueError, OSError, KeyError):
        errors.append(FieldError("time_zone", "not_a_time_zone"))
    if errors:
        raise Invalid(tuple(errors))


def _zones_missing(body: PointBody, zones: list[str]) -> Iterable[str]:
    return [name for name in ("zone_shared", "zone_elsewhere", "zone_none") if getattr(body, name) not in zones]


def _repeated(names: list[str]) -> list[int]:
    return [place for place, name in enumerate(names) if name in names[:place]]


@endpoint(
    blueprint, "GET", "/districts", may("read_districts", "key"), answer=Listed[answers.DistrictLine]
)  # fmt: skip
def get_districts(call: Call) -> Answer:
    """All districts; they are few."""
    districts = call.ports.places.districts()
    return whole(district_line(districts[name]) for name in sorted(districts))


@endpoint(
    blueprint, "GET", "/districts/{district}", may("read_districts", "key"), answer=answers.District, etag=True,
    query=("point",),
)  # fmt: skip
def get_district(call: Call, district: str) -> Answer:
    """A district with its contacts; those of another district are not for a district's key.

    Their phones are masked for who may neither call nor keep them.
    """
    found = call.ports.store.get(District, district)
    if confined_to(call.officer) not in (None, district):
        found = replace(found, personal=Contacts())
    elif not any(allowed(check_may, call.officer, verb) for verb in ("show_number", "put_district")):
        found = replace(found, personal=found.personal.masked())
    return district_answer(found, any_point(call), call.ports.clock())


@endpoint(
    blueprint, "PUT", "/districts/{district}", may("put_district", "key"), body=DistrictBody, answer=answers.District,
    statuses=(200, 201), etag=True, match="demanded", query=("point",),
)  # fmt: skip
def put_district(call: Call, district: str) -> Answer:
    """A district, whole; a new one is for who may put points."""
    if not _DISTRICT.fullmatch(district):
        raise NotFound("district")
    body = call.body(DistrictBody)
    point, standing = any_point(call), call.ports.store.find(District, district)
    if standing is None:
        check_may(call.officer, "put_point")
    if body.zone and point and body.zone not in {zone.zone for zone in point.zones}:
        raise Invalid((FieldError("zone", "unknown"),))
    entity = District(
        district=district, names=body.names, kind=body.kind, code=body.code, zone=body.zone,
        reception_point=body.reception_point, version=version_for(call, standing),
        personal=Contacts(
            tuple(_contact(point, place, contact) for place, contact in enumerate(body.contacts)),
            _fallback(point, body.fallback, standing),
        ),
    )  # fmt: skip
    written = put_reference(call.ports, call.officer, entity)
    call.wiring.places.forget()
    return district_answer(written, point, call.ports.clock(), 200 if standing else 201)


def _fallback(
    point: Point | None, body: FallbackBody | UnsetType | None, standing: District | None
) -> Contact | None:  # fmt: skip
    """What is not said stays."""
    if isinstance(body, UnsetType):
        return standing.personal.fallback if standing else None
    if body is None:
        return None
    number = phone("fallback.phone", body.phone, point)
    return Contact(name="", phone=number, language=body.language, reach=body.reach)


def _contact(point: Point | None, place: int, body: ContactBody) -> Contact:
    return Contact(
        name=body.name, phone=phone(f"contacts.{place}.phone", body.phone, point), language=body.language,
        reach=body.reach, deputy=body.deputy,
        duty=tuple(Duty(hours.start, hours.until) for hours in body.duty) or (Duty(),),
    )  # fmt: skip
