"""Officers at a browser: signed in without the sign-in page, and buttons found by what they do."""

from playwright.sync_api import Page

from chalicelib.access import tokens
from chalicelib.domain.officers import Account, Officer, Session
from chalicelib.web.cookies import SESSION
from tests.browser.serving import Site


def sign_in(page: Page, site: Site, officer: Officer) -> Page:
    """The page, with a session of this officer; the account is made when there is none."""
    store, now = site.wiring.gate.store, site.wiring.gate.clock()
    if store.account(officer.officer_id) is None:
        store.add_account(Account(officer=officer, password_hash="-"))
    secret = tokens.new_secret()
    store.open_session(
        Session(officer_id=officer.officer_id, digest=tokens.digest(secret), credential=0, opened_at=now, seen_at=now)
    )
    page.context.add_cookies([{"name": SESSION, "value": f"{officer.officer_id}.{secret}", "url": site.url}])
    return page


def press(page: Page, action: str) -> None:
    """The button of the form that posts to an address ending so; waits for the page that it leads to."""
    with page.expect_navigation():
        page.locator(f"form[action$='{action}'] button[type=submit]").first.click()


def press_why(page: Page, action: str, reason: str) -> None:
    """Open the question below a button, write the reason, and do it."""
    box = page.locator(f"details:has(form[action$='{action}'])").first
    box.locator("summary").click()
    box.locator("[name=reason]").fill(reason)
    with page.expect_navigation():
        box.locator("button[type=submit]").click()
