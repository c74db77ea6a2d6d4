"""Once and only once: the same submission many times, keys of every kind, and everybody at the same moment."""

import hashlib
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from chalicelib.actions.ports import Save
from chalicelib.domain.arrivals import Once
from tests.api.desk import Hall, Person, at_once, companion, declaration, new_document, people, vehicle_for
from tests.api_client import Reply

TEN = 10


def same_answer(replies: list[Reply], status: int = 201) -> dict[str, Any]:
    """The one body that all of them have."""
    assert {reply.status for reply in replies} == {status}, [reply.body for reply in replies]
    assert all(reply.body == replies[0].body and reply.etag == replies[0].etag for reply in replies)
    return dict(replies[0].body)


@pytest.mark.parametrize("keys", ["one key", "no key", "different keys"])
def test_a_declaration_sent_ten_times_at_once_is_one(hall: Hall, keys: str) -> None:
    document, family = new_document(), [companion(), companion()]
    body = declaration(document_number=document, companions=family)

    def send(place: int) -> Reply:
        key = {"one key": f"k-{document}", "different keys": f"k-{document}-{place}"}.get(keys)
        sent: dict[str, Any] = {"Idempotency_Key": key} if key else {}
        return hall.anyone("POST", "/declarations", body, **sent)

    receipt = same_answer(at_once(TEN, send))
    assert len(receipt["party"]) == 3
    for number in (document, *(one["document_number"] for one in family)):
        found = hall.officer("POST", "/travellers/search", {"document_number": number}).body["items"]
        assert len(found) == 1
    whole = hall.officer("GET", f"/travellers/{receipt['traveller_id']}").body
    assert (whole["linked"], whole["declarations"]) == ([], 1)


def test_the_same_answers_later_give_the_first_receipt(hall: Hall) -> None:
    body = declaration()
    first = hall.anyone("POST", "/declarations", body, Idempotency_Key=new_document())
    hall.officer.verb(people(first)[0].id, "verify")
    same_answer([first, hall.anyone("POST", "/declarations", body)])


def test_a_key_with_other_answers_is_refused(hall: Hall) -> None:
    key, body = new_document(), declaration()
    assert hall.anyone("POST", "/declarations", body, Idempotency_Key=key).status == 201
    other = {**body, "answers": {**body["answers"], "family_name": "WANG"}}
    refused = hall.anyone("POST", "/declarations", other, Idempotency_Key=key)
    assert (refused.status, refused.body["code"]) == (422, "idempotency_key_reused")
    assert hall.anyone("POST", "/declarations", declaration(), Idempotency_Key=key).status == 422


def test_a_verb_repeated_with_its_key_answers_as_the_first_time(hall: Hall) -> None:
    person, key = hall.declare(), new_document()
    path, etag = f"/travellers/{person.id}", hall.officer("GET", f"/travellers/{person.id}").etag
    first = hall.officer("POST", f"{path}/verify", {}, If_Match=etag, Idempotency_Key=key)
    assert hall.officer.verb(person.id, "register").status == 200
    again = hall.officer("POST", f"{path}/verify", {}, If_Match=etag, Idempotency_Key=key)
    assert same_answer([first, again], 200)["state"] == "verified"
    for other in (("verify", {"reason": "x"}), ("void", {})):
        reused = hall.officer("POST", f"{path}/{other[0]}", other[1], If_Match=etag, Idempotency_Key=key)
        assert (reused.status, reused.body["code"]) == (422, "idempotency_key_reused")
    elsewhere = hall.at("onsite")("POST", f"{path}/verify", {}, If_Match=etag, Idempotency_Key=key)
    assert elsewhere.status == 412, "another key holder's key is another key"


@pytest.mark.parametrize("round_", range(3))
def test_a_verb_with_one_key_ten_times_at_once(hall: Hall, round_: int) -> None:
    person, key = hall.declare(), new_document()
    path, etag = f"/travellers/{person.id}", hall.officer("GET", f"/travellers/{person.id}").etag
    replies = at_once(TEN, lambda _: hall.officer("POST", f"{path}/verify", {}, If_Match=etag, Idempotency_Key=key))
    assert same_answer(replies, 200)["state"] == "verified"
    history = hall.officer("GET", f"{path}/history").body
    assert [entry["verb"] for entry in history["items"]] == ["declare", "verify"]


