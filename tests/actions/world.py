"""A whole Waystation without a database: the store in memory, a clock that is set, a queue that remembers."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.move_traveller import move_traveller
from chalicelib.actions.open_dispatch import NewDispatch, open_dispatch
from chalicelib.actions.ports import Digests, Ports, Store
from chalicelib.actions.quarantine import Placement, start_quarantine
from chalicelib.actions.release import release_due
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.actions.submit_declaration import Receipt, submit_declaration
from chalicelib.domain.case import Case, Signed
from chalicelib.domain.declaration import Declaration
from chalicelib.domain.dispatch import Dispatch, Escort, Vehicle
from chalicelib.domain.messages import Message
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import District
from chalicelib.domain.work import Task
from chalicelib.messaging import texts
from chalicelib.messaging.prices import prices
from chalicelib.storage.drills import RememberedDrills
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.storage.memory import MemoryStore
from chalicelib.storage.places import RememberedPlaces
from chalicelib.storage.spending import RememberedSpending
from infra.reference.load import load

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Chongqing, far from quiet hours and from a change of month."""
COORDINATOR = Officer(officer_id="coordinator", desks=frozenset({"coordination"}))
YUZHONG = Officer(officer_id="yuzhong-desk", desks=frozenset({"district"}), district="yuzhong")
JIANGBEI = Officer(officer_id="jiangbei-desk", desks=frozenset({"district"}), district="jiangbei")
ESCORT = Escort("王强", "+8613800138111")
MOTHER, OWN = "+8613900139000", "+8613800138000"
SIGNED = (Signed("commitment", "1", "0" * 64),)


@dataclass
class Clock:
    """Stands until a test moves it."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@dataclass
class Nudges:
    """A queue that remembers, or is away."""

    taken: list[tuple[str, str]] = field(default_factory=list)
    away: bool = False
    delays: list[int] = field(default_factory=list)
    line: int = 0

    def nudge(self, kind: str, key: str, delay: int = 0) -> bool:
        """Remember it, and in how many seconds."""
        if not self.away:
            self.taken.append((kind, key))
            self.delays.append(delay)
        return not self.away

    def waiting(self) -> int:
        """As many as a test says."""
        return self.line


class PlainDigests:
    """Digests with a key a month that nobody keeps secret."""

    def digest(self, month: str, kind: str, value: str) -> str:
        """Another one each month."""
        return hashlib.sha256(f"{month}|{kind}|{value}".encode()).hexdigest()[:32]


def person(document: str = "E12345678", **changes: Any) -> dict[str, Any]:
    """One person's own answers, normalised."""
    own = {
        "family_name": "LI", "given_names": "XIAOMING", "name_zh": "李小明", "sex": "male",
        "date_of_birth": "1984-03-27", "nationality": "CN", "document_type": "passport",
        "document_number": document, "document_country": "CN", "no_symptoms": True, "symptoms": [],
        "fever_medicine_72h": "no", "contact_with_case": "no", "positive_test_14d": "no",
    }  # fmt: skip
    return {name: value for name, value in {**own, **changes}.items() if value is not None}


def contact(phone: str = MOTHER, **changes: Any) -> dict[str, Any]:
    """A family contact, normalised."""
    return {"name": "李华", "relation": "母亲", "phone": phone, "reach": "text", "language": "zh-Hans", **changes}


def daughter(document: str = "E87654321", **changes: Any) -> dict[str, Any]:
    """A companion's answers, normalised."""
    child = {"given_names": "MEI", "name_zh": "李梅", "date_of_birth": "2015-06-01", "relation": "daughter"}
    return person(document, **{**child, **changes})


def declaration(key: str = "", point: str = "CKG", language: str = "zh-Hans", **changes: Any) -> Declaration:
    """What a declarer sends; ``changes`` are answers."""
    shared = {
        "flight_number": "CA406", "arrival_date": "2026-11-23", "phone": OWN, "email": "li@example.com",
        "household_registration": "yuzhong", "destination_district": "yuzhong",
        "destination_address": "解放碑民权路1号", "family_contacts": [contact()], "consent_sensitive": True,
        "commitment": True, "signature_name": "李小明",
    }  # fmt: skip
    answers = {name: value for name, value in {**person(), **shared, **changes}.items() if value is not None}
    return Declaration(
        point=point, language=language, form="arrival", form_version=1, signed=SIGNED, answers=answers, key=key
    )


