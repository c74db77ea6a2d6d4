"""The form and the pass without a network: they open, what is sent waits, and it arrives once."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from chalicelib.wiring import Wiring
from tests.browser.bundles import module
from tests.browser.chromium import Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import declared, fill, go_on, main_button, open_step, traveller
from tests.browser.serving import Site

FORM = "/d/CKG?flight=CA406&lang=en"
KEPT = """async ([path, least]) => {
  const late = Date.now() + 10000;
  while (Date.now() < late) {
    const parts = document.querySelectorAll("script[src], link[rel=stylesheet]");
    const files = Array.from(parts, one => one.src || one.href);
    const found = await Promise.all([location.origin + path, ...files].map(one => caches.match(one)));
    if (navigator.serviceWorker.controller && files.length >= least && found.every(Boolean)) return true;
    await new Promise(done => setTimeout(done, 50));
  }
  return false;
}"""
ONLINE = "Object.defineProperty(navigator, 'onLine', {get: () => true})"


def until(page: Page, script: str, wanted: Any) -> None:
    """Wait until the worker has come so far: what it does goes on behind the page."""
    for _ in range(100):
        if page.evaluate(script) == wanted:
            return
        page.wait_for_timeout(50)
    assert page.evaluate(script) == wanted


def opened(page: Page, path: str = FORM) -> None:
    """The page, once the worker has it and its files."""
    page.goto(path)
    page.keyboard.press("Shift")  # what is kept for later comes with the first sign of somebody
    assert page.evaluate(KEPT, [path, 6])


def test_the_form_opens_without_a_network_as_it_was_asked_for(pages: Pages) -> None:
    page = pages(worker=True)
    opened(page)
    expect(page.locator(".ws-network")).to_be_hidden()
    open_step(page, "person")
    page.locator("[name=family_name]").fill("ZHUGE")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[name=family_name]")).to_have_value("ZHUGE")
    expect(page.locator(".ws-network")).to_contain_text("what you type is kept on this phone")
    assert_axe_clean(page)
    assert_fits(page)
    expect(page.locator("[name=flight_number]")).to_have_value("CA406")
    # The copy is of one flight: who scans another's code, in another language, is not told that one.
    page.goto("/d/ckg?flight=MU5101&date=2026-11-28")
    expect(page.locator("[name=flight_number]")).to_have_value("MU5101")
    expect(page.locator("[name='arrival_date.month']")).to_have_value("11")
    page.goto("/d/CKG/check")
    expect(page.locator("[name=family_name]")).to_have_value("ZHUGE")
    expect(page.locator("[name=flight_number]")).to_have_value("")
    # Long lists are searched, and numbers understood, without a network too.
    open_step(page, "person")
    expect(page.locator(".ws-chooser input").first).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".ws-network")).to_be_hidden()


def test_a_network_that_dies_under_a_press_leaves_the_page_as_it_is(pages: Pages, wiring: Wiring) -> None:
    """The browser believes itself online: the worker finds out, and the page stays."""
    page = pages(worker=True)
    page.add_init_script(ONLINE)
    opened(page)
    fill(page, traveller(wiring, family_name="ZHUGE"))
    go_on(page, "/check")
    page.wait_for_function("() => document.querySelector(\"script[src*='offline.js']\")")
    page.context.set_offline(True)
    page.locator("button[formaction$='#step-contact']").click()
    expect(page.locator(".ws-network")).to_be_focused()
    expect(page.locator("h1")).to_have_text("Check your answers")
    page.context.set_offline(False)
    page.locator("button[formaction$='#step-contact']").click()
    page.wait_for_url("**/edit?lang=en#step-contact")
    expect(page.locator("[name=family_name]")).to_have_value("ZHUGE")


PASSES = "async () => (await (await caches.open('ws-passes')).keys()).map(({ url }) => url)"
SEEN_BEFORE = """async path => (await caches.open("ws-passes"))
  .put(path, new Response("<html >", {headers: {"x-kept": String(Date.now())}}))"""
SHELVES = """async () => {
  const { FILES, PASSES, has, nearest, put } = shelves;
  const at = path => location.origin + path, page = days => new Response("<html >", {headers: {"x-kept": days}});
  const said = {};
  for (const one of [1, 2, 3, 4]) await put(FILES, at(`/static/a.js?v=${one}`), new Response(String(one)));
  said.versions = await Promise.all([1, 2, 3, 4].map(one => has(FILES, at(`/static/a.js?v=${one}`))));
  await put(PASSES, at("/p/TOKEN?lang=en"), page());
  said.scanned = (await nearest(PASSES, at("/P/TOKEN"))).url;
  said.other = await nearest(PASSES, at("/p/TOKENS")) === undefined;
  await put(PASSES, at("/p/token"), new Response("", {status: 410}));
  said.gone = await nearest(PASSES, at("/p/TOKEN")) === undefined;
  await put(PASSES, at("/p/GONE"), new Response("", {status: 503}));
  said.failed = await has(PASSES, at("/p/GONE"));
  const cache = await caches.open(PASSES.name);
  for (const days of [29, 31]) {
    const headers = {"x-kept": String(Date.now() - days * 86400000)};
    await cache.put(at(`/p/OLD${days}`), new Response("", {headers}));
  }
  said.old = await Promise.all([29, 31].map(async days => Boolean(await nearest(PASSES, at(`/p/OLD${days}`)))));
  return said;
}"""


def test_a_shelf_holds_three_versions_of_a_file_and_lets_a_pass_go_when_its_time_is_over(pages: Pages) -> None:
    page = pages()
    page.goto("/")
    page.evaluate(f"() => {{ {module('worker/shelves.js', 'shelves')} }}")
    said = page.evaluate(SHELVES)
    assert said.pop("scanned").endswith("/p/TOKEN?lang=en")
    assert said == {
        "versions": [False, True, True, True], "other": True, "gone": True, "failed": False, "old": [True, False]
    }  # fmt: skip


def test_a_pass_that_was_seen_opens_until_it_is_removed_or_void(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages(worker=True)
    address = declared(site, traveller(wiring))
    path = urlsplit(address).path
    page.goto(path)
    kept = page.locator(".ws-kept")
    expect(kept).to_contain_text("for up to 30 days")
    assert page.evaluate(KEPT, [path, 4])
    page.context.set_offline(True)
    # As a code spells it.
    page.goto(f"/P/{path.rpartition('/')[2]}")
    expect(page.locator(".ws-pass__code svg")).to_be_visible()
    expect(page.locator(".ws-network")).to_contain_text("This is how things stood")
    expect(kept).to_be_visible()
    assert_axe_clean(page)
    assert_fits(page)
    page.get_by_role("button", name="Remove from this phone").click()
    expect(page.get_by_role("button", name="Removed from this phone")).to_be_disabled()
    assert page.evaluate(PASSES) == []
    page.context.set_offline(False)
    # What renews itself while it is looked at is not kept again; what is opened is, until we say that it is gone.
    page.evaluate("() => fetch(location.href)")
    assert page.evaluate(PASSES) == []
    page.goto(path)
    expect(kept).to_be_visible()
    assert len(page.evaluate(PASSES)) == 1
    page.evaluate(SEEN_BEFORE, "/p/NOTHING")
    page.goto("/p/NOTHING")
    expect(page.get_by_role("heading", name="This is not a valid pass")).to_be_visible()
    expect(kept).to_be_hidden()
    until(page, PASSES, [site.at(path)])


@pytest.mark.parametrize("path", ["/verify", "/console/sign-in", "/p/nothing/copy"])
def test_nothing_else_is_kept(pages: Pages, path: str) -> None:
    page = pages(worker=True)
    opened(page)
    page.goto(path)
    names = page.evaluate("async () => (await (await caches.open('ws-forms')).keys()).map(({ url }) => url)")
    assert [name.partition("/d/")[2] for name in names] == ["CKG?flight=CA406&lang=en"]
    assert page.evaluate(PASSES) == []


def test_where_no_worker_can_be_had_the_page_says_so(pages: Pages, site: Site) -> None:
    """A LAN address without TLS."""
    page = pages(worker=True)

    def from_the_lan(route: Route) -> None:
        answer = route.fetch(url=route.request.url.replace("http://waystation.lan", site.url))
        # Where it cannot hold, Chromium complains of it; nothing else of the page is different.
        headers = {name: value for name, value in answer.headers.items() if name != "cross-origin-opener-policy"}
        route.fulfill(response=answer, headers=headers)

    page.route("http://waystation.lan/**", from_the_lan)
    page.goto(f"http://waystation.lan{FORM}")
    assert page.evaluate("() => !window.isSecureContext")
    page.keyboard.press("Shift")
    page.wait_for_function("() => document.querySelector(\"script[src*='offline.js']\")")
    page.context.set_offline(True)
    expect(page.locator(".ws-network")).to_contain_text("its address is not secure")
    open_step(page, "flight")
    page.locator("[name=seat]").fill("7C")
    expect(page.locator(".ws-saved")).to_be_visible()
    assert main_button(page).is_visible()
    page.unroute_all(behavior="ignoreErrors")
