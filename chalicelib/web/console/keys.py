"""Keys of programs: made, shown once, withdrawn."""

from chalice import Blueprint, Response

from chalicelib.domain.desks import DESKS
from chalicelib.domain.errors import Invalid
from chalicelib.web.access_rules import may
from chalicelib.web.console.choices import asked_district, districts, local_day
from chalicelib.web.console.officers import FAULTS
from chalicelib.web.entrance import entrance
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
MANAGE = may("manage_officers")


@page(blueprint, "/console/keys", access=MANAGE)
def list_keys(visit: Visit) -> Response:
    """All keys, and the form for one more."""
    return _show(visit)


@page(blueprint, "/console/keys", access=MANAGE, methods=("POST",))
def make_key(visit: Visit) -> Response:
    """A new key, shown in the answer and never again."""
    try:
        key = entrance().gate.keys.make(visit.form.text("desk"), asked_district(visit), visit.officer.officer_id)
    except Invalid as invalid:
        places = {"desk": "desks", "district": "district"}
        problems = {fault.field: visit.say(FAULTS[places[fault.field], fault.code]) for fault in invalid.errors}
        return _show(visit, 422, problems=problems)
    return _show(visit, key=key)


@page(blueprint, "/console/keys/{key_id}/withdraw", access=MANAGE, methods=("POST",))
def withdraw_key(visit: Visit, key_id: str) -> Response:
    """The key opens nothing from now on."""
    entrance().gate.keys.withdraw(key_id)
    return visit.redirect("/console/keys", visit.say(N_("The key is withdrawn.")))


def _show(visit: Visit, status: int = 200, *, key: str = "", problems: dict[str, str] | None = None) -> Response:
    keys = sorted(entrance().gate.store.keys(), key=lambda one: (not one.active, one.made_at))
    made = {one.key_id: local_day(visit, one.made_at) for one in keys}
    return visit.render(
        "console/keys.html", status, keys=keys, made=made, desks=DESKS, districts=districts(visit), key=key,
        problems=problems or {},
    )  # fmt: skip
