"""One scene for all stories: real parts, real time left alone."""

from collections.abc import Iterator

import pytest

from infra.local import stack
from tests.killed.scene import Stage, staged


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stack of its own, the phones and a process: what others owe would be swept along, at their pace."""
    with stack.resources_only() as aws, pytest.MonkeyPatch.context() as patch:
        for name, value in aws.environment.items():
            patch.setenv(name, value)
        with staged(aws, tmp_path_factory.mktemp("phones")) as opened:
            yield opened
