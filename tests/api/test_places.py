"""Points, districts, hotels and flights through the API."""

from typing import Any

import pytest

from chalicelib.domain.places import MOST_CONTACTS
from tests.api.desk import Hall, faults, new_document, today


def flight(**changes: Any) -> dict[str, Any]:
    usual = {"kind": "scheduled", "route": "international", "from": "MXP", "scheduled": "2026-12-07T10:00:00+08:00"}
    return {**usual, "expected_heads": 220, **changes}


def test_a_flight_is_put_read_and_counted(hall: Hall) -> None:
    number = f"ZY{sum(new_document().encode()) * 7 % 9000 + 1000}"
    path = f"/flights/CKG/{today()}/{number}"
    made = hall.officer("PUT", path, flight())
    assert (made.status, made.body["counts"]) == (201, {"declared": 0, "expected": 220, "by_state": {}})
    assert hall.officer("PUT", path, flight()).status == 428
    assert hall.officer("PUT", path, flight(), If_Match='"7"').status == 412
    late = flight(estimated="2026-12-07T13:30:00+08:00")
    put = hall.officer("PUT", f"/flights/CKG/{today()}/{number[:2].lower()}0{number[2:]}", late, If_Match=made.etag)
    assert (put.status, put.body["number"], put.body["estimated"]) == (200, number, "2026-12-07T13:30:00+08:00")
    nobody, *_ = [hall.declare(flight_number=number) for _ in range(3)]
    hall.officer.verb(nobody.id, "void", {"reason": "ground staff tried the form out"})
    counted = hall.officer("GET", path)
    assert counted.body["counts"] == {"declared": 2, "expected": 220, "by_state": {"declared": 2, "void": 1}}
    assert counted.etag == put.etag
    assert number in [line["number"] for line in hall.officer("GET", f"/flights/CKG/{today()}").body["items"]]


def test_a_new_thing_has_no_etag_to_match(hall: Hall) -> None:
    path = f"/flights/CKG/{today()}/ZX4711"
    for sent in ('"1"', "*"):
        assert hall.officer("PUT", path, flight(), If_Match=sent).status == 412


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "secret"}, "kind"), ({"route": "space"}, "route"),
        ({"scheduled": "2026-12-07T10:00:00"}, "scheduled"),
        ({"estimated": "soon"}, "estimated"), ({"expected_heads": -1}, "expected_heads"), ({"from": ""}, "from"),
        ({"from": "M\x00"}, "from"), ({"heads": 1}, "heads"),
    ],
)  # fmt: skip
def test_flights_that_cannot_be(hall: Hall, change: dict[str, Any], field: str) -> None:
    reply = hall.officer("PUT", f"/flights/CKG/{today()}/ZX4712", flight(**change))
    assert (reply.status, list(faults(reply))) == (422, [field])
    assert hall.officer("GET", f"/flights/CKG/{today()}/ZX4712").status == 404


def test_a_point_is_put_whole(hall: Hall) -> None:
    read = hall.officer("GET", "/points/CKG")
    body = {name: value for name, value in read.body.items() if name != "point"}
    assert hall.officer("PUT", "/points/CKG", body).status == 428
    put = hall.officer("PUT", "/points/CKG", body, If_Match=read.etag)
    assert (put.status, put.body) == (200, read.body)
    assert hall.officer("PUT", "/points/CKG", body, If_Match=read.etag).status == 412
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"time_zone": "Mars/Olympus"}, "time_zone"), ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "Asia"}, "time_zone"), ({"release_hour": "24:00"}, "release_hour"),
        ({"release_hour": "08:00\n"}, "release_hour"), ({"quarantine_days": 0}, "quarantine_days"),
        ({"country": "China"}, "country"), ({"zone_shared": "99"}, "zone_shared"), ({"languages": []}, "languages"),
        ({"zones": [*body["zones"], body["zones"][0]]}, f"zones.{len(body['zones'])}.zone"),
        ({"names": {"en": "A\u202eB"}}, "names.en"),
    ]  # fmt: skip
    for change, field in wrong:
        reply = hall.officer("PUT", "/points/CKG", {**body, **change}, If_Match=put.etag)
        assert (reply.status, list(faults(reply))) == (422, [field]), change
    for name in ("ckg", "CK", "CKGX", "C%00G"):
        assert hall.officer("PUT", f"/points/{name}", body).status == 404
    assert hall.officer("GET", "/points/CKG").etag == put.etag
    more = hall.officer("PUT", "/points/CKG", {**body, "languages": ["en", "tlh", "zh-Hans"]}, If_Match=put.etag)
    assert more.body["languages"] == ["en", "zh-Hans"], "in tlh nobody can declare"
    assert hall.officer("PUT", "/points/CKG", body, If_Match=more.etag).body == read.body


