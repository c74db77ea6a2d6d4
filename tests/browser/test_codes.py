"""Every code that we draw is read by a reader of another house, off the smallest phone and off paper as printed."""

import re
from base64 import b64decode, b64encode

import pytest
from playwright.sync_api import Locator, Page

from chalicelib.actions.keep_posters import make_poster
from chalicelib.domain.states import State
from chalicelib.passes.tokens import Pass
from chalicelib.web.language import LANGUAGES
from chalicelib.web.traveller.codes import LARGEST, address, certificate_code, pass_code
from chalicelib.wiring import Wiring
from tests.browser import zbar
from tests.browser.chromium import Pages
from tests.browser.declaring import declared, today, traveller
from tests.browser.serving import POINT, Site
from tests.browser.test_traveller_pages import put
from tests.web.console.world import COORDINATOR

SMALL_PHONE, PAPER = (320, 568), (794, 1123)
"""CSS pixels; paper is A4 at 96 to the inch."""
MILLIMETRE, PRINTER = 96 / 25.4, 300 / 96
SCREEN_MODULE, PRINT_MODULE = 3, 0.8
"""The least that one module may measure: pixels of a screen that shows one for each CSS pixel; millimetres of paper."""
POSTER_MODULE = 2
"""Millimetres: a poster is read from some steps off."""
CONTRAST = 200
"""Between the lightest and the darkest of 256 greys."""
LONG_HOST = "https://declare.port-health.chongqing.example"
LONG_STAGE = "https://a1b2c3d4e5.execute-api.cn-northwest-1.amazonaws.com.cn/production"
"""The longest address that a cloud gives by itself."""
SPREAD = """async png => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const board = document.createElement('canvas');
  [board.width, board.height] = [image.naturalWidth, image.naturalHeight];
  const pen = board.getContext('2d');
  pen.drawImage(image, 0, 0);
  const green = pen.getImageData(0, 0, board.width, board.height).data.filter((_, place) => place % 4 === 1);
  return green.reduce((most, one) => Math.max(most, one)) - green.reduce((least, one) => Math.min(least, one));
}"""


CRUMPLED = """async png => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const board = document.createElement('canvas');
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  [board.width, board.height] = [width, height];
  const pen = board.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  for (let y = 0; y < height; y += 1) {
    pen.drawImage(image, 0, y, width, 1, 1.5 * Math.sin(y / 40), y, width, 1);
  }
  const crease = (colour, ...ends) => {
    pen.strokeStyle = colour;
    pen.lineWidth = width / 60;
    pen.beginPath();
    ends.forEach(([x, y]) => pen.lineTo(x * width, y * height));
    pen.stroke();
  };
  crease('#ffffff', [0.3, 0], [0.45, 0.5], [0.35, 1]);
  crease('#ffffff', [0, 0.62], [1, 0.4]);
  pen.fillStyle = '#3a2a1a';
  pen.beginPath();
  pen.arc(0.55 * width, 0.58 * height, width / 13, 0, 7);
  pen.fill();
  return board.toDataURL().split(',')[1];
}"""
"""The picture as of paper that was folded twice, waves, and took a splash."""
SHEETS = re.compile(rb"/MediaBox \[([0-9. ]+)\]")


def read(page: Page, shown: Locator) -> list[str]:
    """What the other reader finds in the code as it stands on the page, surroundings included; black on white."""
    shown.scroll_into_view_if_needed()
    # Readers of pictures make out black on nearly black; a camera does not.
    assert page.evaluate(SPREAD, b64encode(shown.screenshot()).decode()) >= CONTRAST
    return zbar.read(page.screenshot())


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


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("a3", (842, 1191))])
def test_a_poster_is_one_sheet_that_is_read_off_a_phone_off_paper_and_crumpled(
    pages: Pages, site: Site, size: str, points: tuple[int, int]
) -> None:
    made = make_poster(site.wiring.ports, COORDINATOR, POINT, "B7-12", "CA406")
    link = site.at(f"/d/{POINT}?flight=CA406&poster={made.code}")
    page = pages(size=SMALL_PHONE)
    page.goto(f"/posters/{POINT}?code={made.code}&size={size}")
    code = page.locator(".ws-poster__code")
    assert page.locator(".ws-poster__texts > div").count() == len(LANGUAGES)
    assert module(code) >= SCREEN_MODULE
    assert read(page, code) == [link]
    as_printed(page)
    assert module(code) / MILLIMETRE >= POSTER_MODULE
    assert read(page, code) == [link]
    assert zbar.read(b64decode(page.evaluate(CRUMPLED, b64encode(code.screenshot()).decode()))) == [link]
    # The longest address that there may be fits, too.
    page.locator(".ws-poster__link").evaluate("(line, text) => { line.textContent = text; }", f"{LONG_STAGE}/d/{POINT}")
    printed = page.pdf(prefer_css_page_size=True)
    assert [tuple(round(float(side)) for side in box.split()[2:]) for box in SHEETS.findall(printed)] == [points]


@pytest.mark.parametrize("base", [LONG_HOST, LONG_STAGE])
def test_the_longest_address_gives_a_code_that_is_read_at_two_centimetres(
    pages: Pages, wiring: Wiring, base: str
) -> None:
    page = pages(size=SMALL_PHONE, density=PRINTER)
    token = wiring.passes.token(Pass("7K3M9QX20AB", POINT, today(wiring)))
    page.goto("/verify")
    main = page.locator("main")
    for folder, drawn in (("P", pass_code), ("VERIFY", certificate_code)):
        main.evaluate("(main, svg) => { main.innerHTML = svg; }", drawn(base, token))
        code = main.locator("svg")
        version = (code.evaluate("svg => svg.viewBox.baseVal.width") - 8 - 17) / 4
        assert version <= LARGEST
        # On paper, quiet zone and all; then three points of a screen for each module, which is smaller still.
        for width in ("20mm", f"{(version * 4 + 25) * SCREEN_MODULE / PRINTER}px"):
            code.evaluate("(svg, width) => { svg.style.width = width; }", width)
            assert read(page, main) == [address(base, folder, token)]
