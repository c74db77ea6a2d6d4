"""The audit of one case or dispatch: a chain of hashes, so that an edited entry shows."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Head:
    """Where a chain stands: how many entries, and the hash of the last one."""

    count: int = 0
    digest: str = ""


@dataclass(frozen=True)
class Detail:
    """The personal part of an entry (a reason, corrected fields), with a salt so that its digest cannot be guessed."""

    salt: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One change of state: who, when, which verb, from where to where. ``subject`` is a case's or dispatch's id."""

    subject: str
    subject_kind: str
    number: int
    at: datetime
    actor: str
    verb: str
    before: str
    after: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    detail_digest: str
    previous: str
    digest: str
    sealed_with: str
    personal: Detail
    version: int = 0


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def detail_digest(detail: Detail) -> str:
    """The digest that stands in the chain for the sealed detail: the chain outlives the shredding of its key."""
    return _hash([detail.salt, detail.facts])


def entry_digest(entry: AuditEntry) -> str:
    """The hash that the next entry carries as ``previous``."""
    return _hash(
        [entry.subject, entry.number, entry.at.isoformat(), entry.actor, entry.verb, entry.before, entry.after,
         dict(entry.facts), entry.detail_digest, entry.previous]
    )  # fmt: skip


def intact(entries: Iterable[AuditEntry], head: Head) -> bool:
    """Whether the entries, oldest first, are exactly the chain that ``head`` says was written."""
    count, previous = 0, ""
    for entry in entries:
        count += 1
        if (entry.number, entry.previous) != (count, previous) or entry.digest != entry_digest(entry):
            return False
        if detail_digest(entry.personal) != entry.detail_digest:
            return False
        previous = entry.digest
    return Head(count, previous) == head


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What an officer, a traveller or a job did, before it is chained: ``facts`` are open, ``detail`` is sealed."""

    verb: str
    actor: str
    at: datetime
    before: str
    after: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    detail: Mapping[str, Any] = field(default_factory=dict)


def chained(head: Head, subject: str, kind: str, deed: Deed, sealed_with: str, salt: str) -> tuple[Head, AuditEntry]:
    """The next entry of a chain, and the head that goes with it; ``salt`` is random."""
    personal = Detail(salt, dict(deed.detail))
    entry = AuditEntry(
        subject=subject, subject_kind=kind, number=head.count + 1, at=deed.at, actor=deed.actor, verb=deed.verb,
        before=deed.before, after=deed.after, facts=dict(deed.facts), detail_digest=detail_digest(personal),
        previous=head.digest, digest="", sealed_with=sealed_with, personal=personal,
    )  # fmt: skip
    entry = replace(entry, digest=entry_digest(entry))
    return Head(entry.number, entry.digest), entry
