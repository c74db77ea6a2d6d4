"""``/waiting``: the words for declarations that wait on a phone, the same on every form, outside its first view."""

from chalice import Response

from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.visit import Visit

FOR_A_DAY = "public, max-age=86400"


@page(blueprint, "/waiting", access=PUBLIC, cache=FOR_A_DAY)
def words(visit: Visit) -> Response:
    """A part of a page, in the language of its address."""
    return visit.render("traveller/waiting.html")
