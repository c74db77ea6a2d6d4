"""A case, a dispatch and a message to start from."""

from datetime import UTC, date, datetime
from typing import Any

from chalicelib.domain.case import Case, Personal
from chalicelib.domain.dispatch import Dispatch, Escort, Passenger, Vehicle
from chalicelib.domain.messages import Addressed, Message
from chalicelib.domain.places import Point, Zone

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
POINT = Point(
    point="CKG", names={"en": "Chongqing"}, time_zone="Asia/Shanghai", country="CN", languages=("en", "zh-Hans"),
    quarantine_days=14, release_hour="08:00", hotline="023-12320", zones=(Zone("01", {"en": "Zone 01"}),),
    zone_shared="20", zone_elsewhere="30", zone_none="40",
)  # fmt: skip


def case(case_id: str = "A", answers: dict[str, Any] | None = None, **changes: Any) -> Case:
    """A case that was just declared."""
    said = {"family_name": "LI", "given_names": "XIAOMING", "name_zh": "李小明", "household_registration": "yuzhong"}
    start: dict[str, Any] = {
        "case_id": case_id, "point": "CKG", "intake_date": TODAY, "declared_at": NOW, "flight": "CA406",
        "arrival_date": TODAY, "party": (case_id,), "language": "zh-Hans", "form": "arrival", "form_version": 1,
        "signed": (), "zone": "01", "district": "yuzhong", "personal": Personal({**said, **(answers or {})}),
    }  # fmt: skip
    return Case(**{**start, **changes})


def dispatch(*case_ids: str, **changes: Any) -> Dispatch:
    """A vehicle that is boarding, each passenger a party of one."""
    start: dict[str, Any] = {
        "dispatch_id": "D", "point": "CKG", "district": "yuzhong", "date": TODAY, "opened_at": NOW,
        "vehicle": Vehicle("渝A12345", "bus", 40), "roster": tuple(Passenger(i, i) for i in case_ids),
        "personal": Escort("王强", "+8613800138111"),
    }  # fmt: skip
    return Dispatch(**{**start, **changes})


def message(**changes: Any) -> Message:
    """A message that is owed now."""
    start: dict[str, Any] = {
        "message_id": "M", "event": "dispatched", "audience": "family", "language": "en", "point": "CKG",
        "day": TODAY, "created_at": NOW, "due_at": NOW, "sealed_with": "CKG#2026-11-23", "segments": 1,
        "personal": Addressed("+8613900139000", "李华", "text"),
    }  # fmt: skip
    return Message(**{**start, **changes})
