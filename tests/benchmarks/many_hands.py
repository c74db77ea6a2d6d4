"""Many threads against a provider that takes its time: how near they come to threads ÷ latency."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from chalicelib.actions.ports import Ports
from chalicelib.actions.send_message import send_message
from chalicelib.actions.switchboard import Switchboard
from chalicelib.domain.lines import Line
from chalicelib.messaging.twilio_provider import TwilioProvider
from chalicelib.wiring import Wiring, wall_clock
from infra.local.stack import Stack
from tests.actions.world import World
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.gateway import client
from tests.benchmarks.measuring import Spread, Timed, clocked, ratio
from tests.benchmarks.texting import UNHURRIED, Client, owed, phones, set_rate
from tests.benchmarks.working import a_second

LATENCY = 0.05
LEAST = 0.9
Act = Callable[[str], object]
NAMES = {
    "product": "Waystation, real tables",
    "memory": "Waystation, tables in memory",
    "bare": "bare official client",
    "both": "bare client between bare calls: a read, a put, the text, a put",
}


def measure(stack: Stack, here: Wiring, effort: Effort) -> Figure:
    """Volleys of texts by so many threads, each way in turns."""
    set_rate(stack, UNHURRIED)
    taken: dict[str, Timed] = {name: Timed([], []) for name in NAMES}
    with phones(stack, int(LATENCY * 1000)) as base, ThreadPoolExecutor(effort.hands) as hands:
        there = Wiring(replace(here.settings, provider_base=base), here.clock)
        memory = replace(World().ports, clock=wall_clock)
        board = _switchboard(stack, base, effort.hands)
        bare = Client(stack, base, effort.hands)
        acts: dict[str, tuple[Ports | None, Act]] = {
            "product": (there.ports, lambda text: _sent(there.ports, there.switchboard, text)),
            "memory": (memory, lambda text: _sent(memory, board, text)),
            "bare": (None, bare.post),
            "both": (None, _Both(f"{here.settings.table_prefix}-owed", bare)),
        }
        for number in range(effort.volleys + 1):
            for name, (ports, act) in acts.items():
                texts = [owed(ports) if ports else "" for _ in range(effort.volley)]
                spent = clocked(lambda act=act, texts=texts: list(hands.map(act, texts)))  # type: ignore[misc]
                if number:  # the first opens the connections
                    taken[name].cpu.append(spent[0] / effort.volley)
                    taken[name].wall.append(spent[1] / effort.volley)
    return _figure(effort, taken)


def _sent(ports: Ports, board: Switchboard, text: str) -> None:
    # As a worker with a batch of five does; the threads share what it takes.
    board.expect(5)
    state = send_message(ports, board, text)
    assert state == "sent", state


def _switchboard(stack: Stack, base: str, hands: int) -> Switchboard:
    account = stack.provider_secret()
    provider = TwilioProvider(
        account_sid=account["account_sid"], auth_token=account["auth_token"], sender=account["sender"],
        public_base="http://127.0.0.1:9", base_url=base, pool=hands,
    )  # fmt: skip
    return Switchboard([(Line(name=provider.name, rate=UNHURRIED), provider)])


class _Both:
    """What a text cannot do without: a read, a conditional write, the provider, and another conditional write."""

    def __init__(self, table: str, bare: Client) -> None:
        self._table, self._bare, self._dynamodb, self._number = table, bare, client(), itertools.count()

    def __call__(self, _: object = None) -> None:
        pk = f"bare{next(self._number)}"
        key, kept = {"pk": {"S": pk}, "sk": {"S": "-"}}, {"document": {"S": "x" * 900}}
        self._dynamodb.get_item(TableName=self._table, Key=key)
        self._put({**key, **kept}, "attribute_not_exists(pk)")
        self._bare.post()
        self._put({**key, **kept}, "attribute_exists(pk)")

    def _put(self, row: dict[str, object], held: str) -> None:
        self._dynamodb.put_item(TableName=self._table, Item=row, ConditionExpression=held)


def _figure(effort: Effort, taken: dict[str, Timed]) -> Figure:
    most = effort.hands / LATENCY
    pace = {name: Spread.of(a_second(one.wall, 1)) for name, one in taken.items()}
    share = {name: Spread.of([each / most for each in a_second(one.wall, 1)]) for name, one in taken.items()}
    cpu = {name: Spread.of(one.cpu) for name, one in taken.items()}
    over = ratio(taken["both"].wall, taken["product"].wall)
    rows = [
        (
            NAMES[name],
            share[name].said(),
            f"{pace[name].median / pace['bare'].median:.2f}",
            pace[name].said(0),
            cpu[name].said(),
        )
        for name in taken
    ]
    return Figure(
        name="hands",
        title=f"{effort.hands} threads and a slow provider",
        measured=f"{effort.hands} threads of one process send {effort.volley} texts to a provider that answers after"
        f" {LATENCY * 1000:.0f} ms: threads ÷ latency is {most:.0f} a second, which nothing reaches that takes any time"
        " itself.",
        goals=[
            Goal("real tables: messages a second ÷ (threads ÷ latency)", share["product"].median, None,
                 share["product"].said(), LEAST),
            Goal("tables in memory: messages a second ÷ (threads ÷ latency)", share["memory"].median, None,
                 share["memory"].said(), LEAST),
        ],
        parts=[
            Table(("", "÷ (threads ÷ latency)", "÷ bare client", "messages a second", "CPU ms of the process"), rows),
            f"Tables in memory show the engine itself: {share['memory'].median:.2f} of threads ÷ latency, where the"
            f" bare client comes to {share['bare'].median:.2f}. On real tables the limit is this machine's cores: a"
            f" text takes {cpu['product'].median:.1f} ms of the one interpreter that the threads share, which alone"
            f" ends at {1000 / cpu['product'].median:.0f} a second, and the local AWS and the simulator want the same"
            f" cores for every call. Bare calls around the bare client end at {share['both'].median:.2f} for the same"
            f" reason; the engine has {over.said()} times their pace. Deployed, each worker is a process with a"
            " processor of its own, and the database is no neighbour of it.",
        ],
        data={"hands": effort.hands, "latency": LATENCY, **{name: vars(one) for name, one in taken.items()}},
    )  # fmt: skip
