"""The check of texts finds what it is there for."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chalicelib.messaging.registered import parse
from chalicelib.messaging.wordings import FOLDER
from tools import traps
from tools.check_texts import faults, missing, of_file, registrations

Change = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The texts, to be spoilt."""
    return Path(shutil.copytree(FOLDER, tmp_path / "templates"))


def spoilt(folder: Path, name: str, change: Change) -> list[str]:
    path = folder / name
    before = path.read_text("utf-8")
    assert change(before) != before
    path.write_text(change(before), "utf-8")
    return list(of_file(path))


def test_nothing_is_wrong_as_shipped() -> None:
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda text: text.replace("{hotline}", "{plate}"), "not declared: plate"),
        (lambda text: text.replace("{hotline}", "12345"), "declared and not used: hotline"),
        (lambda text: text.replace(",hotline", "").replace("{hotline}", ""), "not declared: hotline"),
        (lambda text: text.replace("name,", "name,room,").replace("{name}", "{room} {name}"), "nobody gives it: room"),
        (lambda text: text.replace("Call ", "See http://x.example/a "), "a link, http://"),
        (lambda text: text.replace("Call ", "waystation.cn "), "a link, waystation.cn"),
        (lambda text: text.replace("Call ", "bit.ly/3x "), "a link, bit.ly"),
        (lambda text: text.replace("Call ", "Call\u00a0"), "typographic character U+00A0 NO-BREAK SPACE"),
        (lambda text: text.replace("Call ", "Call\u2019 "), "typographic character U+2019"),
        (lambda text: text.replace("Call ", "Call\u2014 "), "typographic character U+2014 EM DASH"),
        (lambda text: text.replace("Call ", "Call\u200b "), "format character U+200B"),
        (lambda text: text.replace("Call ", "Call\t "), "control character U+0009"),
        (lambda text: text.replace("Call ", "Ｃall "), "half-width or full-width character U+FF23"),
        (lambda text: text.replace("Call ", "ｱall "), "half-width or full-width character U+FF71"),
        (lambda text: text.replace("Call ", "Call  "), "a space too many"),
        (lambda text: text.replace("Call ", "Cal\u0301l "), "not NFC"),
        (lambda text: text.replace("Call ", "\ufee1all "), "presentation form character U+FEE1"),
        (lambda text: text.replace("Call ", "Ca\u0640ll "), "stretched character U+0640"),
        (lambda text: text.replace("Call ", "☎😀 "), "two-unit character U+1F600"),
        (lambda text: text.replace("{name}{party}", "{party}{name}"), "the party stands behind the name"),
        (lambda text: text.replace("version=1", "v=1"), "must declare version and variables"),
    ],
)
def test_what_is_wrong_with_a_text_is_said(folder: Path, change: Change, fault: str) -> None:
    found = spoilt(folder, "dispatched/family.en.txt", change)
    assert any(fault in one and "dispatched/family.en" in one for one in found), found


def test_a_missing_language_is_said(folder: Path) -> None:
    (folder / "plan_changed" / "district.th.txt").unlink()
    (folder / "words" / "ko.toml").unlink()
    (folder / "help" / "sender.de.txt").write_text("version=1 variables=hotline\nHilfe: {hotline}\n")
    (folder / "dispatched" / "stranger.en.txt").write_text("version=1 variables=name\nHello {name}\n")
    found = list(missing(folder))
    assert "plan_changed/district.th: missing" in found
    assert "words/ko.toml: missing" in found
    assert {"words/de.toml: missing", "dispatched/family.de: missing"} <= set(found)
    assert "dispatched/stranger.en: nobody sends it" in found


@pytest.mark.parametrize("name", ["quarantine_ended/family.en.txt", "date_changed/traveller.zh-Hans.txt",
                                  "dispatched/district.ru.txt", "quarantine_started/family.th.txt"])  # fmt: skip
def test_a_second_segment_is_said(folder: Path, name: str) -> None:
    found = spoilt(folder, name, lambda text: text.replace("{hotline}", "{hotline}" + " thank you" * 20))
    assert any("segments at the 95th percentile" in fault for fault in found), found


def test_other_events_may_be_longer(folder: Path) -> None:
    long = spoilt(
        folder, "unacknowledged/district.en.txt", lambda text: text.replace("{hotline}", "{hotline}" + " x" * 99)
    )
    assert long == []


def test_registrations_are_held_to_the_files() -> None:
    known = parse("""
["86".templates."dispatched/family/xx"]
content_sid = "HX0123456789abcdef0123456789abcdef"
version = 1
["+86".templates."dispatched/family/en"]
content_sid = "HX12"
version = 7
""")
    assert list(registrations(FOLDER, known)) == [
        "registered: 86 is no beginning of a number",
        "registered for 86: dispatched/family/xx: there is no such text",
        "registered for +86: dispatched/family/en: another version or wording than the file's",
        "registered for +86: dispatched/family/en: HX12 is no id of a template",
    ]


@pytest.mark.parametrize("text", ["www.x", "a@b.cn", "1.2.3.4", "https://x", "x.com", "t.co/abc"])
def test_links(text: str) -> None:
    assert any(fault.startswith("a link") for fault in traps.found(text))


@pytest.mark.parametrize(
    "text", ["27 déc. 2026", "Tél. 023-12320", "【口岸驿站】李*，咨询12320。", "до 7 дек. Тел.", "คุณสมชาย จ. ถึง 7 พ.ย."]
)
def test_what_is_no_link_and_no_trap(text: str) -> None:
    assert list(traps.found(text)) == []
