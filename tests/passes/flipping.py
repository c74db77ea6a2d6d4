"""Tokens that are almost ours: each bit changed, one at a time; and the signature that some libraries let pass."""

import base64

ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of Ed25519's group (RFC 8032, 5.1): a signature's number counts modulo it, and must be smaller all the same."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def flipped(token: str) -> list[str]:
    """Every token that differs in one bit, those of the last letter that say nothing included."""
    return [
        token[:place] + LETTERS[LETTERS.index(letter) ^ 1 << bit] + token[place + 1 :]
        for place, letter in enumerate(token)
        for bit in range(5)
    ]


def respelt(token: str) -> str:
    """The same token with its signature's number written another way (RFC 8032, 8.4)."""
    raw = base64.b32decode(token + "=" * (-len(token) % 8))
    number = int.from_bytes(raw[-32:], "little") + ORDER
    return base64.b32encode(raw[:-32] + number.to_bytes(32, "little")).decode().rstrip("=")
