"""The loop of a hand-over's code: digest on the district's phone, reply, acknowledged, answer; and nobody answering."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.local.stack import Stack
from tests.api_client import POOL, Api
from tests.conftest import Live
from tests.journey.steps import DISTRICT, declaration, eventually, make_key
from tests.journey.test_journey import fill

DOCUMENTS = iter(f"EJ77{number:04d}" for number in range(100))


@dataclass(frozen=True)
class Evening:
    """A product, a coordinator's key, and the phones."""

    stack: Stack
    api: Api

    def departed(self) -> tuple[str, str]:
        """A traveller on the road, and the vehicle."""
        body = declaration(document_number=next(DOCUMENTS))
        case = self.api("POST", "/declarations", body).body["party"][0]["traveller_id"]
        for verb in ("verify", "register"):
            self.api.verb(case, verb)
        vehicle = {"plate": "渝A12345", "kind": "bus", "capacity": 40}
        asked = {"district": "yuzhong", "vehicle": vehicle, "escort": {"name": "王强", "phone": "138 0013 8111"}}
        dispatch = str(self.api("POST", "/dispatches", {**asked, "traveller_ids": [case]}).body["dispatch_id"])
        self.api("POST", f"/dispatches/{dispatch}/board", {"traveller_id": case})
        assert self.api("POST", f"/dispatches/{dispatch}/depart", {}).body["state"] == "departed"
        return case, dispatch

    def texts(self, phone: str = DISTRICT) -> list[str]:
        """What a phone of the simulator received."""
        answer = POOL.request("GET", f"{self.stack.addresses.provider}/messages?to={phone.replace('+', '%2B')}")
        return [item["body"] for item in answer.json()["items"]]

    def reply(self, body: str, phone: str = DISTRICT) -> None:
        """Typed on the simulator's page."""
        fields = {"from": phone, "body": body}
        answer = POOL.request("POST", f"{self.stack.addresses.provider}/reply", fields=fields, encode_multipart=False,
                              headers={"Accept": "application/json"})  # fmt: skip
        assert answer.status == 201

    def of(self, dispatch: str, event: str) -> list[dict[str, Any]]:
        """The vehicle's messages of one event."""
        listed = self.api("GET", f"/messages?dispatch_id={dispatch}").body["items"]
        return [item for item in listed if item["event"] == event]

    def told_of_others(self) -> None:
        """Nothing is left to escalate of vehicles that other tests left on the road."""
        eventually(lambda: self.stack.run_job("sweep", _in_minutes(30))["escalation"] == 0)

    def code(self, before: int) -> str:
        """From the digest, as the contact reads it."""
        digest = eventually(lambda: self.texts()[before:])[0]
        found = re.search(r"确认码(\d{4})", digest)
        assert found, digest
        return found[1]


def whole_answer(stack: Stack, base: str) -> None:
    """Early, the reply awaits; after the headcount it hands over; each time the phone is answered."""
    evening = Evening(stack, Api(base, make_key(stack, "coordination")))
    before = len(evening.texts())
    case, dispatch = evening.departed()
    code = evening.code(before)
    evening.reply(f"ok {code}")
    eventually(lambda: any("已知悉" in text for text in evening.texts()[before:]))
    assert evening.api("GET", f"/dispatches/{dispatch}").body["state"] == "departed"
    evening.api("POST", f"/dispatches/{dispatch}/arrive", {"present": [case]})
    evening.reply(f"OK {code}")
    eventually(lambda: any("已确认接收" in text and code in text for text in evening.texts()[before:]))
    assert evening.api("GET", f"/dispatches/{dispatch}").body["state"] == "acknowledged"
    assert evening.api("GET", f"/travellers/{case}").body["state"] == "received"
    eventually(lambda: [item["state"] for item in evening.of(dispatch, "acknowledged")] == ["delivered"])


def nobody_answers(stack: Stack, base: str) -> None:
    """Ten minutes later the next contact is told, twenty minutes later the coordinator's desk: by the sweep's time."""
    evening = Evening(stack, Api(base, make_key(stack, "coordination")))
    evening.told_of_others()
    _, dispatch = evening.departed()
    assert evening.stack.run_job("sweep", _in_minutes(9))["escalation"] == 0
    assert evening.stack.run_job("sweep", _in_minutes(11))["escalation"] >= 1
    (told,) = eventually(lambda: evening.of(dispatch, "unacknowledged"))
    assert told["recipient_kind"] == "district"
    assert evening.stack.run_job("sweep", _in_minutes(12))["escalation"] == 0
    assert evening.stack.run_job("sweep", _in_minutes(21))["escalation"] >= 1
    eventually(lambda: evening.stack.run_job("sweep", _in_minutes(22))["escalation"] == 0)
    assert len(evening.of(dispatch, "unacknowledged")) == 1, "the point has no coordinator's phone"


def _in_minutes(minutes: int) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def test_on_the_running_product(live: Live) -> None:
    whole_answer(live.stack, live.url)
    nobody_answers(live.stack, live.url)


@pytest.mark.parametrize("story", [whole_answer, nobody_answers])
def test_through_gateway_and_functions_with_policies_enforced(deployed: Stack, story: Any) -> None:
    fill(deployed.environment)
    story(deployed, deployed.addresses.public_base)
