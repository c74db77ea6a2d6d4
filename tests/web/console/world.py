"""Travellers and officers for tests of the console: declared through the real actions, over any wiring."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from chalicelib.access.gate import Gate
from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.move_traveller import move_traveller
from chalicelib.actions.open_dispatch import NewDispatch, open_dispatch
from chalicelib.actions.ports import Ports
from chalicelib.actions.quarantine import Placement, start_quarantine
from chalicelib.actions.submit_declaration import submit_declaration
from chalicelib.domain.calendar import local_date
from chalicelib.domain.declaration import Declaration
from chalicelib.domain.dispatch import Dispatch, Escort, Vehicle
from chalicelib.domain.officers import Officer
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.forms import load
from chalicelib.intake.types.phones import receives_texts
from chalicelib.intake.validate import validate
from chalicelib.messaging import texts
from chalicelib.messaging.prices import prices
from chalicelib.settings import Settings
from chalicelib.storage.drills import RememberedDrills
from chalicelib.storage.memory import MemoryStore
from chalicelib.storage.places import RememberedPlaces
from chalicelib.storage.sealing import KeyRing
from chalicelib.storage.spending import RememberedSpending
from chalicelib.wiring import Wiring
from infra.reference.load import load as load_reference
from tests.access.memory import MemoryAccess
from tests.intake.example import valid_answers
from tests.web.browser import QUICK, Clock

POINT = "CKG"
_numbers = count(20_000_001)


class Keys:
    """The port ``KeyStore`` in memory."""

    def __init__(self) -> None:
        self._keys: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        return self._keys.get(name)

    def create(self, name: str) -> bytes:
        return self._keys.setdefault(name, name.encode().ljust(32, b"-")[:32])


class NoQueue:
    """The port ``Queue``, away: nothing is lost by that."""

    def nudge(self, kind: str, key: str, delay: int = 0) -> bool:
        return False

    def waiting(self) -> int:
        return 0


@dataclass(frozen=True)
class MemoryWiring(Wiring):
    """The wiring of a process without any database."""

    @cached_property
    def ring(self) -> KeyRing:
        return KeyRing(Keys())

    @cached_property
    def store(self) -> Any:
        store = MemoryStore()
        load_reference(store, examples=True)
        return store

    @cached_property
    def ports(self) -> Ports:
        places = RememberedPlaces(self.store)
        return Ports(
            store=self.store, queue=NoQueue(), digests=self.ring, texts=texts, places=places, clock=self.clock,
            reaches=receives_texts, prices=prices(), spending=RememberedSpending(self.store), drills=self.drills,
        )  # fmt: skip

    @cached_property
    def drills(self) -> RememberedDrills:
        return RememberedDrills(self.store, whole=False, simulated=False)

    @cached_property
    def places(self) -> RememberedPlaces:
        places = self.ports.places
        assert isinstance(places, RememberedPlaces)
        return places

    @cached_property
    def gate(self) -> Gate:
        return Gate(MemoryAccess(), self.clock, QUICK)


def memory_wiring(clock: Clock) -> MemoryWiring:
    """A world of its own."""
    settings = Settings(
        stage="test", region="ap-east-1", endpoint_url=None, table_prefix="x", queue_name="x", kms_key="x",
        public_base="http://127.0.0.1:8000", provider_secret="x", provider_base="http://127.0.0.1:9", log_level="INFO",
    )  # fmt: skip
    return MemoryWiring(settings, clock)


COORDINATOR = Officer(officer_id="c00rd1nat0r", display_name="Wang Fang", desks=frozenset({"coordination"}))


@dataclass(frozen=True)
class World:
    """What happens in a test, in one point of entry."""

    wiring: Wiring
    stack: ExitStack = field(default_factory=ExitStack)

    @property
    def ports(self) -> Ports:
        return self.wiring.ports

    def declare(self, *, companions: tuple[Mapping[str, Any], ...] = (), **answers: Any) -> tuple[str, ...]:
        """One declaration with a document of its own; answers the party's case ids."""
        point = self.ports.places.point(POINT)
        today = local_date(self.ports.clock(), point.time_zone)
        known = {"document_number": f"E{next(_numbers)}", "arrival_date": today.isoformat(), **answers}
        if companions:
            known["companions"] = list(companions)
        form = load("arrival", 1)
        context = IntakeContext(today=today, districts=frozenset(self.ports.places.districts()))
        normal = validate(form, valid_answers(today, **known), context)
        declaration = Declaration(
            point=POINT, language="zh-Hans", form="arrival", form_version=1, signed=(), answers=normal
        )
        return tuple(one.traveller_id for one in submit_declaration(self.ports, declaration).party)

    def move(self, case_id: str, *verbs: str, officer: Officer = COORDINATOR) -> str:
        """Through these verbs."""
        for verb in verbs:
            move_traveller(self.ports, officer, case_id, verb, reason="a reason")
        return case_id

    def registered(self, **answers: Any) -> str:
        """Somebody who waits for a vehicle."""
        (case_id,) = self.declare(**answers)
        return self.move(case_id, "verify", "register")

    def housed(self, days: int = 14, **answers: Any) -> str:
        """Somebody in a hotel from today on."""
        case_id = self.registered(**answers)
        dispatch_id = self.vehicle(case_id, key=case_id).dispatch_id
        board_traveller(self.ports, COORDINATOR, dispatch_id, case_id)
        depart_dispatch(self.ports, COORDINATOR, dispatch_id)
        arrive_dispatch(self.ports, COORDINATOR, dispatch_id, (case_id,))
        acknowledge_handover(self.ports, COORDINATOR, dispatch_id)
        start_quarantine(self.ports, COORDINATOR, case_id, Placement("hotel", "滨江酒店", "1203", days=days), None)
        return case_id

    def vehicle(self, *case_ids: str, plate: str = "渝A12345", district: str = "yuzhong", key: str = "one") -> Dispatch:
        """A vehicle, boarding."""
        new = NewDispatch(
            district=district, vehicle=Vehicle(plate, "bus", 40), escort=Escort("Chen Jie", "+8613800138000"),
            traveller_ids=case_ids, key=key,
        )  # fmt: skip
        return open_dispatch(self.ports, COORDINATOR, new)

    def departed(self, *case_ids: str, plate: str = "渝A12345", key: str = "one") -> Dispatch:
        """A vehicle on the road with all of them."""
        dispatch_id = self.vehicle(*case_ids, plate=plate, key=key).dispatch_id
        for case_id in case_ids:
            board_traveller(self.ports, COORDINATOR, dispatch_id, case_id)
        return depart_dispatch(self.ports, COORDINATOR, dispatch_id)
