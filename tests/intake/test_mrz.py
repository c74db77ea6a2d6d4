"""The lines of a document: the specimens of ICAO 9303, every check digit, every size, and what is told of a slip."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.intake import countries
from chalicelib.intake.mrz import read
from chalicelib.intake.mrz.reading import born, states
from tests.intake import specimens as lines
from tests.intake.example import TODAY, valid_answers
from tests.intake.faults import read as validated

ANNA = {
    "family_name": "ERIKSSON", "given_names": "ANNA MARIA", "sex": "female", "date_of_birth": "1974-08-12",
}  # fmt: skip


def told(text: str) -> list[tuple[str, dict[str, str]]]:
    scan = read(text, TODAY)
    assert not (scan.faults and scan.answers)
    return list(scan.faults)


@pytest.mark.parametrize(
    ("specimen", "answers"),
    [
        (lines.PASSPORT, {**ANNA, "document_type": "passport", "document_number": "L898902C3"}),
        (lines.CARD, {**ANNA, "document_type": "other", "document_number": "D23145890"}),
        (lines.SMALL, {**ANNA, "document_type": "other", "document_number": "D23145890"}),
    ],
)
def test_the_specimens_are_read_and_utopia_is_told(specimen: str, answers: dict[str, str]) -> None:
    scan = read(specimen, TODAY)
    assert (dict(scan.answers), scan.notes) == (answers, (("state", {"code": "UTO"}),))


@pytest.mark.parametrize(("specimen", "line"), [(lines.LONG_CARD, "1"), (lines.LONG_SMALL, "2")])
def test_a_number_too_long_for_its_field_goes_on(specimen: str, line: str) -> None:
    assert read(specimen, TODAY).answers["document_number"] == "D23145890734"
    assert told(specimen.replace("7349", "7342")) == [("check_number", {"line": line})]


def test_what_is_read_is_what_the_form_takes() -> None:
    scan = read(lines.passport(), TODAY)
    answers = validated(valid_answers(**scan.answers))
    assert {name: answers[name] for name in scan.answers} == dict(scan.answers)
    assert dict(scan.answers) == {
        "family_name": "LI", "given_names": "XIAOMING", "sex": "male", "date_of_birth": "1984-03-27",
        "nationality": "CN", "document_type": "passport", "document_number": "E12345678", "document_country": "CN",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "code", "line"),
    [("E12345678", "E12345679", "check_number", "2"), ("840327", "840328", "check_birth", "2"),
     ("300101", "300102", "check_expiry", "2")],
)  # fmt: skip
def test_each_check_digit_is_told_by_name(start: str, end: str, code: str, line: str) -> None:
    assert told(lines.passport().replace(start, end)) == [(code, {"line": line})]


def test_the_last_check_digit_and_the_personal_number() -> None:
    good = lines.passport()
    assert told(good[:-1] + str((int(good[-1]) + 1) % 10)) == [("check_whole", {"line": "2"})]
    assert told(lines.PASSPORT.replace("ZE184226B", "ZE284226B")) == [("check_personal", {"line": "2"})]
    assert not told(good[:-2] + "<" + good[-1]), "an empty field may have a filler for its digit"


def test_several_faults_are_told_at_once() -> None:
    wrong = lines.passport().replace("E12345678", "E12345679").replace("840327", "840328")
    assert [code for code, _ in told(wrong)] == ["check_number", "check_birth"]


@pytest.mark.parametrize(
    ("specimen", "at", "typed", "meant"),
    [
        (lines.passport(number="E10345678"), (2, 3), "O", "0"),
        (lines.passport(number="EO0345678"), (2, 2), "0", "O"),
        (lines.passport(number="EI2345678"), (2, 2), "1", "I"),
        (lines.passport(), (2, 14), "B", "8"),
        (lines.passport(born="010203"), (2, 14), "O", "0"),
        (lines.passport(born="010203"), (2, 15), "I", "1"),
        (lines.passport(name="OLIVO<<IDA"), (1, 6), "0", "O"),
        (lines.passport(name="OLIVO<<IDA"), (1, 8), "1", "I"),
    ],
)
def test_a_slip_of_the_eye_is_told_and_not_mended(specimen: str, at: tuple[int, int], typed: str, meant: str) -> None:
    rows = specimen.split("\n")
    row, place = at
    rows[row - 1] = rows[row - 1][: place - 1] + typed + rows[row - 1][place:]
    where = {"line": str(row), "place": str(place)}
    slip = ("slip", {**where, "found": typed, "meant": meant})
    assert told("\n".join(rows)) == [slip]


def test_lines_come_in_many_ways() -> None:
    good = lines.passport()
    expected = read(good, TODAY).answers
    first, second = good.split("\n")
    ways = (
        good.lower(), f"  {first} \r\n\r\n {second}\t", first + second, good.replace("<<", "«"),
        first.rstrip("<") + "\n" + second,
        " ".join(first) + "\n" + second, good.replace("<", "＜"), f"\ufeff{good}\u200b",
    )  # fmt: skip
    assert [read(way, TODAY).answers for way in ways] == [expected] * len(ways)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [("shape", {})]),
        ("E12345678", [("shape", {})]),
        ("P<CHN\n" * 4, [("shape", {})]),
        ("<" * 401, [("shape", {})]),
        (lines.VISA, [("visa", {})]),
        (lines.passport()[:-2], [("length", {"line": "2", "length": "42", "expected": "44"})]),
        (lines.CARD.replace("D2", "D22"), [("length", {"line": "1", "length": "31", "expected": "30"})]),
        (lines.passport().replace("E1", "E*"), [("characters", {"line": "2", "place": "2"})]),
        (lines.passport(born="84A327"), [("characters", {"line": "2", "place": "16"})]),
    ],
)
def test_what_are_no_lines(text: str, faults: list[Any]) -> None:
    assert told(text) == faults


def test_names_as_the_lines_have_them() -> None:
    def names(name: str) -> tuple[str, str]:
        answers = read(lines.passport(name=name), TODAY).answers
        return answers["family_name"], answers["given_names"]

    assert names("VAN<DER<BERG<<ANNE<MARIE") == ("VAN DER BERG", "ANNE MARIE")
    assert names("ARKFREITH") == ("ARKFREITH", "-")
    long = read(lines.passport(name="PAPANDROPOULOUS<<JONATHON<ALEXANDER<WILLIAM"), TODAY)
    assert long.notes == (("names_cut", {}),)


def test_states_of_every_kind() -> None:
    def of(**said: str) -> tuple[str | None, str | None]:
        answers = read(lines.passport(**said), TODAY).answers
        return answers.get("document_country"), answers.get("nationality")

    assert of(state="D", citizen="D") == ("DE", "DE")
    assert of(state="GBR", citizen="GBO") == ("GB", "GB")
    assert of(state="FRA", citizen="XXA") == ("FR", "FR")
    assert of(state="UNO", citizen="KEN") == (None, "KE")
    assert of(state="RKS", citizen="RKS") == ("XK", "XK")
    assert set(states().values()) == countries.codes()


def test_a_permit_of_the_mainland() -> None:
    kinds = {code: read(lines.card(code, state, "H1234567", "CHAN<<TAI<MAN"), TODAY).answers["document_type"]
             for code, state in (("CR", "CHN"), ("C<", "FRA"), ("I<", "CHN"))}  # fmt: skip
    assert kinds == {"CR": "travel_permit", "C<": "other", "I<": "other"}


def test_the_century_and_what_is_open_of_a_birth() -> None:
    assert born("261123", TODAY) == "2026-11-23"
    assert born("261124", TODAY) == "1926-11-24"
    assert born("000229", TODAY) == "2000-02-29"
    assert born("840231", TODAY) == ""
    scan = read(lines.passport(born="84<<<<"), TODAY)
    assert ("date_of_birth" in scan.answers, scan.notes) == (False, (("birth_open", {}),))
    assert read(lines.passport(sex="<"), TODAY).answers["sex"] == "other"


NEARLY = st.text("PVC<A0O1IB8«\n ", min_size=29, max_size=45)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120) | st.lists(NEARLY, max_size=4).map("\n".join))
def test_whatever_is_typed_is_read_or_told(text: str) -> None:
    scan = read(text, date(2026, 11, 23))
    assert bool(scan.answers) != bool(scan.faults)
