"""The access rule of every route of the app."""

import pytest

from chalicelib.web.access_rules import RULES
from infra.local.stack import Stack

UNRULED = {("GET", "/healthz")}
"""Says that the process is up, to anybody."""
Route = tuple[str, str]


@pytest.fixture
def routes(settings_env: Stack) -> set[Route]:
    """The routes of the real app, which reads its environment when it is imported."""
    from app import app

    return {(method, path) for path, methods in app.routes.items() for method in methods}


def test_every_route_has_a_rule(routes: set[Route]) -> None:
    assert routes - set(RULES) - UNRULED == set()


def test_what_of_the_console_is_open_to_everybody(routes: set[Route]) -> None:
    console = {(method, path) for method, path in routes if path.startswith("/console")}
    opened = {route for route in console if RULES[route].kind != "officer"}
    doors = ("/console/sign-in", "/console/setup/{token}")
    assert opened <= {(method, path) for method in ("GET", "POST") for path in doors}
