"""`make sheet`: every page as a person sees it, on a phone and at a desk, by day and by night, in officers' languages;
travellers' pages in every other language too, on a phone by day.

Pictures go to .local/sheets/<look>/<page>.png, and whole looks to .local/sheets/<look>-<number>.png to be read at once.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product as every
from pathlib import Path

import pytest
from playwright.sync_api import Page

from chalicelib.settings import Settings
from chalicelib.web.language import LANGUAGES as SPOKEN
from chalicelib.web.language import OFFICERS
from chalicelib.wiring import Wiring
from infra.local import product
from infra.local.environment import ROOT
from infra.local.plan import Plan, free_port
from tests.browser.chromium import PHONE, Pages, chromium
from tests.browser.officers import sign_in
from tests.browser.serving import Site
from tests.web.console.world import World
from tools.sheet_console import ADMIN, console_pages
from tools.sheet_paper import bind
from tools.sheet_people import People
from tools.sheet_shot import Shot
from tools.sheet_traveller import traveller_pages

FOLDER = ROOT / ".local" / "sheets"
SIZES = {"phone": PHONE, "desk": (1280, 900)}
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
"""What officers read, and so everything is looked at in."""
OTHERS = tuple(tag for tag in SPOKEN if tag not in OFFICERS)
"""What only travellers read, on their phones."""
SCHEMES = ("light", "dark")
UNSTUCK = "() => document.querySelectorAll('.ws-sticky').forEach(one => { one.style.position = 'static' })"
"""On a picture of a whole page a footer that sticks to the window would lie across its middle."""


@dataclass(frozen=True)
class Look:
    """One way to look at every page; its name is ``phone-zh-dark`` and the like."""

    device: str
    language: str
    scheme: str

    @property
    def name(self) -> str:
        """As a folder and on the command line."""
        return f"{self.device}-{self.language}-{self.scheme}"

    @property
    def tag(self) -> str:
        """The language as pages know it."""
        return LANGUAGES.get(self.language, self.language)

    def shows(self, shot: Shot) -> bool:
        """Officers' pages do not speak every language."""
        return self.tag in OFFICERS or shot.traveller


LOOKS = (
    *(Look(*one) for one in every(SIZES, LANGUAGES, SCHEMES)),
    *(Look("phone", tag, "light") for tag in OTHERS),
)


@dataclass
class Studio:
    """One running product, and the browser in front of it."""

    site: Site
    pages: Pages

    def shoot(self, look: Look, shots: list[Shot]) -> list[Path]:
        """A picture of each page in this look, in the shots' order."""
        folder = FOLDER / look.name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for old in FOLDER.glob(f"{look.name}-*.png"):
            old.unlink()
        return [self._keep(look, shot, folder / f"{shot.name}.png") for shot in shots]

    def _keep(self, look: Look, shot: Shot, target: Path) -> Path:
        page = self._page(look, shot)
        page.goto(f"{shot.path}{'&' if '?' in shot.path else '?'}lang={look.tag}")
        if shot.act:
            shot.act(page)
        page.evaluate(UNSTUCK)
        page.screenshot(path=target, full_page=True, animations="disabled")
        self.pages.close()
        return target

    def _page(self, look: Look, shot: Shot) -> Page:
        page = self.pages(size=SIZES[look.device], js=shot.script, lang=look.tag, scheme=look.scheme)
        return sign_in(page, self.site, ADMIN) if shot.officer else page


@contextmanager
def studio(home: Path) -> Iterator[tuple[Studio, list[Shot]]]:
    """The product with people in every state, and the pages that show them."""
    plan = Plan(web_port=free_port(), aws_port=free_port(), sms_port=free_port(), home=home)
    with product.running(plan, print) as stack, pytest.MonkeyPatch.context() as patch, chromium() as browser:
        link = product.seed(stack)
        for name, value in stack.environment.items():
            patch.setenv(name, value)
        site = Site(stack.addresses.public_base, Wiring(Settings.from_env()))
        people = People(World(site.wiring))
        shots = [*traveller_pages(site, people), *console_pages(people, link.removeprefix(site.url))]
        yield Studio(site, Pages(browser, site.url)), [*shots, Shot("phones", stack.addresses.provider)]


def main() -> int:
    """Bring the product up, shoot, bind, and take it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="part of a page's name")
    parser.add_argument("--looks", default="", help="part of a look's name, such as phone-zh-Hant")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, studio(Path(home)) as (here, shots):
        wanted = [shot for shot in shots if asked.only in shot.name]
        for look in (one for one in LOOKS if asked.looks in one.name):
            pictures = here.shoot(look, [shot for shot in wanted if look.shows(shot)])
            for sheet in bind(here.pages.browser, pictures, FOLDER / look.name, SIZES[look.device][0]):
                print(sheet.relative_to(ROOT))
        for problem in here.pages.problems:
            print(problem, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
