"""What tests of vehicles share: travellers to put aboard, and the case as officers see it."""

from chalicelib.actions.casework import seen_case
from chalicelib.domain.case import Case
from tests.actions.world import COORDINATOR, World, contact


def seen(world: World, case_id: str) -> Case:
    return seen_case(world.ports, COORDINATOR, case_id)[0]


def three(world: World) -> tuple[str, ...]:
    return tuple(world.registered(f"E{n}", family_contacts=[contact(f"+861390013900{n}")]) for n in range(3))
