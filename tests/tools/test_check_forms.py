"""The check of forms finds what it is there for."""

import shutil
from pathlib import Path

import pytest

from chalicelib.web.language import LANGUAGES
from tools.check_forms import FORMS, SIGNED, faults, write

HINT = "Give your details as they are in your passport or travel document."
TEXTS = "arrival/v1/zh-Hans.toml"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """The forms, to be spoilt."""
    return Path(shutil.copytree(FORMS, tmp_path / "forms"))


def spoilt(forms: Path, name: str, old: str, new: str) -> list[str]:
    before = (forms / name).read_text("utf-8")
    assert old in before
    (forms / name).write_text(before.replace(old, new, 1), "utf-8")
    return list(faults(forms))


def test_nothing_is_wrong_as_shipped() -> None:
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('yes = "是"\n', "", "common/yes: missing"),
        ('yes = "是"\n', 'yes = "是"\nmaybe = "也许"\n', "common/maybe: not in the first language"),
        ('yes = "是"\n', 'yes = " "\n', "common/yes: empty"),
        ("停留地{number}", "停留地{place}", "group/places_14d/item: other placeholders"),
        ("本人信息", "Your answers are here now", ""),
        ('label = "姓（与护照一致）"', 'label = "Family name"', ""),
        ("请按护照或旅行证件上的内容填写。", HINT, "not translated"),
        ('yes = "是"\n', "yes = 是\n", "line 4"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_text_file_is_said(forms: Path, old: str, new: str, fault: str) -> None:
    found = spoilt(forms, TEXTS, old, new)
    assert [fault in one and "zh-Hans.toml" in one for one in found] == [True] * bool(fault), found


def test_a_language_of_the_pages_is_wanted_in_form_and_countries(forms: Path) -> None:
    (forms / TEXTS).unlink()
    (forms / "countries" / "zh-Hans.toml").unlink()
    found = list(faults(forms))
    assert "zh-Hans.toml: missing" in found
    assert "zh-Hans.toml: missing: CN" in found
    assert "form.toml: languages: no zh-Hans" in spoilt(forms, "arrival/v1/form.toml", ', "zh-Hans"', "")


def test_an_older_version_keeps_the_languages_of_its_time(forms: Path) -> None:
    shutil.copytree(forms / "arrival" / "v1", forms / "arrival" / "v10")
    path = forms / "arrival" / "v1" / "form.toml"
    path.write_text(path.read_text("utf-8").replace(f'"{list(LANGUAGES)[-1]}"]', "]"), "utf-8")
    assert list(faults(forms)) == []


def test_what_is_signed_changes_only_with_its_version(forms: Path) -> None:
    folder = forms / "arrival" / "v1"
    found = spoilt(forms, TEXTS, "本人郑重承诺", "本人承诺")
    assert found == [f"{SIGNED}: zh-Hans/commitment/1: the text changed: raise its version"]
    write(folder)
    assert list(faults(forms)) == found
    spoilt(forms, TEXTS, '[signed.commitment]\nversion = "1"', '[signed.commitment]\nversion = "2"')
    write(folder)
    assert list(faults(forms)) == []
    assert "zh-Hans/commitment/1" in (folder / SIGNED).read_text("utf-8")
