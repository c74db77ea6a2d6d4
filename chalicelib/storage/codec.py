"""Entities as rows and back: the open part as JSON, the personal part sealed for the very row it stands in."""

import logging
from datetime import date
from typing import Any, TypeVar, cast

import msgspec

from chalicelib.domain.finding import Identity
from chalicelib.domain.spending import Spent
from chalicelib.storage.layouts import LAYOUTS
from chalicelib.storage.sealing import KeyRing, Shredded, Unsealable
from chalicelib.storage.tables import FIGURES, Row

T = TypeVar("T")
log = logging.getLogger(__name__)


class Codec:
    """Maps entities to the rows of ``models`` and seals with ``ring``."""

    def __init__(self, models: dict[str, type[Row]], ring: KeyRing) -> None:
        self._models = models
        self._ring = ring

    def model(self, kind: type) -> type[Row]:
        """The table's model for entities of ``kind``."""
        return self._models[LAYOUTS[kind].table]

    def row(self, entity: Any) -> Row:
        """The row as it is written, one version on."""
        layout = LAYOUTS[type(entity)]
        pk, sk = layout.key(*layout.parts(entity))
        document = msgspec.to_builtins(entity)
        personal = document.pop("personal", None)
        row = self._models[layout.table](pk, sk, row_version=document.pop("version") + 1)
        row.document = msgspec.json.encode(document).decode()
        for name, value in layout.indexes(entity).items():
            setattr(row, name, value)
        row.expires_at = document.get("expires_at")
        if isinstance(entity, Identity):
            row.last_intake, row.holder = str(entity.intake_date), entity.case_id
        if personal is not None:
            self._seal(row, layout.table, layout.sealed_with(entity), personal)
        return row

    def _seal(self, row: Row, table: str, key: str | None, personal: Any) -> None:
        if key is None:
            raise ValueError("personal fields need a key to be sealed with")
        plain = msgspec.json.encode(personal)
        row.sealed, row.sealed_with = self._ring.seal(key, _place(table, row), plain), key

    def entity(self, kind: type[T], row: Row) -> T:
        """The entity that a row holds; raises Shredded when its personal part is gone, Unsealable when moved."""
        if kind is Spent:
            return cast(T, _figures(row))
        document = msgspec.json.decode(row.document)
        document["version"] = int(row.row_version)
        if row.sealed is not None:
            table = next(name for name, model in self._models.items() if isinstance(row, model))
            plain = self._ring.unseal(str(row.sealed_with), _place(table, row), bytes(row.sealed))
            document["personal"] = msgspec.json.decode(plain)
        return msgspec.convert(document, type=kind)

    def readable(self, kind: type[T], row: Row) -> T | None:
        """Like ``entity``, with None for a shredded row, and for one that was tampered with, which is logged."""
        try:
            return self.entity(kind, row)
        except Shredded:
            return None
        except Unsealable:
            log.error("row does not open: %s", kind.__name__, extra={"sealed_with": row.sealed_with})
            return None


def _figures(row: Row) -> Spent:
    _, point, day = str(row.pk).split("#")
    figures = {name: int(getattr(row, name) or 0) for name in FIGURES}
    return Spent(point=point, day=date.fromisoformat(day), shard=str(row.sk), **figures)


def _place(table: str, row: Row) -> str:
    return f"{table}|{row.pk}|{row.sk}|personal"
