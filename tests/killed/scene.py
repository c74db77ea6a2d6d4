"""The real parts and the process that works on them: started anew after each death, under a time that tests move."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
from chalice.test import Client

from chalicelib.messaging.queue import SqsQueue
from chalicelib.messaging.twilio_provider import TwilioProvider
from chalicelib.settings import Settings
from chalicelib.storage.tables import connect
from chalicelib.wiring import Wiring, override
from infra.local.simulator.faults import Faults
from infra.local.simulator.server import SimulatorServer
from infra.local.simulator.simulator import Options
from infra.local.stack import Stack as Aws
from infra.local.stack import scheduled_event
from infra.reference.load import load
from tests.actions.world import Clock
from tests.api_client import Reply
from tests.killed.tap import Tap
from tools.translations import compile_all

LAST_YEAR = 2069
DAYS = (22, 18, 14, 10)
"""Days of a month that stories begin on, far from its first."""


LATER = timedelta(days=2)
"""The provider dates its texts so much later: nothing that it took is too old to be found."""


@dataclass
class Sockets:
    """What a machine has and no process remembers anything in: clients, made once and heard by the tap."""

    settings: Settings
    tap: Tap
    clients: dict[str, Any] = field(default_factory=dict)

    def of(self, service: str, make: Callable[[], Any]) -> Any:
        """The client of a service."""
        if service not in self.clients:
            self.clients[service] = made = make()
            self.tap.listen(made.meta.events)
        return self.clients[service]

    @cached_property
    def tables(self) -> Any:
        """The connection of the database, and the models over it."""
        connection, models = connect(self.settings.table_prefix, self.settings.region, self.settings.endpoint_url)
        self.tap.listen(connection.client.meta.events)
        return connection, models


class Process(Wiring):
    """The product's own wiring: everything in it is new but the sockets, for making those takes its time."""

    def __init__(self, settings: Settings, clock: Clock, sockets: Sockets) -> None:
        super().__init__(settings, clock)
        self.__dict__.update(sockets=sockets, _tables=sockets.tables)

    @cached_property
    def queue(self) -> SqsQueue:
        """The real queue."""
        queue, here = SqsQueue.__new__(SqsQueue), self.settings
        queue._queue_name = here.queue_name
        made = lambda: SqsQueue(here.queue_name, here.region, here.endpoint_url)._client  # noqa: E731
        queue._client = self.__dict__["sockets"].of("sqs", made)
        return queue

    @cached_property
    def provider(self) -> TwilioProvider:
        """The real provider, its connections heard."""
        provider: Any = super().provider
        http = provider._messages._version.domain.twilio.http_client
        http._pools = self.__dict__["sockets"].tap.pool(http._pools)
        return provider  # type: ignore[no-any-return]

    def _client(self, service: str) -> Any:
        return self.__dict__["sockets"].of(service, lambda: super(Process, self)._client(service))


def _morning(number: int) -> datetime:
    """10:00 in Chongqing, days before the story that was told last: nothing of that one ever falls due in this one."""
    months, place = divmod(number, len(DAYS))
    years, month = divmod(months, 12)
    return datetime(LAST_YEAR - years, 12 - month, DAYS[place], 2, tzinfo=UTC)


