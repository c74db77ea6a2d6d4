"""Every code that we draw is read by a reader of another house, off the smallest phone and off paper as printed."""

from base64 import b64decode, b64encode

import pytest
import zxingcpp
from playwright.sync_api import Locator, Page

from chalicelib.domain.states import State
from chalicelib.passes.tokens import Pass
from chalicelib.web.traveller.codes import LARGEST, address, certificate_code, pass_code
from chalicelib.wiring import Wiring
from tests.browser.chromium import Pages
from tests.browser.declaring import declared, today, traveller
from tests.browser.serving import POINT, Site
from tests.browser.test_traveller_pages import put

SMALL_PHONE, PAPER = (320, 568), (794, 1123)
"""CSS pixels; paper is A4 at 96 to the inch."""
MILLIMETRE = 96 / 25.4
SCREEN_MODULE, PRINT_MODULE = 3, 0.8
"""The least that one module may measure: pixels of a screen that shows one for each CSS pixel; millimetres of paper."""
POSTER_MODULE = 2
"""Millimetres: a poster is read from some steps off."""
CONTRAST = 200
"""Between the lightest and the darkest of 256 greys."""
LONG_HOST = "https://declare.port-health.chongqing.example"
GREY = """async png => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const board = document.createElement('canvas');
  [board.width, board.height] = [image.naturalWidth, image.naturalHeight];
  const pen = board.getContext('2d');
  pen.drawImage(image, 0, 0);
  const rgba = pen.getImageData(0, 0, board.width, board.height).data;
  let grey = '';
  for (let i = 0; i < rgba.length; i += 4) grey += String.fromCharCode(rgba[i + 1]);
  return [btoa(grey), board.height, board.width];
}"""


def read(page: Page, shown: Locator) -> list[str]:
    """What the other reader finds in the code as it stands on the page, surroundings included; black on white."""
    shown.scroll_into_view_if_needed()
    encoded, height, width = page.evaluate(GREY, b64encode(page.screenshot()).decode())
    grey = memoryview(b64decode(encoded)).cast("B", (height, width))
    found = zxingcpp.read_barcodes(grey)
    for one in found:
        # That reader makes out black on nearly black; a camera does not.
        corner, opposite = one.position.top_left, one.position.bottom_right
        row = (corner.y + opposite.y) // 2
        inked = [grey[row, column] for column in range(corner.x, opposite.x)]
        assert max(inked) - min(inked) >= CONTRAST
    return [one.text for one in found]


def module(shown: Locator) -> float:
    """The side of one module in CSS pixels."""
    return float(
        shown.locator("svg").evaluate("svg => svg.getBoundingClientRect().width / Number(svg.viewBox.baseVal.width)")
    )


def as_printed(page: Page) -> None:
    page.set_viewport_size({"width": PAPER[0], "height": PAPER[1]})
    page.emulate_media(media="print")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("state", "folder", "where"),
    [(State.REGISTERED, "P", ".ws-pass__code"), (State.RELEASED, "VERIFY", ".ws-certificate__code")],
)
def test_pass_and_certificate_are_read_off_a_small_phone_and_off_paper(
    pages: Pages, site: Site, wiring: Wiring, state: State, folder: str, where: str, scheme: str
) -> None:
    page = pages(size=SMALL_PHONE, scheme=scheme)
    link = declared(site, traveller(wiring))
    case = put(wiring, link, state)
    page.goto(link)
    holder = Pass(case.case_id, POINT, wiring.passes.read(link.rpartition("/")[2]).date)
    token = wiring.passes.certificate(holder) if folder == "VERIFY" else wiring.passes.token(holder)
    code = page.locator(where)
    assert module(code) >= SCREEN_MODULE
    assert read(page, code) == [address(site.url, folder, token)]
    as_printed(page)
    assert module(code) / MILLIMETRE >= PRINT_MODULE
    assert read(page, code) == [address(site.url, folder, token)]


@pytest.mark.parametrize("query", ["", "?flight=CA406"])
def test_a_poster_is_read_off_a_small_phone_and_off_paper(pages: Pages, site: Site, query: str) -> None:
    page = pages(size=SMALL_PHONE)
    page.goto(f"/posters/{POINT}{query}")
    code = page.locator(".ws-poster__code")
    assert module(code) >= SCREEN_MODULE
    assert read(page, code) == [site.at(f"/d/{POINT}{query}")]
    as_printed(page)
    assert module(code) / MILLIMETRE >= POSTER_MODULE
    assert read(page, code) == [site.at(f"/d/{POINT}{query}")]


@pytest.mark.parametrize("folder", ["P", "VERIFY"])
def test_the_longest_host_gives_a_code_that_an_old_phone_reads(pages: Pages, wiring: Wiring, folder: str) -> None:
    page = pages(size=SMALL_PHONE)
    token = wiring.passes.token(Pass("7K3M9QX20AB", POINT, today(wiring)))
    drawn = (pass_code if folder == "P" else certificate_code)(LONG_HOST, token)
    page.goto("/verify")
    # Three pixels for each module and no more: what the smallest screen gives.
    page.locator("main").evaluate(
        """(main, [svg, module]) => {
          main.innerHTML = svg;
          main.firstChild.style.width = `${main.firstChild.viewBox.baseVal.width * module}px`;
        }""",
        [drawn, SCREEN_MODULE],
    )
    version = (page.locator("main svg").evaluate("svg => svg.viewBox.baseVal.width") - 8 - 17) / 4
    assert version <= LARGEST
    assert read(page, page.locator("main")) == [address(LONG_HOST, folder, token)]
