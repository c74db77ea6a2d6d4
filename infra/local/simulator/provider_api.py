"""The provider's API over HTTP, with the faults that were asked for."""

import base64
import hmac
import threading

from infra.local.simulator import provider
from infra.local.simulator.exchange import Exchange
from infra.local.simulator.simulator import Simulator

CONTENT = "/v1/Content"
"""Where templates are registered; at the provider on a host of its own."""


class ProviderApi(Exchange):
    """The provider's part of the routes."""

    query: dict[str, str]

    @property
    def simulator(self) -> Simulator:
        """The phones behind the server that took the request."""
        held: Simulator = self.server.simulator  # type: ignore[attr-defined]
        return held

    def answer_provider(self, path: str) -> None:
        """Send, list or look at texts; raises Refusal as the provider would."""
        account = self.simulator.options.account_sid
        self._authenticate()
        if path == CONTENT and self.command == "POST":
            self.answer_json(self.simulator.contents.register(self.document()), 201)
            return
        messages = f"/2010-04-01/Accounts/{account}/Messages"
        if path == f"{messages}.json" and self.command == "POST":
            self._create()
        elif path == f"{messages}.json" and self.command == "GET":
            held = self.simulator.store.to(self.query.get("To", ""), newest_first=True)
            self.answer_json(provider.listed(path, self.query, held))
        elif path.startswith(f"{messages}/") and self.command == "GET":
            self._one(path)
        else:
            raise provider.not_found(path)

    def _authenticate(self) -> None:
        options = self.simulator.options
        expected = base64.b64encode(f"{options.account_sid}:{options.auth_token}".encode()).decode()
        given = self.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), f"Basic {expected}".encode()):
            raise provider.unauthorized()

    def _one(self, path: str) -> None:
        message = self.simulator.store.message(path.rpartition("/")[2].removesuffix(".json"))
        if message is None:
            raise provider.not_found(path)
        self.answer_json(provider.document(message))

    def _create(self) -> None:
        chance = self.simulator.chance
        faults = chance.faults
        if faults.delay_ms:
            threading.Event().wait(faults.delay_ms / 1000)
        if chance.strikes(faults.status_429):
            raise provider.too_many()
        if chance.strikes(faults.status_500):
            self._break()
        message = self.simulator.create(self.form())
        if chance.strikes(faults.drop_response):
            self.close_connection = True
            return
        self.answer_json(provider.document(message), 201)

    def _break(self) -> None:
        """A 500 says nothing about whether the text was taken: half of them were."""
        if self.simulator.chance.strikes(0.5):
            self.simulator.create(self.form())
        raise provider.broken()
