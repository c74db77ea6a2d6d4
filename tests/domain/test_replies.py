"""What a text means: words of twelve languages, codes in any script, and everything else for a person to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.replies import Reply, Said, read_reply
from chalicelib.messaging.keywords import keywords

LANGUAGES = ["en", "zh-Hans", "zh-Hant", "ja", "ko", "fr", "es", "ru", "ar", "pt", "th", "vi"]


def said(body: str) -> Said:
    return read_reply(body, keywords()).said


@pytest.mark.parametrize("kind", ["stop", "start", "help", "yes"])
def test_every_language_has_its_words(kind: str) -> None:
    assert list(keywords()[kind]) == LANGUAGES
    assert all(keywords()[kind].values())


@pytest.mark.parametrize("kind", ["stop", "start", "help", "yes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_taken_for_what_it_is(kind: str, language: str) -> None:
    for word in keywords()[kind][language]:
        for typed in (word, f"  {word.upper()}! ", f"\u200f{word}。"):
            assert said(typed) == kind, typed


def test_no_word_means_two_things() -> None:
    meaning: dict[str, str] = {}
    for kind, languages in keywords().items():
        for words in languages.values():
            for word in words:
                assert meaning.setdefault(word, kind) == kind, word


@pytest.mark.parametrize(
    ("body", "language"), [("STOP", "en"), ("退订", "zh-Hans"), ("退訂", "zh-Hant"), ("ＳＴＯＰ", "en"), ("หยุด", "th")]
)
def test_the_language_of_a_word_is_known(body: str, language: str) -> None:
    assert read_reply(body, keywords()) == Reply(Said.STOP, language=language)


@pytest.mark.parametrize(
    "body",
    [
        "4821", "ok 4821", "OK4821", " 4 8 2 1 ", "48 21", "４８２１", "٤٨٢١", "۴۸۲۱", "४८२१", "๔๘๒๑", "确认码４８２１",
        "code: 4821.", "4821 received, thank you", "#4821", "48-21", "\u200f4821\u200e", "4821\n--\nsent from my phone",
    ],
)  # fmt: skip
def test_a_code_is_found_however_it_is_typed(body: str) -> None:
    reply = read_reply(body, keywords())
    assert (reply.said, reply.codes) == (Said.CODE, ("4821",))


@pytest.mark.parametrize(
    ("body", "more"), [("4821", False), ("OK, 4821!", False), ("收到 ４８２１", False), ("4821, one is bleeding", True)]
)
def test_what_stands_beside_a_code_is_not_lost(body: str, more: bool) -> None:
    assert read_reply(body, keywords()).more is more


@pytest.mark.parametrize("body", ["st\u200bop", "s\u00adtop", "\u2066stop\u2069"])
def test_what_cannot_be_seen_does_not_part_a_word(body: str) -> None:
    assert said(body) == Said.STOP


def test_several_numbers_are_all_tried() -> None:
    assert read_reply("at 2026 code 4821", keywords()).codes == ("2026", "4821")
    assert len(read_reply(" ".join(str(number) for number in range(1000, 1300)), keywords()).codes) == 5


@pytest.mark.parametrize(
    "body",
    ["", "where is my son?", "please stop here for lunch", "I need help with the bus", "48211", "482", "12:30 bus 7",
     "🙏", "\u0000", "stop start"],
)  # fmt: skip
def test_the_rest_is_for_a_person(body: str) -> None:
    assert said(body) == Said.OTHER


@given(st.text(max_size=2_000))
def test_nothing_that_is_typed_breaks_it(body: str) -> None:
    reply = read_reply(body, keywords())
    assert all(len(code) == 4 and code.isascii() and code.isdecimal() for code in reply.codes)


def test_a_long_text_is_looked_at_as_far_as_texts_go() -> None:
    assert said("x" * 1_600 + " 4821") == Said.OTHER
