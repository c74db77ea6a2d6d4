"""``/a``: a district's contact types the code of a text; for places whose phones cannot answer one.

The code alone is nothing: the phone number that got it must be typed as well, and tries count against that number,
whether or not anybody knows it. Every answer that is not yes is the same one, and takes as long.
"""

from datetime import timedelta

from chalice import Response

from chalicelib.access.gate import Wait
from chalicelib.actions.acknowledge_by_code import acknowledge_by_code
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.replies import plain
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.entrance import entrance
from chalicelib.web.guessing import equally_slow
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.passes import PRIVATE
from chalicelib.web.typed import phone as read_phone
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring

LONGEST = 40
JUST_NOW = timedelta(minutes=1)
WRONG = N_(
    "There is nothing to acknowledge with this code and this number. Check both. Before arrival the code says that you "
    "know; after it, that you have everybody who was counted. Or call the hotline in the text."
)
WAIT = N_("Too many tries with this number. Wait %(seconds)s seconds, or call the hotline in the text.")


@page(blueprint, "/a", access=PUBLIC)
def ask_code(visit: Visit) -> Response:
    """Two boxes."""
    return _page(visit)


@page(blueprint, "/a", access=PUBLIC, methods=("POST",), csrf=False)
def take_code(visit: Visit) -> Response:
    """Acknowledged, or awaited before arrival; or one and the same sentence for whatever was wrong."""
    try:
        with equally_slow():
            outcome, dispatch = _taken(visit)
    except (NotFound, Invalid):
        return _page(visit, 422, visit.say(WRONG))
    except Wait as wait:
        return _page(visit, 429, visit.say(WAIT, seconds=wait.seconds))
    return _page(visit, 200, "", outcome, dispatch)


def _taken(visit: Visit) -> tuple[str, Dispatch]:
    here, gate = wiring(), entrance().gate
    points = here.places.points()
    code = plain(visit.form.text("code")[:LONGEST]).replace(" ", "")
    number = read_phone("phone", visit.form.text("phone")[:LONGEST], points[min(points)] if points else None)
    name = f"hand-over {number}"
    gate.count_try(name)
    done = acknowledge_by_code(here.ports, number, code)
    # Not for a code of days ago, which changes nothing: whoever holds one could guess for ever.
    if (done[1].acknowledged_at or visit.now - JUST_NOW) > visit.now - JUST_NOW:
        gate.store.clear_attempts(name)
    return done


def _page(
    visit: Visit, status: int = 200, problem: str = "", outcome: str = "", dispatch: Dispatch | None = None
) -> Response:  # fmt: skip
    district = wiring().places.districts().get(dispatch.district) if dispatch else None
    return visit.render(
        "traveller/acknowledge.html", status, PRIVATE, problem=problem, outcome=outcome, dispatch=dispatch,
        district=district.name(visit.language) if district else "", code=visit.form.text("code")[:LONGEST],
        phone=visit.form.text("phone")[:LONGEST],
    )  # fmt: skip
