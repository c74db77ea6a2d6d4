"""A served product on tables of its own: what is asked here may leave any point, district or hotel behind."""

from collections.abc import Iterator

import pytest

from chalicelib.web.api import declarations
from infra.local import stack
from tests.api.desk import Hall, Reference
from tests.browser.serving import served
from tests.openapi.asking import Asker
from tests.openapi.seeded import seeded
from tools.translations import compile_all


@pytest.fixture(scope="package")
def hall() -> Iterator[Hall]:
    """The product at a free port of this process; answers to guesses at a pass take no longer than they need."""
    compile_all()
    with pytest.MonkeyPatch.context() as patch, stack.resources_only() as aws, served(aws) as site:
        patch.setattr(declarations, "GUESS_SECONDS", 0.0)
        yield Hall(site, Reference())


@pytest.fixture(scope="package")
def asker(hall: Hall) -> Asker:
    """Who asks, knowing travellers, vehicles and messages in every state."""
    return Asker.of(hall.site.url, seeded(hall))
