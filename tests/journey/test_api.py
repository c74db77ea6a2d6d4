"""One traveller's journey through the JSON API of the whole product, on real parts."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from infra.local.stack import Stack
from tests.api_client import POOL, Api
from tests.conftest import Live
from tests.intake.example import valid_answers

PATIENCE = 30.0
FAMILY, TRAVELLER, DISTRICT = "+8613900139000", "+8613800138000", "+8613800500003"


def today() -> Any:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def declaration(**changes: Any) -> dict[str, Any]:
    answers = valid_answers(today(), **changes)
    return {"form": "arrival", "version": 1, "language": "zh-Hans", "point": "CKG", "answers": answers}


def eventually(check: Callable[[], Any]) -> Any:
    """What ``check`` answers once it is true; the work is done by other processes."""
    until = time.monotonic() + PATIENCE
    while not (found := check()) and time.monotonic() < until:
        time.sleep(0.1)
    assert found
    return found


@pytest.fixture(scope="module")
def api(live: Live) -> Iterator[Api]:
    yield Api(live.url, make_key(live.stack, "coordination"))


def make_key(stack: Stack, desk: str, district: str | None = None) -> str:
    import os

    from chalicelib.settings import Settings
    from chalicelib.wiring import Wiring

    with pytest.MonkeyPatch.context() as patch:
        for name, value in stack.environment.items():
            patch.setitem(os.environ, name, value)
        return Wiring(Settings.from_env()).gate.keys.make(desk, district, "test")


def texts_at(live: Live, phone: str) -> list[dict[str, Any]]:
    answer = POOL.request("GET", f"{live.stack.addresses.provider}/messages?to={phone.replace('+', '%2B')}")
    items: list[dict[str, Any]] = json.loads(answer.data)["items"]
    return items


def test_from_declaration_to_release(live: Live, api: Api) -> None:
    public = Api(live.url)
    receipt = public("POST", "/declarations", declaration(), Idempotency_Key="journey-1")
    assert receipt.status == 201, str(receipt.body)
    (person,) = receipt.body["party"]
    case = person["traveller_id"]
    assert (person["state"], person["zone"]) == ("declared", "01")

    assert (
        api("POST", "/travellers/search", {"reference": person["reference"]}).body["items"][0]["traveller_id"] == case
    )
    for verb, state in (("verify", "verified"), ("register", "registered")):
        assert api.verb(case, verb).body["state"] == state

    opened = api("POST", "/dispatches", {
        "district": "yuzhong", "vehicle": {"plate": "渝A12345", "kind": "bus", "capacity": 40},
        "escort": {"name": "王强", "phone": "138 0013 8111"}, "traveller_ids": [case],
    })  # fmt: skip
    assert (opened.status, opened.body["state"]) == (201, "boarding")
    dispatch = opened.body["dispatch_id"]
    token = person["pass_url"].rsplit("/", 1)[1]
    assert api("POST", f"/dispatches/{dispatch}/board", {"pass": token}).body["boarded"] == [case]
    left = api("POST", f"/dispatches/{dispatch}/depart", {})
    assert left.status == 200, str(left.body)
    assert left.body["state"] == "departed"
    assert api("GET", f"/travellers/{case}").body["state"] == "dispatched"

    for phone in (FAMILY, TRAVELLER, DISTRICT):
        (text,) = eventually(lambda phone=phone: texts_at(live, phone))
        assert "渝中区" in text["body"]

    def delivered() -> bool:
        listed = api("GET", f"/messages?dispatch_id={dispatch}").body["items"]
        return len(listed) == 3 and all(item["state"] == "delivered" for item in listed)

    eventually(delivered)

    arrived = api("POST", f"/dispatches/{dispatch}/arrive", {"present": []})
    assert arrived.body["discrepancy"] is True
    assert arrived.body["missing"] == [case]
    arrived = api("POST", f"/dispatches/{dispatch}/arrive", {"present": [case]})
    assert arrived.body["discrepancy"] is False
    assert api("POST", f"/dispatches/{dispatch}/acknowledge", {}).body["state"] == "acknowledged"
    assert api("GET", f"/travellers/{case}").body["state"] == "received"

    started = api("POST", f"/travellers/{case}/quarantine", {"kind": "hotel", "place": "滨江酒店", "room": "1203"})
    assert started.body["quarantine"]["end_date"] == str(today() + timedelta(days=14))

    due = datetime.combine(today() + timedelta(days=14), datetime.min.time(), ZoneInfo("Asia/Shanghai"))
    assert live.stack.run_job("release_due", (due + timedelta(hours=7, minutes=59)).isoformat())["released"] == 0
    assert live.stack.run_job("release_due", (due + timedelta(hours=8)).isoformat())["released"] == 1
    released = api("GET", f"/travellers/{case}")
    assert released.body["state"] == "released"
    ended = [
        item
        for item in api("GET", f"/messages?traveller_id={case}").body["items"]
        if item["event"] == "quarantine_ended"
    ]
    assert {item["recipient_kind"] for item in ended} == {"family", "traveller"}
    for phone in (FAMILY, TRAVELLER, DISTRICT):
        eventually(lambda phone=phone: any("解除隔离" in text["body"] for text in texts_at(live, phone)))
    history = api("GET", f"/travellers/{case}/history").body
    assert history["intact"] is True
    assert [entry["after"] for entry in history["items"] if entry["verb"] == "release"] == ["released"]
