"""The holder of the pass amends; after an officer has looked, the amendment waits for an officer."""

from typing import Any

from tests.api.desk import Hall, companion, declaration, faults, new_document, people
from tests.api_client import Reply


def amended(hall: Hall, token: str, body: object, **headers: Any) -> Reply:
    return hall.anyone("POST", "/declarations", body, Authorization=f"Pass {token}", **headers)


def test_the_holder_amends_their_own(hall: Hall) -> None:
    body = declaration()
    first = people(hall.anyone("POST", "/declarations", body))[0]
    etag = hall.officer("GET", f"/travellers/{first.id}").etag
    body["answers"] |= {"seat": "40K", "household_registration": "jiangbei"}
    reply = amended(hall, first.token, body)
    assert reply.status == 201
    assert [person.id for person in people(reply)] == [first.id]
    assert reply.body["zone"] == "03"
    now = hall.officer("GET", f"/travellers/{first.id}")
    assert (now.body["seat"], now.body["declarations"], now.body["linked"]) == ("40K", 2, [])
    assert now.etag != etag
    verbs = [entry["verb"] for entry in hall.officer("GET", f"/travellers/{first.id}/history").body["items"]]
    assert verbs == ["declare", "amend"]


def test_a_companions_answers_alone_can_change(hall: Hall) -> None:
    member = companion()
    body = declaration(companions=[member])
    declarer, other = people(hall.anyone("POST", "/declarations", body))
    body["answers"]["companions"] = [{**member, "symptoms": ["fever"], "no_symptoms": False}]
    assert [person.id for person in people(amended(hall, declarer.token, body))] == [declarer.id, other.id]
    assert hall.officer("GET", f"/travellers/{other.id}").body["signs"] == ["fever"]


def test_a_repeated_amendment_answers_as_the_first_time(hall: Hall) -> None:
    body, key = declaration(), new_document()
    person = people(hall.anyone("POST", "/declarations", body))[0]
    body["answers"]["seat"] = "2A"
    first = amended(hall, person.token, body, Idempotency_Key=key)
    newer = {**body, "answers": {**body["answers"], "seat": "3A"}}
    assert amended(hall, person.token, newer).status == 201
    late = amended(hall, person.token, body, Idempotency_Key=key)
    assert (late.status, late.body) == (201, first.body)
    assert hall.officer("GET", f"/travellers/{person.id}").body["seat"] == "3A"
    assert amended(hall, person.token, newer, Idempotency_Key=key).body["code"] == "idempotency_key_reused"


def test_after_an_officer_has_verified_it_waits_for_an_officer(hall: Hall) -> None:
    body = declaration()
    person = people(hall.anyone("POST", "/declarations", body))[0]
    hall.officer.verb(person.id, "verify")
    before = hall.officer("GET", f"/travellers/{person.id}")
    body["answers"]["seat"] = "9C"
    reply = amended(hall, person.token, body)
    assert reply.status == 201
    (kept,) = people(reply)
    after = hall.officer("GET", f"/travellers/{person.id}")
    assert after.etag == before.etag
    assert {**after.body, "linked": []} == before.body
    assert [link["traveller_id"] for link in after.body["linked"]] == [kept.id]
    assert hall.officer("GET", f"/travellers/{kept.id}").body["linked_to"] == person.id


def test_only_a_pass_signed_here_opens_a_case(hall: Hall) -> None:
    person, body = hall.declare(), declaration()
    for token in ("", "A" * 122, person.token[:-4] + "AAAA", person.id):
        reply = amended(hall, token, body)
        assert (reply.status, reply.body["code"]) == (401, "not_signed_in")
    assert hall.officer("GET", f"/travellers/{person.id}").body["declarations"] == 1


def test_a_companions_pass_does_not_amend_the_party(hall: Hall) -> None:
    body = declaration(companions=[companion()])
    _, other = people(hall.anyone("POST", "/declarations", body))
    assert amended(hall, other.token, body).status == 403


def test_an_amendment_cannot_take_anothers_document(hall: Hall) -> None:
    document = new_document()
    victim = hall.declare(document_number=document)
    before = hall.officer("GET", f"/travellers/{victim.id}")
    body = declaration()
    person = people(hall.anyone("POST", "/declarations", body))[0]
    body["answers"]["document_number"] = document
    reply = amended(hall, person.token, body)
    assert (reply.status, reply.body["code"]) == (409, "document_known")
    assert hall.officer("GET", f"/travellers/{victim.id}").body == before.body
    assert hall.officer("GET", f"/travellers/{person.id}").body["declarations"] == 1


def test_an_amendment_is_judged_like_a_declaration(hall: Hall) -> None:
    body = declaration()
    person = people(hall.anyone("POST", "/declarations", body))[0]
    body["answers"]["phone"] = "?"
    assert faults(amended(hall, person.token, body)) == {"phone": "phone_characters"}
