"""Passes: signed, short enough for a QR code, and nothing but what they say."""

import base64
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import NotFound
from chalicelib.domain.identifiers import ALPHABET
from chalicelib.passes.checking import judge
from chalicelib.passes.tokens import EPOCH, LAST, Pass, PassSigner
from tests.passes.flipping import flipped, respelt

SIGNER, OTHER = PassSigner(b"a" * 32), PassSigner(b"b" * 32)
HOLDER = Pass("7K3M9QX20AB", "CKG", date(2026, 11, 23))
PASSES = st.builds(
    Pass, st.text(ALPHABET, min_size=11, max_size=11), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3),
    st.dates(EPOCH, LAST),
)  # fmt: skip


@given(PASSES)
def test_a_token_says_what_was_signed(holder: Pass) -> None:
    token = SIGNER.token(holder)
    assert SIGNER.read(token) == SIGNER.read(token.lower()) == holder
    assert SIGNER.read_certificate(SIGNER.certificate(holder)) == holder


@pytest.mark.parametrize("day", [EPOCH - timedelta(days=1), LAST + timedelta(days=1)])
def test_a_day_that_a_token_cannot_say_is_refused_and_never_spells_another_point(day: date) -> None:
    with pytest.raises(ValueError, match="date"):
        SIGNER.token(Pass(HOLDER.case_id, "AAA", day))


def test_the_same_pass_is_the_same_token_of_a_qr_codes_letters() -> None:
    token = SIGNER.token(HOLDER)
    assert token == SIGNER.token(HOLDER)
    assert len(token) == 122
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


@given(st.data())
def test_any_changed_character_is_no_pass(data: st.DataObject) -> None:
    token = SIGNER.token(HOLDER)
    place = data.draw(st.integers(0, len(token) - 2))  # the last one has bits that say nothing
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").filter(lambda drawn: drawn != token[place]))
    with pytest.raises(NotFound):
        SIGNER.read(token[:place] + letter + token[place + 1 :])


@given(st.text(max_size=200))
def test_nothing_else_is_one(text: str) -> None:
    with pytest.raises(NotFound):
        SIGNER.read(text)


def test_a_certificate_opens_no_pass_and_a_pass_proves_no_certificate() -> None:
    with pytest.raises(NotFound):
        SIGNER.read(SIGNER.certificate(HOLDER))
    with pytest.raises(NotFound):
        SIGNER.read_certificate(SIGNER.token(HOLDER))


def test_another_deployments_pass_is_none() -> None:
    with pytest.raises(NotFound):
        SIGNER.read(OTHER.token(HOLDER))


def test_a_token_with_more_behind_it_is_none() -> None:
    raw = base64.b32decode(SIGNER.token(HOLDER) + "=" * 6)
    for other in (raw + b"\0", raw[:-1], b"\2" + raw[1:], b""):
        with pytest.raises(NotFound):
            SIGNER.read(base64.b32encode(other).decode().rstrip("="))


def test_every_bit_of_a_token_is_guarded() -> None:
    token = SIGNER.token(HOLDER)
    changed = flipped(token)
    assert len(set(changed)) == len(token) * 5 == 610
    assert judge(SIGNER, token, HOLDER.point, HOLDER.date).fault == ""
    assert {judge(SIGNER, one, HOLDER.point, HOLDER.date).fault for one in (*changed, respelt(token))} == {"forged"}


def test_the_public_key_is_all_that_a_device_needs() -> None:
    token = SIGNER.token(HOLDER)
    raw = base64.b32decode(token + "=" * 6)
    Ed25519PublicKey.from_public_bytes(SIGNER.public_keys[raw[0]]).verify(raw[12:], raw[:12])
    assert SIGNER.public_keys != OTHER.public_keys
