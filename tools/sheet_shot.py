"""One picture that `make sheet` takes, and what a person does on a page before it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

Act = Callable[[Page], Any]


@dataclass(frozen=True)
class Shot:
    """One picture: a page, opened by an officer or by anybody, and what is done on it before it is taken."""

    name: str
    path: str
    act: Act | None = None
    officer: bool = False
    script: bool = True

    @property
    def traveller(self) -> bool:
        """Whether travellers see it: inside the product, and no officers' page."""
        return not self.officer and self.path.startswith("/") and not self.path.startswith("/console")


def typed(page: Page, answers: dict[str, str]) -> None:
    """Fill in the boxes of the page and press its last button."""
    for name, value in answers.items():
        page.locator(f"main [name='{name}']").fill(value)
    with page.expect_navigation():
        page.locator("main button[type=submit]").last.click()


def sent(page: Page, form: str) -> None:
    """Press the button of the last form that a selector finds, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.locator(form).last.locator("button[type=submit]").last.click()
