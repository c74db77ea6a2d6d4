"""One traveller's journey on real parts: as `make run` brings them up, and as the deployed package is."""

import os
from collections.abc import Mapping

import pytest

from chalicelib.settings import Settings
from chalicelib.wiring import Wiring
from infra.local import product
from infra.local.process import StartError
from infra.local.stack import Stack
from infra.reference.load import load
from tests.conftest import Live
from tests.journey.steps import whole_journey


def test_on_the_running_product(live: Live) -> None:
    whole_journey(live.stack, live.url, "journey-live")


def test_a_key_for_a_district_that_nobody_knows_is_not_made(live: Live) -> None:
    with pytest.raises(StartError, match="nobody knows the district atlantis"):
        product.make_key(live.stack, "district", "atlantis")
    assert product.make_key(live.stack, "district", "yuzhong")


def test_through_gateway_and_functions_with_policies_enforced(deployed: Stack) -> None:
    fill(deployed.environment)
    whole_journey(deployed, deployed.addresses.public_base, "journey-deployed")


def fill(environment: Mapping[str, str]) -> None:
    """The reference data, as `make run` and a deployment put it there."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setitem(os.environ, name, value)
        load(Wiring(Settings.from_env()).store, examples=True)
