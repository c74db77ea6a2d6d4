"""``/verify``: anyone checks a pass or a certificate, and learns no more than its holder shows them."""

from dataclasses import dataclass

from chalice import Response

from chalicelib.actions.casework import read_case
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.identifiers import case_id_of
from chalicelib.domain.masking import mask_name
from chalicelib.domain.quarantine import ended_on
from chalicelib.domain.settle import settled
from chalicelib.domain.states import State
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.doorway import point_name
from chalicelib.web.traveller.passes import PRIVATE, shown_date
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring

LONGEST = 400
NOTHING_PASTED = N_("Enter the link or the certificate number")


@dataclass(frozen=True)
class Verdict:
    """``kind`` is certificate, pass, or nothing at all; names are masked."""

    kind: str = ""
    name: str = ""
    point: str = ""
    reference: str = ""
    since: str = ""
    until: str = ""


@page(blueprint, "/verify", access=PUBLIC)
def ask_verify(visit: Visit) -> Response:
    """A box to paste into."""
    return visit.render("traveller/verify.html", 200, PRIVATE, verdict=None, problem="")


@page(blueprint, "/verify", access=PUBLIC, methods=("POST",), csrf=False)
def verify(visit: Visit) -> Response:
    """The verdict on what was pasted: posted, so that it stands in no address."""
    pasted = visit.form.text("code")
    if not pasted:
        problem = visit.say(NOTHING_PASTED)
        return visit.render("traveller/verify.html", 422, PRIVATE, verdict=None, problem=problem)
    return _verdict_page(visit, pasted)


@page(blueprint, "/verify/{token}", access=PUBLIC)
def verify_link(visit: Visit, token: str) -> Response:
    """The verdict on a certificate whose code was scanned."""
    return _verdict_page(visit, token)


@page(blueprint, "/VERIFY/{token}", access=PUBLIC)
def verify_scanned(visit: Visit, token: str) -> Response:
    """The same, as a code spells it."""
    return _verdict_page(visit, token)


def _verdict_page(visit: Visit, pasted: str) -> Response:
    verdict = verdict_on(pasted, visit.language)
    return visit.render("traveller/verify.html", 200, PRIVATE, verdict=verdict, problem="")


def verdict_on(pasted: str, language: str) -> Verdict:
    """What can be said of a link, a token, or a certificate's number; an empty verdict when it is none of ours."""
    code = pasted[:LONGEST].strip().rstrip("/").rpartition("/")[2].upper()
    for kind, read in (("certificate", wiring().passes.read_certificate), ("pass", wiring().passes.read)):
        try:
            return _verdict(kind, read(code).case_id, language)
        except NotFound:
            continue
    number = case_id_of(code)
    return _verdict("certificate", number, language) if number else Verdict()


def _verdict(kind: str, case_id: str, language: str) -> Verdict:
    """A number alone speaks for certificates only: who reads a reference aloud has not shown a pass.

    The pass of somebody released is their certificate: the page behind it shows just that.
    """
    try:
        case = settled(*read_case(wiring().ports, case_id))
    except NotFound:
        return Verdict()
    if case.state == State.VOID or (kind == "certificate" and case.state != State.RELEASED):
        return Verdict()
    return _told("certificate" if case.state == State.RELEASED else kind, case, language)


def _told(kind: str, case: Case, language: str) -> Verdict:
    point, answers = wiring().places.point(case.point), case.answers
    name = mask_name(answers.get("family_name", ""), answers.get("given_names", ""), answers.get("name_zh", ""))
    since, until = case.intake_date, None
    if kind == "certificate" and case.quarantine and case.released_at:
        released = local_date(case.released_at, point.time_zone)
        since, until = case.quarantine.start_date, ended_on(case.quarantine, released)
    return Verdict(
        kind, name, point_name(point, language), case.reference if kind == "certificate" else "",
        shown_date(case, language, since.isoformat()), shown_date(case, language, until.isoformat()) if until else "",
    )  # fmt: skip
