"""``/p/{token}/copy``: what was signed, to print and keep: answers, and the texts with version and digest."""

from chalice import Response

from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case, Signed
from chalicelib.domain.errors import NotFound
from chalicelib.intake.forms import Form, load
from chalicelib.intake.texts import SignedText
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.members import holder_of, whole_answers
from chalicelib.web.traveller.missing import nothing_here
from chalicelib.web.traveller.passes import NO_PASS, NO_PASS_ADVICE, PRIVATE, shown_date, speak_to
from chalicelib.web.traveller.sheet import sheet_at
from chalicelib.web.visit import Visit


@page(blueprint, "/p/{token}/copy", access=PUBLIC)
def show_copy(visit: Visit, token: str) -> Response:
    """The copy; a declarer's holds the companions' answers too, as they were signed for."""
    try:
        holder = holder_of(token)
    except NotFound:
        return nothing_here(visit, NO_PASS, NO_PASS_ADVICE)
    case = holder.case
    speak_to(visit, case)
    sheet = sheet_at(case.point, visit.language, load(case.form, case.form_version))
    day = local_date(case.declared_at, holder.point.time_zone).isoformat()
    return visit.render(
        "traveller/copy.html", 200, PRIVATE, holder=holder, case=case, sheet=sheet,
        parts=sheet.summary(whole_answers(holder)), signed=_as_signed(sheet.form, case),
        declared=shown_date(case, visit.language, day),
    )  # fmt: skip


def _as_signed(form: Form, case: Case) -> list[tuple[Signed, SignedText | None, str]]:
    """Each signature with the very text of its digest and the language it was read in; None when no text has it."""
    return [(signed, *_found(form, signed)) for signed in case.signed]


def _found(form: Form, signed: Signed) -> tuple[SignedText | None, str]:
    for language in form.languages:
        text = form.signed_texts(language).get(signed.name)
        if text and text.digest == signed.digest:
            return text, language
    return None, ""
