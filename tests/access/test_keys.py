"""Keys of programs."""

import pytest

from chalicelib.access.gate import Gate
from chalicelib.domain.errors import Invalid, NotFound, NotSignedIn


def test_a_key_stands_for_its_desk(gate: Gate) -> None:
    officer = gate.keys.officer(gate.keys.make("district", "yuzhong", "boss"))
    assert (officer.desks, officer.district) == (frozenset({"district"}), "yuzhong")
    assert officer.officer_id.startswith("key:")


def test_only_the_whole_key_is_the_key(gate: Gate) -> None:
    key = gate.keys.make("onsite", None, "boss")
    other = gate.keys.make("coordination", None, "boss")
    mixed = "_".join([*other.split("_")[:2], key.split("_", 2)[2]])
    for wrong in ("", "wsk", key[:-1], key + "a", key.upper(), key + "\n", mixed, "Bearer " + key):
        with pytest.raises(NotSignedIn):
            gate.keys.officer(wrong)


def test_a_withdrawn_key_opens_nothing(gate: Gate) -> None:
    key = gate.keys.make("onsite", None, "boss")
    gate.keys.withdraw(key.split("_")[1])
    with pytest.raises(NotSignedIn):
        gate.keys.officer(key)
    with pytest.raises(NotFound):
        gate.keys.withdraw("0" * 16)


@pytest.mark.parametrize(("desk", "district"), [("kitchen", None), ("district", None), ("onsite", "yuzhong"), ("", "")])
def test_desks_that_have_no_key(gate: Gate, desk: str, district: str | None) -> None:
    with pytest.raises(Invalid):
        gate.keys.make(desk, district, "boss")
