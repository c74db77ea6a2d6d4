"""Passwords: argon2id, with rules after NIST SP 800-63B (length, nothing common; no demand for odd characters)."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chalicelib.access.tokens import new_secret
from chalicelib.domain.errors import FieldError, Invalid

SHORTEST, LONGEST = 12, 256
USERNAME_SHORTEST, USERNAME_LONGEST = 3, 40
LOOSE = 4
"""What is typed is cut to so many times the longest before it is normalised: that takes the square of the length."""
_COMMON = (
    "password", "passw0rd", "qwertyuiop", "1234567890", "0123456789", "iloveyou", "letmein", "administrator",
    "welcome", "waystation", "chongqing", "quarantine", "abcdefghij", "1q2w3e4r5t",
)  # fmt: skip


class Passwords:
    """Hashes and checks; ``hasher`` decides the cost (the default follows RFC 9106 for little memory)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody: str | None = None

    def hash(self, password: str) -> str:
        """The argon2id hash, with its own salt and parameters."""
        return self._hasher.hash(_normal(password))

    def check(self, password_hash: str, password: str) -> bool:
        """Whether it is the password; an empty hash costs the same time and is never right."""
        try:
            self._hasher.verify(password_hash or self._decoy(), _normal(password)[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
        return bool(password_hash)

    def outdated(self, password_hash: str) -> bool:
        """Whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def _decoy(self) -> str:
        if self._nobody is None:
            self._nobody = self._hasher.hash(new_secret())
        return self._nobody


def normal_username(username: str) -> str:
    """Usernames are compared without case, and full-width characters are the narrow ones."""
    return unicodedata.normalize("NFKC", username[: LOOSE * USERNAME_LONGEST]).strip().casefold()


def check_choice(username: str, password: str, again: str) -> None:
    """Raise Invalid, with every fault, unless an officer may choose these."""
    faults = [*_username_faults(username), *_password_faults(username, password)]
    if password != again:
        faults.append(FieldError("password_again", "not_the_same"))
    if faults:
        raise Invalid(tuple(faults))


def _username_faults(username: str) -> list[FieldError]:
    if not USERNAME_SHORTEST <= len(username) <= USERNAME_LONGEST:
        return [FieldError("username", "length", {"least": str(USERNAME_SHORTEST), "most": str(USERNAME_LONGEST)})]
    if not all(letter.isalnum() or letter in "._-" for letter in username):
        return [FieldError("username", "characters")]
    return []


def _password_faults(username: str, password: str) -> list[FieldError]:
    plain = _normal(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        return [FieldError("password", "length", {"least": str(SHORTEST), "most": str(LONGEST)})]
    low = plain.casefold()
    if len(set(low)) < 5 or any(low.strip("0123456789!.@#_- ") == word or low == word for word in _COMMON):
        return [FieldError("password", "too_common")]
    if username and username in low:
        return [FieldError("password", "contains_username")]
    return []


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password[: LOOSE * LONGEST])
