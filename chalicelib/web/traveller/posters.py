"""``/posters/{point}``: one sheet, A4 or A3, that calls to scan in every language of the point."""

from dataclasses import dataclass
from urllib.parse import urlencode

from chalice import Response

from chalicelib.actions.keep_posters import read_poster
from chalicelib.domain.errors import NotFound
from chalicelib.domain.posters import Poster, is_gate
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.catalogues import sentence
from chalicelib.web.labels import N_
from chalicelib.web.language import Language, spoken
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.codes import poster_code
from chalicelib.web.traveller.doorway import point_name
from chalicelib.web.traveller.missing import nothing_here
from chalicelib.web.traveller.questions import CACHE, POSTER, flight_of
from chalicelib.web.traveller.sheet import Sheet, sheet_at
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring

SIZES = ("a4", "a3")
CALLS = (
    N_("Scan to declare"),
    N_("Fill in your health declaration on your phone, one for your whole family. It takes about five minutes."),
    N_("No phone? Any officer will help you."),
)
AT_GATE = N_("Gate %(gate)s")
NO_POINT = N_("There is no such point of entry"), N_("Check the code of the point, such as CKG.")
NO_POSTER = N_("There is no such poster"), N_("Check the code of the poster, or print a new one.")


@dataclass(frozen=True)
class Place:
    """What a poster is for; everything may be empty."""

    gate: str = ""
    flight: str = ""
    code: str = ""


@dataclass(frozen=True)
class Call:
    """What a poster says in one language."""

    language: Language
    point: str
    gate: str
    call: str
    texts: tuple[str, ...]


@page(blueprint, "/posters/{point}", access=PUBLIC)
def show_poster(visit: Visit, point: str) -> Response:
    """The poster of a point, of a ``?gate=`` or a ``?flight=``, or the one with a ``?code=``; ``?size=`` a4 or a3."""
    try:
        sheet = sheet_at(point, visit.language)
    except NotFound:
        return nothing_here(visit, *NO_POINT)
    try:
        known = _made(visit, sheet)
    except NotFound:
        return nothing_here(visit, *NO_POSTER)
    if known is not None and known.withdrawn_at is not None:
        return visit.redirect(f"/posters/{sheet.point.point}/old")
    return _sheet(visit, sheet, _place(visit, sheet, known))


@page(blueprint, "/posters/{point}/old", access=PUBLIC, cache=CACHE)
def explain_old(visit: Visit, point: str) -> Response:
    """Where the code of a withdrawn poster leads: why, and where the form is."""
    try:
        sheet = sheet_at(point, visit.language)
    except NotFound:
        return nothing_here(visit, *NO_POINT)
    return visit.render("traveller/old_poster.html", 200, sheet=sheet)


def _made(visit: Visit, sheet: Sheet) -> Poster | None:
    code = visit.query.get("code", "")
    return read_poster(wiring().ports, sheet.point.point, code) if code else None


def _place(visit: Visit, sheet: Sheet, known: Poster | None) -> Place:
    if known is not None:
        return Place(known.gate, known.flight, known.code)
    gate = visit.query.get("gate", "").upper()
    return Place(gate if is_gate(gate) else "", flight_of(visit, sheet))


def _sheet(visit: Visit, sheet: Sheet, place: Place) -> Response:
    size = visit.query.get("size", "").lower()
    short = f"{visit.public_base.rstrip('/')}/d/{sheet.point.point}"
    query = {name: value for name, value in (("flight", place.flight), (POSTER, place.code)) if value}
    return visit.render(
        "traveller/poster.html", sheet=sheet, place=place, link=short.partition("://")[2],
        code=poster_code(f"{short}?{urlencode(query)}" if query else short),
        size=size if size in SIZES else SIZES[0], sizes=_sizes(visit, place),
        calls=[_call(language, sheet, place) for language in spoken(sheet.point.languages)],
    )  # fmt: skip


def _sizes(visit: Visit, place: Place) -> dict[str, str]:
    """The same poster on each size of paper."""
    asked = {"code": place.code} if place.code else {"gate": place.gate, "flight": place.flight}
    told = {name: value for name, value in asked.items() if value}
    return {size: visit.url(visit.path, **told, size=size, lang=visit.language) for size in SIZES}


def _call(language: Language, sheet: Sheet, place: Place) -> Call:
    first, *texts = (sentence(language.tag, call) for call in CALLS)
    gate = sentence(language.tag, AT_GATE, gate=place.gate) if place.gate else ""
    return Call(language, point_name(sheet.point, language.tag), gate, first, tuple(texts))
