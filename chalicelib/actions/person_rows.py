"""The rows of one person who declares: the case and its audit, what claims and finds them, and the alarm."""

import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta

from chalicelib.actions.expiry import in_days
from chalicelib.actions.ports import Change, Claim, Owe, Ports, Save
from chalicelib.domain.audit import Deed, chained
from chalicelib.domain.case import ALARMING, Case
from chalicelib.domain.finding import Finder, Identity
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.states import State
from chalicelib.domain.work import Task

SAME_ARRIVAL = timedelta(days=3)
"""house.md, who is who: the same document within these is the same arrival."""
FOUND_FOR = 60
"""Days that digests of documents and phones find a case: quarantine and its follow-up."""


def declared(case: Case, actor: str, now: datetime) -> list[Change]:
    """A new case and the first entry of its audit."""
    deed = Deed(
        verb="declare", actor=actor, at=now, before="", after=State.DECLARED,
        facts={name: value for name, value in (("linked_to", case.linked_to), ("source", case.source)) if value},
    )  # fmt: skip
    head, entry = chained(case.audit, case.case_id, "case", deed, case.sealed_with, secrets.token_hex(8))
    return [Save(replace(case, audit=head)), Save(entry)]


def claim(ports: Ports, case: Case, document: str, now: datetime) -> Claim:
    """The identity of a document's holder; in a month's first days last month's digest is looked at too."""
    since = case.intake_date - SAME_ARRIVAL
    months = sorted({f"{case.intake_date:%Y-%m}", f"{since:%Y-%m}"}, reverse=True)
    this, *before = (_identity(ports, case, document, month, now) for month in months)
    return Claim(this, since, tuple(before))


def _identity(ports: Ports, case: Case, document: str, month: str, now: datetime) -> Identity:
    return Identity(
        digest=ports.digests.digest(month, "document", document), month=month, case_id=case.case_id,
        party=case.party, zone=case.zone, intake_date=case.intake_date, answers_digest=case.answers_digest,
        expires_at=in_days(now, FOUND_FOR),
    )  # fmt: skip


def finders(ports: Ports, case: Case, now: datetime) -> list[Finder]:
    """What finds the case by the person's phone and by the number of their document, whatever its country."""
    said = {"phone": case.answers.get("phone"), "document": case.answers.get("document_number")}
    return [
        Finder(kind=kind, digest=ports.digests.digest(f"{case.intake_date:%Y-%m}", f"find-{kind}", value),
               case_id=case.case_id, expires_at=in_days(now, FOUND_FOR))
        for kind, value in said.items() if value
    ]  # fmt: skip


def alarms(case: Case, today: date, now: datetime) -> list[Change]:
    """A task of the on-site desk, on today's list, when the answers tell of fever, another symptom, a positive test."""
    if not ALARMING & set(case.signs):
        return []
    task = Task(
        task_id=derived_id("signs", case.case_id, str(case.declarations), length=20), desk="onsite",
        point=case.point, day=today, kind="signs", created_at=now, traveller_id=case.case_id, district=case.district,
        sealed_with=case.sealed_with,
    )  # fmt: skip
    return [Owe(task)]
