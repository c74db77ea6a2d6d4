"""The form: one cacheable page for everybody, and the same page with somebody's answers in it, which is not."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from chalice import Response

from chalicelib.actions.keep_posters import is_withdrawn
from chalicelib.domain.errors import FieldError, NotFound
from chalicelib.intake.beside import Beside
from chalicelib.intake.doubts import Doubt, typed_again
from chalicelib.intake.lines import Typed, filled_in, has_box, to_mend, typed_in
from chalicelib.intake.posted import nest, without_item
from chalicelib.intake.refused import Refused
from chalicelib.intake.types import TYPES
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.entity_tags import has, tag_of
from chalicelib.web.labels import N_
from chalicelib.web.mode import ASKED
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.members import answers_of_party
from chalicelib.web.traveller.missing import keeping_answers, nothing_here
from chalicelib.web.traveller.sheet import Pairs, Sheet, sheet_at
from chalicelib.web.traveller.trap import ANCHOR, BOX
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring

CACHE = "public, max-age=60, stale-while-revalidate=600"
PREFILLED = {"flight": "flight_number", "date": "arrival_date"}
"""What a QR code may fill in beforehand: names in the address, and the questions they answer."""
POSTER = "poster"
"""In the address that a poster's code spells: which poster it is."""
TOKEN, KEY, DO, FORM = "_token", "_key", "_do", "_form"
"""The page's own fields: the pass of who amends, the idempotency key, what a button asks for, the form as seen."""
CHANGE = "change"
"""Asked for by who checks the answers and changes some."""

INDENT = re.compile(r"\n\s+")
"""Half a kilobyte of an empty form on the wire: nobody's words stand in it yet whose lines would matter."""

GOING_BACK = {"Cache-Control": "private, no-cache"}
"""For the form with somebody's answers in it: kept by their own browser, so that its back button finds them again."""


@page(blueprint, "/d/{point}", access=PUBLIC, cache=CACHE)
def ask(visit: Visit, point: str) -> Response:
    """The empty form: one document for each form version, language, point and flight, at one address."""
    try:
        sheet = sheet_at(point, visit.language)
    except NotFound:
        return nothing_here(
            visit, N_("This code is not in use"), N_("Scan the code at your gate again, or choose where you arrive.")
        )
    known = prefilled(visit.query, sheet)
    address = _address(visit, known)
    if POSTER in visit.query and is_withdrawn(wiring().ports, sheet.point.point, visit.query[POSTER]):
        return _elsewhere(visit, f"/posters/{sheet.point.point}/old", {"lang": visit.language})
    if point != sheet.point.point or dict(visit.query) != address:
        return _elsewhere(visit, f"/d/{sheet.point.point}", address)
    return _tagged(visit, questions_page(visit, sheet, known))


@page(blueprint, "/d/{point}/edit", access=PUBLIC, methods=("POST",), csrf=False)
@keeping_answers
def edit(visit: Visit, point: str) -> Response:
    """The form with what was typed: one companion more or less, another language, back from checking."""
    sheet, asked = sheet_at(point, visit.language), visit.form.text(DO)
    if asked == "amend":
        answers = unsigned(sheet, answers_of_party(visit.form.text(TOKEN)))
        return questions_page(visit, sheet, answers, token=visit.form.text(TOKEN), typed=False)
    verb, _, path = asked.partition(":")
    if verb == "lines" and has_box(sheet.form, path):
        return _from_lines(visit, sheet, path)
    answers, slots = edited(visit, sheet)
    # Whose lines they were is no longer told by their number.
    lines: dict[str, Typed] | None = {} if verb == "remove" else None
    return questions_page(visit, sheet, answers, slots=slots, token=visit.form.text(TOKEN), lines=lines)


def _from_lines(visit: Visit, sheet: Sheet, path: str) -> Response:
    """The form with what the lines of a document say, or with what is wrong with the lines."""
    pairs, typed = filled_in(sheet.form, visit.form.pairs, path, sheet.context.today)
    said = to_mend(sheet.form.texts(sheet.language), path, typed)
    return questions_page(
        visit, sheet, nest(sheet.form, pairs), slots=shown(visit, sheet), token=visit.form.text(TOKEN),
        problems=said, lines={**typed_in(visit.form.pairs), path: typed},
    )  # fmt: skip


@page(blueprint, "/d/{point}/edit", access=PUBLIC)
def edit_again(visit: Visit, point: str) -> Response:
    """Whoever comes here by an address has posted nothing: to the form."""
    return visit.redirect(f"/d/{point}")


