"""What an error looks like on a page: its status, its words, and nothing of what is inside."""

from chalice import Response

from chalicelib.domain.errors import (
    Conflict,
    Invalid,
    KeyReused,
    NotFound,
    NotInState,
    NotPermitted,
    Stale,
    Unavailable,
    WaystationError,
)  # fmt: skip
from chalicelib.web.forms import Malformed, TooLarge, WrongType
from chalicelib.web.labels import N_, STATES, VERBS
from chalicelib.web.visit import Visit

RETRY_AFTER = 5
"""Seconds after which a part that was away is worth another try."""


class Expired(WaystationError):
    """403: a form without the token of its session; the page was open for too long, or came from elsewhere."""

    code = "form_expired"


_PAGES: tuple[tuple[type[WaystationError], int, str, str], ...] = (
    (Malformed, 400, N_("This request cannot be read"), N_("Go back and try again.")),
    (TooLarge, 413, N_("This is too much at once"), N_("Send less than 256 kB.")),
    (WrongType, 415, N_("This request cannot be read"), N_("Go back and use the form on the page.")),
    (Expired, 403, N_("This page was open for too long"), N_("Go back, load the page again and repeat what you did.")),
    (NotPermitted, 403, N_("Your desk may not do this"), N_("Ask the coordination desk, or use another account.")),
    (NotFound, 404, N_("Nothing here"), N_("Check the address. It may also be something that your desk does not see.")),
    (Stale, 412, N_("Somebody else changed this"), N_("Go back, load the page again and look at what changed.")),
    (Conflict, 409, N_("This cannot be done now"), N_("Go back and load the page again to see how things stand.")),
    (Invalid, 422, N_("Some answers cannot be used"), N_("Go back and check what you entered.")),
    (KeyReused, 422, N_("This was sent before, with other answers"), N_("Load the page again and start anew.")),
    (Unavailable, 503, N_("This takes a moment"), N_("Nothing was half saved. Try again in a few seconds.")),
)  # fmt: skip
_BROKEN = (500, N_("Something went wrong"), N_("It was recorded. Try again, or ask the coordination desk."))
_NOT_IN_STATE = N_("“%(verb)s” is not possible while the state is “%(state)s”.")


def error_page(visit: Visit, error: WaystationError | None) -> Response:
    """The page for an error of ours, or for one that nobody foresaw (None)."""
    status, title, advice = _words(error)
    headers = {"Retry-After": str(RETRY_AFTER)} if status == 503 else {}
    return visit.render(
        "base/error.html", status, headers, title=visit.say(title), advice=_reason(visit, error) or visit.say(advice)
    )


def _words(error: WaystationError | None) -> tuple[int, str, str]:
    for kind, status, title, advice in _PAGES:
        if isinstance(error, kind):
            return status, title, advice
    return _BROKEN


def _reason(visit: Visit, error: WaystationError | None) -> str:
    if not isinstance(error, NotInState):
        return ""
    verb, state = VERBS.get(error.verb, error.verb), STATES.get(error.state, error.state)
    return visit.say(_NOT_IN_STATE, verb=visit.say(verb), state=visit.say(state))
