"""Where adapters meet actions: made on first use, kept by the process, replaced as a whole by tests."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from threading import Lock
from typing import Any

import botocore.session
from botocore.config import Config

from chalicelib.access.gate import Gate
from chalicelib.actions.carriers import Provider
from chalicelib.actions.ports import Clock, Ports
from chalicelib.actions.switchboard import Switchboard
from chalicelib.messaging import providers, texts
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
AGENT = Config(user_agent="waystation")
"""What AWS's logs call us; botocore's own line is long, and put together anew for each call."""
_making = Lock()
"""Sessions of botocore make one client at a time."""
LOOK_AGAIN_AFTER = timedelta(minutes=1)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def wall_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Wiring:
    """Everything that a process needs, from settings and a clock."""

    settings: Settings
    clock: Clock = wall_clock

    @cached_property
    def _session(self) -> Any:
        """One for all clients: what AWS has where is a large file, and each session reads it anew."""
        session = botocore.session.get_session()
        session.set_default_client_config(AGENT)
        return session

    @cached_property
    def _tables(self) -> Any:
        here = self.settings
        with _making:
            return connect(here.table_prefix, here.region, here.endpoint_url, self._session)

    def _made(self, service: str, **how: Any) -> Any:
        with _making:
            return self._session.create_client(service, **how)

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
        here = self.settings
        return SqsQueue(here.queue_name, here.region, here.endpoint_url, make=self._made)

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
    def provider_accounts(self) -> providers.Accounts:
        """The accounts of the providers in use, from the secret that the settings name."""
        found = self._client("secretsmanager").get_secret_value(SecretId=self.settings.provider_secret)
        return providers.accounts(json.loads(found["SecretString"]))

    @property
    def provider_account(self) -> providers.Account:
        """The one that signs callbacks: ``account_sid``, ``auth_token`` and ``sender``."""
        return self.provider_accounts["twilio"]

    @cached_property
    def provider(self) -> Provider:
        """The first provider in use."""
        return self._provider(next(iter(self.provider_accounts)))

    @cached_property
    def switchboard(self) -> Switchboard:
        """Every provider in use, behind what sends: one for the process, which remembers how their lines do."""
        first, *others = self.provider_accounts
        lines = [(first, self.provider), *((name, self._provider(name)) for name in others)]
        return Switchboard([(providers.line(name, self.provider_accounts[name]), made) for name, made in lines])

    def look_again(self) -> None:
        """While a line is stopped by its account, read the account anew: who mends it need not end what runs.

        At most once a minute: the other lines carry everything meanwhile, and know what they have learnt.
        """
        known = self.__dict__
        if "switchboard" not in known or not self.switchboard.is_stopped:
            return
        if self.clock() - known.get("_looked_at", LONG_AGO) < LOOK_AGAIN_AFTER:
            return
        known["_looked_at"] = self.clock()
        for name in ("provider_accounts", "provider", "switchboard"):
            known.pop(name, None)

    def _provider(self, name: str) -> Provider:
        return providers.MAKERS[name](self.provider_accounts[name], self.settings)

    def _client(self, service: str) -> Any:
        limits = Config(connect_timeout=CONNECT_TIMEOUT, read_timeout=READ_TIMEOUT, retries={"total_max_attempts": 1})
        here = self.settings
        return self._made(service, region_name=here.region, endpoint_url=here.endpoint_url, config=limits)


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
        for chatty in ("pynamodb", "botocore", "urllib3", "twilio"):
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
