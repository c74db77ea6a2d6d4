"""A pass's token: 12 bytes of what it says and an Ed25519 signature, in base 32 for a QR code's alphanumeric mode.

Layout: key id (1 byte), case id (55 bits), point (three letters, 15 bits), days since 2020-01-01 (16 bits), zero bits.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import date, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chalicelib.domain.errors import NotFound
from chalicelib.domain.identifiers import ALPHABET, LENGTH

EPOCH = date(2020, 1, 1)
LAST = EPOCH + timedelta(days=0xFFFF)
"""The last day that 16 bits can say, in 2199."""
KEY_ID = 1
_SAID, _SIGNATURE = 12, 64
_CERTIFICATE = b"certificate"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Pass:
    """What a token says: whose it is, where and when (the server's date at the point) it was given."""

    case_id: str
    point: str
    date: date


class PassSigner:
    """Signs and verifies with one key of 32 bytes."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._private.public_key()

    @property
    def public_keys(self) -> dict[int, bytes]:
        """Key id -> 32 bytes, for who checks passes without asking us."""
        return {KEY_ID: self._public.public_bytes_raw()}

    def token(self, holder: Pass) -> str:
        """The token, upper case; the same pass gives the same token. Raises ValueError beyond EPOCH to LAST."""
        said = _packed(holder)
        return _spelled(said + self._private.sign(said))

    def certificate(self, holder: Pass) -> str:
        """What a certificate carries: it says the same, proves the certificate, and opens no pass."""
        said = _packed(holder)
        return _spelled(said + self._private.sign(_CERTIFICATE + said))

    def read(self, token: str) -> Pass:
        """What a token says; raises NotFound for one that was not signed here, whatever is wrong with it."""
        return self._read(token, b"")

    def read_certificate(self, token: str) -> Pass:
        """What a certificate's token says; raises NotFound like ``read``."""
        return self._read(token, _CERTIFICATE)

    def _read(self, token: str, purpose: bytes) -> Pass:
        try:
            raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
            if _spelled(raw) != token.upper():  # Padding and the last letter's unused bits: one pass, one spelling.
                raise ValueError("spelling")
            self._public.verify(raw[_SAID:], purpose + raw[:_SAID])
        except (binascii.Error, ValueError, InvalidSignature):
            raise NotFound("pass") from None
        if len(raw) != _SAID + _SIGNATURE or raw[0] != KEY_ID:
            raise NotFound("pass")
        return _unpacked(raw[:_SAID])


def _spelled(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def _packed(holder: Pass) -> bytes:
    if not EPOCH <= holder.date <= LAST:
        raise ValueError("date")  # Else its bits would spell another point.
    number = 0
    for letter in holder.case_id:
        number = number << 5 | ALPHABET.index(letter)
    for letter in holder.point:
        number = number << 5 | _LETTERS.index(letter)
    number = number << 16 | (holder.date - EPOCH).days
    return bytes([KEY_ID]) + (number << 2).to_bytes(_SAID - 1, "big")


def _unpacked(said: bytes) -> Pass:
    number = int.from_bytes(said[1:], "big") >> 2
    number, days = number >> 16, number & 0xFFFF
    point = "".join(_LETTERS[min(number >> 5 * place & 31, 25)] for place in (2, 1, 0))
    number >>= 15
    case_id = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return Pass(case_id, point, EPOCH + timedelta(days=days))
