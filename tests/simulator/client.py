"""Plain requests to the simulator, as a stranger would make them."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import urllib3

from infra.local.simulator.server import SimulatorServer
from tests.simulator.running import ACCOUNT, PHONE, SENDER, TOKEN

MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"


def ask(
    server: SimulatorServer,
    method: str,
    path: str,
    fields: Mapping[str, str] | None = None,
    *,
    document: object = None,
    headers: Mapping[str, str] | None = None,
    account: str = ACCOUNT,
    token: str = TOKEN,
) -> tuple[int, Any, Mapping[str, str]]:
    """Status, body (JSON where it is JSON) and headers."""
    sent = {**urllib3.make_headers(basic_auth=f"{account}:{token}"), **(headers or {})}
    body: str | bytes | None = None
    if fields is not None:
        body = urlencode(fields)
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    elif document is not None:
        body = document if isinstance(document, bytes) else json.dumps(document)
    with urllib3.PoolManager(retries=False, timeout=5) as pool:
        answer = pool.request(method, server.base + path, body=body, headers=sent, redirect=False)
        is_json = answer.headers.get("Content-Type") == "application/json"
        return answer.status, json.loads(answer.data) if is_json else answer.data.decode(), dict(answer.headers)


def post(server: SimulatorServer, **fields: str) -> tuple[int, Any]:
    """Send a text; what is given replaces what a good one has, and blank takes it away."""
    usual = {"To": PHONE, "From": SENDER, "Body": "Hello"} | fields
    status, body, _ = ask(server, "POST", f"{MESSAGES}.json", {name: value for name, value in usual.items() if value})
    return status, body
