"""``/posters/{point}``: one A4 sheet that calls to scan, in every language of the point."""

from urllib.parse import urlencode

from chalice import Response

from chalicelib.domain.errors import NotFound
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.catalogues import sentence
from chalicelib.web.labels import N_
from chalicelib.web.language import Language, spoken
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.codes import poster_code
from chalicelib.web.traveller.doorway import point_name
from chalicelib.web.traveller.missing import nothing_here
from chalicelib.web.traveller.questions import flight_of
from chalicelib.web.traveller.sheet import Sheet, sheet_at
from chalicelib.web.visit import Visit

CALLS = (
    N_("Scan to declare"),
    N_("Fill in your health declaration on your phone, one for your whole family. It takes about five minutes."),
    N_("No phone? Any officer will help you."),
)


@page(blueprint, "/posters/{point}", access=PUBLIC)
def show_poster(visit: Visit, point: str) -> Response:
    """The poster of a point, or of one flight (``?flight=``)."""
    try:
        sheet = sheet_at(point, visit.language)
    except NotFound:
        return nothing_here(
            visit, N_("There is no such point of entry"), N_("Check the code of the point, such as CKG.")
        )
    flight = flight_of(visit, sheet)
    short = f"{visit.public_base.rstrip('/')}/d/{sheet.point.point}"
    code = poster_code(f"{short}?{urlencode({'flight': flight})}" if flight else short)
    return visit.render(
        "traveller/poster.html", sheet=sheet, flight=flight, code=code, link=short.partition("://")[2],
        calls=[(language, *_call(language, sheet)) for language in spoken(sheet.point.languages)],
    )  # fmt: skip


def _call(language: Language, sheet: Sheet) -> tuple[str, tuple[str, ...]]:
    """The point's name and what to do, in one language."""
    return point_name(sheet.point, language.tag), tuple(sentence(language.tag, call) for call in CALLS)
