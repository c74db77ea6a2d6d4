"""Texts filled with what they are really filled with."""

from datetime import date
from itertools import product

from chalicelib.messaging.texts import short_date

TEMPLATES = [
    *product(["dispatched", "plan_changed", "quarantine_ended"], ["family", "traveller", "district"]),
    *product(["quarantine_started", "date_changed"], ["family", "traveller"]),
    ("unacknowledged", "district"),
    ("unacknowledged", "coordinator"),
    *product(["acknowledged", "awaited", "unknown_code"], ["district"]),
    ("help", "sender"),
]
LANGUAGES = ["ar", "en", "es", "fr", "ja", "ko", "pt", "ru", "th", "vi", "zh-Hans", "zh-Hant"]
DISTRICTS = {
    "en": ["Yuzhong", "Nan'an", "Liangjiang New Area", "High-tech Zone"],
    "zh-Hans": ["渝中区", "酉阳土家族苗族自治县", "两江新区"],
}


def values(language: str, **given_values: str) -> dict[str, str]:
    usual = {
        "name": "W. Smith",
        "others": "0",
        "district": DISTRICTS.get(language, DISTRICTS["en"])[0],
        "heads": "36",
        "end_date": short_date(date(2020, 12, 27), language),
        "hotline": "023-12345",
        "code": "4821",
    }
    return usual | given_values
