"""A drill through the API: the flight is marked, everything of it says so, and the numbers are masked."""

from tests.api.desk import Hall, declaration, people, today
from tests.openapi.seeded import flight


def test_a_flight_that_is_a_drill_and_who_declares_for_it(hall: Hall) -> None:
    path = f"/flights/CKG/{today()}/CA9991"
    body = {**flight(str(today())), "drill": True}
    made = hall.officer("PUT", path, body)
    assert (made.status, made.body["drill"]) == (201, True)
    (person,) = people(hall.anyone("POST", "/declarations", declaration(flight_number="CA9991")))
    assert hall.officer("GET", f"/travellers/{person.id}").body["drill"] is True
    assert hall.officer("GET", path).body["counts"]["declared"] == 1
    other = hall.declare()
    assert hall.officer("GET", f"/travellers/{other.id}").body["drill"] is False


def test_the_numbers_of_a_drill(hall: Hall) -> None:
    admin, path = hall.at("admin"), "/points/CKG/drill_numbers"
    before = admin("GET", path)
    put = admin("PUT", path, {"numbers": ["138 0013 8111"]}, If_Match=before.etag)
    assert put.body["numbers"] == ["+86 138••••8111"]
    assert admin("GET", path).body == put.body
    assert admin("PUT", path, {"numbers": ["12"]}, If_Match=put.etag).status == 422
    assert admin("PUT", path, {"numbers": []}, If_Match=before.etag).status == 412
    assert admin("PUT", path, {"numbers": []}).status == 428
    assert hall.at("hotel")("GET", path).status == 403
