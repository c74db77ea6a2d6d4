"""``@page``: a route that answers with HTML. Access, session, form, errors and headers are dealt with here, once."""

import logging
import traceback
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from chalice import Blueprint, Response

from chalicelib.access import tokens
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import NotSignedIn, WaystationError
from chalicelib.domain.officers import Officer
from chalicelib.web import language as languages
from chalicelib.web import mode as modes
from chalicelib.web.access_rules import PUBLIC, Rule, register
from chalicelib.web.cookies import SESSION, VISIT, Jar
from chalicelib.web.entrance import Entrance, entrance
from chalicelib.web.error_pages import Expired, error_page
from chalicelib.web.forms import FORM_TYPE, Posted, parse
from chalicelib.web.security import secured
from chalicelib.web.visit import Visit, concrete_path

log = logging.getLogger(__name__)
View = Callable[..., Response]
LANGUAGE_LASTS = 365 * 86400
CSRF_FIELD = "csrf_token"


def page(
    blueprint: Blueprint, path: str, *, access: Rule, methods: tuple[str, ...] = ("GET",), csrf: bool = True,
    cache: str = "",
) -> Callable[[View], View]:  # fmt: skip
    """Make a view ``(visit, **path arguments) -> Response`` a page.

    ``csrf=False`` is for public forms that act for nobody signed in. ``cache`` is a Cache-Control for a page that is
    the same for everybody: such a page reads and sets no cookie, and its language comes from its address or from
    Accept-Language.
    """
    if (cache or not csrf) and access != PUBLIC:
        raise ValueError(f"{path}: only a public page can be cached or go without a token")

    def decorate(view: View) -> View:
        for method in methods:
            register(method, path, access)

        # Chalice reads a view's parameters from its signature's names only at the call: keywords are enough.
        def answer(**arguments: str) -> Response:
            here, request = entrance(), blueprint.current_request
            visit = _arrive(here, request, concrete_path(path, arguments), stored=not cache)
            response = _answered(visit, lambda: _admitted(here, visit, request, access, csrf, view, arguments), access)
            return secured(response, visit, here.https, cache)

        answer.__name__ = view.__name__
        blueprint.route(path, methods=list(methods), content_types=[FORM_TYPE, "application/json"])(answer)
        return view

    return decorate


def _arrive(here: Entrance, request: Any, path: str, *, stored: bool) -> Visit:
    asked = request.query_params or {}
    cookies = Jar(here.https).read(request.headers.get("cookie", "") if stored else "")
    visit = Visit(
        method=request.method, path=path, query={name: asked[name] for name in asked}, form=Posted([]),
        headers=request.headers, cookies=cookies, actor=None, language="", prefix=here.prefix,
        public_base=here.public_base, now=here.gate.clock(), stored=stored,
    )  # fmt: skip
    _choose_language(visit, None)
    _choose_mode(visit)
    return visit


def _choose_language(visit: Visit, officer: Officer | None) -> None:
    asked, kept = visit.query.get("lang"), visit.cookies.get(languages.COOKIE)
    own = officer.language if officer else None
    visit.language = languages.choose(
        asked, kept, own, accepted=visit.headers.get("accept-language", ""), offered=visit.offered
    )
    if asked and visit.language != kept and officer is None:
        visit.set_cookies.append(visit.cookies.jar.set(languages.COOKIE, visit.language, LANGUAGE_LASTS))


def _choose_mode(visit: Visit) -> None:
    asked, kept = visit.query.get(modes.ASKED) or visit.form.text(modes.FIELD), visit.cookies.get(modes.COOKIE)
    visit.mode = modes.mode_of(asked, kept)
    if asked and visit.mode != kept:
        visit.set_cookies.append(visit.cookies.jar.set(modes.COOKIE, visit.mode, LANGUAGE_LASTS if visit.mode else 0))


def _admitted(
    here: Entrance, visit: Visit, request: Any, access: Rule, csrf: bool, view: View, arguments: Mapping[str, str]
) -> Response:
    """The view's answer, once its visitor may come in and the form is the visitor's own."""
    if cookie := visit.cookies.get(SESSION):
        visit.actor = here.gate.resume(cookie)
        _choose_language(visit, visit.actor)
    if access != PUBLIC:
        _check(visit.officer, access)
    if visit.method == "POST":
        visit.form = parse(request.raw_body or b"", request.headers.get("content-type", ""))
        _choose_mode(visit)
        if csrf:
            _check_token(visit)
    return view(visit, **arguments)


def _check(officer: Officer, access: Rule) -> None:
    if access.verb:
        check_may(officer, access.verb)


def _check_token(visit: Visit) -> None:
    bound_to = visit.cookies.get(SESSION) or visit.cookies.get(VISIT)
    if not tokens.csrf_holds(bound_to, visit.form.text(CSRF_FIELD)):
        raise Expired


def _answered(visit: Visit, ask: Callable[[], Response], access: Rule) -> Response:
    try:
        return ask()
    except NotSignedIn as error:
        return error_page(visit, error) if access == PUBLIC else _to_sign_in(visit)
    except WaystationError as error:
        return error_page(visit, error)
    except Exception as error:
        _record(error, visit.method, access)
        return error_page(visit, None)


def _to_sign_in(visit: Visit) -> Response:
    """To the sign-in page, and from there back: only a page that was asked for can be asked for again."""
    if visit.cookies.get(SESSION):
        visit.set_cookies.append(visit.cookies.jar.drop(SESSION))
    query = urlencode({name: value for name, value in visit.query.items() if name != "lang"})
    wanted = {"next": visit.path + (f"?{query}" if query else "")} if visit.method == "GET" else {}
    return visit.answer("", 303, {"Location": visit.url("/console/sign-in", **wanted)})


def _record(error: Exception, method: str, access: Rule) -> None:
    """Kind and place only: the words of an exception may hold somebody's name."""
    frames = [f"{frame.name} {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error(
        "page failed: %s at %s", type(error).__name__, " < ".join(reversed(frames[-4:])),
        extra={"method": method, "access": str(access)},
    )  # fmt: skip
