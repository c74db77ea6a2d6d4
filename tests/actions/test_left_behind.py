"""A vehicle that leaves people behind, or that nobody can read any more, holds up nothing."""

from collections.abc import Sequence

from chalicelib.actions.ports import Change
from chalicelib.domain.work import FanOut
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import World


class Narrow(MemoryStore):
    """Refuses what DynamoDB refuses: a transaction of more than 100 actions."""

    def commit(self, changes: Sequence[Change]) -> None:
        """As ever, up to that."""
        assert len(changes) <= 100
        super().commit(changes)


def test_a_whole_bus_left_behind_rides_with_the_next_before_anything_is_fanned_out() -> None:
    world = World(Narrow())
    everybody = tuple(world.registered(f"E{number}") for number in range(60))
    world.departed(*everybody, aboard=everybody[:1], key="first", capacity=60)
    second = world.opened(*everybody[1:], key="second", capacity=60)
    assert len(second.roster) == 59
    assert {world.case(case_id).dispatch_id for case_id in everybody[1:]} == {second.dispatch_id}


def test_a_fan_out_whose_vehicle_can_no_longer_be_read_is_given_up(world: World) -> None:
    dispatch_id = world.departed(world.registered())
    assert isinstance(world.store, MemoryStore)
    del world.store.rows["dispatches", dispatch_id, "dispatch"]
    assert world.settle(dispatch_id, "departed") == 0
    assert world.kept(FanOut) == []
