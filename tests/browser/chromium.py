"""A Chromium to drive: the system's where there is one, else Playwright's own; and what every page is held to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
# Headless in a closed network: no updates, no sync, no look-ups of its own.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE, DESKTOP = (360, 740), (1280, 800)
PATIENCE_MS = 10_000
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for the session."""
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium)
        try:
            yield browser
        finally:
            browser.close()


def launched(kind: BrowserType, *flags: str) -> Browser:
    """One more browser, with flags of its own."""
    found = next((path for path in CHROMIUM if Path(path).exists()), None)
    return kind.launch(executable_path=found, args=[*FLAGS, *flags])


@dataclass
class Pages:
    """Makes pages, each in a context of its own, and closes them; errors of scripts are kept in ``problems``."""

    browser: Browser
    base_url: str
    problems: list[str] = field(default_factory=list)
    _open: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self, *, size: tuple[int, int] = PHONE, js: bool = True, lang: str = "en", scheme: str = "light",
        worker: bool = False, density: float = 1,
    ) -> Page:  # fmt: skip
        """A page of this size (width, height), with or without script, in a language and colour scheme.

        Only with ``worker`` may it have a service worker: other pages ask for each thing as if it were their first.
        ``density`` is how many pixels the screen has for each CSS pixel: 96 of these are an inch.
        """
        options: dict[str, Any] = {
            "viewport": {"width": size[0], "height": size[1]}, "java_script_enabled": js, "locale": lang,
            "color_scheme": scheme, "base_url": self.base_url, "is_mobile": size[0] < 600, "has_touch": size[0] < 600,
            "service_workers": "allow" if worker else "block", "device_scale_factor": density,
        }  # fmt: skip
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        self._open.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self.problems.append(said.text) if _is_ours(said) else None)
        return page

    def close(self) -> None:
        """Close every context."""
        for context in self._open:
            context.close()
        self._open.clear()


def _is_ours(said: Any) -> bool:
    """A complaint of the page itself, such as of its content policy; not of an answer's status, which is meant."""
    return said.type == "error" and "Failed to load resource" not in said.text


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def assert_axe_clean(page: Page) -> None:
    """No violation of WCAG 2.2 AA or of axe's best practice on the page as it stands.

    Without script axe never finishes; such a page is looked at through a second one with script that gets its HTML.
    """
    if page.evaluate("() => matchMedia('(scripting: none)').matches"):
        _assert_same_html_clean(page)
        return
    # Evaluated by the driver, so the page's own content policy stays as it is.
    page.evaluate(f"() => {{ {_axe()} }}")
    found = page.evaluate("tags => window.axe.run(document, {runOnly: tags, resultTypes: ['violations']})", RULES)
    said = [
        f"{one['id']}: {one['help']}\n    " + "\n    ".join(node["html"][:160] for node in one["nodes"][:3])
        for one in found["violations"]
    ]
    assert not said, f"axe on {page.url}:\n" + "\n".join(said)


def _assert_same_html_clean(page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    with_script = browser.new_context(viewport=page.viewport_size, bypass_csp=True)
    try:
        other = with_script.new_page()
        other.route(page.url, lambda route: route.fulfill(body=page.content(), content_type="text/html; charset=utf-8"))
        other.goto(page.url)
        assert_axe_clean(other)
    finally:
        with_script.close()


def assert_fits(page: Page) -> None:
    """The page scrolls down only, never sideways."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
