"""`make form`: what is wrong with a form is named with its file and line; what is right is put into pages."""

import shutil
from pathlib import Path

import pytest

from chalicelib.intake.forms import load
from infra.local.environment import ROOT
from tools.check_forms import faults, faults_of
from tools.form_preview import write_preview

DAILY = "quarantine_checkin/v1/en.toml"
HINT = "Give your details as they are in your passport or travel document."
FORM, EN, ZH = "arrival/v1/form.toml", "arrival/v1/en.toml", "arrival/v1/zh-Hans.toml"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """A copy of the forms, to be broken."""
    shutil.copytree(ROOT / "forms", tmp_path / "forms", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "forms"


def test_a_copy_is_as_right_as_the_forms_are(forms: Path) -> None:
    assert list(faults(forms)) == []


BROKEN = [
    (FORM, 'type = "choice"\noptions = ["female"', 'typ = "choice"\noptions = ["female"', "unknown field `typ`"),
    (FORM, 'type = "name"\nmax = 80', 'type = "nam"\nmax = 80', 'there is no type "nam"'),
    (FORM, "max = 80", 'max = "80"', "Expected `int`, got `str`"),
    (FORM, "max = 80", "max = 0", 'a name needs "max"'),
    (FORM, '"seat"]', '"saet"]', 'no [field.saet] defines "saet"'),
    (FORM, '"seat"]', '"seat", "seat"]', '"seat" is asked twice'),
    (FORM, 'fields = ["phone", "email"]', 'fields = ["phone"]', 'no step asks "email"'),
    (FORM, 'fields = ["country", "city"', 'fields = ["land", "city"', 'defines "land"'),
    (FORM, 'M = "male"', 'M = "man"', '"M" stands for "man"'),
    (FORM, 'default = "text"', 'default = "post"', '"post" is none of the options'),
    (FORM, 'household_registration = ["elsewhere"] }', 'household = ["elsewhere"] }', '"household" is not asked'),
    (FORM, 'signs = "consent"\n', "", 'a confirm needs it'),
    (FORM, "earliest_days = -3\n", "earliest_days = 4\n", '"earliest_days" lies after'),
    (FORM, 'fields = ["from", "to"]', 'fields = ["from"]', "not_before is about 2 questions"),
    (FORM, 'fields = ["from", "to"]', 'fields = ["from", "till"]', '"till" is not asked there'),
    (FORM, '"not_before"\ngroup = "places_14d"', '"not_before"\ngroup = "places"', 'there is no group "places"'),
    (FORM, 'kind = "not_before"', 'kind = "before"', "Invalid enum value 'before'"),
    (FORM, "version = 1", "version = 2", 'the folder is named "v1"'),
    (FORM, 'id = "arrival"', 'id = "arival"', 'the folder is named "arrival"'),
    (FORM, '[field.seat]\ntype', '[field.seat\ntype', "Expected ']'"),
    (EN, '[field.seat]\nlabel = "Seat"\n', "[field.seat]\n", '"seat" has no label'),
    (EN, "[field.seat]\n", "[field.saet]\n", 'the form has no question "saet"'),
    (EN, 'label = "Seat"', 'lable = "Seat"', "unknown field `lable`"),
    (EN, 'male = "Male"\n', "", 'no words for the choice "male"'),
    (EN, 'male = "Male"\n', 'male = "Male"\nman = "Man"\n', '"man" is no choice of "sex"'),
    (EN, '"October", ', "", "a year has 12 months"),
    (EN, "digits = ", "digitz = ", 'no sentence for "digits"'),
    (EN, "{max} characters or fewer", "{most} characters or fewer", "{most} is not known"),
    (EN, "{max} characters or fewer", "{max characters or fewer", "expected '}'"),
    (EN, '[section.family]\ntitle', '[section.famly]\ntitle', "no use for [section.famly]"),
    (EN, "[signed.consent]", "[signed.consnt]", "[signed.consent] is missing"),
    (EN, 'remove = "Remove this place"\n', "", "missing required field `remove`"),
    (FORM, "max = 40", "max = 40\nagain = true", "only a phone is asked for again"),
    (FORM, 'before = "family_name"', 'before = "surname"', '"surname" is not asked'),
    (FORM, '"zh-Hans", ', "", 'pages speak "zh-Hans"'),
    (EN, "[again]", "[unused]\n[again]", "unknown field `unused`"),
    (DAILY, "[error]\n", '[again]\nlabel = "Again"\nreasons = {}\n\n[error]\n', "no use for [again]"),
    (ZH, "[again]\nlabel", "[again]\nlable", "unknown field `lable`"),
    (ZH, 'yes = "是"\n', "", "missing required field `yes`"),
    (ZH, 'yes = "是"\n', 'yes = " "\n', "common / yes is empty"),
    (ZH, 'yes = "是"\n', "yes = 是\n", "Invalid value"),
    (ZH, "停留地{number}", "停留地{place}", "item has other placeholders"),
    (ZH, "请按护照或旅行证件上的内容填写。", HINT, "section / person / hint is not translated"),
    ("countries/zh-Hans.toml", "CN = ", "XX = ", 'no name for "CN"'),
    (ZH, 'too_early = "{thing}不能早于{earliest}，请核对"\n', "", 'no sentence for "too_early"'),
    (ZH, "[field.symptoms.errors]\nrequired", "[field.symptoms.errors]\nreqired", 'never refused for "reqired"'),
    ("current.toml", "arrival = 1", "arrival = 7", '"arrival" has no version 7'),
    ("current.toml", "arrival = 1", "", 'which version of "arrival"'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), BROKEN)
def test_what_is_broken_is_named_with_file_and_line(forms: Path, name: str, old: str, new: str, said: str) -> None:
    path = forms / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [fault for fault in faults(forms) if said in fault.said]
    assert found, [str(fault) for fault in faults(forms)]
    assert found[0].file == path
    assert str(found[0]).startswith(f"{path}:{found[0].line}: ")


@pytest.mark.parametrize(
    ("name", "old", "new", "at"),
    [
        (FORM, 'type = "name"\nmax = 40', 'type = "name"\nmax = 0', "[field.name_zh]"),
        (FORM, 'signs = "consent"\n', "", "[field.consent_sensitive]"),
        (FORM, 'fields = ["from", "to"]', 'fields = ["from", "till"]', 'fields = ["from", "till"]'),
        (FORM, '"flight_number", "arrival_date", "seat"', '"flight_number", "arrival_date", "sear"', '"sear"'),
        (EN, 'other = "Another document"', 'others = "Another document"', "[field.document_type.choices]"),
        (ZH, 'hint = "可多选。"\n\n[field.symptoms.choices]', 'hnt = "可多选。"\n\n[field.symptoms.choices]', "hnt"),
    ],
)
def test_the_line_is_that_of_the_mistake(forms: Path, name: str, old: str, new: str, at: str) -> None:
    path = forms / name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    lines = path.read_text("utf-8").splitlines()
    first = next(fault for fault in faults(forms) if fault.file == path)
    assert at in lines[first.line - 1], str(first)


def test_files_that_are_missing_or_for_nothing(forms: Path) -> None:
    (forms / ZH).rename(forms / "arrival/v1/tlh.toml")
    assert [str(fault).removeprefix(f"{forms}/") for fault in faults_of("arrival", forms)] == [
        f"{ZH}:1: this file is missing",
        'arrival/v1/tlh.toml:1: "tlh" is none of the languages of form.toml',
    ]
    assert [fault.said for fault in faults_of("nothing", forms)] == ["there is no such form"]


def test_a_box_that_a_form_asks_for_has_words(forms: Path) -> None:
    path = forms / "quarantine_checkin" / "v1" / "form.toml"
    path.write_text(path.read_text("utf-8").replace("[[section]]", '[lines]\nbefore = "temperature"\n\n[[section]]', 1))
    said = {str(fault.file): fault.said for fault in faults(forms)}
    assert said[str(forms / DAILY)] == "[lines] is missing"


@pytest.mark.parametrize("form_id", ["arrival", "quarantine_checkin"])
def test_a_form_is_put_into_pages_of_every_language(form_id: str, tmp_path: Path) -> None:
    form = load(form_id, 1)
    pages = write_preview(form, tmp_path / "preview")
    assert {page.name for page in pages} >= {
        f"{tag}{kind}.html" for tag in form.languages for kind in ("", "-errors", "-print")
    }
    for page in pages:
        language = page.stem.removesuffix("-errors").removesuffix("-print")
        text = page.read_text("utf-8")
        assert form.texts(language).file.title in text
        assert ("govuk-error-summary" in text) == page.stem.endswith("-errors")
        assert 'href="static/main.css"' in text
    assert (tmp_path / "preview" / "static" / "main.css").is_file()
