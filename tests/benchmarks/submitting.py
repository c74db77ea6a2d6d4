"""A declaration, warm: the product's handler beside a bare one that puts as many bytes."""

import json
from typing import Any

from chalicelib.storage.counting import Cost, counted, size_of
from chalicelib.wiring import Wiring
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.gateway import BARE_ROUTE, Handler, asked, bare, client
from tests.benchmarks.measuring import Spread, Timed, ratio, taking_turns
from tests.journey.steps import declaration
from tests.wired import fresh

MOST = 2.0
PATH = "/api/v1/declarations"


def measure(here: Wiring, effort: Effort) -> Figure:
    """CPU and wall time of both, and of the same transaction in the bare handler."""
    from app import app  # late: it reads its settings from the environment while it is imported

    cost = _cost(app, here)
    table = f"{here.settings.table_prefix}-cases"
    plain, same_rows = bare(_putter(table, cost.bytes_written)), bare(_transactor(table, cost))
    taken = taking_turns(
        {
            "product": lambda: asked(app, PATH, _body()),
            "bare": lambda: asked(plain, BARE_ROUTE, _body()),
            "rows": lambda: asked(same_rows, BARE_ROUTE, _body()),
        },
        effort.rounds,
    )
    return _figure(taken, cost)


def _body() -> dict[str, Any]:
    return declaration(document_number=f"E{fresh(8)}")


def _cost(app: Handler, here: Wiring) -> Cost:
    asked(app, PATH, _body())
    with counted(here.store) as cost:
        asked(app, PATH, _body())
    return cost


def _row(key: str, sort: str, size: int, text: str = "") -> dict[str, Any]:
    """A row of so many bytes, ``text`` among them."""
    row = {"pk": {"S": key}, "sk": {"S": sort}, "document": {"S": text}}
    row["document"]["S"] += "x" * max(0, size - size_of(row))
    return row


def _putter(table: str, size: int) -> Any:
    dynamodb = client()

    def keep(key: str, body: Any) -> None:
        row = _row(key, "-", size, json.dumps(body, ensure_ascii=False))
        dynamodb.put_item(TableName=table, Item=row, ConditionExpression="attribute_not_exists(pk)")

    return keep


def _transactor(table: str, cost: Cost) -> Any:
    """As many rows, as large, in one transaction: what once-only, audit and finding cost at the database alone."""
    dynamodb, sizes = client(), [row.size for row in cost.written]

    def keep(key: str, _: Any) -> None:
        rows = [_row(key, str(place), size) for place, size in enumerate(sizes)]
        new = "attribute_not_exists(pk)"
        puts = [{"Put": {"TableName": table, "Item": row, "ConditionExpression": new}} for row in rows]
        dynamodb.transact_write_items(TransactItems=puts)

    return keep


def _figure(taken: dict[str, Timed], cost: Cost) -> Figure:
    product, plain, rows = taken["product"], taken["bare"], taken["rows"]
    cpu, wall = ratio(product.cpu, plain.cpu), ratio(product.wall, plain.wall)
    floor_cpu, floor_wall = ratio(rows.cpu, plain.cpu), ratio(rows.wall, plain.wall)
    names = {"product": "Waystation", "bare": "bare, one put of the same bytes", "rows": "bare, the same transaction"}
    table = Table(
        ("", "CPU ÷ bare", "wall ÷ bare", "CPU ms", "wall ms"),
        [
            (names[name], f"{ratio(one.cpu, plain.cpu).median:.2f}", f"{ratio(one.wall, plain.wall).median:.2f}",
             Spread.of(one.cpu).said(), Spread.of(one.wall).said())
            for name, one in taken.items()
        ],
    )  # fmt: skip
    return Figure(
        name="submit",
        title="A declaration, warm",
        measured="`POST /api/v1/declarations` through the real handler, as API Gateway calls it, in this process."
        " Beside it a bare Chalice handler that mints an id and puts one row of as many bytes with a plain boto3"
        " client, and one that writes as many rows in a transaction.",
        goals=[Goal("CPU ÷ bare", cpu.median, MOST, cpu.said()), Goal("wall ÷ bare", wall.median, MOST, wall.said())],
        parts=[
            table,
            f"The declaration writes {cost.rows_written} rows of together {cost.bytes_written:,} bytes in"
            f" {cost.calls} call: the case, its audit, the identity that keeps it single, and what finds it by phone"
            f" and document. The transaction alone, with nothing read, validated or sealed, is {floor_cpu.median:.2f}"
            f" times the bare put in CPU and {floor_wall.median:.2f} times in wall time.",
        ],
        data={"rounds": len(plain.cpu), **{name: vars(one) for name, one in taken.items()}},
    )
