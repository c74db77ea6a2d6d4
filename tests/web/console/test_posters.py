"""Posters of the point: made, printed, withdrawn; and an old one that explains itself."""

from dataclasses import replace
from datetime import timedelta
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from chalicelib.actions.keep_posters import is_withdrawn, list_posters, make_poster
from chalicelib.actions.ports import Store
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.posters import Poster, poster_code, read_code
from tests.web.browser import NOW, Browser, Clock
from tests.web.console.conftest import SignIn
from tests.web.console.test_traveller import form_of
from tests.web.console.world import COORDINATOR, POINT, World

PATH = "/console/posters"
WITHDRAW = f"{PATH}/withdraw"


def made(world: World, gate: str = "", flight: str = "") -> Poster:
    return make_poster(world.ports, COORDINATOR, POINT, gate, flight)


def led_to(browser: Browser, path: str) -> tuple[str, dict[str, str]]:
    """Where a scanned address leads: the path and the query."""
    answer = browser.get(path)
    assert answer.status in (302, 303), answer.status
    found = urlsplit(str(answer.headers["location"]))
    return found.path, dict(parse_qsl(found.query))


def test_a_poster_is_made_printed_and_withdrawn(sign_in: SignIn, world: World, clock: Clock) -> None:
    boss = sign_in("admin")
    assert "No posters yet" in boss.get(PATH).text
    page = boss.follow(boss.submit(form_of(boss, PATH, PATH), gate=" b7 ", flight="ca 0406"))
    (poster,) = list_posters(world.ports, COORDINATOR, POINT)
    assert (poster.gate, poster.flight, poster.made_by) == ("B7", "CA406", "admin")
    assert f"The poster {poster.code} is made" in page.text
    assert "Gate B7 · CA406" in page.text
    for size in ("a4", "a3"):
        sheet = boss.get(f"/posters/{POINT}?code={poster.code}&size={size}&lang=en").text
        assert (f"ws-sheet--{size}" in sheet, "B7号登机口" in sheet, poster.code in sheet) == (True, True, True)
    scanned = f"/d/{POINT}?flight=CA406&poster={poster.code}&lang=en"
    assert led_to(boss, scanned) == (f"/d/{POINT}", {"flight": "CA406", "lang": "en"})
    clock.now = NOW + timedelta(hours=1)
    page = boss.follow(boss.submit(form_of(boss, PATH, WITHDRAW)))
    assert f"The poster {poster.code} is withdrawn" in page.text
    assert f"code={poster.code}" not in page.text
    (after,) = list_posters(world.ports, COORDINATOR, POINT)
    assert (after.withdrawn_at, after.withdrawn_by) == (NOW + timedelta(hours=1), "admin")
    assert led_to(boss, scanned) == (f"/posters/{POINT}/old", {"lang": "en"})
    assert led_to(boss, f"/posters/{POINT}?code={poster.code}")[0] == f"/posters/{POINT}/old"
    old = boss.get(f"/posters/{POINT}/old?lang=en")
    assert (old.status, "no longer in use" in old.text, f'href="/d/{POINT}?lang=en"' in old.text) == (200, True, True)


def test_one_withdrawn_leaves_the_others_and_may_be_typed(coordinator: Browser, world: World) -> None:
    first, second = made(world), made(world, gate="12")
    assert first.code != second.code
    typed = f"{first.code[:3]} {first.code[3:]}".lower().replace("0", "o")
    for _ in range(2):
        assert coordinator.submit(form_of(coordinator, PATH, WITHDRAW), code=typed).status == 303
    assert is_withdrawn(world.ports, POINT, first.code)
    assert not is_withdrawn(world.ports, POINT, second.code)
    assert led_to(coordinator, f"/d/{POINT}?poster={second.code}&lang=en")[0] == f"/d/{POINT}"


def test_what_is_wrong_is_told_beside_its_box(coordinator: Browser, world: World) -> None:
    for typed in ("call 13800138000", "<b>", "B7-12345", "A" * 50):
        page = coordinator.submit(form_of(coordinator, PATH, PATH), gate=typed)
        assert (page.status, "Write a gate as on its sign" in page.text) == (422, True)
    assert coordinator.submit(form_of(coordinator, PATH, PATH), flight="the blue one").status == 422
    for code in ("", "hello", "A" * 3000, poster_code(POINT, NOW, "nobody")):
        page = coordinator.submit(form_of(coordinator, PATH, WITHDRAW), code=code)
        assert (page.status, "No poster of this point has this code." in page.text) == (422, True)
    assert list_posters(world.ports, COORDINATOR, POINT) == ()


def test_an_address_prints_no_sentence_of_somebodys_own(coordinator: Browser) -> None:
    shown = coordinator.get(f"/posters/{POINT}?gate=B7&lang=en").text
    assert "Gate B7" in shown
    assert "ws-poster__for" not in coordinator.get(f"/posters/{POINT}?gate=Pay+100&flight=at+desk+9&lang=en").text
    assert coordinator.get(f"/posters/{POINT}?code=7777777").status == 404
    assert coordinator.get("/posters/XXX/old").status == 404


def test_a_code_that_nobody_knows_and_a_silent_database_open_the_form(coordinator: Browser, world: World) -> None:
    class Silent:
        """A database that is away."""

        def get(self, *_: object) -> None:
            raise Unavailable

    for code in ("7777777", "x", "", "9" * 3000):
        assert led_to(coordinator, f"/d/{POINT}?poster={code}&lang=en") == (f"/d/{POINT}", {"lang": "en"})
    gone = made(world)
    assert not is_withdrawn(replace(world.ports, store=cast(Store, Silent())), POINT, gone.code)


def test_codes_sort_as_they_were_made_and_are_heard() -> None:
    codes = [poster_code(POINT, NOW + timedelta(minutes=minutes), "a") for minutes in (0, 1, 31, 32, 1024, 2**24)]
    assert codes == sorted(codes)
    assert len({poster_code(POINT, NOW, str(number)) for number in range(20)}) > 15
    assert read_code(codes[0].lower().replace("0", "O")) == codes[0]


def test_who_may_not(sign_in: SignIn) -> None:
    assert sign_in("onsite").get(PATH).status == 403
