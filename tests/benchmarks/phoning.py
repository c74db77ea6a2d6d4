"""The form on a phone: what comes over the line, and when it can be used, on slow lines, in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from infra.local.stack import Stack
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.measuring import Spread
from tests.browser.chromium import PHONE, chromium

FIRST, AGAIN = 45_000, 2_000
"""Bytes of a first and of a repeated view, everything included."""
LANGUAGES = ("zh-Hans", "ar", "th")
WAIT_MS = 60_000
FIRST_VIEW = "/d/CKG?flight=CA406"
USABLE = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
"""Scripts are deferred: when this event has ended, all of them have run and every question answers a finger."""


@dataclass(frozen=True)
class Line:
    """A network: kilobits a second, and milliseconds that each request waits."""

    name: str
    kbit: int
    latency: int

    def least(self, bytes_: int) -> float:
        """Milliseconds that so many bytes need on it, asked for in two rounds: the page, then its files."""
        return bytes_ * 8 / self.kbit + 2 * self.latency


LINES = (Line("50 kbit/s, 400 ms", 50, 400), Line("1.6 Mbit/s, 150 ms", 1_600, 150))


@dataclass
class View:
    """One view of the page: requests that went over the line, bytes that came back, when it could be used."""

    requests: int = 0
    size: int = 0
    usable: float = 0

    @property
    def said(self) -> str:
        """``40,648 in 6``."""
        return f"{self.size:,} in {self.requests}"


def measure(stack: Stack, effort: Effort) -> Figure:
    """Each line and language, a first and a repeated view, in a browser that has seen nothing before."""
    seen: dict[tuple[str, str], list[tuple[View, View]]] = {}
    with chromium() as browser:
        for _ in range(effort.views):
            for line in LINES:
                for language in LANGUAGES:
                    views = _viewed(browser, stack.addresses.public_base, line, language)
                    seen.setdefault((line.name, language), []).append(views)
    return _figure(seen)


def _viewed(browser: Browser, base: str, line: Line, language: str) -> tuple[View, View]:
    width, height = PHONE
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=language, base_url=base, is_mobile=True, has_touch=True,
        service_workers="block",
    )  # fmt: skip
    try:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        rate = line.kbit * 1000 / 8
        wire.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": line.latency, "downloadThroughput": rate, "uploadThroughput": rate,
        })  # fmt: skip
        return _one_view(page, wire, FIRST_VIEW), _one_view(page, wire, page.url)
    finally:
        context.close()


def _one_view(page: Page, wire: CDPSession, address: str) -> View:
    with _counting(wire) as view:
        page.goto(address, timeout=WAIT_MS, wait_until="networkidle")
        view.usable = page.evaluate(USABLE)
    return view


@contextmanager
def _counting(wire: CDPSession) -> Iterator[View]:
    """Counts while the block runs: headers and all, and nothing that the browser had already."""
    view = View()

    def ended(told: dict[str, Any]) -> None:
        if told["encodedDataLength"]:
            view.requests += 1
            view.size += int(told["encodedDataLength"])

    def led_on(told: dict[str, Any]) -> None:
        if "redirectResponse" in told:
            view.requests += 1
            view.size += int(told["redirectResponse"]["encodedDataLength"])

    wire.on("Network.loadingFinished", ended)
    wire.on("Network.requestWillBeSent", led_on)
    yield view
    wire.remove_listener("Network.loadingFinished", ended)
    wire.remove_listener("Network.requestWillBeSent", led_on)


def _figure(seen: dict[tuple[str, str], list[tuple[View, View]]]) -> Figure:
    lines = {line.name: line for line in LINES}
    first = max(one.size for views in seen.values() for one, _ in views)
    again = max(two.size for views in seen.values() for _, two in views)
    rows = []
    for (name, language), views in seen.items():
        usable = Spread.of([one.usable for one, _ in views])
        over = Spread.of([one.usable / lines[name].least(one.size) for one, _ in views])
        second = Spread.of([two.usable for _, two in views])
        rows.append((name, language, views[0][0].said, f"{usable.median:,.0f}", over.said(), views[0][1].said,
                     f"{second.median:,.0f}"))  # fmt: skip
    head = ("line", "language", "first view: bytes in requests", "usable after ms", "÷ what its bytes need",
            "repeated view: bytes in requests", "usable after ms")  # fmt: skip
    return Figure(
        name="phone",
        title="The form on a phone",
        measured=f"`{FIRST_VIEW}` in Chromium that has seen nothing before, {PHONE[0]} px wide, on lines that its"
        " developer tools make slow: the code's short address, the page, style and scripts, headers and all. Usable is"
        " when every script has run. Beside it what the same bytes need on that line, asked for in two rounds.",
        goals=[
            Goal("bytes of a first view", first, FIRST, f"{first:,}"),
            Goal("bytes of a repeated view", again, AGAIN, f"{again:,}"),
        ],
        parts=[
            Table(head, rows),
            "Choosers, the echo of phone numbers and what works without a network come with the first touch or key. A"
            " repeated view within a minute asks for nothing; after it, one question is answered by 304.",
        ],
        data={f"{line} {language}": [[vars(one), vars(two)] for one, two in v] for (line, language), v in seen.items()},
    )
