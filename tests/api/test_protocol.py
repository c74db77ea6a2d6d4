"""The manners of the API: keys, bodies, ETags, and problems as RFC 9457 has them."""

import json

import pytest

from tests.api.desk import Hall, declaration
from tests.api_client import POOL


def test_a_problem_as_rfc_9457_has_it(hall: Hall) -> None:
    reply = hall.anyone("GET", "/travellers")
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["www-authenticate"] == "Bearer"
    assert reply.body == {
        "type": "about:blank", "title": "A key is needed: Authorization: Bearer.", "status": 401,
        "code": "not_signed_in",
    }  # fmt: skip
    chinese = hall.anyone("GET", "/travellers", Accept_Language="zh-CN")
    assert chinese.body["title"].startswith("需要密钥")


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer wsk_" + "0" * 16 + "_" + "A" * 43])
def test_no_key_opens_nothing(hall: Hall, sent: str) -> None:
    assert hall.anyone("GET", "/travellers", Authorization=sent).status == 401


def test_a_withdrawn_key_opens_nothing(hall: Hall) -> None:
    api = hall.at("onsite")
    assert api("GET", "/travellers").status == 200
    hall.wiring.gate.keys.withdraw(api.key.split("_")[1])
    assert api("GET", "/travellers").status == 401


def test_a_stranger_is_turned_away_before_the_body_is_read(hall: Hall) -> None:
    assert hall.anyone("POST", "/dispatches", raw=b"x" * 300_000).status == 401
    assert hall.at("media")("POST", "/dispatches", raw=b"{").status == 403


@pytest.mark.parametrize("path", ["/declarations", "/passes/recover"])
def test_bodies_that_cannot_be_read(hall: Hall, path: str) -> None:
    assert hall.anyone("POST", path, raw=b'{"answers": "' + b"x" * 262_144 + b'"}').status == 413
    assert hall.anyone("POST", path, raw=b"{").status == 400
    assert hall.anyone("POST", path, raw=b"\xff\xfe").status == 400
    assert hall.anyone("POST", path, raw=b'{"form": NaN}').status == 400
    assert hall.anyone("POST", path, raw=b'{"version": 1e999}').status == 400
    assert hall.anyone("POST", path, raw=b"[" * 100_000).status == 400
    assert hall.anyone("POST", path, raw=b'{"version": ' + b"9" * 5000 + b"}").status == 400
    assert hall.anyone("POST", path, raw=b"a=b", Content_Type="application/x-www-form-urlencoded").status == 415
    assert hall.anyone("POST", path, raw=b"<a/>", Content_Type="text/xml").status == 415
    assert hall.anyone("POST", path).status == 422


@pytest.mark.parametrize("depth", [100, 900, 20_000])
def test_depth_is_no_way_in(hall: Hall, depth: int) -> None:
    nested = (
        b'{"form":"arrival","version":1,"language":"en","point":"CKG","answers":' + b"[" * depth + b"]" * depth + b"}"
    )
    assert hall.anyone("POST", "/declarations", raw=nested).status in (400, 422)
    around = b'{"answers":{},"x":' + b"[" * depth + b"]" * depth + b"}"
    assert hall.officer("POST", "/dispatches", raw=around, Idempotency_Key=f"depth-{depth}").status in (400, 422)


def test_a_body_of_exactly_256_kb_is_read(hall: Hall) -> None:
    body = json.dumps(declaration()).encode()
    assert hall.anyone("POST", "/declarations", raw=body + b" " * (262_144 - len(body))).status == 201


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/travellers/00000000000", None),
        ("GET", "/travellers/%00", None),
        ("GET", "/travellers/00000000000/history", None),
        ("POST", "/travellers/00000000000/verify", {}),
        ("POST", "/travellers/00000000000/hold", {"reason": "x"}),
        ("POST", "/travellers/00000000000/quarantine", {"kind": "home", "place": "x"}),
        ("GET", "/dispatches/0000000000000000", None),
        ("POST", "/dispatches/0000000000000000/depart", {}),
        ("POST", "/dispatches/0000000000000000/arrive", {"present": []}),
        ("POST", "/messages/00000000000000000000/resend", {}),
        ("GET", "/messages?traveller_id=00000000000", None),
        ("GET", "/points/XXX", None),
        ("GET", "/districts/atlantis", None),
        ("GET", "/flights/XXX/2026-12-07", None),
        ("GET", "/flights/CKG/2026-12-07/ZZ9999", None),
        ("POST", "/passes/recover", {"reference": "x", "document_number": "y", "date_of_birth": "z"}),
    ],
)
def test_unknown_ids(hall: Hall, method: str, path: str, body: object) -> None:
    assert hall.officer(method, path, body).status == 404


