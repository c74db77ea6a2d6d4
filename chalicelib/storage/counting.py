"""What a block of work costs at the database: calls, rows, bytes and write units, for tests and benchmarks.

Sizes and units follow DynamoDB's own rules: a name's and a value's bytes, a write unit for each kilobyte begun, twice
in a transaction, and one for each index entry that is made or moved.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import INDEXES, range_key_of

KILOBYTE = 1024
MOVING = frozenset({"by_due"})
"""Indexes whose entries change with a row's state; the others keep theirs from the row's first version on."""
_HANDLER = "waystation-counting"


@dataclass(frozen=True)
class Written:
    """One row that was put: ``size`` in bytes, ``units`` without those of ``entries`` index entries."""

    table: str
    sort: str
    size: int
    units: int
    entries: int


@dataclass
class Cost:
    """Calls by operation, rows and bytes that came, rows that were put, deleted or checked."""

    operations: Counter[str] = field(default_factory=Counter)
    rows_read: int = 0
    bytes_read: int = 0
    written: list[Written] = field(default_factory=list)

    @property
    def calls(self) -> int:
        """Round trips to the database."""
        return self.operations.total()

    @property
    def rows_written(self) -> int:
        """Rows put, deleted or checked."""
        return len(self.written)

    @property
    def bytes_written(self) -> int:
        """Bytes of the rows put."""
        return sum(row.size for row in self.written)

    @property
    def write_units(self) -> int:
        """Write units, index entries included."""
        return sum(row.units + row.entries for row in self.written)

    def __str__(self) -> str:
        done = ", ".join(f"{name} {times}" for name, times in self.operations.items())
        return (
            f"{self.calls} calls ({done}); read {self.rows_read} rows, {self.bytes_read} bytes;"
            f" wrote {self.rows_written} rows, {self.bytes_written} bytes, {self.write_units} units"
        )


@contextmanager
def counted(store: DynamoStore) -> Iterator[Cost]:
    """Count what goes over the store's connection inside the block, whoever uses it."""
    cost = Cost()

    def sent(params: Mapping[str, Any], model: Any, **_: Any) -> None:
        cost.operations[model.name] += 1
        cost.written += _puts(model.name, params)

    def came(parsed: Mapping[str, Any], **_: Any) -> None:
        for item in _items(parsed):
            cost.rows_read += 1
            cost.bytes_read += size_of(item)

    events = store.events
    events.register("before-parameter-build.dynamodb", sent, unique_id=f"{_HANDLER}-sent-{id(cost)}")
    events.register("after-call.dynamodb", came, unique_id=f"{_HANDLER}-came-{id(cost)}")
    try:
        yield cost
    finally:
        events.unregister("before-parameter-build.dynamodb", unique_id=f"{_HANDLER}-sent-{id(cost)}")
        events.unregister("after-call.dynamodb", unique_id=f"{_HANDLER}-came-{id(cost)}")


def size_of(item: Mapping[str, Any]) -> int:
    """A row's bytes: each attribute's name and value."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "B":
            return len(content)
        case "N":
            return 1 + (len(content.lstrip("-").replace(".", "")) + 1) // 2
    return 1


def _puts(operation: str, params: Mapping[str, Any]) -> Iterable[Written]:
    if operation == "TransactWriteItems":
        for action in params["TransactItems"]:
            ((_, what),) = action.items()
            yield _written(what, times=2)
    elif operation in ("PutItem", "DeleteItem"):
        yield _written(params, times=1)


def _written(what: Mapping[str, Any], times: int) -> Written:
    item = what.get("Item") or what["Key"]
    table = what["TableName"].rsplit("-", 1)[-1]
    size = size_of(item)
    new = item.get("row_version", {}).get("N") == "1"
    entries = sum(
        (new or index in MOVING) and hash_key in item and range_key_of(index) in item
        for index, hash_key in INDEXES[table].items()
    )
    left = "Item" in what and not new and "by_due" in INDEXES[table] and "due_at" not in item
    return Written(table, item["sk"]["S"], size, times * -(-size // KILOBYTE), entries + left)


def _items(parsed: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    if "Item" in parsed:
        yield parsed["Item"]
    yield from parsed.get("Items", ())
    for items in parsed.get("Responses", {}).values():
        yield from items
