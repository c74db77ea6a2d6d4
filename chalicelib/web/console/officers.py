"""Officers: who may sign in and at which desk; one-time links are shown once, here."""

from chalice import Blueprint, Response

from chalicelib.access import tokens
from chalicelib.domain.desks import DESKS
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.officers import Account, Officer
from chalicelib.web.access_rules import may
from chalicelib.web.console.choices import asked_district, districts
from chalicelib.web.entrance import entrance
from chalicelib.web.labels import N_
from chalicelib.web.language import LANGUAGES, OFFICERS
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
MANAGE = may("manage_officers")
FAULTS = {
    ("desks", "required"): N_("Choose at least one desk"),
    ("desks", "unknown"): N_("Choose a desk from the list"),
    ("district", "required"): N_("Choose the district of the district desk"),
    ("district", "unknown"): N_("Choose a district from the list"),
    ("district", "not_for_this_desk"): N_("Only the district desk has a district"),
}


@page(blueprint, "/console/officers", access=MANAGE)
def list_officers(visit: Visit) -> Response:
    """All officers, and the form for one more."""
    return _show(visit)


@page(blueprint, "/console/officers", access=MANAGE, methods=("POST",))
def invite_officer(visit: Visit) -> Response:
    """A new account, answered with its one-time link: a redirect would have to carry the secret."""
    try:
        officer = _typed(visit)
        token = entrance().gate.links.invite(officer)
    except Invalid as invalid:
        problems = {fault.field: visit.say(FAULTS[fault.field, fault.code]) for fault in invalid.errors}
        return _show(visit, 422, problems=problems)
    return _show(visit, link=_address(visit, token), linked=officer)


def _typed(visit: Visit) -> Officer:
    return Officer(
        officer_id=tokens.new_id(),
        display_name=visit.form.text("display_name")[:80],
        desks=frozenset(visit.form.all("desks")),
        district=asked_district(visit),
        language=visit.form.text("language") if visit.form.text("language") in OFFICERS else "",
    )


@page(blueprint, "/console/officers/{officer_id}/{change}", access=MANAGE, methods=("POST",))
def change_officer(visit: Visit, officer_id: str, change: str) -> Response:
    """``link``: a new one-time link; ``close`` and ``open``: whether the officer may sign in."""
    gate = entrance().gate
    if change == "link":
        account = gate.store.account(officer_id)
        if account is None:
            raise NotFound("officer")
        return _show(visit, link=_address(visit, gate.links.issue(officer_id)), linked=account.officer)
    if change not in ("close", "open"):
        raise NotFound("change")
    gate.set_active(officer_id, change == "open", visit.officer)
    said = visit.say(N_("The account is open again.")) if change == "open" else visit.say(N_("The account is closed."))
    return visit.redirect("/console/officers", said)


def _address(visit: Visit, token: str) -> str:
    return f"{visit.public_base}/console/setup/{token}"


def _show(
    visit: Visit,
    status: int = 200,
    *,
    link: str = "",
    linked: Officer | None = None,
    problems: dict[str, str] | None = None,
) -> Response:
    return visit.render(
        "console/officers.html",
        status,
        accounts=sorted(entrance().gate.store.accounts(), key=_by_name),
        desks=DESKS,
        languages=tuple(LANGUAGES[tag] for tag in OFFICERS),
        districts=districts(visit),
        link=link,
        linked=linked,
        problems=problems or {},
    )


def _by_name(account: Account) -> tuple[bool, str]:
    return not account.active, account.officer.display_name
