"""One scene for all stories: real parts, real time left alone."""

from collections.abc import Iterator

import pytest

from infra.local.stack import Stack
from tests.killed.scene import Stage, staged


@pytest.fixture(scope="package")
def stage(aws: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The stack, the phones and a process."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in aws.environment.items():
            patch.setenv(name, value)
        with staged(aws, tmp_path_factory.mktemp("phones")) as opened:
            yield opened
