"""A full vehicle departs: until the last text of it has reached the provider."""

import importlib
import itertools
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.lines import BURST, LANE_ROOM
from chalicelib.domain.urgency import lane
from infra.local import product
from infra.local.stack import Stack
from tests.api_client import POOL, Api
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.measuring import Spread, ratio
from tests.benchmarks.texting import set_rate
from tests.journey.steps import declaration
from tests.wired import fresh

NAME, SHORT_CODE = 10, 100
"""Segments a second that a provider takes from one alphanumeric sender, and from a short code."""
MOST = {NAME: 1.5}
"""Of the provider's own minimum; at a short code's rate this machine is slower than any provider."""
HANDS, WARMING = 8, 12
PATIENCE = 300.0
"""Seconds until a text is given up as lost: cold workers of a busy machine take long."""
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Departures:
    """What was measured at one rate: seconds of each departure and of its bare loop, ``cold`` the first of all."""

    rate: int
    texts: int
    seconds: list[float]
    bare: list[float]
    cold: float

    @property
    def minimum(self) -> float:
        """Seconds that no sender gets below: what goes beyond the burst waits for the rate."""
        return provider_bound(self.texts, self.rate)


def provider_bound(segments: int, rate: float) -> float:
    """Seconds for so many segments, of which a line takes a burst at once: 0 where all of them fit in."""
    return max(segments / rate - BURST, 0.0)


def departed(stack: Stack, effort: Effort, rate: int) -> Departures:
    """Some departures, each beside as many bare texts to the same simulator; one before them warms the functions.

    The stack is fresh: its functions learn the rate when they start.
    """
    set_rate(stack, rate)
    api = Api(stack.addresses.public_base, product.make_key(stack, "coordination"))
    taken: list[float] = []
    bare: list[float] = []
    texts, cold = 0, _departed(stack, api, *_aboard(api, min(effort.aboard, WARMING)))
    for _ in range(effort.departures):
        phones = _aboard(api, effort.aboard)
        texts = len(phones[1])
        taken.append(_departed(stack, api, *phones))
        bare.append(_one_after_another(stack, texts))
    return Departures(rate, texts, taken, bare, cold)


def _aboard(api: Api, number: int) -> tuple[str, set[str]]:
    """A vehicle with everybody on board, and whose phones have to ring: travellers', and one or two of each family."""
    with ThreadPoolExecutor(HANDS) as hands:
        people = list(hands.map(lambda place: _registered(api, place), range(number)))
        asked = {
            "district": "yuzhong", "vehicle": {"plate": "渝A12345", "kind": "bus", "capacity": number},
            "escort": {"name": "王强", "phone": "138 0013 8111"}, "traveller_ids": [case for case, _ in people],
        }  # fmt: skip
        dispatch = _done(api("POST", "/dispatches", asked))["dispatch_id"]
        for case, _ in people:
            _done(api("POST", f"/dispatches/{dispatch}/board", {"traveller_id": case}))
    return dispatch, {phone for _, phones in people for phone in phones}


def _registered(api: Api, place: int) -> tuple[str, list[str]]:
    phones = [f"+86138{next(_numbers):08d}" for _ in range(2 + place % 2)]
    family = [
        {"name": "李华", "relation": "母亲", "phone": phone, "reach": "text", "language": "zh-Hans"}
        for phone in phones[1:]
    ]
    body = declaration(document_number=f"E{fresh(8)}", phone=phones[0], family_contacts=family)
    case = str(_done(api("POST", "/declarations", body))["traveller_id"])
    for verb in ("verify", "register"):
        _done(api.verb(case, verb))
    return case, phones


def _done(reply: Any) -> Any:
    assert reply.status in (200, 201), str(reply.body)
    return reply.body


def _departed(stack: Stack, api: Api, dispatch: str, phones: set[str]) -> float:
    """Seconds from asking for the departure until the simulator had the last text."""
    began = time.time()
    _done(api("POST", f"/dispatches/{dispatch}/depart", {}))
    rang = [_rung(stack, phone) for phone in phones]
    return max(datetime.fromisoformat(text["created"]).timestamp() for texts in rang for text in texts) - began


def _rung(stack: Stack, phone: str) -> list[dict[str, Any]]:
    until = time.monotonic() + PATIENCE
    while not (found := _texts(stack, phone)) and time.monotonic() < until:
        time.sleep(0.05)
    assert found, "a text was lost"
    return found


def _texts(stack: Stack, phone: str) -> list[dict[str, Any]]:
    address = f"{stack.addresses.provider}/messages?to={phone.replace('+', '%2B')}"
    items: list[dict[str, Any]] = json.loads(POOL.request("GET", address).data)["items"]
    return items


def _one_after_another(stack: Stack, number: int) -> float:
    """Seconds for as many texts with the official client, in a loop."""
    account = stack.provider_secret()
    twilio = importlib.import_module("twilio.rest").Client(account["account_sid"], account["auth_token"])
    twilio.api.base_url = stack.addresses.provider
    began = time.time()
    for _ in range(number):
        twilio.messages.create(to="+8613700137000", from_=account["sender"], body="渝中区，随行2人。")
    return time.time() - began


def figure(effort: Effort, each: list[Departures]) -> Figure:
    """The chapter, from what was measured at each rate."""
    over = {one.rate: Spread.of([s / one.minimum for s in one.seconds]) for one in each if one.minimum}
    paced = {one.rate: Spread.of([s * one.rate / one.texts for s in one.seconds]) for one in each}
    room = LANE_ROOM[lane("dispatched")]
    rows = [
        (
            f"Waystation, {one.rate} a second",
            paced[one.rate].said(),
            over[one.rate].said() if one.rate in over else "–",
            ratio(one.seconds, one.bare).said(),
            Spread.of(one.seconds).said(),
            f"{one.minimum:.1f}",
        )
        for one in each
    ]
    texts, cold = each[0].texts, max(one.cold for one in each)
    return Figure(
        name="depart",
        title="A full vehicle departs",
        measured=f"{effort.aboard} travellers on one vehicle of the running product: from the request that lets it"
        f" depart until the SMS simulator has the last of {texts} texts, with a line of {NAME} and one of {SHORT_CODE}"
        " segments a second. The provider's minimum is the texts beyond the burst, at the rate. Beside it as many bare"
        " POSTs with the official client, one after another, which keep to no rate.",
        goals=[
            Goal(f"÷ the provider's minimum at {rate} a second", over[rate].median, most, over[rate].said())
            for rate, most in MOST.items() if rate in over
        ],
        parts=[
            Table(("", "÷ (texts ÷ rate)", "÷ provider's minimum", "÷ bare loop", "seconds", "minimum, s"), rows),
            "Each text is a nudge on a queue, a claim, a send and a mark in a function of its own, five at a time as"
            f" the template allows. A line may be {BURST:g} s ahead of its rate, of which texts of a departure may use"
            f" {room:g} s and the rest is kept for what is more urgent; what found no room comes back after whole"
            f" seconds. So {NAME} a second is the provider's pace and {SHORT_CODE} is nearly the product's own, on"
            " cores that functions, queue and local AWS share; there the burst holds the whole vehicle. The functions"
            f" are warm; the first departure of {WARMING} took {cold:.0f} s: the local AWS unpacks the package anew"
            " for each of its workers.",
        ],
        data={f"at {one.rate}": vars(one) for one in each},
    )  # fmt: skip
