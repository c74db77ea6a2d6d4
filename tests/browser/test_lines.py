"""The lines of a document in the form: typed with script and without, for oneself and for a companion."""

import json
import random
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chalicelib.intake.mrz import read
from chalicelib.wiring import Wiring
from tests.browser.bundles import module
from tests.browser.chromium import Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import add_companion, fill, go_on, open_step, traveller
from tests.browser.test_traveller_form import case_of
from tests.intake import specimens as lines

CASES = 500
TODAY = date(2026, 11, 23)


def open_box(page: Page, path: str = "") -> Any:
    """The box, its part of the page opened as a finger would."""
    part = page.locator(f"[data-lines='{path}']")
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    return part


def said_by(page: Page, prefix: str = "") -> dict[str, str]:
    """What the questions hold."""
    names = ("family_name", "given_names", "document_number", "nationality", "document_country", "date_of_birth.year")
    return {name: page.locator(f"[name='{prefix}{name}']").input_value() for name in names}


MEI = {
    "family_name": "LI", "given_names": "MEI", "document_number": "E87654321", "nationality": "CN",
    "document_country": "CN", "date_of_birth.year": "2015",
}  # fmt: skip


@pytest.mark.parametrize("js", [True, False])
def test_lines_fill_in_the_questions(pages: Pages, wiring: Wiring, js: bool) -> None:
    page, answers = pages(js=js), traveller(wiring)
    page.goto("/d/CKG?flight=CA406")
    add_companion(page)
    fill(page, answers)
    open_step(page, "companions")
    part = open_box(page, "companions.0")
    wrong = lines.passport("CHN", "LI<<MEI", "E87654322", "150601", "F").replace("E87654322", "E87654321")
    part.locator("textarea").fill(wrong)
    part.locator("button").click()
    expect(part.locator(".govuk-error-message")).to_contain_text("Check the document number in line 2")
    expect(page.locator("[data-error-summary] li")).to_have_count(0 if js else 1)
    assert_fits(page)
    assert_axe_clean(page)
    part.locator("textarea").fill(lines.passport("CHN", "LI<<MEI", "E87654321", "150601", "F"))
    if not js:
        part.locator("button").click()
    expect(part.locator("[role=status] p")).to_have_text(
        "Filled in from the lines. Check each answer with your document."
    )
    expect(part.locator("textarea")).to_have_value("")
    assert said_by(page, "companions.0.") == MEI
    expect(page.locator("[name='companions.0.sex'][value=female]")).to_be_checked()
    expect(page.locator("[name='companions.0.document_type'][value=passport]")).to_be_checked()
    expect(page.locator("[name=document_number]")).to_have_value(answers["document_number"])
    expect(page.locator("[name=signature_name]")).to_have_value(answers["signature_name"])


def test_what_is_filled_in_is_declared(pages: Pages, wiring: Wiring) -> None:
    page, answers = pages(), traveller(wiring)
    page.goto("/d/CKG?flight=CA406")
    document = answers["document_number"]
    fill(page, {**answers, "family_name": "X", "given_names": "X", "document_number": "X12345", "nationality": "IT"})
    open_step(page, "person")
    open_box(page).locator("textarea").fill(lines.passport("D", "MUELLER<<JUERGEN", document, "840327"))
    expect(page.locator("[name=family_name]")).to_have_value("MUELLER")
    go_on(page, "/check")
    go_on(page, "/p/")
    kept = case_of(wiring, page.url).answers
    names = ("family_name", "given_names", "document_number", "nationality", "document_country", "date_of_birth")
    assert [kept[name] for name in names] == ["MUELLER", "JUERGEN", document, "DE", "DE", "1984-03-27"]


SPECIMENS = (
    lines.PASSPORT, lines.PASSPORT.replace("C36", "C46"), lines.PASSPORT.replace("ZE1", "ZE2"), lines.CARD,
    lines.SMALL, lines.LONG_CARD, lines.LONG_SMALL, lines.VISA, lines.passport(name="LONG" * 12),
    lines.passport(born="84<<<<"), lines.passport().replace("8403", "8404"), lines.passport().replace("3001", "3002"),
)  # fmt: skip
KINDS = {
    "shape", "length", "characters", "slip", "visa", "check_number", "check_birth", "check_expiry", "check_personal",
    "check_whole", "state", "names_cut", "birth_open",
}  # fmt: skip
TYPED = ("", "0", "O", "1", "I", "<", "A", "7", "8", " ", "\n", "«", "é", "＜", "ﬁ")

MIXED_UP = str.maketrans("O0I1", "0O1I")


def made_up(seed: int) -> str:
    """Lines as people type them: right, with a slip, a character too few, in capitals or not."""
    chance = random.Random(seed)
    whole = chance.choice([chance.choice(SPECIMENS), _person(chance)])
    for _ in range(chance.choice([0, 0, 0, 1, 1, 4])):
        at = chance.randrange(len(whole))
        put = chance.choice([*TYPED, chr(chance.randrange(32, 0x3000))])
        whole = whole[:at] + put + whole[at + chance.randrange(2) :]
    if mixed := [place for place, char in enumerate(whole) if char in "O0I1" and chance.random() < 0.03]:
        whole = whole[: mixed[0]] + whole[mixed[0]].translate(MIXED_UP) + whole[mixed[0] + 1 :]
    joint = chance.choice(["\r\n", "", " \n\n"])
    return chance.choice([whole, whole.lower(), whole.replace("\n", joint), whole.rstrip("<0")])


def _person(chance: random.Random) -> str:
    born = f"{chance.randrange(100):02}{chance.randrange(1, 13):02}{chance.randrange(1, 32):02}"
    state = chance.choice(["CHN", "D", "GBR", "GBO", "UTO", "XXA", "FRA", "RKS"])
    name, citizen = chance.choice(["LI<<MEI", "OLIVO<<IDA<O", "LONG" * 12]), chance.choice(["", "XXB", "KEN"])
    number = f"E{chance.randrange(10**8):08}"
    return chance.choice([
        lines.passport(state, name, number, born, chance.choice("MFX<"), citizen),
        lines.card(chance.choice(["CR", "I<"]), "CHN", "H1234567", "CHAN<<TAI"),
        lines.small("LI<<MEI", number),
    ])  # fmt: skip


def test_phone_and_server_read_the_same(pages: Pages) -> None:
    page = pages()
    page.goto("/")
    cases = [*SPECIMENS, *(made_up(seed) for seed in range(CASES))]
    page.evaluate(f"() => {{ {module('lines/reading.js', 'reading')} }}")
    ask = "([cases, today]) => cases.map(text => reading.read(text, today))"
    phone = page.evaluate(ask, [cases, TODAY.isoformat()])
    server = [read(case, TODAY) for case in cases]
    here = [{"answers": dict(one.answers), "faults": list(one.faults), "notes": list(one.notes)} for one in server]
    assert phone == json.loads(json.dumps(here))
    kinds = {fault for one in server for fault, _ in (*one.faults, *one.notes)}
    assert kinds == KINDS
    assert sum(1 for one in server if one.answers) > CASES // 5
