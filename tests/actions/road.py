"""A vehicle on the road whose plan changes, and who was told what."""

from dataclasses import replace

from chalicelib.actions.change_plan import PlanChange, change_plan
from chalicelib.actions.ports import Save
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.officers import Officer
from chalicelib.domain.work import FanOut
from tests.actions.world import COORDINATOR, MOTHER, OWN, World

BREAKDOWN = PlanChange("breakdown", "a flat tyre")
TO_JIANGBEI = PlanChange("district", "the road is closed", district="jiangbei")
M = MessageState


def left(case_id: str) -> PlanChange:
    return PlanChange("left", "feels unwell", traveller_id=case_id)


def on_the_road(world: World, *case_ids: str, state: MessageState | None = M.SENT) -> str:
    """A vehicle whose fan-out is done; its texts are in ``state``."""
    dispatch_id = world.departed(*case_ids)
    world.settle(dispatch_id, "departed")
    if state is not None:
        for message in world.messages("dispatched"):
            become(world, message, state)
    return dispatch_id


def become(world: World, message: Message, state: MessageState) -> None:
    due = world.clock() if state in (M.OWED, M.SENDING) else None
    world.store.commit([Save(replace(message, state=state, due_at=due))])


def changed(world: World, dispatch_id: str, change: PlanChange, officer: Officer = COORDINATOR) -> Dispatch:
    """The change, fanned out to the end."""
    world.clock.forward(minutes=5)
    after = change_plan(world.ports, officer, dispatch_id, change)
    for fan_out in world.kept(FanOut):
        world.settle(dispatch_id, fan_out.stage)
    return after


def told(world: World, event: str) -> list[tuple[str, str]]:
    return sorted((m.audience, m.personal.to) for m in world.messages(event) if m.state != M.CANCELLED)


def everybody() -> list[tuple[str, str]]:
    return sorted([("district", "+8613800500003"), ("family", MOTHER), ("traveller", OWN)])
