"""Pages that keep themselves up to date: by the page's script, and without it when ``?live=1`` asks for it."""

from chalice import Response

from chalicelib.web.visit import Visit

SECONDS = 20


def live(visit: Visit, response: Response) -> Response:
    """The response, with the header that makes a browser without script ask again."""
    if visit.query.get("live"):
        response.headers = {**response.headers, "Refresh": str(SECONDS)}
    return response
