"""The one table of moves: every verb in every state."""

from itertools import product

import pytest

from chalicelib.domain.case import moved
from chalicelib.domain.errors import NotInState
from chalicelib.domain.states import IN_CARE, REFERRABLE, TRANSITIONS, State, allowed_in
from tests.domain.cases import case

S = State
JOURNEY = [
    ("verify", S.VERIFIED), ("register", S.REGISTERED), ("depart", S.DISPATCHED), ("acknowledge", S.RECEIVED),
    ("quarantine", S.IN_QUARANTINE), ("release", S.RELEASED),
]  # fmt: skip
ENDS = (S.RELEASED, S.ONWARD, S.EXEMPT, S.VOID)


@pytest.mark.parametrize(("verb", "state"), list(product(TRANSITIONS, State)))
def test_a_verb_leads_where_the_table_says_or_is_refused_with_what_is_allowed(verb: str, state: State) -> None:
    targets = TRANSITIONS[verb].get(state, frozenset())
    for target in State:
        if target in targets:
            assert moved(case(state=state), verb, target).state == target
        else:
            with pytest.raises(NotInState) as refused:
                moved(case(state=state), verb, target)
            assert (refused.value.verb, refused.value.state) == (verb, state)
            assert refused.value.allowed == allowed_in(state)


def test_the_journey_from_the_aircraft_door_to_release() -> None:
    traveller = case()
    for verb, state in JOURNEY:
        traveller = moved(traveller, verb)
        assert traveller.state == state


@pytest.mark.parametrize("state", REFERRABLE)
def test_a_return_goes_back_to_where_the_referral_came_from(state: State) -> None:
    referred = moved(case(state=state), "refer")
    assert referred.state == S.REFERRED
    assert moved(referred, "return", state).state == state


def test_a_return_needs_to_know_where_to() -> None:
    with pytest.raises(ValueError, match="too many values"):
        moved(case(state=S.REFERRED), "return")


def test_nobody_leaves_an_end() -> None:
    assert {state: allowed_in(state) for state in ENDS} == dict.fromkeys(ENDS, ())


def test_every_other_state_has_a_way_on() -> None:
    for state in set(State) - set(ENDS):
        assert any(state not in moves[state] for verb, moves in TRANSITIONS.items() if state in moves), state


def test_every_state_can_be_reached() -> None:
    reached = {target for moves in TRANSITIONS.values() for targets in moves.values() for target in targets}
    assert reached | {S.DECLARED} == set(State)


def test_a_traveller_can_be_held_wherever_somebody_cares_for_them() -> None:
    assert set(TRANSITIONS["hold"]) == set(TRANSITIONS["unhold"]) == {*IN_CARE, S.REFERRED}
