"""A text beside whom it concerns: travellers whose own or whose contact's phone wrote; and on a desk to be read."""

from dataclasses import dataclass

from chalicelib.actions.acknowledge_by_code import districts_of
from chalicelib.actions.answer_text import Conversation
from chalicelib.actions.find_travellers import by_phone
from chalicelib.actions.ports import Change, Owe, Ports, Save
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.notices import masked_name
from chalicelib.domain.places import Contact, Point
from chalicelib.domain.received import ReceivedText, Sender
from chalicelib.domain.replies import Said
from chalicelib.domain.work import Task, TaskPerson

MOST = 10
"""Travellers beside whom one text is shown: thirty workers may share their company's phone."""
TO_READ = frozenset({Said.OTHER, Said.CODE, Said.YES})
"""What a person must read; words that are dealt with by themselves are only shown."""


@dataclass(frozen=True)
class Senders:
    """Who may have written: travellers, newest first, and the contact of a district, where the phone is one's."""

    phone: str
    point: Point
    cases: tuple[Case, ...]
    contact: Contact | None
    contact_district: str | None

    @property
    def district(self) -> str | None:
        """Whose people it is about."""
        return self.cases[0].district if self.cases else self.contact_district

    @property
    def traveller_id(self) -> str | None:
        """The traveller beside whom it is shown first."""
        return self.cases[0].case_id if self.cases else None

    @property
    def name(self) -> str:
        """As the traveller named them, else the traveller; else the district's contact."""
        known = [one.name for case in self.cases for one in case.family_contacts if one.phone == self.phone]
        own = [masked_name(case) for case in self.cases[:1]]
        return next(iter((*known, *own, self.contact.name if self.contact else "")), "")

    @property
    def language(self) -> str:
        """The one in which they were told, or nothing."""
        known = [
            one.language or case.language
            for case in self.cases
            for one in case.family_contacts
            if one.phone == self.phone
        ]
        own = [case.language for case in self.cases[:1]]
        return next(iter((*known, *own, *([self.contact.language] if self.contact else []))), "")


def whose(ports: Ports, phone: str) -> Senders:
    """Everybody whom a phone may belong to."""
    points = ports.places.points()
    first = points[min(points)]
    ids = by_phone(ports, phone, local_date(ports.clock(), first.time_zone))
    known = ports.store.many(Case, [(case_id,) for case_id in dict.fromkeys(ids)]).values()
    cases = tuple(sorted(known, key=lambda case: case.declared_at, reverse=True)[:MOST])
    district, contact = next(iter(districts_of(ports, phone)), (None, None))
    point = points.get(cases[0].point, first) if cases else first
    return Senders(phone, point, cases, contact, district.district if district else None)


def filed(
    ports: Ports, text_id: str, body: str, said: Said, talk: Conversation, senders: Senders
) -> list[Change]:  # fmt: skip
    """The text beside each traveller, and a task where it must be read; nothing of a number that floods us."""
    if not talk.exchange.may_ask:
        return []
    shown: list[Change] = [Save(_beside(ports, case, text_id, body, said, senders)) for case in senders.cases]
    return [*shown, *([Owe(_task(ports, text_id, body, senders))] if said in TO_READ else [])]


def _beside(ports: Ports, case: Case, text_id: str, body: str, said: Said, senders: Senders) -> ReceivedText:
    return ReceivedText(
        case_id=case.case_id, text_id=text_id, at=ports.clock(), said=said.value, sealed_with=case.sealed_with,
        personal=Sender(senders.phone, senders.name, body),
    )  # fmt: skip


def _task(ports: Ports, text_id: str, body: str, senders: Senders) -> Task:
    """The hotel desk reads what families write; what a district's contact writes is the coordinator's."""
    now, point = ports.clock(), senders.point
    today = local_date(now, point.time_zone)
    of_district = senders.contact is not None and not senders.cases
    return Task(
        task_id=derived_id("text", text_id, length=20), desk="coordination" if of_district else "hotel",
        point=point.point, day=today, kind="text_received", created_at=now, traveller_id=senders.traveller_id,
        district=senders.district,
        sealed_with=senders.cases[0].sealed_with if senders.cases else f"{point.point}#{today}",
        personal=TaskPerson(senders.name, senders.phone, body),
    )  # fmt: skip
