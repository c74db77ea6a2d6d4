"""Sealing: AES-256-GCM under a named data key, bound to the row it stands in.

Keys lie wrapped by KMS in a table of their own. Deleting a key's row shreds everything that it sealed, in backups of
the other tables too (house.md, promise 9).
"""

import hashlib
import hmac
import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

STANDING = "standing"
"""The key of what outlives a day: officers, contacts of districts, cursors."""
_NONCE = 12


class Shredded(Exception):
    """The key of this row is gone, and with it the row's personal part."""


class Unsealable(ValueError):
    """What is sealed does not open here: it was moved or edited, or its key is another one by now."""


class KeyStore(Protocol):
    """Where wrapped keys lie, and who wraps them."""

    def load(self, name: str) -> bytes | None:
        """The unwrapped key, or None when there is none."""

    def create(self, name: str) -> bytes:
        """A new key, or the one that somebody else created first."""


class KeyRing:
    """Unwrapped keys, remembered by this process."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys
        self._known: dict[str, bytes] = {}

    def key(self, name: str) -> bytes:
        """The key, created on its first use.

        Without a lock: while the key service is silent nobody waits for those who wait already, and of two that create
        a key the store keeps one.
        """
        known = self._known.get(name) or self._keys.load(name) or self._keys.create(name)
        return self._known.setdefault(name, known)

    def existing(self, name: str) -> bytes:
        """The key, never created; raises Shredded."""
        known = self._known.get(name) or self._keys.load(name)
        if known is None:
            raise Shredded(name)
        self._known[name] = known
        return known

    def forget(self, name: str) -> None:
        """Drop the remembered key: its row was deleted."""
        self._known.pop(name, None)

    def seal(self, name: str, place: str, plain: bytes) -> bytes:
        """``plain`` sealed for one ``place`` (table, row and field); 28 bytes longer."""
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self.key(name)).encrypt(nonce, plain, place.encode())

    def unseal(self, name: str, place: str, sealed: bytes) -> bytes:
        """What was sealed; raises Shredded when the key is gone, Unsealable when moved or edited."""
        try:
            return AESGCM(self.existing(name)).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except InvalidTag as wrong:
            raise Unsealable("sealed elsewhere, or edited") from wrong

    def digest(self, month: str, kind: str, value: str) -> str:
        """A keyed digest for finding; 128 bits in hex. Keys are by month: phones can be enumerated."""
        message = f"{kind}\x1f{value}".encode()
        return hmac.new(self.key(f"digest#{month}"), message, hashlib.sha256).hexdigest()[:32]
