"""The scan page with a camera before a pass, and on an address where there is no camera to be had."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from chalicelib.domain.identifiers import reference
from chalicelib.web.traveller.codes import address
from tests.browser.chromium import Pages, assert_axe_clean, assert_fits, launched
from tests.browser.filming import film
from tests.browser.officers import sign_in
from tests.browser.serving import Site
from tests.browser.test_scan import PATH, says, token_of, verbs_of
from tests.web.console.world import COORDINATOR, World

ELSEWHERE = "hall.test"
"""A name of this machine that is no secure context, as an address on a hall's network is none."""

LOOKED_AT_AGAIN = """() => new Promise(done => {
  const read = self.wsReadCode;
  let left = 3;
  self.wsReadCode = picture => {
    const code = read(picture);
    left -= code ? 1 : 0;
    if (!left) setTimeout(done);
    return code;
  };
})"""
"""Until the reader has read the same code so many times more."""


@pytest.fixture(scope="module")
def world(site: Site) -> World:
    return World(site.wiring)


@pytest.fixture(scope="module")
def case_id(world: World) -> str:
    return world.declare()[0]


@pytest.fixture(scope="module")
def filmed(site: Site, world: World, case_id: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The traveller's pass, held before the camera."""
    code = address(site.url, "P", token_of(world, case_id))
    return film(code, tmp_path_factory.mktemp("film") / "pass.y4m")


@pytest.fixture(scope="module")
def filming(browser: Browser, filmed: Path) -> Iterator[Browser]:
    """A Chromium whose camera shows the film, and which knows this machine by another name."""
    own = launched(
        browser.browser_type, "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={filmed}", f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1",
    )  # fmt: skip
    yield own
    own.close()


def test_a_pass_before_the_camera_is_read_and_verified(
    filming: Browser, site: Site, world: World, case_id: str
) -> None:
    pages = Pages(filming, site.url)
    page = sign_in(pages(), site, COORDINATOR)
    page.goto(PATH)
    page.locator("[data-camera-start]").click()
    says(page, "unsure", "does not allow the camera")
    expect(page.locator("[data-video]")).to_be_hidden()
    page.context.grant_permissions(["camera"])
    page.locator("[name=verb][value=verify]").check()
    page.locator("[data-camera-start]").press("Enter")
    says(page, "good", reference(case_id))
    expect(page.locator("[data-camera-stop]")).to_be_focused()
    says(page, "good", "Done: Verified.")
    expect(page.locator("[data-video]")).to_be_visible()
    # Still before the camera, it is one scan.
    page.evaluate(LOOKED_AT_AGAIN)
    page.locator("[data-camera-stop]").click()
    expect(page.locator("[data-video]")).to_be_hidden()
    assert page.locator("#verdict").get_attribute("data-turn") == "3"
    assert verbs_of(world, case_id) == ["declare", "verify"]
    assert_axe_clean(page)
    assert_fits(page)
    pages.close()
    assert pages.problems == []


def test_a_device_without_a_camera_says_so(pages: Pages, site: Site) -> None:
    page = pages(lang="zh-Hans")
    page.context.grant_permissions(["camera"])
    sign_in(page, site, COORDINATOR).goto(PATH)
    page.locator("[data-camera-start]").click()
    says(page, "unsure", "本设备没有摄像头")
    assert_axe_clean(page)
    assert_fits(page)


def test_an_address_that_is_not_secure_says_so_and_still_checks(
    filming: Browser, site: Site, world: World, case_id: str
) -> None:
    insecure = Site(f"http://{ELSEWHERE}:{urlsplit(site.url).port}", site.wiring)
    pages = Pages(filming, insecure.url)
    page = sign_in(pages(), insecure, COORDINATOR)
    page.goto(PATH)
    assert page.evaluate("() => [self.isSecureContext, 'serviceWorker' in navigator]") == [False, False]
    expect(page.locator("[data-insecure]")).to_be_visible()
    expect(page.locator("[data-camera]")).to_be_hidden()
    token = token_of(world, case_id)
    for code, kind, words in (
        (token, "good", "LI XIAOMING"),
        (token[:-2] + "AA", "bad", "signature"),
        ("x", "bad", "no pass"),
    ):
        page.locator("#code").fill(code)
        page.locator("#code").press("Enter")
        says(page, kind, words)
    assert_axe_clean(page)
    pages.close()
    assert [said for said in pages.problems if "Opener-Policy header has been ignored" not in said] == []
