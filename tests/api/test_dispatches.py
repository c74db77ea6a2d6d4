"""A vehicle through the API: who may be on it, who steps in, who is counted, and what is told of it."""

import pytest

from tests.api.desk import Hall, faults, vehicle_for


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"district": "atlantis"}, "district"),
        ({"district": ""}, "district"),
        ({"vehicle": {"plate": "渝A1", "kind": "bus", "capacity": 0}}, "vehicle.capacity"),
        ({"vehicle": {"plate": "渝A1", "kind": "bus"}}, "vehicle.capacity"),
        ({"vehicle": {"plate": "渝\x00", "kind": "bus", "capacity": 4}}, "vehicle.plate"),
        ({"escort": {"name": "王强", "phone": "12"}}, "escort.phone"),
        ({"escort": None}, "escort"),
        ({"traveller_ids": []}, "traveller_ids"),
        ({"traveller_ids": "x"}, "traveller_ids"),
        ({"driver": "x"}, "driver"),
    ],
)
def test_what_is_refused(hall: Hall, change: dict[str, object], field: str) -> None:
    person = hall.declare()
    reply = hall.officer("POST", "/dispatches", {**vehicle_for(person), **change})
    assert reply.status == 422
    assert field in faults(reply)


def test_who_may_be_on_it(hall: Hall) -> None:
    person, declared = hall.registered(), hall.declare()
    refused = hall.dispatch(person, declared)
    assert (refused.status, refused.body["state"]) == (409, "declared")
    assert hall.dispatch(person, person).status == 422
    nobody = vehicle_for(person)
    nobody["traveller_ids"].append("00000000000")
    assert hall.officer("POST", "/dispatches", nobody).status == 404
    full = hall.officer("POST", "/dispatches", vehicle_for(person, hall.registered(), capacity=1))
    assert (full.status, full.body["code"], full.body["params"]) == (409, "over_capacity", {"capacity": "1"})
    assert hall.officer("GET", f"/travellers/{person.id}").body["dispatch_id"] is None
    assert hall.dispatch(person).status == 201
    twice = hall.dispatch(person)
    assert (twice.status, twice.body["code"]) == (409, "already_on_a_dispatch")


def test_boarding(hall: Hall) -> None:
    person, stranger = hall.registered(), hall.registered()
    opened = hall.dispatch(person)
    path = f"/dispatches/{opened.body['dispatch_id']}"
    assert hall.officer("POST", f"{path}/depart").body["code"] == "nobody_boarded"
    not_listed = hall.officer("POST", f"{path}/board", {"traveller_id": stranger.id})
    assert (not_listed.status, not_listed.body["code"]) == (409, "not_on_roster")
    assert faults(hall.officer("POST", f"{path}/board", {"pass": "A" * 122})) == {"pass": "unknown"}
    assert hall.officer("POST", f"{path}/board", {}).status == 422
    assert hall.officer("POST", f"{path}/board", {"pass": person.url, "traveller_id": person.id}).status == 422
    first = hall.officer("POST", f"{path}/board", {"pass": person.url})
    again = hall.officer("POST", f"{path}/board", {"pass": person.token.lower()})
    assert (first.body, first.etag) == (again.body, again.etag)
    assert hall.officer("POST", f"{path}/arrive", {"present": []}).body["state"] == "boarding"
    departed = hall.officer("POST", f"{path}/depart")
    assert departed.body["state"] == "departed"
    late = hall.officer("POST", f"{path}/board", {"traveller_id": person.id})
    assert (late.status, late.body["state"], late.body["allowed"]) == (
        409,
        "departed",
        ["change", "stop_messages", "arrive"],
    )


def test_who_did_not_board_stays_behind(hall: Hall) -> None:
    aboard, left = hall.registered(), hall.registered()
    path = f"/dispatches/{hall.dispatch(aboard, left).body['dispatch_id']}"
    hall.officer("POST", f"{path}/board", {"traveller_id": aboard.id})
    assert hall.officer("POST", f"{path}/depart").status == 200
    assert (hall.state(aboard), hall.state(left)) == ("dispatched", "registered")
    assert hall.dispatch(left).status == 201


def test_a_headcount(hall: Hall) -> None:
    one, two, stranger = hall.registered(), hall.registered(), hall.registered()
    path = f"/dispatches/{hall.departed(one, two)}"
    unknown = hall.officer("POST", f"{path}/arrive", {"present": [one.id, stranger.id]})
    assert (unknown.status, unknown.body["code"]) == (409, "not_boarded")
    assert unknown.body["params"] == {"travellers": stranger.id}
    assert hall.officer("GET", path).body["state"] == "departed"
    short = hall.officer("POST", f"{path}/arrive", {"present": [one.id]}).body
    assert (short["discrepancy"], short["missing"], short["arrived_at"] is not None) == (True, [two.id], True)
    counted = hall.officer("POST", f"{path}/arrive", {"present": [two.id, one.id]}).body
    assert (counted["discrepancy"], counted["missing"]) == (False, [])
    assert hall.officer("POST", f"{path}/acknowledge").body["state"] == "acknowledged"
    late = hall.officer("POST", f"{path}/arrive", {"present": []})
    assert (late.status, late.body["state"], late.body["allowed"]) == (409, "acknowledged", ["stop_messages"])
    assert {hall.state(one), hall.state(two)} == {"received"}


