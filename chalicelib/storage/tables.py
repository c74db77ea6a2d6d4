"""The tables as PynamoDB sees them. infra/ creates them; a test holds the two together."""

from typing import Any

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

CONNECT_TIMEOUT, READ_TIMEOUT = 1.0, 1.8
"""Seconds; the defaults are longer than API Gateway waits. A silent database is a 503 within two seconds."""

INDEXES = {
    "cases": {"by_flight": "flight_key", "by_day": "day_key", "by_district": "district_key"},
    "dispatches": {"by_day": "day_key", "by_district": "district_key"},
    "owed": {"by_due": "due_shard", "by_traveller": "traveller_id", "by_dispatch": "dispatch_id", "by_day": "day_key"},
    "finding": {},
    "desk": {},
    "access": {},
    "keys": {},
}  # fmt: skip
"""table -> index -> the attribute that is its hash key; every index is keys only."""


FIGURES = ("messages", "segments", "micros")
"""Attributes that are only ever added to: the counters of what was spent."""


def range_key_of(index: str) -> str:
    """The sort attribute of an index."""
    return "due_at" if index == "by_due" else "listed_at"


def _index(name: str, hash_key: str) -> GlobalSecondaryIndex[Any]:
    meta = type("Meta", (), {"index_name": name, "projection": KeysOnlyProjection()})
    attributes = {hash_key: UnicodeAttribute(hash_key=True), range_key_of(name): UnicodeAttribute(range_key=True)}
    index_class = type(f"Index_{name}", (GlobalSecondaryIndex,), {"Meta": meta, **attributes})
    index: GlobalSecondaryIndex[Any] = index_class()
    return index


class Row(Model):
    """What every table's rows share: a version, the open document, the sealed one and the name of its key."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    row_version = NumberAttribute(default=0)
    document = UnicodeAttribute()
    sealed = BinaryAttribute(null=True, legacy_encoding=False)
    sealed_with = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    last_intake = UnicodeAttribute(null=True)
    holder = UnicodeAttribute(null=True)


def _model(table: str, prefix: str, region: str, host: str | None) -> type[Row]:
    meta = type("Meta", (), {"table_name": f"{prefix}-{table}", "region": region, "host": host})
    body: dict[str, Any] = {"Meta": meta}
    for index, hash_key in INDEXES[table].items():
        body[hash_key] = UnicodeAttribute(null=True)
        body[range_key_of(index)] = UnicodeAttribute(null=True)
        body[index] = _index(index, hash_key)
    for name in FIGURES if table == "owed" else ():
        body[name] = NumberAttribute(null=True)
    return type(f"{table.capitalize()}Row", (Row,), body)


def connect(prefix: str, region: str, host: str | None, session: Any = None) -> tuple[Connection, dict[str, type[Row]]]:
    """One connection, and a model for each table that uses it: one client to warm, one pool, one set of time limits.

    ``session`` is botocore's, where others use it too.
    """
    connection = Connection(
        region=region, host=host, connect_timeout_seconds=CONNECT_TIMEOUT, read_timeout_seconds=READ_TIMEOUT,
        retry_configuration={"total_max_attempts": 1, "mode": "standard"}, max_pool_connections=32,
    )  # fmt: skip
    if session is not None:
        connection._local.session = session  # PynamoDB makes its own for each thread, and a client with the first
        assert connection.client is not None
    models = {table: _model(table, prefix, region, host) for table in INDEXES}
    for model in models.values():
        table = model._get_connection()  # PynamoDB has no public way to give models one client
        connection.add_meta_table(table.get_meta_table())
        table.connection = connection
    return connection, models