def test_a_district_with_its_contacts(hall: Hall) -> None:
    read = hall.officer("GET", "/districts/yubei")
    assert read.body["zone_label"]["en"].startswith("Zone 08")
    kept = {name: value for name, value in read.body.items() if name not in ("district", "zone_label", "on_duty")}
    contact = {"name": "赵敏", "phone": "１３８ 0050 0042", "duty": [{"from": "08:00", "to": "20:00"}], "deputy": True}
    put = hall.officer("PUT", "/districts/yubei", {**kept, "contacts": [contact]}, If_Match=read.etag)
    assert put.body["contacts"] == [{**contact, "phone": "+8613800500042", "language": "zh-Hans", "reach": "text"}]
    assert put.body["on_duty"] == ["赵敏"], "a deputy stands in"
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"contacts": [{"name": "x", "phone": "12"}]}, "contacts.0.phone"), ({"zone": "77"}, "zone"),
        ({"contacts": [{**contact, "duty": [{"from": "8", "to": "20:00"}]}]}, "contacts.0.duty.0.from"),
        ({"contacts": [{**contact, "reach": "fax"}]}, "contacts.0.reach"), ({"names": {}}, "names"),
        ({"contacts": [contact] * (MOST_CONTACTS + 1)}, "contacts"),
    ]  # fmt: skip
    for change, field in wrong:
        reply = hall.officer("PUT", "/districts/yubei", {**kept, **change}, If_Match=put.etag)
        assert (reply.status, list(faults(reply))) == (422, [field]), change
    many = hall.officer("PUT", "/districts/yubei", {**kept, "contacts": [contact] * MOST_CONTACTS}, If_Match=put.etag)
    assert (many.status, len(many.body["contacts"])) == (200, MOST_CONTACTS)
    assert hall.officer("PUT", "/districts/yubei", kept, If_Match=many.etag).status == 200


def test_a_fallback_number_stays_until_it_is_said_otherwise(hall: Hall) -> None:
    read = hall.officer("GET", "/districts/nanan")
    assert read.body["fallback"] is None
    kept = {name: read.body[name] for name in ("names", "kind", "code", "reception_point", "zone", "contacts")}
    tag, standing = read.etag, {"phone": "+8613800500777", "language": "zh-Hans", "reach": "text"}
    for said, expected in (
        ({"fallback": {"phone": "138 0050 0777"}}, standing),
        ({}, standing),
        ({"fallback": None}, None),
    ):
        put = hall.officer("PUT", "/districts/nanan", {**kept, **said}, If_Match=tag)
        assert (put.status, put.body["fallback"]) == (200, expected)
        tag = put.etag
    for wrong, field in ((("12"), "fallback.phone"), ((""), "fallback.phone")):
        reply = hall.officer("PUT", "/districts/nanan", {**kept, "fallback": {"phone": wrong}}, If_Match=tag)
        assert (reply.status, list(faults(reply))) == (422, [field])
    asleep = {"name": "夜", "phone": "13800500778", "duty": [{"from": "03:00", "to": "03:01"}]}
    put = hall.officer("PUT", "/districts/nanan", {**kept, "contacts": [asleep], "fallback": standing}, If_Match=tag)
    assert (put.body["on_duty"], put.body["fallback"]) == ([], standing)
    theirs = hall.at("district", "yuzhong")("GET", "/districts/nanan").body
    assert (theirs["contacts"], theirs["fallback"]) == ([], None)
    hall.officer("PUT", "/districts/nanan", {**kept, "fallback": None}, If_Match=put.etag)


def test_the_coordinators_phone_is_for_those_who_put_points(hall: Hall) -> None:
    read = hall.officer("GET", "/points/CKG")
    body = {name: value for name, value in read.body.items() if not name.startswith(("point", "coordinator"))}
    tag = read.etag
    for said, expected in (("138 0050 0900", "+8613800500900"), (None, "+8613800500900"), ("", "")):
        sent = body if said is None else {**body, "coordinator_phone": said}
        put = hall.officer("PUT", "/points/CKG", sent, If_Match=tag)
        assert (put.status, put.body["coordinator_phone"]) == (200, expected)
        assert hall.at("admin")("GET", "/points/CKG").body["coordinator_phone"] == expected
        assert hall.at("media")("GET", "/points/CKG").body["coordinator_phone"] is None
        tag = put.etag
    for wrong in ({"coordinator_phone": "12"}, {"coordinator_language": "tlh"}):
        reply = hall.officer("PUT", "/points/CKG", {**body, **wrong}, If_Match=tag)
        assert (reply.status, list(faults(reply))) == (422, list(wrong))


def test_the_coordinators_language_is_kept_as_the_phone_is(hall: Hall) -> None:
    read = hall.officer("GET", "/points/CKG")
    body = {name: value for name, value in read.body.items() if not name.startswith(("point", "coordinator"))}
    tag = read.etag
    for said, expected in (("vi", "vi"), (None, "vi"), (read.body["coordinator_language"], "zh-Hans")):
        sent = body if said is None else {**body, "coordinator_language": said}
        put = hall.officer("PUT", "/points/CKG", sent, If_Match=tag)
        assert (put.status, put.body["coordinator_language"]) == (200, expected)
        assert hall.at("media")("GET", "/points/CKG").body["coordinator_language"] is None
        tag = put.etag


def test_districts_and_hotels_are_listed(hall: Hall) -> None:
    districts = hall.officer("GET", "/districts").body
    assert districts["next"] is None
    assert {"yuzhong", "jiangbei"} <= {line["district"] for line in districts["items"]}
    hotel = {"names": {"en": f"Garden {new_document()}"}, "district": "yubei", "rooms": 120, "capacity": 160}
    made = hall.officer("POST", "/hotels", hotel)
    assert (made.status, made.body["names"]) == (201, hotel["names"])
    again = hall.officer("POST", "/hotels", hotel)
    assert (again.status, again.body["code"]) == (409, "hotel_known")
    assert faults(hall.officer("POST", "/hotels", {**hotel, "district": "atlantis"})) == {"district": "unknown"}
    assert faults(hall.officer("POST", "/hotels", {**hotel, "rooms": -1})) == {"rooms": "out_of_range"}
    listed: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        page = hall.officer("GET", f"/hotels?limit=2{f'&cursor={cursor}' if cursor else ''}").body
        listed += page["items"]
        cursor = page["next"]
    assert made.body in listed
