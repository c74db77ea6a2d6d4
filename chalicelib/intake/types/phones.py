"""Phone numbers in every way people write them, as E.164."""

import re
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

from chalicelib.intake.characters import CODES, compact
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types.answer import AnswerType

_WRITTEN = re.compile(r"\+?[0-9()./~-]+")
_COUNTRY_IN_BRACKETS = re.compile(r"^\((\+|00)([0-9]{1,3})\)")
_LIMIT = 40
_TEXTS = frozenset(
    {
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.PERSONAL_NUMBER,
        PhoneNumberType.VOIP,
        PhoneNumberType.PAGER,
    }
)
_LENGTHS = {
    ValidationResult.TOO_SHORT: "phone_too_short",
    ValidationResult.TOO_LONG: "phone_too_long",
    ValidationResult.INVALID_COUNTRY_CODE: "phone_country",
}
_PARSING = {
    NumberParseException.INVALID_COUNTRY_CODE: "phone_country",
    NumberParseException.TOO_LONG: "phone_too_long",
    NumberParseException.TOO_SHORT_NSN: "phone_too_short",
    NumberParseException.TOO_SHORT_AFTER_IDD: "phone_too_short",
}


def receives_texts(phone: str) -> bool:
    """Whether an E.164 number can receive texts, as far as its number plan tells."""
    return phonenumbers.number_type(phonenumbers.parse(phone)) in _TEXTS


def region_of(beginning: str) -> str:
    """The country of numbers that begin so, as an ISO code; the largest where several share a code, else empty."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(beginning.removeprefix("+")), ("",))
    return str(regions[0])


def calling_code(phone: str) -> int:
    """The calling code of an E.164 number: 86 for China."""
    return int(phonenumbers.parse(phone).country_code or 0)


def calling_code_of(region: str) -> int:
    """The calling code of a country, 0 where it has none of its own."""
    return int(phonenumbers.country_code_for_region(region))


def displayed(phone: str) -> str:
    """An E.164 number in groups, to be read back."""
    return phonenumbers.format_number(phonenumbers.parse(phone), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _phone(value: Any, field: Field, context: IntakeContext) -> str:
    written = _COUNTRY_IN_BRACKETS.sub(r"\1\2", compact(value, _LIMIT))
    if not _WRITTEN.fullmatch(written):
        raise Refused("phone_characters")
    # 00 dials abroad in most of the world; where it does not, no number starts with it.
    number = _parsed("+" + written[2:] if written.startswith("00") else written, context.point_region)
    if not phonenumbers.is_valid_number(number):
        raise Refused(_LENGTHS.get(phonenumbers.is_possible_number_with_reason(number), "phone_unknown"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _parsed(written: str, region: str) -> phonenumbers.PhoneNumber:
    try:
        return phonenumbers.parse(written, region)
    except NumberParseException as error:
        raise Refused(_PARSING.get(error.error_type, "phone_unknown")) from None


PHONE = AnswerType(
    _phone,
    CODES | {"phone_characters", "phone_unknown", "phone_too_short", "phone_too_long", "phone_country"},
)
