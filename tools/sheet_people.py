"""The day that `make sheet` shows: somebody in every state, a vehicle in every state, messages and history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.figure_day import figure_day
from chalicelib.actions.keep_reference import put_reference
from chalicelib.actions.ports import Save
from chalicelib.actions.quarantine import Placement, hold_case, start_quarantine
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case, Quarantine
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.states import State
from tests.browser.serving import POINT
from tests.intake.example import valid_companion
from tests.journey.steps import ZONE
from tests.web.console.world import COORDINATOR, World

DRIVEN = ("boarding", "departed", "arrived", "missing", "acknowledged")
"""How far each vehicle is driven; with ``missing``, somebody did not arrive."""


class People:
    """A day at the point: ``of`` is a case in each state, ``vehicle`` a dispatch in each."""

    def __init__(self, world: World) -> None:
        self.world, self.ports = world, world.ports
        self.today = local_date(world.ports.clock(), world.ports.places.point(POINT).time_zone)
        self._flights()
        self.of = {state.value: self._stand(state) for state in State}
        self.sick = world.declare(
            symptoms=["fever", "dry_cough"], no_symptoms=None, family_name="ROSSI", given_names="GIULIA", name_zh=None,
            household_registration="none", seat="14C",
        )[0]  # fmt: skip
        self.first = world.declare(document_number="E55555555")[0]
        world.declare(document_number="E55555555", seat="40C", destination_address="观音桥步行街8号")
        self.held = self._held()
        self.vehicle = {state: self._vehicle(place, state) for place, state in enumerate(DRIVEN)}
        for name in ("欧阳小红", "陈静", "阿卜杜热西提·买买提"):
            world.registered(name_zh=name)
        world.move(world.declare(name_zh="赵敏")[0], "verify")
        figure_day(self.ports, POINT, self.today)

    def _flights(self) -> None:
        for number, origin, heads, late in (("CA406", "Milano", 218, 95), ("HX234", "Hong Kong", 142, 0)):
            at = self.ports.clock().astimezone(ZONE).replace(hour=6, minute=5, second=0, microsecond=0)
            flight = Flight(
                point=POINT, date=self.today, number=number, kind="scheduled", origin=origin, scheduled=at,
                route="international" if number == "CA406" else "hk_mo_tw",
                estimated=at + timedelta(minutes=late) if late else None, expected_heads=heads,
            )  # fmt: skip
            put_reference(self.ports, COORDINATOR, flight)

    def _stand(self, state: State) -> Case:
        """Somebody in this state, with a stay where the state has one."""
        case = self.ports.store.get(Case, self.world.declare()[0])
        stay = Quarantine("hotel", self.today - timedelta(11), self.today + timedelta(3))
        housed = state in (State.IN_QUARANTINE, State.RELEASED)
        personal = replace(case.personal, place="两江假日酒店", room="1203") if housed else case.personal
        changed = replace(
            case, state=state, quarantine=stay if housed else None, personal=personal,
            released_at=self.ports.clock() if state == State.RELEASED else None,
        )  # fmt: skip
        self.ports.store.commit([Save(changed)])
        return changed

    def _held(self) -> str:
        """Somebody whose whole way was gone, with messages and history."""
        vehicle = self._vehicle(9, "acknowledged")
        case_id = vehicle.roster[0].case_id
        placement = Placement(kind="hotel", place="两江假日酒店", room="1203")
        start_quarantine(self.ports, COORDINATOR, case_id, placement, None)
        hold_case(self.ports, COORDINATOR, case_id, "等待检测结果", None)
        return case_id

    def _vehicle(self, place: int, state: str) -> Dispatch:
        """A family of two and one more, on a vehicle driven as far as ``state``."""
        family = self.world.declare(companions=(valid_companion(document_number=f"E9{place}000001"),))
        riders = (*family, self.world.declare(name_zh="周杰", given_names="JIE", family_name="ZHOU")[0])
        for one in riders:
            self.world.move(one, "verify", "register")
        vehicle = self.world.vehicle(*riders, plate=f"渝A{place}2345", key=f"sheet-{place}")
        steps: dict[str, Callable[[], Dispatch]] = {
            "boarding": lambda: self._board(vehicle, riders if state != "boarding" else riders[:1]),
            "departed": lambda: depart_dispatch(self.ports, COORDINATOR, vehicle.dispatch_id),
            "arrived": lambda: self._arrive(vehicle, riders[: 2 if state == "missing" else 3]),
            "acknowledged": lambda: acknowledge_handover(self.ports, COORDINATOR, vehicle.dispatch_id),
        }
        wanted = "arrived" if state == "missing" else state
        for step, drive in steps.items():
            vehicle = drive()
            if step == wanted:
                break
        return vehicle

    def _board(self, vehicle: Dispatch, riders: tuple[str, ...]) -> Dispatch:
        for one in riders:
            vehicle = board_traveller(self.ports, COORDINATOR, vehicle.dispatch_id, one)
        return vehicle

    def _arrive(self, vehicle: Dispatch, present: tuple[str, ...]) -> Dispatch:
        return arrive_dispatch(self.ports, COORDINATOR, vehicle.dispatch_id, present)
