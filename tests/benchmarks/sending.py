"""One message, from owed to sent: the product's worker beside the three bare calls that it cannot do without."""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.actions.send_message import send_message
from chalicelib.storage.counting import counted
from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.gateway import client
from tests.benchmarks.measuring import Spread, Timed, ratio, taking_turns
from tests.benchmarks.texting import Client, owed, phones

MOST = 1.3


def measure(stack: Stack, here: Wiring, effort: Effort) -> Figure:
    """Claim, send and mark, against the sum of a conditional update, a POST and another update."""
    with phones(stack) as base:
        there = Wiring(replace(here.settings, provider_base=base), here.clock)
        waiting = iter([owed(there.ports) for _ in range(effort.sends + 7)])
        _sent(there, next(waiting))  # what a worker reads once, of the point and the day, is not a text's
        with counted(there.store) as cost:
            _sent(there, next(waiting))
        bare = _Bare(stack, base, f"{here.settings.table_prefix}-owed")
        acts: dict[str, Callable[[], object]] = {
            "product": lambda: _sent(there, next(waiting)), "claim": bare.claim, "post": bare.post, "mark": bare.mark,
        }  # fmt: skip
        taken = taking_turns(acts, effort.sends)
    return _figure(taken, str(cost))


def _sent(here: Wiring, message_id: str) -> None:
    assert send_message(here.ports, here.provider, message_id) == "sent"


class _Bare:
    """Each of the three calls as one would write it who has nothing else to keep."""

    def __init__(self, stack: Stack, base: str, table: str) -> None:
        self.post, self._table, self._dynamodb = Client(stack, base).post, table, client()
        row = {"pk": {"S": "bare"}, "sk": {"S": "-"}, "document": {"S": "x" * 900}, "state": {"S": "owed"}}
        self._dynamodb.put_item(TableName=table, Item=row)

    def claim(self) -> None:
        self._update("owed", "sending")

    def mark(self) -> None:
        self._update("sending", "owed")

    def _update(self, before: str, after: str) -> None:
        self._dynamodb.update_item(
            TableName=self._table, Key={"pk": {"S": "bare"}, "sk": {"S": "-"}}, UpdateExpression="SET #s = :after",
            ConditionExpression="#s = :before", ExpressionAttributeNames={"#s": "state"},
            ExpressionAttributeValues={":before": {"S": before}, ":after": {"S": after}},
        )  # fmt: skip


def _figure(taken: dict[str, Timed], cost: str) -> Figure:
    ours, parts = taken["product"], [taken[name] for name in ("claim", "post", "mark")]
    summed = Timed(_sum([part.cpu for part in parts]), _sum([part.wall for part in parts]))
    wall, cpu = ratio(ours.wall, summed.wall), ratio(ours.cpu, summed.cpu)
    names = {"product": "Waystation", "claim": "bare conditional update", "post": "bare POST with the official client",
             "mark": "bare conditional update again"}  # fmt: skip
    rows = [(names[name], Spread.of(one.wall).said(), Spread.of(one.cpu).said()) for name, one in taken.items()]
    return Figure(
        name="send",
        title="A message, from owed to sent",
        measured="A worker reads the message, claims it, hands it to the provider and marks it; beside it a conditional"
        " update, a POST with the provider's official client to the same simulator, and another update.",
        goals=[Goal("wall ÷ the three bare calls", wall.median, MOST, wall.said())],
        parts=[
            Table(("", "wall ms", "CPU ms"), rows),
            f"Wall time is {wall.said()} times the three bare calls together, CPU {cpu.said()} times. What comes on top"
            f" is reading the message, which a bare update does not. At the database: {cost}.",
        ],
        data={name: vars(one) for name, one in taken.items()},
    )


def _sum(columns: list[list[float]]) -> list[float]:
    return [sum(row) for row in zip(*columns, strict=True)]
