"""A full vehicle departs: until the last text of it has reached the provider."""

import importlib
import itertools
import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from infra.local import product
from infra.local.stack import Stack
from tests.api_client import POOL, Api
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.measuring import Spread, ratio
from tests.journey.steps import declaration
from tests.wired import fresh

RATE = 10
"""Segments a second that a provider takes from one alphanumeric sender (facts of the provider; a short code: 100)."""
MOST = 1.0
HANDS, WARMING = 8, 12
PATIENCE = 300.0
"""Seconds until a text is given up as lost: cold workers of a busy machine take long."""
_numbers = itertools.count(1)


def measure(stack: Stack, effort: Effort) -> Figure:
    """Some departures, each beside as many bare texts to the same simulator; one before them warms the functions."""
    api = Api(stack.addresses.public_base, product.make_key(stack, "coordination"))
    taken: list[float] = []
    bare: list[float] = []
    texts, cold = 0, _departed(stack, api, *_aboard(api, min(effort.aboard, WARMING)))
    for _ in range(effort.departures):
        phones = _aboard(api, effort.aboard)
        texts = len(phones[1])
        taken.append(_departed(stack, api, *phones))
        bare.append(_one_after_another(stack, texts))
    return _figure(effort, texts, taken, bare, cold)


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


def _figure(effort: Effort, texts: int, taken: list[float], bare: list[float], cold: float) -> Figure:
    least = texts / RATE
    over = Spread.of([seconds / least for seconds in taken])
    return Figure(
        name="depart",
        title="A full vehicle departs",
        measured=f"{effort.aboard} travellers on one vehicle of the running product: from the request that lets it"
        f" depart until the SMS simulator has the last of {texts} texts. Beside it as many bare POSTs with the"
        " official client, one after another.",
        goals=[Goal(f"÷ the provider's own minimum at {RATE} a second", over.median, MOST, over.said())],
        parts=[
            Table(
                ("", "÷ provider's minimum", "÷ bare", "seconds"),
                [
                    ("Waystation", over.said(), ratio(taken, bare).said(), Spread.of(taken).said()),
                    ("bare loop of POSTs", f"{Spread.of(bare).median / least:.2f}", "1.00", Spread.of(bare).said()),
                    (f"a provider that takes {RATE} a second", "1.00", "", f"{least:.1f}"),
                ],
            ),
            "Below 1 the provider is what one waits for. Each text is a nudge on a queue, a claim, a send and a mark in"
            " a function of its own, five at a time as the template allows; here all of them share this machine's cores"
            f" with the local AWS. The functions are warm; the first departure of {WARMING} took {cold:.0f} s: the"
            " local AWS unpacks the package anew for each of its workers.",
        ],
        data={"texts": texts, "rate": RATE, "seconds": taken, "bare_seconds": bare, "cold_seconds": cold},
    )
