"""One message, from owed to sent: the product's worker beside the three bare calls that it cannot do without."""

import importlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from chalicelib.actions.ports import Owe
from chalicelib.actions.send_message import send_message
from chalicelib.domain.messages import Addressed, Message
from chalicelib.storage.counting import counted
from chalicelib.wiring import Wiring
from infra.local import product
from infra.local.plan import free_port
from infra.local.stack import Stack
from tests.api_client import POOL
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.gateway import client
from tests.benchmarks.measuring import Spread, Timed, ratio, taking_turns

MOST = 1.3
TO, TEXT = "+8613900139000", "李女士已由机场送往渝中区隔离点，随行2人。渝中区热线：023-12345。"


def measure(stack: Stack, here: Wiring, effort: Effort) -> Figure:
    """Claim, send and mark, against the sum of a conditional update, a POST and another update."""
    with _phones(stack) as phones:
        there = Wiring(replace(here.settings, provider_base=phones), here.clock)
        owed = iter([_owed(there) for _ in range(effort.sends + 6)])
        with counted(there.store) as cost:
            assert send_message(there.ports, there.provider, next(owed)) == "sent"
        bare = _Bare(stack, phones, f"{here.settings.table_prefix}-owed")
        acts: dict[str, Callable[[], object]] = {
            "product": lambda: _sent(there, next(owed)), "claim": bare.claim, "post": bare.post, "mark": bare.mark,
        }  # fmt: skip
        taken = taking_turns(acts, effort.sends)
    return _figure(taken, str(cost))


@contextmanager
def _phones(stack: Stack) -> Iterator[str]:
    """A simulator that calls nobody back: only the sending is measured."""
    base = f"http://127.0.0.1:{free_port()}"
    there = replace(stack, addresses=replace(stack.addresses, provider=base))
    with TemporaryDirectory(prefix="waystation-") as folder:
        phones = product.start_simulator(there, Path(folder))
        try:
            POOL.request("PUT", f"{base}/faults", body=b'{"lose_callbacks": 1.0}')
            yield base
        finally:
            phones.stop()


def _owed(here: Wiring) -> str:
    now = datetime.now(UTC)
    message = Message(
        message_id=uuid.uuid4().hex[:20], event="dispatched", audience="family", language="zh-Hans", point="CKG",
        day=date(2026, 11, 23), created_at=now, due_at=now, sealed_with="CKG#bench", traveller_id="BENCH",
        segments=1, times={"owed": now}, personal=Addressed(to=TO, name="李华", body=TEXT),
    )  # fmt: skip
    here.store.commit([Owe(message)])
    return message.message_id


def _sent(here: Wiring, message_id: str) -> None:
    assert send_message(here.ports, here.provider, message_id) == "sent"


class _Bare:
    """Each of the three calls as one would write it who has nothing else to keep."""

    def __init__(self, stack: Stack, phones: str, table: str) -> None:
        account = stack.provider_secret()
        self._sender, self._table, self._dynamodb = account["sender"], table, client()
        # By name, as the product loads it: it is untyped.
        twilio = importlib.import_module("twilio.rest").Client(account["account_sid"], account["auth_token"])
        twilio.api.base_url = phones
        self._messages = twilio.messages
        row = {"pk": {"S": "bare"}, "sk": {"S": "-"}, "document": {"S": "x" * 900}, "state": {"S": "owed"}}
        self._dynamodb.put_item(TableName=table, Item=row)

    def claim(self) -> None:
        self._update("owed", "sending")

    def post(self) -> None:
        callback = "http://127.0.0.1:9/hooks/twilio/status/bare"
        self._messages.create(to=TO, from_=self._sender, body=TEXT, status_callback=callback)

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
