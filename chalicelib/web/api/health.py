"""Whether the service and what it depends on are well."""

from chalice import Blueprint, Response

from chalicelib.domain.errors import Unavailable
from chalicelib.web.access_rules import PUBLIC, register
from chalicelib.web.api.problems import answered
from chalicelib.wiring import wiring

blueprint = Blueprint(__name__)
register("GET", "/healthz", PUBLIC)


@blueprint.route("/healthz", methods=["GET"])
def healthz() -> Response:
    """``ok``, or 503 and the part that is away."""
    here = wiring()
    try:
        here.places.forget()
        known = len(here.places.points())
    except Unavailable:
        return answered(503, {"status": "unavailable", "depends_on": {"database": "away"}}, {"Retry-After": "5"})
    return answered(200, {"status": "ok", "depends_on": {"database": "ok"}, "points": known}, {})
