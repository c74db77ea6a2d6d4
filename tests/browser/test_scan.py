"""The scan page on an officer's device: with network and without, by camera, by a scanner that types, by hand."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from chalicelib.actions.casework import seen_case
from chalicelib.actions.read_history import read_history
from chalicelib.domain.calendar import local_date
from chalicelib.domain.identifiers import reference
from chalicelib.domain.officers import Officer
from chalicelib.domain.states import State
from chalicelib.passes.tokens import Pass
from chalicelib.web.traveller.codes import address
from chalicelib.web.traveller.members import token_for
from tests.browser.chromium import DESKTOP, Pages, assert_axe_clean, assert_fits
from tests.browser.officers import sign_in
from tests.browser.serving import Site
from tests.passes.flipping import flipped, respelt
from tests.web.console.world import COORDINATOR, POINT, World

PATH = "/console/scan"
COLLEAGUE = Officer(officer_id="c0lleague", display_name="Zhao Min", desks=frozenset({"onsite"}))
GLOVED = 48
"""CSS pixels that a gloved finger hits."""
READY = """async page => {
  await navigator.serviceWorker.ready;
  for (;;) {
    const copy = await caches.match(page);
    if (copy && navigator.serviceWorker.controller) return;
    await new Promise(done => setTimeout(done, 50));
  }
}"""
JUDGE_ALL = """async codes => {
  const [box, verdict] = ["code", "verdict"].map(id => document.getElementById(id));
  const form = box.form;
  const heard = [];
  for (const code of codes) {
    const turn = verdict.dataset.turn;
    const judged = new Promise(done => {
      const watch = new MutationObserver(() => { if (verdict.dataset.turn !== turn) { watch.disconnect(); done(); } });
      watch.observe(verdict, {attributes: true});
    });
    box.value = code;
    form.requestSubmit();
    await judged;
    heard.push(verdict.dataset.kind);
  }
  return heard;
}"""
WITHOUT_SUBTLE = "Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})"
FORGET = """async file => {
  for (const name of await caches.keys()) await (await caches.open(name)).delete(file);
}"""
TONES = """() => {
  self.heard = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) {
    self.heard.push(this.frequency.value);
    return start.apply(this, at);
  };
}"""


@pytest.fixture
def world(site: Site) -> World:
    """Travellers of the served product."""
    return World(site.wiring)


def token_of(world: World, case_id: str) -> str:
    point = world.ports.places.point(POINT)
    return token_for(case_id, POINT, local_date(world.ports.clock(), point.time_zone))


def at_the_scan_page(page: Page, site: Site, who: Officer = COORDINATOR) -> Page:
    """The page, once the device has its copy of it."""
    sign_in(page, site, who).goto(PATH)
    page.evaluate(READY, PATH)
    return page


def enter(page: Page, code: str, verb: str = "") -> None:
    """Type a code and press Enter, as a scanner does; waits for what the device says."""
    turn = page.locator("#verdict").get_attribute("data-turn")
    page.locator(f"[name=verb][value='{verb}']").check()
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    expect(page.locator("#verdict")).not_to_have_attribute("data-turn", turn or "0")


def says(page: Page, kind: str, words: str) -> None:
    expect(page.locator("#verdict")).to_have_attribute("data-kind", kind)
    expect(page.locator("#verdict")).to_contain_text(words)


def verbs_of(world: World, case_id: str) -> list[str]:
    return [entry.verb for entry in read_history(world.ports, COORDINATOR, case_id).entries]


@pytest.mark.parametrize("native", [True, False], ids=["browser", "library"])
def test_a_device_without_network_refuses_a_token_with_any_bit_changed(
    pages: Pages, site: Site, world: World, native: bool
) -> None:
    token = token_of(world, world.declare()[0])
    page = pages(worker=True)
    if not native:
        page.add_init_script(WITHOUT_SUBTLE)
    at_the_scan_page(page, site)
    page.context.set_offline(True)
    page.goto(PATH)
    heard = page.evaluate(JUDGE_ALL, [token, *flipped(token), respelt(token), f"HTTPS://X.EXAMPLE/P/{token}"])
    assert heard == ["good", *["bad"] * 611, "good"]
    says(page, "good", "No network")
    assert page.evaluate("() => 'wsVerify' in self") is not native
    looks_right(page)


def looks_right(page: Page) -> None:
    assert_axe_clean(page)
    assert_fits(page)


def test_a_device_without_network_knows_point_and_day(pages: Pages, site: Site, world: World) -> None:
    point = world.ports.places.point(POINT)
    today = local_date(world.ports.clock(), point.time_zone)
    passes = site.wiring.passes
    (case_id,) = world.declare()
    days = {days: passes.token(Pass(case_id, POINT, today + timedelta(days))) for days in (-4, -3, 0, 1, 3)}
    page = at_the_scan_page(pages(lang="zh-Hans", worker=True), site)
    page.context.set_offline(True)
    others = [passes.token(Pass(case_id, "PVG", today)), passes.certificate(Pass(case_id, POINT, today))]
    good = reference(case_id)
    mistyped = good[:-1] + ("U" if good[-1] != "U" else "T")  # A check character may be a U.
    codes = [*days.values(), *others, good.lower(), mistyped, "hello"]
    heard = page.evaluate(JUDGE_ALL, codes)
    assert heard == ["bad", "good", "good", "good", "bad", "bad", "bad", "unsure", "bad", "bad"]
    enter(page, others[0])
    says(page, "bad", "该凭证属于其他口岸")
    says(page, "bad", reference(case_id))


def test_what_was_registered_without_network_is_sent_later_in_order_and_once(
    pages: Pages, site: Site, world: World
) -> None:
    first, second = world.declare()[0], world.declare()[0]
    page = at_the_scan_page(pages(worker=True), site)
    page.context.set_offline(True)
    page.goto(PATH)
    for case_id, verb in ((first, "verify"), (second, "verify"), (first, "register")):
        enter(page, token_of(world, case_id), verb)
        says(page, "good", "Kept on this device")
    enter(page, "nonsense", "register")
    says(page, "bad", "Not valid")
    assert verbs_of(world, first) == ["declare"]
    enter(page, token_of(world, second), "verify")
    says(page, "unsure", "Scanned before")
    page.reload()
    lines = page.locator("[data-list] .ws-reference")
    expect(lines).to_have_text([reference(one) for one in (first, second, first)])
    assert token_of(world, first) not in page.evaluate("() => JSON.stringify(localStorage)")
    looks_right(page)
    # The first answer is lost on the way back: it is sent again, and was done.
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    page.route(f"**{PATH}", lose)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-waiting]")).to_be_visible()
    page.evaluate("() => self.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert "verified" in lost[0].lower()
    assert (verbs_of(world, first), verbs_of(world, second)) == (
        ["declare", "verify", "register"],
        ["declare", "verify"],
    )
    assert page.evaluate("() => Object.keys(localStorage).filter(one => one.startsWith('ws-scan ')).length") == 0


def test_what_cannot_be_done_stays_in_sight_until_it_is_put_away(pages: Pages, site: Site, world: World) -> None:
    (case_id,) = world.declare()
    page = at_the_scan_page(pages(size=DESKTOP, worker=True), site)
    enter(page, token_of(world, case_id), "register")
    says(page, "bad", "Not done")
    says(page, "bad", "LI XIAOMING")
    expect(page.locator("[data-list] li")).to_contain_text("is not possible while the state is “Declared”")
    looks_right(page)
    page.locator("[data-away]").click()
    expect(page.locator("[data-waiting]")).to_be_hidden()


def test_nobody_sends_what_somebody_else_scanned_unless_they_say_so(pages: Pages, site: Site, world: World) -> None:
    (case_id,) = world.declare()
    page = at_the_scan_page(pages(worker=True), site)
    page.context.set_offline(True)
    enter(page, token_of(world, case_id), "verify")
    says(page, "good", "Kept on this device")
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.evaluate("() => self.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-signed-out]")).to_be_visible()
    sign_in(page, site, COLLEAGUE).goto(PATH, wait_until="networkidle")
    expect(page.locator("[data-others]")).to_be_visible()
    assert verbs_of(world, case_id) == ["declare"]
    page.locator("[data-take]").click()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert read_history(world.ports, COORDINATOR, case_id).entries[-1].actor == COLLEAGUE.officer_id


def test_with_network_the_name_follows_and_the_ear_hears_which(pages: Pages, site: Site, world: World) -> None:
    case_id, gone = world.declare()[0], world.declare()[0]
    world.move(gone, "void")
    page = at_the_scan_page(pages(worker=True), site)
    page.evaluate(TONES)
    # A scanner types wherever the cursor is not, and ends with Enter.
    page.locator("body").focus()
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.type(address(site.url, "P", token_of(world, case_id)))
    page.keyboard.press("Enter")
    says(page, "good", "LI XIAOMING")
    assert page.evaluate("() => self.heard") == [1175]
    enter(page, token_of(world, gone))
    says(page, "bad", "This declaration is void")
    assert page.evaluate("() => self.heard.slice(1)") == [1175, 220, 220]
    looks_right(page)


def test_without_script_the_form_asks_the_server(pages: Pages, site: Site, world: World) -> None:
    (case_id,) = world.declare()
    page = sign_in(pages(js=False, lang="zh-Hans"), site, COORDINATOR)
    page.goto(PATH)
    page.locator("[name=verb][value=verify]").check()
    page.locator("#code").fill(token_of(world, case_id))
    with page.expect_navigation():
        page.locator("[data-scan] button").click()
    says(page, "good", "有效")
    assert seen_case(world.ports, COORDINATOR, case_id)[0].state == State.VERIFIED
    looks_right(page)


def test_a_picture_of_a_pass_is_read_without_network_and_one_without_a_code_is_told(
    pages: Pages, site: Site, world: World
) -> None:
    (case_id,) = world.declare()
    token = token_of(world, case_id)
    near = photographed(pages(), token, 11)
    far = photographed(pages(size=(1800, 1800)), token, 0, across=120)
    nothing = pages()
    nothing.goto("/verify")
    page = at_the_scan_page(pages(worker=True), site)
    page.context.set_offline(True)
    page.goto(PATH)
    for picture in (far, near, far):
        choose(page, picture)
        says(page, "good", reference(case_id))
        says(page, "good", "No network")
    choose(page, nothing.screenshot())
    says(page, "unsure", "no code to read")
    choose(page, b"a picture by its name only")
    says(page, "unsure", "could not be read")
    looks_right(page)


def photographed(page: Page, token: str, turned: float, across: int = 0) -> bytes:
    """The screen of the traveller's phone as a picture: not held straight, or the code small, so many pixels across."""
    page.goto(f"/p/{token}")
    code = page.locator(".ws-pass__code")
    code.evaluate(
        """(code, [turned, across]) => {
          const scale = across ? across / code.querySelector("svg").getBoundingClientRect().width : 1;
          code.style.transform = `scale(${scale}) rotate(${turned}deg)`;
        }""",
        [turned, across],
    )
    code.scroll_into_view_if_needed()
    return page.screenshot()