@pytest.mark.parametrize("round_", range(3))
def test_a_dispatch_with_one_key_ten_times_at_once(hall: Hall, round_: int) -> None:
    person, key = hall.registered(), new_document()
    receipt = same_answer(at_once(TEN, lambda _: hall.dispatch(person, Idempotency_Key=key)))
    assert receipt["state"] == "boarding"
    assert hall.officer("GET", f"/travellers/{person.id}").body["dispatch_id"] == receipt["dispatch_id"]
    later = hall.dispatch(person, Idempotency_Key=key)
    assert (later.status, later.body) == (201, receipt)


def test_a_kept_answer_that_was_lost_is_answered_from_the_resource(hall: Hall) -> None:
    hotel = {"names": {"en": f"Inn {new_document()}"}, "district": "yuzhong", "rooms": 3, "capacity": 3}
    person = hall.registered()
    for path, body in (("/hotels", hotel), ("/dispatches", vehicle_for(person))):
        key = new_document()
        first = hall.officer("POST", path, body, Idempotency_Key=key)
        forget_answers(hall, key)
        again = hall.officer("POST", path, body, Idempotency_Key=key)
        same_answer([first, again])


def forget_answers(hall: Hall, key: str) -> None:
    """As if the process had died between the change and the keeping of its answer."""
    actor = f"key:{hall.officer.key.split('_')[1]}"
    row = hall.wiring.store.get(Once, hashlib.sha256(f"{actor}\x1f{key}".encode()).hexdigest())
    assert row.personal
    hall.wiring.store.commit([Save(replace(row, personal=None))])


def test_a_repetition_that_changed_nothing_is_kept_too(hall: Hall) -> None:
    person, key = hall.registered(), new_document()
    board = f"/dispatches/{hall.dispatch(person).body['dispatch_id']}/board"
    assert hall.officer("POST", board, {"traveller_id": person.id}).status == 200
    first = hall.officer("POST", board, {"traveller_id": person.id}, Idempotency_Key=key)
    assert hall.officer("POST", board.replace("board", "depart")).status == 200
    same_answer([first, hall.officer("POST", board, {"traveller_id": person.id}, Idempotency_Key=key)], 200)


def test_nobody_is_on_two_vehicles(hall: Hall) -> None:
    for _ in range(3):
        person, others = hall.registered(), [hall.registered(), hall.registered()]
        replies = at_once(2, partial(ride, hall, person, others))
        assert sorted(reply.status for reply in replies) == [201, 409]
        winner = next(reply for reply in replies if reply.status == 201)
        (loser,) = (reply for reply in replies if reply.status == 409)
        assert loser.body["code"] == "already_on_a_dispatch"
        assert hall.officer("GET", f"/travellers/{person.id}").body["dispatch_id"] == winner.body["dispatch_id"]
        left = next(other for other in others if other.id not in winner.body["traveller_ids"])
        assert hall.officer("GET", f"/travellers/{left.id}").body["dispatch_id"] is None


def ride(hall: Hall, person: Person, others: list[Person], place: int) -> Reply:
    """One of two vehicles that both want the same person."""
    return hall.dispatch(person, others[place])


def test_two_officers_at_once_on_one_traveller(hall: Hall) -> None:
    for _ in range(3):
        person = hall.declare()
        etag = hall.officer("GET", f"/travellers/{person.id}").etag
        asked = [("verify", {}), ("void", {"reason": "twice"})]

        def act(place: int, who: str = person.id, sent: str = etag, verbs: Any = asked) -> Reply:
            verb, body = verbs[place]
            return hall.officer("POST", f"/travellers/{who}/{verb}", body, If_Match=sent)

        replies = at_once(2, act)
        assert sorted(reply.status for reply in replies) == [200, 412]
        history = hall.officer("GET", f"/travellers/{person.id}/history").body
        assert (len(history["items"]), history["intact"]) == (2, True)


def test_boarding_a_whole_bus_from_many_hands_at_once(hall: Hall) -> None:
    people_aboard = [hall.registered() for _ in range(6)]
    board = f"/dispatches/{hall.dispatch(*people_aboard).body['dispatch_id']}/board"
    replies = at_once(6, lambda place: hall.officer("POST", board, {"pass": people_aboard[place].url}))
    answered = [reply.status for reply in replies]
    assert set(answered) <= {200, 412}
    for person in people_aboard:
        assert hall.officer("POST", board, {"traveller_id": person.id}).status == 200
    aboard = hall.officer("GET", board.removesuffix("/board")).body["boarded"]
    assert sorted(aboard) == sorted(person.id for person in people_aboard)
    assert answered == [200] * 6, "hands at the same door wait for each other"
