"""References that are read aloud: what is misheard or mistyped is mostly caught."""

from string import ascii_letters

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain.identifiers import ALPHABET, LENGTH, case_id_of, derived_digits, derived_id, reference

IDS = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)
PLACES = st.integers(0, LENGTH)


def plain(case_id: str) -> str:
    return reference(case_id).replace("-", "")


@given(IDS)
def test_a_reference_gives_its_case_back_however_it_is_typed(case_id: str) -> None:
    shown = reference(case_id)
    assert [len(group) for group in shown.split("-")] == [4, 4, 4]
    heard = shown.replace("1", "l").replace("0", "o").replace("-", " – ")
    assert case_id_of(shown) == case_id_of(shown.lower()) == case_id_of(heard) == case_id


@given(IDS, PLACES, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(case_id: str, place: int, letter: str) -> None:
    typed = plain(case_id)
    # 0 and Z count alike modulo 31: the one pair that a check of one character cannot tell apart.
    assume({typed[place], letter} - {"0", "Z"} and typed[place] != letter)
    assert case_id_of(typed[:place] + letter + typed[place + 1 :]) is None


@given(IDS, st.integers(0, LENGTH - 2))
def test_two_neighbours_swapped_are_caught(case_id: str, place: int) -> None:
    typed = plain(case_id)
    one, other = typed[place], typed[place + 1]
    assume({one, other} - {"0", "Z"} and one != other)
    assert case_id_of(typed[:place] + other + one + typed[place + 2 :]) is None


@pytest.mark.parametrize(
    "typed", ["", "7K3M", "7K3M-9QX2-0AB", "7K3M-9QX2-0ABCD", "李小明", "7K3M_9QX2_0ABC", "?" * 12]
)
def test_what_cannot_be_a_reference_is_none(typed: str) -> None:
    assert case_id_of(typed) is None


@given(st.lists(st.text(), min_size=1, max_size=4), st.integers(1, 40))
def test_an_id_derives_from_its_parts_alone(parts: list[str], length: int) -> None:
    identity = derived_id(*parts, length=length)
    assert identity == derived_id(*parts, length=length)
    assert len(identity) == length
    assert set(identity) <= set(ALPHABET)
    assert derived_id(*parts, "more", length=20) != derived_id(*parts, length=20)


def test_parts_do_not_run_into_each_other() -> None:
    assert derived_id("ab", "c") != derived_id("a", "bc")
    assert len(derived_digits("code", "x", length=4)) == 4


def test_ids_that_are_made_differ() -> None:
    made = {derived_id("case", letter, other) for letter in ascii_letters for other in ascii_letters}
    assert len(made) == len(ascii_letters) ** 2
