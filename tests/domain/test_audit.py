"""The chain of hashes: whatever is edited, removed, added or put elsewhere shows."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain.audit import AuditEntry, Deed, Detail, Head, chained, intact
from tests.domain.cases import NOW

EDITS: dict[str, Any] = {
    "subject": "B", "at": NOW + timedelta(days=1), "actor": "nobody", "verb": "exempt", "before": "void",
    "after": "void", "facts": {"edited": True}, "detail_digest": "0", "previous": "0", "digest": "0", "number": 99,
    "personal": Detail("salt", {"reason": "edited"}),
}  # fmt: skip
LENGTHS = st.integers(2, 8)


def chain(length: int) -> tuple[Head, list[AuditEntry]]:
    head, entries = Head(), []
    for number in range(length):
        deed = Deed(
            verb="verify", actor="officer", at=NOW + timedelta(minutes=number), before="declared", after="verified",
            facts={"n": number, "day": NOW.date()}, detail={"reason": f"reason {number}"},
        )  # fmt: skip
        head, entry = chained(head, "A", "case", deed, "CKG#2026-11-23", f"salt{number}")
        entries.append(entry)
    return head, entries


@given(LENGTHS)
def test_a_chain_as_it_was_written_is_intact(length: int) -> None:
    head, entries = chain(length)
    assert intact(entries, head)
    assert head.count == length


@given(LENGTHS, st.data(), st.sampled_from(sorted(EDITS)))
def test_any_edit_shows(length: int, data: st.DataObject, field: str) -> None:
    head, entries = chain(length)
    place = data.draw(st.integers(0, length - 1))
    entries[place] = replace(entries[place], **{field: EDITS[field]})
    assert not intact(entries, head)


@given(LENGTHS, st.data(), st.sampled_from(sorted(EDITS)))
def test_an_edit_whose_own_hash_was_made_anew_shows(length: int, data: st.DataObject, field: str) -> None:
    from chalicelib.domain.audit import detail_digest, entry_digest

    assume(field not in ("digest", "detail_digest"))
    head, entries = chain(length)
    place = data.draw(st.integers(0, length - 1))
    edited = replace(entries[place], **{field: EDITS[field]})
    edited = replace(edited, detail_digest=detail_digest(edited.personal))
    entries[place] = replace(edited, digest=entry_digest(edited))
    assert not intact(entries, head)


@given(LENGTHS, st.data())
def test_a_removed_or_repeated_entry_shows(length: int, data: st.DataObject) -> None:
    head, entries = chain(length)
    place = data.draw(st.integers(0, length - 1))
    assert not intact(entries[:place] + entries[place + 1 :], head)
    assert not intact(entries[: place + 1] + entries[place:], head)


@given(st.permutations(range(5)))
def test_another_order_shows(order: list[int]) -> None:
    head, entries = chain(5)
    assert intact([entries[place] for place in order], head) == (order == sorted(order))


@pytest.mark.parametrize("reason", ["no fever", "fever "])
def test_a_sealed_reason_cannot_be_replaced(reason: str) -> None:
    deed = Deed(verb="refer", actor="o", at=NOW, before="declared", after="referred", detail={"reason": "fever"})
    head, entry = chained(Head(), "A", "case", deed, "k", "salt")
    assert not intact([replace(entry, personal=Detail("salt", {"reason": reason}))], head)


def test_the_same_reason_has_another_digest_under_another_salt() -> None:
    deed = Deed(verb="refer", actor="o", at=NOW, before="a", after="b", detail={"reason": "fever"})
    digests = {chained(Head(), "A", "case", deed, "k", salt)[1].detail_digest for salt in ("one", "two")}
    assert len(digests) == 2


def test_nothing_written_is_an_empty_chain() -> None:
    assert intact([], Head())
