"""One served product and one Chromium for the session; a page factory for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.browser.chromium import Pages, chromium
from tests.browser.serving import Site, served


@pytest.fixture(scope="session")
def site(aws: Stack) -> Iterator[Site]:
    """The product at ``site.url``."""
    with served(aws) as running:
        yield running


@pytest.fixture(scope="session")
def wiring(site: Site) -> Wiring:
    """What the served pages use: store, gate, passes, clock."""
    return site.wiring


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture
def pages(browser: Browser, site: Site) -> Iterator[Pages]:
    """``pages(size=PHONE, js=True, lang="en", scheme="light")`` makes a page; no script may fail on any of them."""
    factory = Pages(browser, site.url)
    yield factory
    factory.close()
    assert factory.problems == []
