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
Item = dict[str, dict[str, Any]]
"""A row in DynamoDB's own notation: name -> type -> value."""
log = logging.getLogger(__name__)


class Codec:
    """Maps entities to the rows of ``models`` and seals with ``ring``."""

    def __init__(self, models: dict[str, type[Row]], ring: KeyRing) -> None:
        self._models = models
        self._ring = ring

    def model(self, kind: type) -> type[Row]:
        """The table's model for entities of ``kind``."""
        return self._models[LAYOUTS[kind].table]

    def table(self, kind: type) -> str:
        """The full name of the table for entities of ``kind``."""
        return str(self.model(kind).Meta.table_name)

    def item(self, entity: Any) -> Item:
        """The row as it is written, one version on, in DynamoDB's notation.

        PynamoDB's models are for reading: writing through them took a tenth of a declaration's time.
        """
        layout = LAYOUTS[type(entity)]
        pk, sk = layout.key(*layout.parts(entity))
        document = msgspec.to_builtins(entity)
        personal = document.pop("personal", None)
        row = {
            "pk": pk, "sk": sk, "row_version": document.pop("version") + 1, **layout.indexes(entity),
            "document": msgspec.json.encode(document).decode(), "expires_at": document.get("expires_at"),
        }  # fmt: skip
        if isinstance(entity, Identity):
            row |= {"last_intake": str(entity.intake_date), "holder": entity.case_id}
        if personal is not None:
            row |= self._sealed(_place(layout.table, pk, sk), layout.sealed_with(entity), personal)
        return {name: _typed(value) for name, value in row.items() if value is not None}

    def _sealed(self, place: str, key: str | None, personal: Any) -> dict[str, bytes | str]:
        if key is None:
            raise ValueError("personal fields need a key to be sealed with")
        return {"sealed": self._ring.seal(key, place, msgspec.json.encode(personal)), "sealed_with": key}

    def entity(self, kind: type[T], row: Row) -> T:
        """The entity that a row holds; raises Shredded when its personal part is gone, Unsealable when moved."""
        if kind is Spent:
            return cast(T, _figures(row))
        document = msgspec.json.decode(row.document)
        document["version"] = int(row.row_version)
        if row.sealed is not None:
            table = next(name for name, model in self._models.items() if isinstance(row, model))
            plain = self._ring.unseal(str(row.sealed_with), _place(table, row.pk, row.sk), bytes(row.sealed))
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


def _place(table: str, pk: str, sk: str) -> str:
    return f"{table}|{pk}|{sk}|personal"


def _typed(value: str | float | bytes) -> dict[str, Any]:
    if isinstance(value, str):
        return {"S": value}
    return {"B": value} if isinstance(value, bytes) else {"N": str(value)}
