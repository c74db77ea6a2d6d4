"""The real adapters over a local AWS, under a clock that tests set."""

import os
import secrets

import pytest

from chalicelib.actions.ports import Clock
from chalicelib.domain.identifiers import ALPHABET
from chalicelib.settings import Settings
from chalicelib.wiring import Wiring, wall_clock
from infra.local.stack import Stack


def wired(stack: Stack, clock: Clock = wall_clock) -> Wiring:
    """A process of its own, as far as keys and connections go."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in stack.environment.items():
            patch.setitem(os.environ, name, value)
        return Wiring(Settings.from_env(), clock)


def fresh(length: int = 11) -> str:
    """An id that no other test has used."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
