"""Signing in, signing out, and the one-time link with which an officer chooses a password."""

from chalice import Blueprint, Response

from chalicelib.access.gate import Opened, Wait, WrongSignIn
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.web.access_rules import OFFICER, PUBLIC
from chalicelib.web.cookies import SESSION, VISIT
from chalicelib.web.entrance import entrance
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.visit import Visit, safe_path

blueprint = Blueprint(__name__)
WRONG = N_("Username or password is wrong")
WAIT = N_("Too many tries. Wait %(seconds)s seconds and try again.")
FAULTS = {
    ("username", "length"): N_("Choose a username of %(least)s to %(most)s characters"),
    ("username", "characters"): N_("Use letters, digits, dots, dashes and underscores only"),
    ("username", "username_taken"): N_("Somebody else has this username"),
    ("password", "length"): N_("Choose a password of at least %(least)s characters"),
    ("password", "too_common"): N_("Choose a password that is harder to guess"),
    ("password", "contains_username"): N_("Choose a password without your username in it"),
    ("password_again", "not_the_same"): N_("The two passwords are not the same"),
}


@page(blueprint, "/console/sign-in", access=PUBLIC)
def ask_sign_in(visit: Visit) -> Response:
    """The form; who is signed in already goes on."""
    wanted = safe_path(visit.query.get("next", ""))
    if visit.actor:
        return visit.redirect(wanted)
    return visit.render("console/sign_in.html", username="", problem="", next=wanted)


@page(blueprint, "/console/sign-in", access=PUBLIC, methods=("POST",))
def sign_in(visit: Visit) -> Response:
    """Open a session, or say that it was wrong without saying what."""
    username, wanted = visit.form.text("username"), safe_path(visit.form.text("next"))
    try:
        opened = entrance().gate.sign_in(username, visit.form.get("password", ""))
    except Wait as wait:
        problem, status = visit.say(WAIT, seconds=wait.seconds), 429
    except WrongSignIn:
        problem, status = visit.say(WRONG), 422
    else:
        return _let_in(visit, opened, wanted)
    return visit.render("console/sign_in.html", status, username=username, problem=problem, next=wanted)


@page(blueprint, "/console/sign-out", access=OFFICER, methods=("POST",))
def sign_out(visit: Visit) -> Response:
    """End the session here and in the browser."""
    entrance().gate.sign_out(visit.cookies.get(SESSION))
    visit.set_cookies.append(visit.cookies.jar.drop(SESSION))
    return visit.redirect("/console/sign-in", visit.say(N_("You are signed out.")))


@page(blueprint, "/console/setup/{token}", access=PUBLIC)
def look_at_link(visit: Visit, token: str) -> Response:
    """The form behind a one-time link; looking uses nothing up, so that link previews do no harm."""
    try:
        account = entrance().gate.links.look(token)
    except NotFound:
        return _spent(visit)
    return visit.render("console/setup.html", account=account, username="", problems={})


@page(blueprint, "/console/setup/{token}", access=PUBLIC, methods=("POST",))
def use_link(visit: Visit, token: str) -> Response:
    """Choose username and password: this uses the link up."""
    gate, form = entrance().gate, visit.form
    username = form.text("username")
    try:
        opened = gate.accept(token, username, form.get("password", ""), form.get("password_again", ""))
    except Invalid as invalid:
        problems = {fault.field: visit.say(FAULTS[fault.field, fault.code], **fault.params) for fault in invalid.errors}
        account = gate.links.look(token)
        return visit.render("console/setup.html", 422, account=account, username=username, problems=problems)
    except NotFound:
        return _spent(visit)
    return _let_in(visit, opened, "/console")


def _spent(visit: Visit) -> Response:
    """404 for a link that was used, is too old, or never was one: which of these, nobody is told."""
    return visit.render("console/setup_spent.html", 404)


def _let_in(visit: Visit, opened: Opened, wanted: str) -> Response:
    """A fresh cookie: none from before the sign-in goes on."""
    jar = visit.cookies.jar
    visit.set_cookies[:] = [jar.set(SESSION, opened.cookie), jar.drop(VISIT)]
    return visit.redirect(wanted)
