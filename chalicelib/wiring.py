"""Where adapters meet actions: made on first use, kept by the process, replaced as a whole by tests."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config

from chalicelib.access.gate import Gate
from chalicelib.actions.ports import Clock, Ports
from chalicelib.actions.send_message import Provider
from chalicelib.messaging import texts
from chalicelib.messaging.prices import prices
from chalicelib.messaging.queue import SqsQueue
from chalicelib.passes.tokens import PassSigner
from chalicelib.settings import Settings
from chalicelib.storage.access_table import AccessTable
from chalicelib.storage.codec import Codec
from chalicelib.storage.drills import RememberedDrills
from chalicelib.storage.keys import WrappedKeys
from chalicelib.storage.places import RememberedPlaces
from chalicelib.storage.sealing import KeyRing
from chalicelib.storage.spending import RememberedSpending
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import CONNECT_TIMEOUT, READ_TIMEOUT, connect

PASS_KEY = "passes#1"
"""The name of the seed that passes are signed with."""


def wall_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Wiring:
    """Everything that a process needs, from settings and a clock."""

    settings: Settings
    clock: Clock = wall_clock

    @cached_property
    def _tables(self) -> Any:
        return connect(self.settings.table_prefix, self.settings.region, self.settings.endpoint_url)

    @cached_property
    def ring(self) -> KeyRing:
        """Data keys."""
        _, models = self._tables
        return KeyRing(WrappedKeys(models["keys"], self._client("kms"), self.settings.kms_key))

    @cached_property
    def store(self) -> DynamoStore:
        """The database."""
        connection, models = self._tables
        return DynamoStore(connection, Codec(models, self.ring))

    @cached_property
    def places(self) -> RememberedPlaces:
        """Reference data."""
        return RememberedPlaces(self.store)

    @cached_property
    def spending(self) -> RememberedSpending:
        """What days have cost."""
        return RememberedSpending(self.store)

    @cached_property
    def drills(self) -> RememberedDrills:
        """Which flights are drills; in a drill stage every one is."""
        whole, simulated = self.settings.stage == "drill", self.settings.provider_base is not None
        return RememberedDrills(self.store, whole=whole, simulated=simulated)

    @cached_property
    def queue(self) -> SqsQueue:
        """The nudge."""
        return SqsQueue(self.settings.queue_name, self.settings.region, self.settings.endpoint_url)

    @cached_property
    def ports(self) -> Ports:
        """What actions get."""
        return Ports(
            store=self.store, queue=self.queue, digests=self.ring, texts=texts, places=self.places, clock=self.clock,
            prices=prices(), spending=self.spending, drills=self.drills, reaches=_reaches,
        )  # fmt: skip

    @cached_property
    def gate(self) -> Gate:
        """Who comes in."""
        connection, models = self._tables
        return Gate(AccessTable(connection, models["access"], self.ring), self.clock)

    @cached_property
    def passes(self) -> PassSigner:
        """Signed passes."""
        return PassSigner(self.ring.key(PASS_KEY))

    @cached_property
    def provider_account(self) -> dict[str, str]:
        """``account_sid``, ``auth_token`` and ``sender``, from the secret that the settings name."""
        found = self._client("secretsmanager").get_secret_value(SecretId=self.settings.provider_secret)
        account: dict[str, str] = json.loads(found["SecretString"])
        return account

    @cached_property
    def provider(self) -> Provider:
        """Who carries text messages; imported here because a web request never needs it."""
        from chalicelib.messaging.twilio_provider import TwilioProvider

        account = self.provider_account
        return TwilioProvider(
            account_sid=account["account_sid"], auth_token=account["auth_token"], sender=account["sender"],
            public_base=self.settings.public_base, base_url=self.settings.provider_base,
        )  # fmt: skip

    def _client(self, service: str) -> Any:
        limits = Config(connect_timeout=CONNECT_TIMEOUT, read_timeout=READ_TIMEOUT, retries={"total_max_attempts": 1})
        return boto3.client(
            service, region_name=self.settings.region, endpoint_url=self.settings.endpoint_url, config=limits
        )


def _reaches(phone: str) -> bool:
    # Imported here: number plans are large, and most requests owe nothing.
    from chalicelib.intake.types.phones import receives_texts

    return receives_texts(phone)


_current: list[Wiring] = []


def wiring() -> Wiring:
    """The one in use."""
    if not _current:
        settings = Settings.from_env()
        logging.getLogger("chalicelib").setLevel(settings.log_level)
        for chatty in ("pynamodb", "botocore", "boto3", "urllib3", "twilio"):
            # Their debug lines quote whole requests, and a request is about people.
            logging.getLogger(chatty).setLevel(logging.WARNING)
        _current.append(Wiring(settings))
    return _current[-1]


@contextmanager
def override(other: Wiring) -> Iterator[Wiring]:
    """Use ``other`` inside the block."""
    _current.append(other)
    try:
        yield other
    finally:
        _current.remove(other)
