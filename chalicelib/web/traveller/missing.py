"""What a traveller is told when there is nothing here, or when a part of ours is away."""

from collections.abc import Callable
from functools import wraps

from chalice import Response

from chalicelib.domain.errors import Unavailable
from chalicelib.web.error_pages import RETRY_AFTER
from chalicelib.web.visit import Visit

View = Callable[..., Response]


def nothing_here(visit: Visit, title: str, advice: str) -> Response:
    """404 in words that are of use to a traveller; both are marked with ``N_``."""
    return visit.render("traveller/nothing.html", 404, title=visit.say(title), advice=visit.say(advice))


def keeping_answers(view: View) -> View:
    """A view that takes answers: while the database is away it says so, and hands every answer back.

    The page it shows needs nothing from the database, and posts the same fields to the same address again.
    """

    @wraps(view)
    def kept(visit: Visit, **arguments: str) -> Response:
        try:
            return view(visit, **arguments)
        except Unavailable:
            headers = {"Retry-After": str(RETRY_AFTER)}
            return visit.render("traveller/away.html", 503, headers, pairs=visit.form.pairs, posted=True)

    return kept
