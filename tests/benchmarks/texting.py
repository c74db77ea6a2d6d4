"""What the figures about texts share: a simulator of their own, texts that are owed, and the bare official client."""

import importlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chalicelib.actions.ports import Owe, Ports
from chalicelib.domain.messages import Addressed, Message
from infra.local import product
from infra.local.plan import free_port
from infra.local.stack import Stack
from tests.api_client import POOL

TO, TEXT = "+8613900139000", "李女士已由机场送往渝中区隔离点，随行2人。渝中区热线：023-12345。"
CALLBACK = "http://127.0.0.1:9/hooks/twilio/status/bare"
UNHURRIED = 100_000
"""Segments a second: a line of this rate holds nothing back, and is kept as every line is."""


@contextmanager
def phones(stack: Stack, delay_ms: int = 0) -> Iterator[str]:
    """A simulator that answers after so long and calls nobody back: only the sending is measured."""
    base = f"http://127.0.0.1:{free_port()}"
    there = replace(stack, addresses=replace(stack.addresses, provider=base))
    with TemporaryDirectory(prefix="waystation-") as folder:
        simulator = product.start_simulator(there, Path(folder))
        try:
            faults = {"lose_callbacks": 1.0, "delay_ms": delay_ms}
            POOL.request("PUT", f"{base}/faults", body=json.dumps(faults).encode())
            yield base
        finally:
            simulator.stop()


def set_rate(stack: Stack, rate: float) -> None:
    """Segments a second that the stage's line is taken to carry, for every worker that starts from now on."""
    account = {**stack.provider_secret(), "rate": str(rate)}
    name = f"{stack.prefix}-provider"
    stack.client("secretsmanager").put_secret_value(SecretId=name, SecretString=json.dumps(account))


def owed(ports: Ports) -> str:
    """A text of one segment that may go now; answers its id."""
    now = datetime.now(UTC)
    message = Message(
        message_id=uuid.uuid4().hex[:20], event="dispatched", audience="family", language="zh-Hans", point="CKG",
        day=date(2026, 11, 23), created_at=now, due_at=now, sealed_with="CKG#bench", traveller_id="BENCH",
        segments=1, times={"owed": now}, personal=Addressed(to=TO, name="李华", body=TEXT),
    )  # fmt: skip
    ports.store.commit([Owe(message)])
    return message.message_id


class Client:
    """The official client as its manual shows it; ``pool`` is how many threads will send."""

    def __init__(self, stack: Stack, base: str, pool: int = 1) -> None:
        account = stack.provider_secret()
        # By name, as the product loads it: it is untyped.
        http: Any = importlib.import_module("twilio.http.http_client").TwilioHttpClient()
        http.session.mount("http://", importlib.import_module("requests.adapters").HTTPAdapter(pool_maxsize=pool))
        client = importlib.import_module("twilio.rest").Client(
            account["account_sid"], account["auth_token"], http_client=http
        )
        client.api.base_url = base
        self._messages, self._sender = client.messages, account["sender"]

    def post(self, _: object = None) -> None:
        """One text."""
        self._messages.create(to=TO, from_=self._sender, body=TEXT, status_callback=CALLBACK)