def choose(page: Page, picture: bytes) -> None:
    """Choose the picture; waits for what the device says."""
    turn = page.locator("#verdict").get_attribute("data-turn")
    page.get_by_label("Or a picture of the code").set_input_files(
        {"name": "pass.png", "mimeType": "image/png", "buffer": picture}
    )
    expect(page.locator("#verdict")).not_to_have_attribute("data-turn", turn or "0")


def test_a_new_release_replaces_the_copy_and_leaves_other_caches_alone(pages: Pages, site: Site) -> None:
    page = sign_in(pages(worker=True), site, COORDINATOR)
    page.goto("/console")
    page.evaluate("() => Promise.all(['ws-scan-files /static/scan.js?v=old', 'other'].map(one => caches.open(one)))")
    at_the_scan_page(page, site)
    page.wait_for_function("async () => !(await caches.keys()).includes('ws-scan-files /static/scan.js?v=old')")
    kept = page.evaluate("() => caches.keys()")
    assert sorted(name.partition(" ")[0] for name in kept) == ["other", "ws-scan-files", "ws-scan-page"]
    # The worker is this page's alone: no other page of the console is answered from the device.
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).map(one => one.scope)") == [
        site.at(PATH)
    ]
    page.goto("/console")
    assert page.evaluate("() => navigator.serviceWorker.controller") is None


def test_a_page_is_kept_only_when_all_that_it_needs_is_on_the_device(pages: Pages, site: Site) -> None:
    page = at_the_scan_page(pages(worker=True), site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    reader = page.evaluate("() => JSON.parse(document.getElementById('scan').dataset.setting).reader")
    page.evaluate(FORGET, reader)
    page.goto(PATH, wait_until="networkidle")
    assert f"{PATH}/kept" not in asked
    page.evaluate("async file => (await caches.open('ws-scan-files again')).add(file)", reader)
    with page.expect_request(f"**{PATH}/kept*"):
        page.goto(PATH)


def test_the_keyboard_reaches_everything_in_the_order_of_the_page(pages: Pages, site: Site) -> None:
    page = at_the_scan_page(pages(worker=True), site)
    page.locator("main h1").evaluate("title => { title.tabIndex = -1; title.focus(); }")
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.id || document.activeElement.textContent.trim()"))
    assert reached == ["Open the camera", "picture", "verb", "code", "Check"]
    targets = page.locator("#scan :is(button, input[type=file], .ws-pick__one, #code)").all()
    shown = [box["height"] for one in targets if (box := one.bounding_box())]
    assert len(shown) == 7
    assert min(shown) >= GLOVED
