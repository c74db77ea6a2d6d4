"""Answers that the form `arrival`, version 1, takes; other tests start from these."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from chalicelib.intake.context import IntakeContext

TODAY = date(2026, 11, 23)
DISTRICTS = frozenset({"yuzhong", "jiangbei", "yubei"})
CONTEXT = IntakeContext(today=TODAY, districts=DISTRICTS)
LEFT_OUT = object()


def _person() -> dict[str, Any]:
    return {
        "family_name": "LI",
        "given_names": "XIAOMING",
        "name_zh": "李小明",
        "sex": "male",
        "date_of_birth": "1984-03-27",
        "nationality": "CN",
        "document_type": "passport",
        "document_number": "E12345678",
        "document_country": "CN",
        "seat": "32A",
        "no_symptoms": True,
        "fever_medicine_72h": "no",
        "contact_with_case": "no",
        "positive_test_14d": "no",
    }


def valid_answers(today: date = TODAY, /, **overrides: Any) -> dict[str, Any]:
    """One traveller who answered everything; an override of ``LEFT_OUT`` takes a field away."""
    answers = _person() | {
        "flight_number": "CA406",
        "arrival_date": today.isoformat(),
        "phone": "+86 138 0013 8000",
        "email": "li@example.com",
        "places_14d": [
            {
                "country": "IT",
                "city": "Milano",
                "from": (today - timedelta(14)).isoformat(),
                "to": today.isoformat(),
            }
        ],
        "household_registration": "yuzhong",
        "destination_district": "yuzhong",
        "destination_address": "解放碑民权路1号2栋301",
        "family_contacts": [
            {"name": "李华", "relation": "母亲", "phone": "139 0013 9000", "reach": "text", "language": "zh-Hans"}
        ],
        "consent_sensitive": True,
        "commitment": True,
        "signature_name": "李小明",
    }
    return _with(answers, overrides)


def valid_companion(**overrides: Any) -> dict[str, Any]:
    """One companion in full."""
    companion = _person() | {
        "relation": "daughter",
        "given_names": "MEI",
        "name_zh": "李梅",
        "sex": "female",
        "date_of_birth": "2015-06-01",
        "document_number": "E87654321",
        "seat": "32B",
    }
    return _with(companion, overrides)


def valid_companions(number: int, **overrides: Any) -> list[dict[str, Any]]:
    """Companions with documents of their own."""
    return [valid_companion(**{"document_number": f"E8765432{place}", **overrides}) for place in range(number)]


def _with(answers: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**answers, **overrides}.items() if value is not LEFT_OUT}
