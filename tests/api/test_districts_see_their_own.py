"""A district sees its own people and vehicles; another's do not exist for it."""

from dataclasses import dataclass

import pytest

from tests.api.desk import CheckedApi, Hall, Person, faults, today, vehicle_for


@dataclass(frozen=True)
class Scene:
    """Somebody of jiangbei on a vehicle there, and the officers of two districts."""

    theirs: Person
    dispatch: str
    jiangbei: CheckedApi
    yuzhong: CheckedApi


@pytest.fixture(scope="module")
def scene(hall: Hall) -> Scene:
    person = hall.registered(household_registration="jiangbei", destination_district="jiangbei")
    dispatch = hall.departed(person, district="jiangbei")
    return Scene(person, dispatch, hall.at("district", "jiangbei"), hall.at("district", "yuzhong"))


def test_its_own_are_seen(scene: Scene) -> None:
    assert scene.jiangbei("GET", f"/travellers/{scene.theirs.id}").status == 200
    assert scene.jiangbei("GET", f"/travellers/{scene.theirs.id}/history").status == 200
    assert scene.jiangbei("GET", f"/dispatches/{scene.dispatch}").status == 200
    assert scene.jiangbei("GET", f"/messages?traveller_id={scene.theirs.id}").status == 200
    assert scene.jiangbei("GET", f"/messages?dispatch_id={scene.dispatch}").status == 200


def test_anothers_are_404_in_every_way(scene: Scene) -> None:
    case, vehicle = f"/travellers/{scene.theirs.id}", f"/dispatches/{scene.dispatch}"
    for path in (case, f"{case}/history", vehicle, f"/messages?traveller_id={scene.theirs.id}",
                 f"/messages?dispatch_id={scene.dispatch}"):  # fmt: skip
        assert scene.yuzhong("GET", path).status == 404, path
    bodies = {"quarantine": {"kind": "home", "place": "x"}, "correct": {"answers": {"seat": "1A"}},
              "quarantine/change": {"end_date": str(today()), "reason": "x"}}  # fmt: skip
    for verb in ("correct", "refer", "release", "hold", "unhold", "quarantine", "quarantine/change"):
        body = bodies.get(verb, {"reason": "x"})
        assert scene.yuzhong("POST", f"{case}/{verb}", body).status == 404, verb
        assert scene.yuzhong("POST", f"{case}/{verb}", body, If_Match="*").status == 404, verb
    for verb, body in (("arrive", {"present": [scene.theirs.id]}), ("acknowledge", {}), ("depart", {}),
                       ("board", {"traveller_id": scene.theirs.id})):  # fmt: skip
        assert scene.yuzhong("POST", f"{vehicle}/{verb}", body).status == 404, verb


def test_nothing_tells_another_district_from_nobody(scene: Scene) -> None:
    nobody = scene.yuzhong("GET", "/travellers/00000000000")
    other = scene.yuzhong("GET", f"/travellers/{scene.theirs.id}")
    assert (nobody.body, nobody.status) == (other.body, other.status)


def test_lists_and_searches_hold_only_its_own(hall: Hall, scene: Scene) -> None:
    mine = hall.declare()
    for query in ("", "?flight=CA406", "?district=jiangbei"):
        listed = scene.yuzhong("GET", f"/travellers{query}{'&' if query else '?'}limit=200").body["items"]
        assert {line["district"] for line in listed} <= {"yuzhong"}
    assert scene.yuzhong("GET", "/dispatches?limit=200&district=jiangbei").body["items"] == []
    vehicles = scene.yuzhong("GET", "/dispatches?limit=200").body["items"]
    assert {vehicle["district"] for vehicle in vehicles} <= {"yuzhong"}
    document = hall.officer("GET", f"/travellers/{scene.theirs.id}").body["answers"]["document_number"]
    for sought in ({"reference": scene.theirs.reference}, {"document_number": document}, {"name": "李小明"},
                   {"phone": "13800138000"}, {"plate": "渝A12345"}):  # fmt: skip
        found = scene.yuzhong("POST", "/travellers/search", sought).body["items"]
        assert scene.theirs.id not in {line["traveller_id"] for line in found}
    own = scene.yuzhong("POST", "/travellers/search", {"reference": mine.reference}).body["items"]
    assert [line["traveller_id"] for line in own] == [mine.id]


def test_it_sends_no_vehicle_elsewhere_and_takes_nobody_elses_people(hall: Hall, scene: Scene) -> None:
    mine = hall.registered()
    assert scene.yuzhong("POST", "/dispatches", vehicle_for(mine, district="jiangbei")).status == 404
    theirs = hall.registered(household_registration="jiangbei")
    assert scene.yuzhong("POST", "/dispatches", vehicle_for(theirs, district="yuzhong")).status == 404
    assert hall.officer("GET", f"/travellers/{theirs.id}").body["dispatch_id"] is None


def test_it_puts_its_own_contacts_only(hall: Hall, scene: Scene) -> None:
    read = scene.yuzhong("GET", "/districts/yuzhong")
    body = {name: read.body[name] for name in ("names", "kind", "code", "reception_point", "zone", "contacts")}
    assert scene.jiangbei("PUT", "/districts/yuzhong", body, If_Match=read.etag).status == 404
    assert scene.jiangbei("PUT", "/districts/atlantis", body).status == 403
    put = scene.yuzhong("PUT", "/districts/yuzhong", body, If_Match=read.etag)
    assert put.status == 200
    assert put.body == read.body


def test_the_days_messages_are_for_those_who_see_all(scene: Scene) -> None:
    assert faults(scene.yuzhong("GET", "/messages")) == {"traveller_id": "required"}
