"""The journey's steps through the JSON API, for whichever way the product runs."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chalicelib.settings import Settings
from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.api_client import POOL, Api
from tests.intake.example import valid_answers

PATIENCE = 40.0
ZONE = ZoneInfo("Asia/Shanghai")
FAMILY, TRAVELLER, DISTRICT = "+8613900139000", "+8613800138000", "+8613800500003"
PHONES = (FAMILY, TRAVELLER, DISTRICT)


def today() -> date:
    """The date at the point."""
    return datetime.now(ZONE).date()


def declaration(**changes: Any) -> dict[str, Any]:
    """The body of a declaration that is taken."""
    answers = valid_answers(today(), **changes)
    return {"form": "arrival", "version": 1, "language": "zh-Hans", "point": "CKG", "answers": answers}


def eventually(check: Callable[[], Any]) -> Any:
    """What ``check`` answers once it is true; the work is done by other processes."""
    until = time.monotonic() + PATIENCE
    while not (found := check()) and time.monotonic() < until:
        time.sleep(0.1)
    assert found
    return found


def make_key(stack: Stack, desk: str, district: str | None = None) -> str:
    """An API key of a running stack."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in stack.environment.items():
            patch.setitem(os.environ, name, value)
        return Wiring(Settings.from_env()).gate.keys.make(desk, district, "test")


@dataclass(frozen=True)
class Journey:
    """One product: where its API answers, who acts, and where its phones are."""

    stack: Stack
    api: Api
    before: dict[str, int] = field(default_factory=dict)
    """How many texts each phone had before this journey's: a running product may have had others."""

    def texts_at(self, phone: str) -> list[dict[str, Any]]:
        """What a phone received."""
        answer = POOL.request("GET", f"{self.stack.addresses.provider}/messages?to={phone.replace('+', '%2B')}")
        items: list[dict[str, Any]] = json.loads(answer.data)["items"]
        return items

    def declare(self, key: str) -> dict[str, Any]:
        """One traveller's line of the receipt."""
        receipt = Api(self.api.base)("POST", "/declarations", declaration(), Idempotency_Key=key)
        assert receipt.status == 201, str(receipt.body)
        (person,) = receipt.body["party"]
        assert (person["state"], person["zone"]) == ("declared", "01")
        found = self.api("POST", "/travellers/search", {"reference": person["reference"]}).body["items"]
        assert [line["traveller_id"] for line in found] == [person["traveller_id"]]
        return dict(person)

    def dispatch(self, person: dict[str, Any]) -> str:
        """Registered, on a vehicle, aboard by pass, on the road: the dispatch's id."""
        case, token = person["traveller_id"], person["pass_url"].rsplit("/", 1)[1]
        for verb, state in (("verify", "verified"), ("register", "registered")):
            assert self.api.verb(case, verb).body["state"] == state
        vehicle = {"plate": "渝A12345", "kind": "bus", "capacity": 40}
        asked = {"district": "yuzhong", "vehicle": vehicle, "escort": {"name": "王强", "phone": "138 0013 8111"}}
        opened = self.api("POST", "/dispatches", {**asked, "traveller_ids": [case]})
        assert (opened.status, opened.body["state"]) == (201, "boarding")
        dispatch = str(opened.body["dispatch_id"])
        assert self.api("POST", f"/dispatches/{dispatch}/board", {"pass": token}).body["boarded"] == [case]
        self.before.update({phone: len(self.texts_at(phone)) for phone in PHONES})
        assert self.api("POST", f"/dispatches/{dispatch}/depart", {}).body["state"] == "departed"
        assert self.api("GET", f"/travellers/{case}").body["state"] == "dispatched"
        return dispatch

    def all_told(self, dispatch: str) -> None:
        """Family, traveller and district each have one text, and the callbacks brought them to delivered."""
        for phone in PHONES:
            (text,) = eventually(partial(self._new_texts, phone))
            assert "渝中区" in text["body"]
        eventually(lambda: self._states(dispatch) == ["delivered"] * 3)

    def _states(self, dispatch: str) -> list[str]:
        listed = self.api("GET", f"/messages?dispatch_id={dispatch}").body["items"]
        return [item["state"] for item in listed]

    def hand_over(self, dispatch: str, case: str) -> None:
        """A headcount that misses somebody alarms; the last one counts; the district has its people."""
        arrived = self.api("POST", f"/dispatches/{dispatch}/arrive", {"present": []}).body
        assert (arrived["discrepancy"], arrived["missing"]) == (True, [case])
        arrived = self.api("POST", f"/dispatches/{dispatch}/arrive", {"present": [case]}).body
        assert arrived["discrepancy"] is False
        assert self.api("POST", f"/dispatches/{dispatch}/acknowledge", {}).body["state"] == "acknowledged"
        assert self.api("GET", f"/travellers/{case}").body["state"] == "received"

    def quarantine(self, case: str) -> None:
        """Fourteen days by default, released from the release hour of the end date and not before."""
        placed = {"kind": "hotel", "place": "滨江酒店", "room": "1203"}
        started = self.api("POST", f"/travellers/{case}/quarantine", placed)
        assert started.status == 200, str(started.body)
        end = today() + timedelta(days=14)
        assert started.body["quarantine"]["end_date"] == str(end)
        midnight = datetime(end.year, end.month, end.day, tzinfo=ZONE)
        early, due = midnight + timedelta(hours=7, minutes=59), midnight + timedelta(hours=8)
        # Others may be released with this one: a stack is everybody's who runs beside.
        self.stack.run_job("release_due", early.isoformat())
        assert self.api("GET", f"/travellers/{case}").body["state"] == "in_quarantine"
        assert self.stack.run_job("release_due", due.isoformat())["released"] >= 1
        assert self.api("GET", f"/travellers/{case}").body["state"] == "released"

    def _told_of_the_end(self, phone: str) -> bool:
        return any("解除隔离" in text["body"] for text in self._new_texts(phone))

    def _new_texts(self, phone: str) -> list[dict[str, Any]]:
        return self.texts_at(phone)[self.before[phone] :]

    def released(self, case: str) -> None:
        """Everybody is told, and the audit tells it all."""
        assert self.api("GET", f"/travellers/{case}").body["state"] == "released"
        listed = self.api("GET", f"/messages?traveller_id={case}").body["items"]
        ended = {item["recipient_kind"] for item in listed if item["event"] == "quarantine_ended"}
        assert ended == {"family", "traveller"}
        for phone in PHONES:
            eventually(partial(self._told_of_the_end, phone))
        history = self.api("GET", f"/travellers/{case}/history").body
        assert history["intact"] is True
        moves = [entry["after"] for entry in history["items"] if entry["subject"] == "case"]
        assert list(dict.fromkeys(moves)) == [
            "declared", "verified", "registered", "dispatched", "received", "in_quarantine", "released",
        ]  # fmt: skip


def whole_journey(stack: Stack, base: str, key: str) -> None:
    """From the declaration to release."""
    journey = Journey(stack, Api(base, make_key(stack, "coordination")))
    person = journey.declare(key)
    dispatch = journey.dispatch(person)
    journey.all_told(dispatch)
    journey.hand_over(dispatch, person["traveller_id"])
    journey.quarantine(person["traveller_id"])
    journey.released(person["traveller_id"])
