"""The duty phone of a point's coordination, and the language of its texts, as a program puts them."""

from dataclasses import replace

from msgspec import UnsetType

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.places import Coordinator, Point
from chalicelib.messaging.texts import language_names
from chalicelib.web.api.place_bodies import PointBody
from chalicelib.web.typed import phone

PHONE, LANGUAGE = "coordinator_phone", "coordinator_language"
COORDINATORS = (PHONE, LANGUAGE)


def coordinator(body: PointBody, standing: Point | None) -> Coordinator:
    """What is not said stays, and an empty phone is none. Raises Invalid."""
    kept = standing.personal if standing else Coordinator()
    if not isinstance(body.coordinator_language, UnsetType):
        kept = replace(kept, language=_spoken(body.coordinator_language))
    if isinstance(body.coordinator_phone, UnsetType):
        return kept
    number = phone(PHONE, body.coordinator_phone, standing) if body.coordinator_phone else ""
    return replace(kept, phone=number)


def _spoken(language: str) -> str:
    if language not in language_names():
        raise Invalid((FieldError(LANGUAGE, "not_a_choice"),))
    return language
