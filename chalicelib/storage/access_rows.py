"""Rows of the table ``access`` and back: an officer's names sealed, everything else open and none of it personal."""

from typing import Any, TypeVar

import msgspec

from chalicelib.domain.officers import Account, Session
from chalicelib.storage.sealing import STANDING, KeyRing
from chalicelib.storage.tables import Row

T = TypeVar("T")
SEALED_FIELDS = ("username", "display_name")


class AccessRows:
    """Makes and reads rows of ``model``, sealing with ``ring``."""

    def __init__(self, model: type[Row], ring: KeyRing) -> None:
        self._row = model
        self._ring = ring

    def new(self, pk: str, sk: str, entity: Any) -> Row:
        """The row as it is written, one version on."""
        document = msgspec.to_builtins(entity)
        version = document.pop("version", 0) if isinstance(document, dict) else 0
        return self._row(pk, sk, row_version=version + 1, document=msgspec.json.encode(document).decode())

    def read(self, kind: type[T], row: Row | None) -> T | None:
        """What a row holds, with its version where the kind has one."""
        if row is None:
            return None
        document = msgspec.json.decode(row.document)
        if "version" in kind.__dataclass_fields__:  # type: ignore[attr-defined]
            document["version"] = int(row.row_version)
        return msgspec.convert(document, type=kind)

    def of_session(self, session: Session) -> Row:
        """A session, which the table drops some time after its end."""
        row = self.new(f"officer#{session.officer_id}", f"session#{session.digest}", session)
        row.expires_at = session.ends_at.timestamp()
        return row

    def of_account(self, account: Account) -> Row:
        """An account, its names sealed under the standing key."""
        document = msgspec.to_builtins(account)
        names = {name: document["officer"].pop(name) for name in SEALED_FIELDS}
        row = self.new(f"officer#{account.officer.officer_id}", "account", document)
        plain = msgspec.json.encode(names)
        row.sealed, row.sealed_with = self._ring.seal(STANDING, _place(row), plain), STANDING
        return row

    def account(self, row: Row | None) -> Account | None:
        """The account that a row holds."""
        if row is None or row.sealed is None:
            return None
        document = msgspec.json.decode(row.document)
        names = msgspec.json.decode(self._ring.unseal(str(row.sealed_with), _place(row), bytes(row.sealed)))
        document["officer"].update(names)
        document["version"] = int(row.row_version)
        return msgspec.convert(document, type=Account)


def _place(row: Row) -> str:
    return f"access|{row.pk}|{row.sk}|names"
