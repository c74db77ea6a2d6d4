"""Phones of answers: hidden wherever they stand, and back from their masks unless a mask is two numbers'."""

from typing import Any

from chalicelib.domain.masked_answers import masked, restored

OWN, MOTHER, AUNT = "+8613800138000", "+8613900139000", "+6581234567"
KEPT: dict[str, Any] = {
    "phone": OWN, "email": "li@example.com", "symptoms": ["fever"], "no_symptoms": False,
    "family_contacts": [{"name": "李华", "phone": MOTHER}, {"name": "李梅", "phone": AUNT}],
}  # fmt: skip
HIDDEN = "+86 138••••8000"


def test_every_phone_is_masked_and_nothing_else() -> None:
    shown = masked(KEPT)
    assert (shown["phone"], shown["family_contacts"][0]["phone"]) == (HIDDEN, "+86 139••••9000")
    assert not any(number in str(shown) for number in (OWN, MOTHER, AUNT))
    assert {**shown, "phone": OWN, "family_contacts": KEPT["family_contacts"]} == KEPT


def test_what_was_not_typed_anew_comes_back_wherever_it_stands_now() -> None:
    shown = masked(KEPT)
    assert restored(shown, KEPT) == KEPT
    moved = {**shown, "phone": f" {shown['phone']} ", "family_contacts": shown["family_contacts"][1:]}
    assert restored(moved, KEPT) == {**KEPT, "family_contacts": KEPT["family_contacts"][1:]}


def test_what_was_typed_stays_as_it_was_typed() -> None:
    typed = {"phone": "139 1111 2222", "family_contacts": "nonsense", "seat": HIDDEN}
    assert restored(typed, KEPT) == typed
    assert restored({"phone": "+86 137••••8000"}, KEPT) == {"phone": "+86 137••••8000"}


def test_a_mask_of_two_numbers_is_nobodys() -> None:
    twins = {"phone": OWN, "family_contacts": [{"phone": "+8613812348000"}]}
    assert restored(masked(twins), twins) == masked(twins)
    same = {"phone": OWN, "family_contacts": [{"phone": OWN}]}
    assert restored(masked(same), same) == same
