"""The console's start page."""

from chalice import Blueprint, Response

from chalicelib.web.access_rules import OFFICER
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)


@page(blueprint, "/console", access=OFFICER)
def home(visit: Visit) -> Response:
    """The sections of the officer's desks."""
    return visit.render("console/home.html")
