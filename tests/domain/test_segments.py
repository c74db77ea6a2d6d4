"""Units and segments as networks count them, and cleaning that touches no letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.segments import GSM_BASIC, GSM_EXTENSION, Segments, clean, is_gsm, measure

CASES = [
    ("", Segments("GSM-7", 0, 1)),
    ("a" * 160, Segments("GSM-7", 160, 1)),
    ("a" * 161, Segments("GSM-7", 161, 2)),
    ("a" * 306, Segments("GSM-7", 306, 2)),
    ("a" * 307, Segments("GSM-7", 307, 3)),
    ("€" * 80, Segments("GSM-7", 160, 1)),
    ("€" * 80 + "a", Segments("GSM-7", 161, 2)),
    ("a" * 152 + "€" + "a" * 152, Segments("GSM-7", 306, 3)),
    ("汉" * 70, Segments("UCS-2", 70, 1)),
    ("汉" * 71, Segments("UCS-2", 71, 2)),
    ("汉" * 134, Segments("UCS-2", 134, 2)),
    ("汉" * 135, Segments("UCS-2", 135, 3)),
    ("😀" * 35, Segments("UCS-2", 70, 1)),
    ("😀" * 36, Segments("UCS-2", 72, 2)),
    ("汉" * 66 + "😀" + "汉" * 66, Segments("UCS-2", 134, 3)),
    ("ç" + "a" * 70, Segments("UCS-2", 71, 2)),
    ("Ç" + "a" * 159, Segments("GSM-7", 160, 1)),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_measure(text: str, expected: Segments) -> None:
    assert measure(text) == expected


def test_the_alphabet_is_complete() -> None:
    assert len(GSM_BASIC) == 127  # 128 places, one of them the escape
    assert len(GSM_EXTENSION) == 10


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("it’s “fine”", 'it\'s "fine"'),
        ("12–14 Dec — soon…", "12-14 Dec - soon..."),
        ("a\u00a0b\u202fc\u200b", "a b c"),
        ("他说“好”…", "他说“好”…"),
        ("François’", "François’"),
    ],
)
def test_clean(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


def test_a_curly_apostrophe_does_not_double_the_price() -> None:
    text = "x" * 100 + "’"
    assert (measure(text).segments, measure(clean(text)).segments) == (2, 1)


@given(st.characters(categories=["L", "M", "N"]))
def test_cleaning_never_touches_a_letter_mark_or_digit(letter: str) -> None:
    assert clean(f"a{letter}b") == f"a{letter}b"


SCRIPTS = ["LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "HEBREW", "ARABIC", "DEVANAGARI", "BENGALI", "TAMIL", "SINHALA",
           "THAI", "LAO", "TIBETAN", "MYANMAR", "GEORGIAN", "HANGUL", "ETHIOPIC", "KHMER", "MONGOLIAN", "HIRAGANA",
           "KATAKANA", "BOPOMOFO", "CJK"]  # fmt: skip
LETTERS: dict[str, list[str]] = {script: [] for script in SCRIPTS}
for sign in map(chr, range(0x20000)):
    if unicodedata.category(sign)[0] in "LMN" and (script := unicodedata.name(sign, "").partition(" ")[0]) in LETTERS:
        LETTERS[script].append(sign)
TYPED = "‘’‚“”„«»–—−…\u00a0\u202f\u3000\u200b\ufeff"


@pytest.mark.parametrize("script", SCRIPTS)
@given(data=st.data())
def test_cleaning_touches_no_letter_of_any_script(script: str, data: st.DataObject) -> None:
    own = st.sampled_from(LETTERS[script])
    text = data.draw(st.text(st.one_of(own, own, st.sampled_from(TYPED), st.sampled_from("aé1€'")), max_size=80))
    kept = [sign for sign in text if unicodedata.category(sign)[0] in "LMN"]
    assert [sign for sign in clean(text) if unicodedata.category(sign)[0] in "LMN"] == kept


@given(st.text(st.sampled_from([*sorted(GSM_BASIC | GSM_EXTENSION), *TYPED]), max_size=200))
def test_a_gsm_text_with_typography_stays_gsm(text: str) -> None:
    assert is_gsm(clean(text))


@given(st.text(st.sampled_from(sorted(GSM_BASIC | GSM_EXTENSION - set("`"))), max_size=200))
def test_a_gsm_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_never_dearer(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert is_gsm(clean(text)) or clean(text) == text
    letters = [sign for sign in text if unicodedata.category(sign)[0] in "LMN"]
    assert [sign for sign in clean(text) if unicodedata.category(sign)[0] in "LMN"] == letters


@given(st.text(max_size=400))
def test_units_never_exceed_what_is_paid_for(text: str) -> None:
    found = measure(text)
    each = {"GSM-7": (160, 153), "UCS-2": (70, 67)}[found.encoding]
    room = each[0] if found.segments == 1 else each[1] * found.segments
    assert found.units <= room
    assert found.segments == 1 or found.units > each[0]