@dataclass(kw_only=True)
class Scene:
    """``here`` is the process that lives, ``key`` the API key that its requests come with."""

    settings: Settings
    clock: Clock
    key: str
    tap: Tap = field(default_factory=Tap)

    def __post_init__(self) -> None:
        self.sockets = Sockets(self.settings, self.tap)
        self.restart()

    def restart(self) -> None:
        """A new process: nothing remembered, no connection open."""
        self.here, self.warm = Process(self.settings, self.clock, self.sockets), False

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """A request to the JSON API, from the officer who may do everything unless an ``Authorization`` is given."""
        sent = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request(method, f"/api/v1{path}", json.dumps(body or {}).encode(), sent)

    def request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        """A request to the app as it is packaged, in this very process."""
        with override(self.here):
            answer = self._http.request(method, path, headers=headers, body=body)
        said = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(answer.status_code, json.loads(answer.body) if body[:1] == b"{" else None, said)

    def job(self, name: str) -> dict[str, Any]:
        """What a schedule starts, at the scene's time."""
        from chalicelib.jobs import release_due, sweep

        run = {"sweep": sweep.sweep, "release_due": release_due.release_due}[name]
        with override(self.here):
            return dict(run(scheduled_event(self.clock.now.isoformat()), None))

    def work(self, bodies: list[str]) -> list[str]:
        """What the queue starts; answers the entries that will come again."""
        from chalicelib.jobs.send_messages import send_messages

        records = [{"messageId": str(place), "body": body, "receiptHandle": "r"} for place, body in enumerate(bodies)]
        with override(self.here):
            answer = send_messages({"Records": records}, None)
        return [bodies[int(failed["itemIdentifier"])] for failed in answer["batchItemFailures"]]

    def queued(self) -> list[str]:
        """Everything on the real queue, taken off it."""
        sqs, address = self._sqs
        found: list[str] = []
        while entries := sqs.receive_message(QueueUrl=address, MaxNumberOfMessages=10).get("Messages"):
            found += [entry["Body"] for entry in entries]
            for entry in entries:
                sqs.delete_message(QueueUrl=address, ReceiptHandle=entry["ReceiptHandle"])
        return found

    @cached_property
    def _http(self) -> Any:
        # Imported late: the app reads its settings from the environment while it is imported.
        from app import app

        return Client(app, stage_name="local").http

    @cached_property
    def _sqs(self) -> tuple[Any, str]:
        sqs = boto3.client("sqs", region_name=self.settings.region, endpoint_url=self.settings.endpoint_url)
        return sqs, str(sqs.get_queue_url(QueueName=self.settings.queue_name)["QueueUrl"])


@dataclass(kw_only=True)
class Stage(Scene):
    """A scene with everything around it: ``judge`` looks on from outside and never dies."""

    phones: SimulatorServer
    judge: Wiring
    told: int = 0

    def begin(self) -> None:
        """Another story, days before the last one, with empty phones and a process that knows no day yet."""
        self.told += 1
        self.clock.now = _morning(self.told)
        self._empty_phones()
        self._warm_up()
        self.tap.clear()

    def _warm_up(self) -> None:
        """What a process in use knows: places, addresses, this and last month's keys, and never a key of a day."""
        if not self.warm:
            self._remember()
        months = (self.clock.now, self.clock.now.replace(day=1) - timedelta(days=1))
        for name in ("digest#once", "digest#standing", *(f"digest#{month:%Y-%m}" for month in months)):
            self.here.ring._known[name] = self.judge.ring.key(name)

    def _remember(self) -> None:
        here, self.warm = self.here, True
        for known in (here.places.points, here.places.districts):
            known()
        here.places._known = {kind: (float("inf"), places) for kind, (_, places) in here.places._known.items()}
        assert all((here.passes is not None, here.provider is not None, here.queue._url))

    def _empty_phones(self) -> None:
        store = self.phones.simulator.store
        with store._lock, store._db:
            store._db.execute("delete from messages")
            store._db.execute("delete from errands")


@contextmanager
def staged(stack: Aws, folder: Path) -> Iterator[Stage]:
    """The stack with reference data, and a provider whose callbacks never come by themselves.

    The process's environment leads to ``stack`` already.
    """
    compile_all()
    clock, account = Clock(_morning(0)), stack.provider_secret()
    options = Options(
        account_sid=account["account_sid"], auth_token=account["auth_token"], state=folder / "phones.sqlite3",
        public_base="http://127.0.0.1:9", callback_delay=86_400, clock=lambda: (clock.now + LATER).timestamp(),
    )  # fmt: skip
    with SimulatorServer(options) as phones:
        phones.simulator.chance.set(Faults(lose_callbacks=1.0))
        settings = replace(Settings.from_env(), provider_base=phones.base)
        judge = Wiring(settings, clock)
        load(judge.store, examples=True)
        key = judge.gate.keys.make("coordination", None, "test")
        yield Stage(settings=settings, clock=clock, key=key, phones=phones, judge=judge)