def test_an_unknown_path_is_404(hall: Hall) -> None:
    assert hall.officer("GET", "/nothing").status == 404
    assert hall.officer("POST", "/travellers/00000000000/abduct", {}).status == 404


def test_a_verb_demands_the_etag_and_moves_it_on(hall: Hall) -> None:
    person = hall.declare()
    path = f"/travellers/{person.id}"
    read = hall.officer("GET", path)
    assert hall.officer("POST", f"{path}/verify", {}).status == 428
    assert hall.officer("POST", f"{path}/verify", {}, If_Match='"999"').status == 412
    verified = hall.officer("POST", f"{path}/verify", {}, If_Match=read.etag)
    assert (verified.status, verified.body["state"]) == (200, "verified")
    assert verified.etag not in ("", read.etag)
    assert hall.officer("GET", path).etag == verified.etag
    assert hall.officer("POST", f"{path}/register", {}, If_Match=read.etag).status == 412
    assert hall.officer("POST", f"{path}/register", {}, If_Match=f"W/{verified.etag}").status == 200
    assert hall.officer("POST", f"{path}/void", {"reason": "twice"}, If_Match="*").status == 200


def test_a_verb_in_the_wrong_state_says_what_is_allowed(hall: Hall) -> None:
    person = hall.declare()
    reply = hall.officer.verb(person.id, "register")
    assert (reply.status, reply.body["code"], reply.body["state"]) == (409, "not_in_state", "declared")
    assert {"verify", "refer", "exempt"} <= set(reply.body["allowed"])
    assert "register" not in reply.body["allowed"]
    assert set(hall.officer("GET", f"/travellers/{person.id}").body["allowed"]) == {*reply.body["allowed"]} - {"unhold"}


@pytest.mark.parametrize("verb", ["refer", "exempt", "onward", "void"])
def test_some_verbs_need_a_reason(hall: Hall, verb: str) -> None:
    person = hall.declare()
    for body in ({}, {"reason": "  "}, {"reason": "a\x00b"}, {"reason": "x" * 501}, {"because": "x"}):
        assert hall.officer.verb(person.id, verb, body).status == 422
    assert hall.officer.verb(person.id, verb, {"reason": "发热"}).status == 200


def test_quarantine_and_vehicles_take_the_etag_without_demanding_it(hall: Hall) -> None:
    person = hall.received()
    placed = {"kind": "home", "place": "自己家"}
    assert hall.officer("POST", f"/travellers/{person.id}/quarantine", placed, If_Match='"0"').status == 412
    assert hall.officer("POST", f"/travellers/{person.id}/quarantine", placed).status == 200
    other = hall.registered()
    opened = hall.dispatch(other)
    board = f"/dispatches/{opened.body['dispatch_id']}/board"
    assert hall.officer("POST", board, {"traveller_id": other.id}, If_Match='"99"').status == 412
    boarded = hall.officer("POST", board, {"traveller_id": other.id}, If_Match=opened.etag)
    assert boarded.status == 200
    assert boarded.etag != opened.etag


def test_the_web_says_nothing_of_itself(hall: Hall) -> None:
    answer = POOL.request(
        "GET", f"{hall.site.url}/api/v1/travellers/%F0%9F%92%A3", headers={"Accept": "application/json"}
    )
    assert "Traceback" not in answer.data.decode()
    assert answer.headers["x-content-type-options"] == "nosniff"
