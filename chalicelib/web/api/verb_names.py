"""Verbs of the domain by the names that the API has for them."""

from collections.abc import Iterable

from chalicelib.domain.states import State

PATHS = {"change": "quarantine/change", "change_plan": "change"}
_OF_OTHERS = frozenset({"depart", "acknowledge", "amend", "take_off", "change_plan", "check_in"})
"""Moves of a traveller that a vehicle or the holder of the pass makes, never an officer by name."""


def offered(verbs: Iterable[str], state: str) -> list[str]:
    """Those of a traveller's or a vehicle's ``verbs`` that somebody can ask for."""
    hidden = _OF_OTHERS if isinstance(state, State) else frozenset()
    return [PATHS.get(verb, verb) for verb in verbs if verb not in hidden]