def test_a_vehicle_that_lost_somebody_hands_over_the_others(hall: Hall) -> None:
    one, two = hall.registered(), hall.registered()
    path = f"/dispatches/{hall.departed(one, two)}"
    hall.officer("POST", f"{path}/arrive", {"present": [one.id]})
    handed = hall.officer("POST", f"{path}/acknowledge").body
    assert (handed["state"], handed["missing"], handed["discrepancy"]) == ("acknowledged", [two.id], True)
    assert (hall.state(one), hall.state(two)) == ("received", "dispatched")


def test_a_referral_frees_the_seat(hall: Hall) -> None:
    person, other = hall.registered(), hall.registered()
    path = f"/dispatches/{hall.dispatch(person, other).body['dispatch_id']}"
    assert hall.officer.verb(person.id, "refer", {"reason": "发热"}).body["dispatch_id"] is None
    assert hall.officer("GET", path).body["traveller_ids"] == [other.id]
    assert hall.officer.verb(person.id, "return").body["state"] == "registered"
    assert hall.dispatch(person).status == 201


def test_what_a_departure_owes_is_listed_and_masked(hall: Hall) -> None:
    person = hall.registered()
    dispatch = hall.departed(person)
    listed = hall.officer("GET", f"/messages?dispatch_id={dispatch}").body["items"]
    # The fan-out is a job's; the district's digest is the departure's own.
    assert {(item["event"], item["recipient_kind"], item["state"]) for item in listed} == {
        ("dispatched", "district", "owed")
    }
    assert all("•" in item["to"] and item["segments"] == 1 for item in listed)
    message = listed[0]["message_id"]
    resend = hall.officer("POST", f"/messages/{message}/resend")
    assert (resend.status, resend.body["state"]) == (409, "owed")
    assert hall.officer("GET", f"/messages?dispatch_id={dispatch}&state=failed").body["items"] == []
    assert hall.officer("GET", f"/messages?dispatch_id={dispatch}&state=lost").status == 422


def test_the_plan_of_a_vehicle_on_the_road_changes(hall: Hall) -> None:
    one, two = hall.registered(), hall.registered()
    path = f"/dispatches/{hall.departed(one, two)}"
    for wrong, field in (
        ({"change": "late", "reason": "x"}, "change"),
        ({"change": "breakdown"}, "reason"),
        ({"change": "district", "reason": "x"}, "district"),
        ({"change": "district", "reason": "x", "district": "atlantis"}, "district"),
        ({"change": "left", "reason": "x"}, "traveller_id"),
    ):
        refused = hall.officer("POST", f"{path}/change", wrong)
        assert (refused.status, field in faults(refused)) == (422, True)
    moved = hall.officer("POST", f"{path}/change", {"change": "district", "reason": "封路", "district": "jiangbei"})
    assert (moved.body["district"], moved.body["changes"], moved.body["state"]) == ("jiangbei", 1, "departed")
    assert hall.officer("GET", f"/travellers/{one.id}").body["district"] == "jiangbei"
    less = hall.officer("POST", f"{path}/change", {"change": "left", "reason": "不适", "traveller_id": one.id})
    assert (less.body["boarded"], less.body["traveller_ids"]) == ([two.id], [two.id])
    assert hall.state(one) == "registered"
    verbs = [entry["verb"] for entry in hall.officer("GET", f"/travellers/{one.id}/history").body["items"]]
    assert {"take_off", "change_plan", "depart"} <= set(verbs)
    assert hall.officer("POST", f"{path}/arrive", {"present": [two.id]}).status == 200
    late = hall.officer("POST", f"{path}/change", {"change": "breakdown", "reason": "x"})
    assert (late.status, late.body["state"], "change" in late.body["allowed"]) == (409, "arrived", False)


def test_many_texts_are_asked_back_with_their_price_and_go_when_confirmed(hall: Hall) -> None:
    point = hall.officer("GET", "/points/CKG")
    body = {name: value for name, value in point.body.items() if name != "point"}
    strict = hall.at("admin")("PUT", "/points/CKG", {**body, "confirm_above": 1}, If_Match=point.etag)
    assert strict.body["confirm_above"] == 1
    try:
        person = hall.registered()
        dispatch = hall.dispatch(person).body["dispatch_id"]
        path = f"/dispatches/{dispatch}"
        hall.officer("POST", f"{path}/board", {"traveller_id": person.id})
        key = f"confirm-{dispatch}"
        asked = hall.officer("POST", f"{path}/depart", {}, Idempotency_Key=key)
        assert (asked.status, asked.body["code"]) == (409, "confirmation_needed")
        cost = asked.body["cost"]
        assert (cost["messages"] > 1, cost["segments"] >= cost["messages"], cost["currency"]) == (True, True, "USD")
        assert sum(cost["languages"].values()) == cost["messages"]
        assert hall.officer("GET", path).body["state"] == "boarding"
        assert hall.officer("POST", f"{path}/depart", {"confirm": "yes"}).status == 422
        gone = hall.officer("POST", f"{path}/depart", {"confirm": True}, Idempotency_Key=key)
        assert (gone.status, gone.body["state"]) == (200, "departed")
        assert hall.officer("POST", f"{path}/depart", {"confirm": True}, Idempotency_Key=key).body == gone.body
    finally:
        again = hall.officer("GET", "/points/CKG")
        assert hall.at("admin")("PUT", "/points/CKG", body, If_Match=again.etag).body["confirm_above"] == 200
