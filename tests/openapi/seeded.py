"""People, vehicles and messages in many states, so that an address made of real names leads somewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.actions.ports import Save
from chalicelib.domain.messages import Message, MessageState
from tests.api.desk import Hall, today

DISTRICT = "yuzhong"
ELSEWHERE = "yubei"
SPARE_POINT = "YYY"
"""A point of entry that may be rewritten without harm to those who arrive at another."""
Known = Mapping[str, Sequence[str]]
"""Parameter of a path -> real values for it."""


def seeded(hall: Hall) -> Known:
    """Bring them about; answers what there is by now."""
    day = str(today())
    usual = hall.officer("GET", "/points/CKG").body
    point = {name: value for name, value in usual.items() if name != "point"}
    assert hall.officer("PUT", f"/points/{SPARE_POINT}", point).status == 201
    for place in ("CKG", SPARE_POINT):
        assert hall.officer("PUT", f"/flights/{place}/{day}/CA406", flight(day)).status == 201
    dispatches = _vehicles(hall)
    return {
        "traveller_id": _people(hall), "dispatch_id": dispatches, "message_id": _messages(hall, dispatches),
        "point": ["CKG"], "district": [DISTRICT, ELSEWHERE], "date": [day], "number": ["CA406"],
    }  # fmt: skip


def flight(day: str) -> dict[str, Any]:
    """The body of a flight."""
    return {
        "kind": "scheduled", "route": "international", "from": "NRT", "scheduled": f"{day}T08:00:00+08:00",
        "expected_heads": 200,
    }  # fmt: skip


def _people(hall: Hall) -> list[str]:
    """In every state that people are in for long, most of those where many verbs are allowed."""
    quarantined, referred, held = hall.received(), hall.declare(), hall.received(district=ELSEWHERE)
    placed = {"kind": "home", "place": "自己家"}
    assert hall.officer("POST", f"/travellers/{quarantined.id}/quarantine", placed).status == 200
    assert hall.officer.verb(referred.id, "refer", {"reason": "发热"}).status == 200
    assert hall.officer("POST", f"/travellers/{held.id}/hold", {"reason": "化验"}).status == 200
    family = hall.party(companions=[])
    waiting = [hall.declare(), hall.declare(), hall.registered(), hall.registered(), hall.received(), *family]
    return [person.id for person in (*waiting, quarantined, referred, held)]


def _vehicles(hall: Hall) -> list[str]:
    """Boarding, on the road, arrived and handed over."""
    boarding = [str(hall.dispatch(hall.registered(), district=place).body["dispatch_id"]) for place in _PLACES]
    away = [hall.departed(hall.registered(), district=place) for place in _PLACES]
    arrived = hall.departed(hall.registered())
    assert hall.officer("POST", f"/dispatches/{arrived}/arrive", {"present": []}).status == 200
    return [*boarding, *away, arrived]


_PLACES = (DISTRICT, ELSEWHERE)


def _messages(hall: Hall, dispatches: Sequence[str]) -> list[str]:
    """Owed, and some that came to nothing."""
    lists = [hall.officer("GET", f"/messages?dispatch_id={dispatch}").body["items"] for dispatch in dispatches]
    known = [str(item["message_id"]) for items in lists for item in items]
    for message_id in known[::2]:
        came_to_nothing(hall, message_id)
    return known


def came_to_nothing(hall: Hall, message_id: str) -> None:
    """The provider said that this text does not arrive."""
    message = hall.wiring.store.get(Message, message_id)
    hall.wiring.store.commit([Save(replace(message, state=MessageState.FAILED, code="30003"))])
