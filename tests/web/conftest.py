"""What tests of pages share."""

from collections.abc import Iterator

import pytest
from chalice import Chalice

from chalicelib.web import entrance as doors
from chalicelib.web.entrance import Entrance
from infra.local.stack import Stack
from tests.web.browser import Browser, Clock, entrance_for
from tools.translations import compile_all


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """Pages read compiled texts."""
    compile_all()


@pytest.fixture
def clock() -> Clock:
    """Stands until a test sets it."""
    return Clock()


@pytest.fixture
def entrance(clock: Clock) -> Iterator[Entrance]:
    """An entrance of this test's own."""
    with doors.override(entrance_for(clock=clock)) as own:
        yield own


@pytest.fixture
def app(settings_env: Stack) -> Chalice:
    """The real app, which reads its environment when it is imported: a blueprint serves one app in a process."""
    from app import app

    return app


@pytest.fixture
def browser(app: Chalice, entrance: Entrance) -> Browser:
    """Nobody signed in."""
    return Browser(app, entrance)