def edited(visit: Visit, sheet: Sheet) -> tuple[dict[str, Any], dict[str, int]]:
    """What was typed, after the button that adds or removes an item; and how many items of each group to show."""
    verb, _, path = visit.form.text(DO).partition(":")
    pairs = without_item(visit.form.pairs, path) if verb == "remove" else visit.form.pairs
    slots = {group: count + _change(verb, path, group) for group, count in shown(visit, sheet).items()}
    return nest(sheet.form, pairs), slots


def unsigned(sheet: Sheet, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without what was signed under them: whoever changes one signs the whole anew."""
    fields = sheet.form.fields
    parts = [part for part in sheet.form.sections if any(fields[name].signs for name in part.fields)]
    signed = {name for part in parts for name in part.fields}
    return {name: value for name, value in answers.items() if name not in signed}


def shown(visit: Visit, sheet: Sheet) -> dict[str, int]:
    """How many items of each group the page showed."""
    return {group: shown_items(visit.form.pairs, group) for group in sheet.form.groups}


def shown_items(pairs: Pairs, group: str) -> int:
    """How many items of a group the page showed, filled in or not."""
    return len({name.split(".")[1] for name, _ in pairs if name.startswith(f"{group}.") and name.count(".") > 1})


def _change(verb: str, path: str, group: str) -> int:
    if path.partition(".")[0] != group:
        return 0
    return {"add": 1, "remove": -1}.get(verb, 0)


def questions_page(
    visit: Visit, sheet: Sheet, answers: Mapping[str, Any], *, errors: Iterable[FieldError] = (),
    slots: Mapping[str, int] | None = None, token: str = "", problems: Iterable[tuple[str, str]] = (),
    typed: bool = True,
    lines: Mapping[str, Typed] | None = None, doubts: tuple[Doubt, ...] = (),
) -> Response:  # fmt: skip
    """The form as a page; 422 when there is something to mend. ``typed``: a post's answers are the visitor's latest.

    ``judged`` answers were all looked at before: whoever comes for one of them goes straight back to checking.
    """
    found = tuple(errors)
    said = [*problems, *sheet.problems(found)]
    kept = GOING_BACK if visit.method == "POST" else {}
    boxes = typed_in(visit.form.pairs) if lines is None else lines
    beside = Beside(boxes, dict(typed_again(visit.form.pairs)), doubts, plain=bool(visit.mode))
    return visit.render(
        "traveller/questions.html", 422 if said else 200, kept, sheet=sheet, problems=said,
        sections=sheet.sections(answers, found, slots or {}, beside), token=token, posted=visit.method == "POST",
        typed=typed and visit.method == "POST", judged=bool(said) or visit.form.text(DO) == CHANGE,
        fresh=fresh_form(visit, sheet),
        trap={"name": BOX, "id": ANCHOR, "said": dict(said).get(ANCHOR)},
    )  # fmt: skip


def fresh_form(visit: Visit, sheet: Sheet) -> str:
    """The address of the empty form in this language."""
    return visit.url(f"/d/{sheet.point.point}", lang=visit.language, **_mode(visit))


def flight_of(visit: Visit, sheet: Sheet) -> str:
    """The flight in the address when it has a flight's shape, else empty."""
    return str(prefilled(visit.query, sheet).get("flight_number", ""))


def prefilled(given: Mapping[str, str], sheet: Sheet) -> dict[str, Any]:
    """Answers out of an address, where they have the shape of one; anything else is left out."""
    answers: dict[str, Any] = {}
    for asked, name in PREFILLED.items():
        field = sheet.form.fields[name]
        try:
            answers[name] = TYPES[field.type].read(given.get(asked, ""), field, sheet.context)
        except Refused:
            continue
    return answers


def _address(visit: Visit, known: Mapping[str, Any]) -> dict[str, str]:
    """The query of the document's one address: what it was filled in with, as it is read, the language, the mode."""
    asked = {name: str(known[field]) for name, field in PREFILLED.items() if field in known}
    return {**asked, "lang": visit.language, **_mode(visit)}


def _mode(visit: Visit) -> dict[str, str]:
    return {ASKED: visit.mode} if visit.mode else {}


def _elsewhere(visit: Visit, path: str, query: Mapping[str, str]) -> Response:
    """To the document's own address. Caches hold this too, for each Accept-Language."""
    location = visit.url(path, **query)
    return visit.answer("", 302, {"Location": location, "Cache-Control": CACHE, "Vary": "Accept-Language"})


def _tagged(visit: Visit, response: Response) -> Response:
    """Without what only indents, with a strong ETag of its bytes, and 304 for who has them."""
    response.body = INDENT.sub("\n", str(response.body))
    tag = tag_of(str(response.body))
    if has(tag, visit.headers):
        return visit.answer("", 304, {"ETag": tag, "Cache-Control": CACHE})
    response.headers["ETag"] = tag
    return response
