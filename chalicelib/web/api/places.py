"""Points, districts and hotels."""

from zoneinfo import ZoneInfo

from chalice import Blueprint

from chalicelib.actions.keep_reference import list_hotels, put_reference
from chalicelib.domain.arrivals import Hotel
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.places import Contact, Contacts, District, Duty, Point, Zone
from chalicelib.web.access_rules import may
from chalicelib.web.api.bodies import ContactBody, DistrictBody, HotelBody, PointBody
from chalicelib.web.api.endpoint import Answer, Call, endpoint
from chalicelib.web.api.resources import district_body, district_line, hotel_body, point_body
from chalicelib.web.api.values import asked_point, one_line, phone
from chalicelib.web.cursor import opened, sealed

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/points/{point}", may("read_points", "key"))
def get_point(call: Call, point: str) -> Answer:
    """A point of entry."""
    found = call.ports.store.get(Point, point)
    return Answer(point_body(found), etag=str(found.version))


def version_for(call: Call, standing: object) -> int:
    """The version that a PUT replaces: 0 for a new thing. Raises Required, Stale."""
    if standing is None:
        if call.if_match is not None:
            raise Stale
        return 0
    version = int(getattr(standing, "version", 0))
    asked = call.demanded_match()
    if asked is not None and asked != str(version):
        raise Stale
    return version


@endpoint(blueprint, "PUT", "/points/{point}", may("put_point", "key"))
def put_point(call: Call, point: str) -> Answer:
    """A point of entry, whole: three capital letters."""
    if not (len(point) == 3 and point.isascii() and point.isalpha() and point.isupper()):
        raise NotFound("point")
    body = call.body(PointBody)
    _check_zone_name(body.time_zone)
    fields = {name: getattr(body, name) for name in PointBody.__struct_fields__}
    zones = tuple(Zone(zone.zone, zone.labels) for zone in body.zones)
    whole = {**fields, "zones": zones, "languages": tuple(body.languages)}
    version = version_for(call, call.ports.store.find(Point, point))
    written = put_reference(call.ports, call.officer, Point(point=point, version=version, **whole))
    call.wiring.places.forget()
    return Answer(point_body(written), etag=str(written.version))


def _check_zone_name(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):
        raise Invalid((FieldError("time_zone", "not_a_time_zone"),)) from None


@endpoint(blueprint, "GET", "/districts", may("read_districts", "key"))
def get_districts(call: Call) -> Answer:
    """All districts; they are few."""
    districts = sorted(call.ports.places.districts().values(), key=lambda district: district.district)
    return Answer({"items": [district_line(district) for district in districts], "next": None})


@endpoint(blueprint, "GET", "/districts/{district}", may("read_districts", "key"))
def get_district(call: Call, district: str) -> Answer:
    """A district with its contacts."""
    found = call.ports.store.get(District, district)
    return _district(call, found)


def _district(call: Call, found: District) -> Answer:
    return Answer(district_body(found, asked_point(call), call.ports.clock()), etag=str(found.version))


@endpoint(blueprint, "PUT", "/districts/{district}", may("put_district", "key"))
def put_district(call: Call, district: str) -> Answer:
    """A district, whole."""
    body = call.body(DistrictBody)
    version = version_for(call, call.ports.store.find(District, district))
    if version == 0:
        check_may(call.officer, "put_point")
    contacts = tuple(_contact(call, place, contact) for place, contact in enumerate(body.contacts))
    entity = District(
        district=one_line("district", district, 40), names=body.names, kind=body.kind, code=body.code,
        reception_point=body.reception_point, zone=body.zone, personal=Contacts(contacts), version=version,
    )  # fmt: skip
    written = put_reference(call.ports, call.officer, entity)
    call.wiring.places.forget()
    return _district(call, written)


def _contact(call: Call, place: int, body: ContactBody) -> Contact:
    where = f"contacts.{place}"
    return Contact(
        name=one_line(f"{where}.name", body.name), phone=phone(f"{where}.phone", body.phone, asked_point(call)),
        language=body.language, reach=body.reach, deputy=body.deputy,
        duty=tuple(Duty(hours.start, hours.until) for hours in body.duty) or (Duty(),),
    )  # fmt: skip


@endpoint(blueprint, "GET", "/hotels", may("read_hotels", "key"))
def get_hotels(call: Call) -> Answer:
    """A page of hotels."""
    page = list_hotels(call.ports, call.officer, call.limit, opened(call.query.get("cursor", "")))
    return Answer({"items": [hotel_body(hotel) for hotel in page.items], "next": sealed(page.cursor)})


@endpoint(blueprint, "POST", "/hotels", may("put_hotel", "key"))
def post_hotel(call: Call) -> Answer:
    """A new hotel."""
    body = call.body(HotelBody)
    if body.district not in call.ports.places.districts():
        raise Invalid((FieldError("district", "unknown"),))
    name = next(iter(sorted(body.names.items())))[1]
    hotel = Hotel(
        hotel=derived_id("hotel", body.district, name, length=10), names=body.names, district=body.district,
        rooms=body.rooms, capacity=body.capacity,
    )  # fmt: skip
    written = put_reference(call.ports, call.officer, hotel)
    return Answer(hotel_body(written), 201, str(written.version))