class World:
    """Ports over ``store``, and the journey's steps in one word each."""

    def __init__(self, store: Store | None = None, digests: Digests | None = None) -> None:
        self.store: Store = store or MemoryStore()
        self.clock = Clock()
        self.queue = Nudges()
        load(self.store, examples=True)
        self.ports = Ports(
            store=self.store, queue=self.queue, digests=digests or PlainDigests(), texts=texts,
            places=RememberedPlaces(self.store, seconds=lambda: 0.0), clock=self.clock,
            prices=prices(), spending=RememberedSpending(self.store, seconds=lambda: self.clock.now.timestamp()),
            drills=RememberedDrills(self.store, whole=False, simulated=False, seconds=lambda: 0.0),
        )  # fmt: skip

    def change_district(self, district: str, **changes: Any) -> None:
        """Reference data as a district keeps it."""
        from chalicelib.actions.ports import Save

        self.store.commit([Save(replace(self.store.get(District, district), **changes))])
        self.ports = replace(self.ports, places=RememberedPlaces(self.store, seconds=lambda: 0.0))

    def declare(self, key: str = "", **answers: Any) -> Receipt:
        """A declaration's receipt."""
        return submit_declaration(self.ports, declaration(key, **answers))

    def case(self, case_id: str) -> Case:
        """As it is stored."""
        return self.store.get(Case, case_id)

    def move(self, case_id: str, *verbs: str, reason: str = "because") -> Case:
        """One verb after the other."""
        for verb in verbs:
            move_traveller(self.ports, COORDINATOR, case_id, verb, reason)
        return self.case(case_id)

    def registered(self, document: str = "E12345678", **answers: Any) -> str:
        """One traveller at the diversion point."""
        case_id = self.declare(**person(document), **answers).declaration_id
        self.move(case_id, "verify", "register")
        return case_id

    def opened(
        self, *case_ids: str, key: str = "k", district: str = "yuzhong", capacity: int = 40, escort: Escort = ESCORT
    ) -> Dispatch:
        """A vehicle that is boarding."""
        new = NewDispatch(district, Vehicle("渝A12345", "bus", capacity), escort, case_ids, key)
        return open_dispatch(self.ports, COORDINATOR, new)

    def departed(self, *case_ids: str, aboard: tuple[str, ...] | None = None, **how: Any) -> str:
        """A vehicle on the road with all its roster, or with those ``aboard``; nobody is settled yet."""
        dispatch_id = self.opened(*case_ids, **how).dispatch_id
        for case_id in case_ids if aboard is None else aboard:
            board_traveller(self.ports, COORDINATOR, dispatch_id, case_id)
        depart_dispatch(self.ports, COORDINATOR, dispatch_id)
        return dispatch_id

    def settle(self, dispatch_id: str, stage: str) -> int:
        """The fan-out to the end."""
        return settle_travellers(self.ports, dispatch_id, stage)

    def handed_over(self, dispatch_id: str, *present: str) -> None:
        """Counted and acknowledged; nobody is settled yet."""
        arrive_dispatch(self.ports, COORDINATOR, dispatch_id, present)
        acknowledge_handover(self.ports, COORDINATOR, dispatch_id)

    def received(self, *case_ids: str, **how: Any) -> str:
        """A whole dispatch."""
        dispatch_id = self.departed(*case_ids, **how)
        self.settle(dispatch_id, "departed")
        self.handed_over(dispatch_id, *case_ids)
        self.settle(dispatch_id, "acknowledged")
        return dispatch_id

    def quarantined(self, document: str = "E12345678", days: int | None = None, **answers: Any) -> str:
        """One traveller in a hotel."""
        case_id = self.registered(document, **answers)
        self.received(case_id, key=document)
        start_quarantine(self.ports, COORDINATOR, case_id, Placement("hotel", "滨江酒店", "1203", days=days), None)
        return case_id

    def release_due(self, now: datetime) -> dict[str, int]:
        """The job, as if it were ``now``."""
        return release_due(self.ports, now, due_shards("release"), stamp(now))

    def kept(self, kind: type) -> list[Any]:
        """Every entity of a kind; for the store in memory."""
        assert isinstance(self.store, MemoryStore)
        return [entity for entity in self.store.rows.values() if isinstance(entity, kind)]

    def messages(self, event: str = "", case_id: str = "") -> list[Message]:
        """Texts, in the order in which they were owed."""
        found = [m for m in self.kept(Message) if event in ("", m.event) and case_id in ("", m.traveller_id)]
        return sorted(found, key=lambda message: message.created_at)

    def tasks(self, kind: str = "") -> list[Task]:
        """What the desks have to do."""
        return [task for task in self.kept(Task) if kind in ("", task.kind)]


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in Chongqing, as an instant."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=8)
