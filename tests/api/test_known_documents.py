"""Different answers for a known document: kept for an officer, and nothing of the first case told or changed."""

from typing import Any

from tests.api.desk import Hall, Person, at_once, companion, declaration, new_document, people


def as_it_is(hall: Hall, person: Person) -> tuple[Any, str, Any]:
    """Everything that can be read of a case, its ETag included, but the links that are for the officer."""
    reply = hall.officer("GET", f"/travellers/{person.id}")
    history = hall.officer("GET", f"/travellers/{person.id}/history").body
    return {**reply.body, "linked": None}, reply.etag, history


def test_a_stranger_with_the_number_gets_a_pass_of_their_own(hall: Hall) -> None:
    document = new_document()
    first = hall.declare(document_number=document)
    before = as_it_is(hall, first)
    reply = hall.anyone("POST", "/declarations", declaration(document_number=document, family_name="WANG"))
    assert reply.status == 201
    (second,) = people(reply)
    assert {second.id, second.reference, second.token}.isdisjoint({first.id, first.reference, first.token})
    assert first.id not in str(reply.body)
    assert first.reference not in str(reply.body)
    assert as_it_is(hall, first) == before
    linked = hall.officer("GET", f"/travellers/{first.id}").body["linked"]
    assert linked == [{"traveller_id": second.id, "reason": "same_document"}]
    assert hall.officer("GET", f"/travellers/{second.id}").body["linked_to"] == first.id
    search = hall.officer("POST", "/travellers/search", {"document_number": document}).body["items"]
    assert {item["traveller_id"] for item in search} == {first.id, second.id}


def test_the_answer_is_shaped_as_for_an_unknown_document(hall: Hall) -> None:
    document = new_document()
    unknown = hall.anyone("POST", "/declarations", declaration(document_number=document))
    known = hall.anyone("POST", "/declarations", declaration(document_number=document, seat="1A"))
    assert known.status == unknown.status
    assert list(known.body) == list(unknown.body)
    assert [line["state"] for line in known.body["party"]] == ["declared"]


def test_the_linked_declaration_is_one_however_often_it_is_sent(hall: Hall) -> None:
    document = new_document()
    first = hall.declare(document_number=document)
    other = declaration(document_number=document, family_name="WANG")
    replies = at_once(
        6, lambda place: hall.anyone("POST", "/declarations", other, Idempotency_Key=f"{document}{place}")
    )
    assert {reply.status for reply in replies} == {201}
    assert len({reply.body["declaration_id"] for reply in replies}) == 1
    assert len(hall.officer("GET", f"/travellers/{first.id}").body["linked"]) == 1


def test_a_companion_with_a_known_document(hall: Hall) -> None:
    document = new_document()
    first = hall.declare(document_number=document)
    before = as_it_is(hall, first)
    party = hall.party(companions=[companion(document_number=document, family_name="ZHAO")])
    assert len(party) == 2
    assert as_it_is(hall, first) == before
    states = [hall.officer("GET", f"/travellers/{person.id}").body["linked_to"] for person in party]
    assert states == [None, first.id]


def test_the_document_of_another_country_is_another_document(hall: Hall) -> None:
    document = new_document()
    hall.declare(document_number=document, document_country="CN")
    second = hall.declare(document_number=document, document_country="IT")
    assert hall.officer("GET", f"/travellers/{second.id}").body["linked_to"] is None


def test_ten_different_answers_at_once_for_one_new_document(hall: Hall) -> None:
    document = new_document()
    bodies = [declaration(document_number=document, seat=f"{row}A") for row in range(1, 7)]
    replies = at_once(len(bodies), lambda place: hall.anyone("POST", "/declarations", bodies[place]))
    assert {reply.status for reply in replies} == {201}
    ids = {people(reply)[0].id for reply in replies}
    whole = [hall.officer("GET", f"/travellers/{case}").body for case in ids]
    (first,) = (case for case in whole if case["linked_to"] is None)
    assert {case["linked_to"] for case in whole} == {None, first["traveller_id"]}
    assert {link["traveller_id"] for link in first["linked"]} == ids - {first["traveller_id"]}
