"""Numbers in E.164, as far as routing needs to understand them."""

_TWO_DIGITS = frozenset(map(str, (
    20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67), 81, 82, 84, 86,
    *range(90, 96), 98,
)))  # fmt: skip
"""Codes of one country or two: zones 1 and 7 have one digit, all others three (ITU-T E.164, annex D)."""


def country_code(number: str) -> str:
    """``+86`` of ``+8613800138000``: no code is the beginning of another."""
    digits = number.removeprefix("+")
    length = 1 if digits[:1] in ("1", "7") else 2 if digits[:2] in _TWO_DIGITS else 3
    return f"+{digits[:length]}"
