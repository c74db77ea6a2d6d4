"""Identifiers that people read aloud: a case's id is 11 characters, its reference adds one that checks them.

Crockford's base 32 leaves out I, L, O and U; what is heard or typed as those is read as 1, 1, 0 and V.
"""

import hashlib
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 11
_HEARD = str.maketrans("ILOU", "110V")


def derived_id(*parts: str, length: int = LENGTH) -> str:
    """An id that the same ``parts`` always give: what makes a repeated submission the same row."""
    number = _number(parts)
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(length))


def derived_digits(*parts: str, length: int) -> str:
    """Decimal digits that the same ``parts`` always give."""
    return f"{_number(parts) % 10**length:0{length}d}"


def _number(parts: tuple[str, ...]) -> int:
    return int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest(), "big")


def _check_character(case_id: str) -> str:
    weighted = sum((place + 1) * ALPHABET.index(letter) for place, letter in enumerate(case_id))
    return ALPHABET[weighted % 31]


def reference(case_id: str) -> str:
    """``7K3M-9QX2-0ABC``: the id in groups of four, the last character a check."""
    whole = case_id + _check_character(case_id)
    return "-".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def as_heard(text: str) -> str:
    """Capitals without spaces and dashes, each letter that we leave out read as what it stands for."""
    return re.sub(r"[\s\-‐-―]", "", text.upper()).translate(_HEARD)


def case_id_of(text: str) -> str | None:
    """The case id that a typed reference encodes, or None when it cannot be one or its check fails."""
    letters = as_heard(text)
    if len(letters) != LENGTH + 1 or any(letter not in ALPHABET for letter in letters):
        return None
    case_id = letters[:LENGTH]
    return case_id if _check_character(case_id) == letters[-1] else None
