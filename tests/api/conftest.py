"""One served product for all tests of the API; each test declares people of its own."""

from collections.abc import Iterator

import pytest

from infra.local.stack import Stack
from tests.api.desk import Hall, Reference
from tests.browser.serving import served
from tools.translations import compile_all


@pytest.fixture(scope="package")
def hall(aws: Stack) -> Iterator[Hall]:
    """The product at a free port of this process, with reference data."""
    compile_all()
    with served(aws) as site:
        yield Hall(site, Reference())
