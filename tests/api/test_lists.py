"""Lists a page at a time, cursors that nobody reads, and search by what an officer has."""

import pytest

from tests.api.desk import Hall, faults, new_document, today

FLIGHT = "ZZ" + str(1000 + hash(new_document()) % 8000)


def test_pages_come_to_the_whole_and_nobody_twice(hall: Hall) -> None:
    ids = [hall.declare(flight_number=FLIGHT).id for _ in range(7)]
    seen: list[str] = []
    path, cursor, pages = f"/travellers?flight={FLIGHT}&limit=3", None, 0
    while True:
        page = hall.officer("GET", path + (f"&cursor={cursor}" if cursor else "")).body
        seen += [line["traveller_id"] for line in page["items"]]
        cursor, pages = page["next"], pages + 1
        if cursor is None:
            break
        assert len(page["items"]) == 3
        assert not any(secret in cursor for secret in (FLIGHT, "CKG", *ids))
    assert (seen, pages) == (ids, 3)


def test_a_cursor_goes_on_with_its_own_list_only(hall: Hall) -> None:
    for _ in range(2):
        hall.declare(flight_number=FLIGHT)
    cursor = hall.officer("GET", f"/travellers?flight={FLIGHT}&limit=1").body["next"]
    elsewhere = [
        f"/travellers?cursor={cursor}", f"/dispatches?cursor={cursor}", f"/messages?cursor={cursor}",
        f"/travellers?flight={FLIGHT}&date=2026-01-01&cursor={cursor}", "/travellers?cursor=x",
        "/travellers?cursor=%F0%9F%92%A3", f"/travellers?flight={FLIGHT}&cursor={cursor[:-4]}AAAA",
    ]  # fmt: skip
    for path in elsewhere:
        reply = hall.officer("GET", path)
        assert (reply.status, faults(reply)) == (422, {"cursor": "not_a_cursor"}), path


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("limit=0", {"limit": "out_of_range"}),
        ("limit=-1", {"limit": "out_of_range"}),
        ("limit=ten", {"limit": "out_of_range"}),
        ("limit=%D9%A3", {"limit": "out_of_range"}),
        ("date=07.12.2026", {"date": "not_a_date"}),
        ("date=2026-02-30", {"date": "not_a_date"}),
        ("date=20261207", {"date": "not_a_date"}),
        ("date=0001-01-01", {"date": "implausible_date"}),
        ("date=9999-12-31", {"date": "implausible_date"}),
        ("state=lost", {"state": "not_a_choice"}),
        ("district=atlantis", {"district": "unknown"}),
        ("point=XXX", {"point": "unknown"}),
        ("flight=x", {"flight": "not_a_flight"}),
    ],
)
def test_queries_that_cannot_be(hall: Hall, query: str, expected: dict[str, str]) -> None:
    reply = hall.officer("GET", f"/travellers?{query}")
    assert (reply.status, faults(reply)) == (422, expected)


def test_a_list_by_state_and_a_limit_beyond_the_most(hall: Hall) -> None:
    person = hall.declare(flight_number=FLIGHT)
    hall.officer.verb(person.id, "verify")
    written = f"{FLIGHT[:2].lower()}%200{FLIGHT[2:]}"
    listed = hall.officer("GET", f"/travellers?flight={written}&state=verified&limit=100000").body
    assert [line["traveller_id"] for line in listed["items"]] == [person.id]
    assert listed["next"] is None


def test_a_line_is_masked_and_the_case_is_not(hall: Hall) -> None:
    document = new_document()
    person = hall.declare(document_number=document, flight_number=FLIGHT)
    listed = hall.officer("GET", f"/travellers?flight={FLIGHT}").body["items"]
    line = next(one for one in listed if one["traveller_id"] == person.id)
    assert (line["name"], line["phone"]) == ("李*", "+86 138••••8000")
    assert document not in str(line)
    whole = hall.officer("GET", f"/travellers/{person.id}").body
    assert whole["answers"]["document_number"] == document
    assert whole["declared_at"].endswith("+00:00")
    assert whole["arrival_date"] == str(today())


def test_search_by_what_an_officer_has(hall: Hall) -> None:
    document = new_document()
    person = hall.registered(document_number=document, phone="+86 137 1234 5678", name_zh="欧阳锋")
    hall.dispatch(person)
    asked = [
        {"reference": person.reference}, {"reference": person.reference.lower().replace("-", "")},
        {"document_number": f"{document[:3]} {document[3:]}".lower()}, {"phone": "137 1234 5678"},
        {"phone": "0086-137-1234-5678", "date": str(today())}, {"name": "欧阳锋"}, {"plate": "渝a 12345"},
    ]  # fmt: skip
    for sought in asked:
        found = hall.officer("POST", "/travellers/search", sought)
        assert person.id in [line["traveller_id"] for line in found.body["items"]], sought
        assert found.body["next"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"), ({"name": "a", "phone": "13800138000"}, "body"), ({"phone": "12"}, "phone"),
        ({"passport": "x"}, "passport"), ({"name": "x" * 101}, "name"), ({"name": "\u202e"}, "name"),
        ({"name": "Li", "date": "0001-01-01"}, "date"), ({"document_number": "X1", "date": "0001-01-01"}, "date"),
        ({"name": "Li", "date": "7 Dec"}, "date"), ({"document_number": ""}, "document_number"),
    ],
)  # fmt: skip
def test_searches_that_cannot_be(hall: Hall, body: dict[str, str], field: str) -> None:
    reply = hall.officer("POST", "/travellers/search", body)
    assert (reply.status, list(faults(reply))) == (422, [field])


def test_nobody_is_found_by_nothing(hall: Hall) -> None:
    for body in ({"name": " "}, {"reference": "7K3M-9QX2-0ABC"}, {"document_number": "NOBODY99"}, {"plate": "渝Z0"}):
        reply = hall.officer("POST", "/travellers/search", body)
        assert (reply.status, reply.body["items"]) == (200, []), body
