"""What is right about forms stays unsaid, and what is signed or spoken has a check of its own."""

import shutil
from pathlib import Path

import pytest

from chalicelib.web.language import LANGUAGES
from tools.check_forms import faults, write_all
from tools.form_files import FORMS
from tools.form_signed import SIGNED

FORM, TEXTS = "arrival/v1/form.toml", "arrival/v1/zh-Hans.toml"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """The forms, to be spoilt."""
    return Path(shutil.copytree(FORMS, tmp_path / "forms"))


def spoilt(forms: Path, name: str, old: str, new: str) -> list[str]:
    before = (forms / name).read_text("utf-8")
    assert old in before
    (forms / name).write_text(before.replace(old, new, 1), "utf-8")
    return found(forms)


def found(forms: Path) -> list[str]:
    return [str(fault).removeprefix(f"{forms}/") for fault in faults(forms)]


def test_nothing_is_wrong_as_shipped() -> None:
    assert found(FORMS) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("本人信息", "Your answers are here now"), ('label = "姓（与护照一致）"', 'label = "Family name"')],
)
def test_a_short_text_may_be_alike_in_two_languages(forms: Path, old: str, new: str) -> None:
    assert spoilt(forms, TEXTS, old, new) == []


def test_a_language_of_the_pages_is_wanted_in_form_and_countries(forms: Path) -> None:
    (forms / TEXTS).unlink()
    (forms / "countries" / "zh-Hans.toml").unlink()
    assert found(forms) == [f"{name}:1: this file is missing" for name in (TEXTS, "countries/zh-Hans.toml")]


def test_what_travellers_ask_is_answered_in_every_language_and_so_is_what_a_point_says_otherwise(forms: Path) -> None:
    texts = forms / "explanations"
    (texts / "th.toml").unlink()
    (texts / "CKG").mkdir()
    for tag in LANGUAGES:
        (texts / "CKG" / f"{tag}.toml").write_text(f'[cost]\nasks = "{tag}?"\nsays = "{{price}}"\n', "utf-8")
    assert spoilt(forms, "explanations/fr.toml", "le {hotline}", "le 12320") == [
        "explanations/fr.toml:37: appeal / says has other placeholders than in the first language",
        "explanations/th.toml:1: this file is missing",
        *(f"explanations/CKG/{tag}.toml:3: nothing fills in {{price}}" for tag in LANGUAGES),
    ]


def test_an_older_version_keeps_the_languages_of_its_time(forms: Path) -> None:
    shutil.copytree(forms / "arrival" / "v1", forms / "arrival" / "v10")
    spoilt(forms, "arrival/v10/form.toml", "version = 1", "version = 10")
    last = list(LANGUAGES)[-1]
    (forms / "arrival" / "v1" / f"{last}.toml").unlink()
    assert spoilt(forms, FORM, f', "{last}"]', "]") == []


def test_what_is_signed_changes_only_with_its_version(forms: Path) -> None:
    kept = (forms / "arrival" / "v1" / SIGNED).read_text("utf-8")
    line = kept[: kept.index('"zh-Hans/commitment/1"')].count("\n") + 1
    changed = [f"arrival/v1/{SIGNED}:{line}: the text of zh-Hans/commitment/1 changed: raise its version"]
    assert spoilt(forms, TEXTS, "本人郑重承诺", "本人承诺") == changed
    write_all(forms)
    assert found(forms) == changed
    raised = spoilt(forms, TEXTS, '[signed.commitment]\nversion = "1"', '[signed.commitment]\nversion = "2"')
    assert [fault.split(": ", 1)[1] for fault in raised] == [
        "no digest of zh-Hans/commitment/2 yet: run `python -m tools.check_forms --write`"
    ]
    write_all(forms)
    assert found(forms) == []
    after = (forms / "arrival" / "v1" / SIGNED).read_text("utf-8")
    assert set(kept.splitlines()) < set(after.splitlines())
