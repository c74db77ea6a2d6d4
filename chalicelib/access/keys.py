"""Keys of programs: ``wsk_<id>_<secret>``, shown once."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.access import tokens
from chalicelib.access.ports import AccessStore
from chalicelib.domain.desks import DESKS
from chalicelib.domain.errors import FieldError, Invalid, NotFound, NotSignedIn
from chalicelib.domain.officers import ApiKey, Officer

_KEY = re.compile(r"wsk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
_NOBODY = tokens.digest("")


def check_desk(desk: str, district: str | None) -> None:
    """Raise Invalid unless there is such a desk, with a district where, and only where, it needs one."""
    if desk not in DESKS:
        raise Invalid((FieldError("desk", "unknown"),))
    if (desk == "district") != bool(district):
        raise Invalid((FieldError("district", "required" if desk == "district" else "not_for_this_desk"),))


class Keys:
    """Makes, recognises and withdraws keys."""

    def __init__(self, store: AccessStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def make(self, desk: str, district: str | None, by: str) -> str:
        """A new key as its holder will send it. Raises Invalid for a desk that is none."""
        check_desk(desk, district)
        key_id, secret = tokens.new_id(), tokens.new_secret()
        self._store.add_key(
            ApiKey(
                key_id=key_id, digest=tokens.digest(secret), desk=desk, district=district or None,
                made_at=self._clock(), made_by=by,
            )
        )  # fmt: skip
        return f"wsk_{key_id}_{secret}"

    def officer(self, key: str) -> Officer:
        """Whom a key stands for; raises NotSignedIn."""
        parts = _KEY.fullmatch(key)
        found = self._store.key(parts[1]) if parts else None
        right = tokens.same(found.digest if found else _NOBODY, parts[2] if parts else "-")
        if found is None or not right or not found.active:
            raise NotSignedIn
        return found.officer

    def withdraw(self, key_id: str) -> None:
        """The key opens nothing from now on; raises NotFound."""
        found = self._store.key(key_id)
        if found is None:
            raise NotFound("key")
        self._store.change_key(replace(found, active=False))
