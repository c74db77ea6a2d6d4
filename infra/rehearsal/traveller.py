"""Who travels in a rehearsal, and whose phones ring: made-up people with numbers that the simulator alone knows."""

from datetime import date, timedelta
from typing import Any

FAMILY, TRAVELLER, DISTRICT = "+8613900139777", "+8613800138777", "+8613800500003"
PHONES = (FAMILY, TRAVELLER, DISTRICT)
DISTRICT_ID, DISTRICT_NAME = "yuzhong", "渝中区"


def answers(today: date, document: str) -> dict[str, Any]:
    """What one traveller declares, by the field names of the form `arrival`, version 1."""
    return _person(document) | {
        "flight_number": "CA406",
        "arrival_date": today.isoformat(),
        "phone": TRAVELLER,
        "places_14d": [
            {
                "country": "IT",
                "city": "Milano",
                "from": (today - timedelta(14)).isoformat(),
                "to": today.isoformat(),
            }
        ],
        "household_registration": DISTRICT_ID,
        "destination_district": DISTRICT_ID,
        "destination_address": "解放碑民权路1号2栋301",
        "family_contacts": [
            {"name": "李华", "relation": "母亲", "phone": FAMILY, "reach": "text", "language": "zh-Hans"}
        ],
        "consent_sensitive": True,
        "commitment": True,
        "signature_name": "李小明",
    }


def _person(document: str) -> dict[str, Any]:
    return {
        "family_name": "LI",
        "given_names": "XIAOMING",
        "name_zh": "李小明",
        "sex": "male",
        "date_of_birth": "1984-03-27",
        "nationality": "CN",
        "document_type": "passport",
        "document_number": document,
        "document_country": "CN",
        "no_symptoms": True,
        "fever_medicine_72h": "no",
        "contact_with_case": "no",
        "positive_test_14d": "no",
    }
