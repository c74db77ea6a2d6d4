"""A new version of a form leaves what was declared with the old one readable, in the words of its time."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chalice import Chalice

from chalicelib.actions.submit_declaration import submit_declaration
from chalicelib.domain.calendar import local_date
from chalicelib.intake import forms
from chalicelib.intake.posted import flatten
from chalicelib.web import entrance as doors
from chalicelib.web.traveller.checking import declaration_of
from chalicelib.web.traveller.members import token_for
from chalicelib.web.traveller.sheet import Sheet, sheet_at
from infra.local.environment import ROOT
from tests.intake.example import valid_answers
from tests.web.browser import Browser, Clock
from tests.web.console.world import POINT, World

TRIAL = "trial"
"""A form of this test's own: forms are remembered by name for as long as the process lives."""
OLD, NEW = "Which seat had you?", "Where did you sit?"
PROMISE = "1. Everything I have declared here"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The forms, with version 1 of one more; what the product reads for the length of a test."""
    shutil.copytree(ROOT / "forms", tmp_path / "forms", ignore=shutil.ignore_patterns("__pycache__"))
    first = tmp_path / "forms" / TRIAL / "v1"
    shutil.copytree(ROOT / "forms" / "arrival" / "v1", first)
    edited(first / "form.toml", 'id = "arrival"', f'id = "{TRIAL}"')
    edited(first / "en.toml", 'label = "Seat"', f'label = "{OLD}"')
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "forms", raising=False)
    forms.current.cache_clear()
    yield tmp_path / "forms"
    sys.modules.pop("forms", None)
    forms.current.cache_clear()


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")


def hand_out(folder: Path, version: int) -> None:
    path = folder / "current.toml"
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(TRIAL)]
    path.write_text("\n".join([*kept, f"{TRIAL} = {version}"]), "utf-8")
    forms.current.cache_clear()


def second(folder: Path) -> None:
    """Version 2: other words, another promise, and a question that is asked no more."""
    shutil.copytree(folder / TRIAL / "v1", folder / TRIAL / "v2")
    edited(folder / TRIAL / "v2" / "form.toml", "version = 1", "version = 2")
    edited(folder / TRIAL / "v2" / "form.toml", '["phone", "email"]', '["phone"]')
    edited(folder / TRIAL / "v2" / "en.toml", OLD, NEW)
    edited(folder / TRIAL / "v2" / "en.toml", PROMISE, "1. Nothing I have declared here")


def handed_out() -> Sheet:
    return sheet_at(POINT, "en", forms.current(TRIAL))


def declare(world: World, clock: Clock, **answers: object) -> str:
    """A declaration with the version that is handed out; answers its pass."""
    sheet = handed_out()
    today = local_date(clock.now, sheet.point.time_zone)
    said = sheet.read(flatten(valid_answers(today, **answers)))
    receipt = submit_declaration(world.ports, declaration_of(sheet, said, ""))
    first = receipt.party[0]
    return f"/p/{token_for(first.traveller_id, receipt.point, first.intake_date)}"


def test_what_was_declared_is_read_in_the_words_of_its_time(
    app: Chalice, world: World, coordinator: Browser, clock: Clock, folder: Path
) -> None:
    hand_out(folder, 1)
    old = declare(world, clock, seat="32A", email="li@example.com")
    second(folder)
    hand_out(folder, 2)
    new = declare(world, clock, seat="7C", email=None, document_number="E99887766")
    phone = Browser(app, doors.Entrance(world.wiring.gate, world.wiring.settings.public_base))
    before, after = (phone.get(f"{own}/copy?lang=en").text for own in (old, new))
    assert all(words in before for words in (OLD, "32A", "li@example.com", PROMISE))
    assert NEW not in before
    assert all(words in after for words in (NEW, "7C", "1. Nothing I have declared here"))
    case_id = world.wiring.passes.read(old.removeprefix("/p/")).case_id
    page, asked = (coordinator.get(f"/console/travellers/{case_id}{more}").text for more in ("", "/correct"))
    assert OLD in page
    assert NEW not in page
    assert OLD in asked
    assert 'value="li@example.com"' in asked
