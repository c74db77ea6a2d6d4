"""Messages are listed, and sent again by an officer."""

import pytest

from chalicelib.actions.resend_message import list_messages, read_message, resend_message
from chalicelib.actions.send_message import send_message
from chalicelib.domain.errors import Invalid, NotFound, NotInState, NotPermitted
from chalicelib.domain.failures import PermanentFailure, TemporaryFailure
from chalicelib.domain.officers import Officer
from tests.actions.carrier import Carrier, M
from tests.actions.world import COORDINATOR, JIANGBEI, YUZHONG, World


class TestResending:
    def test_what_failed_is_owed_again_at_once(self, world: World, owed: str) -> None:
        send_message(world.ports, Carrier(PermanentFailure("21614")), owed)
        world.clock.forward(hours=5)
        world.queue.taken.clear()
        again = resend_message(world.ports, COORDINATOR, owed)
        assert (again.state, again.due_at, again.attempts, again.code) == (M.OWED, world.clock(), 0, "")
        assert world.queue.taken == [("message", owed)]
        assert send_message(world.ports, Carrier(TemporaryFailure("30001")), owed) == M.OWED, "a new four hours"

    def test_what_may_still_arrive_is_not(self, world: World, owed: str) -> None:
        with pytest.raises(NotInState):
            resend_message(world.ports, COORDINATOR, owed)

    def test_who_may(self, world: World, owed: str) -> None:
        with pytest.raises(NotPermitted):
            resend_message(world.ports, Officer(officer_id="m", desks=frozenset({"media"})), owed)
        with pytest.raises(NotFound):
            read_message(world.ports, JIANGBEI, owed)
        assert read_message(world.ports, YUZHONG, owed).message_id == owed

    def test_a_digest_of_releases_is_for_those_who_see_all(self, world: World) -> None:
        from chalicelib.actions.release import release_early
        from chalicelib.actions.send_digest import send_digest

        case_id = world.quarantined()
        release_early(world.ports, COORDINATOR, case_id, "r", None)
        send_digest(world.ports, "CKG", "yuzhong", world.case(case_id).intake_date)
        (digest,) = [m for m in world.messages("quarantine_ended") if m.audience == "district"]
        assert read_message(world.ports, COORDINATOR, digest.message_id) == digest
        with pytest.raises(NotFound):
            read_message(world.ports, YUZHONG, digest.message_id)


def test_lists_by_traveller_vehicle_and_day(world: World) -> None:
    case_id = world.quarantined()
    dispatch_id = str(world.case(case_id).dispatch_id)
    point = world.ports.places.point("CKG")

    def listed(officer: Officer = COORDINATOR, case: str = "", dispatch: str = "", state: str = "") -> int:
        return len(list_messages(world.ports, officer, point, case, dispatch, state, 50, None).items)

    assert (listed(case=case_id), listed(dispatch=dispatch_id), listed()) == (4, 3, 5)
    assert (listed(state="owed"), listed(state="sent")) == (5, 0)
    assert listed(YUZHONG, case=case_id) == 4
    for asked in ({"case": case_id}, {"dispatch": dispatch_id}, {}):
        with pytest.raises((NotFound, Invalid)):
            listed(JIANGBEI, **asked)
