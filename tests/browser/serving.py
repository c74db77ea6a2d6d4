"""The product served for a browser: Chalice's server in this process, over a local AWS that tests share."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest

from chalicelib.settings import Settings
from chalicelib.web import entrance as entrances
from chalicelib.wiring import Wiring, override
from infra.local.plan import free_port
from infra.local.stack import Stack
from infra.reference.load import load

POINT = "CKG"


@dataclass(frozen=True)
class Site:
    """``url`` is the public base; ``wiring`` what the served pages use."""

    url: str
    wiring: Wiring

    def at(self, path: str) -> str:
        """A path's address."""
        return self.url + path


@contextmanager
def served(aws: Stack) -> Iterator[Site]:
    """The whole app on a free port, with reference data; everything stops with the block."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**aws.environment, "PUBLIC_BASE": url}.items():
            patch.setenv(name, value)
        here = Wiring(Settings.from_env())
        load(here.store, examples=True)
        with override(here), entrances.override(entrances.Entrance(here.gate, url)), _listening(port):
            yield Site(url, here)


@contextmanager
def _listening(port: int) -> Iterator[None]:
    # Imported late: the app reads its settings from the environment while it is imported.
    from infra.local.web import serve

    server = serve("127.0.0.1", port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.server.shutdown()
        server.server.server_close()
        thread.join(timeout=5)


@contextmanager
def database_away(site: Site) -> Iterator[None]:
    """Inside the block nothing answers where the database was."""
    nowhere = replace(site.wiring.settings, endpoint_url=f"http://127.0.0.1:{free_port()}")
    away = Wiring(nowhere, site.wiring.clock)
    with override(away):
        yield
