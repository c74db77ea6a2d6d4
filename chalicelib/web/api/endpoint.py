"""``@endpoint``: a route that answers with JSON. Keys, ETags, idempotency and errors are dealt with here, once."""

import logging
import random
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from chalice import Blueprint, Response

from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import NotSignedIn, Stale, Unavailable, WaystationError
from chalicelib.domain.officers import Officer
from chalicelib.web.access_rules import PUBLIC, Rule, register
from chalicelib.web.api.call import Answer, Call, Handler
from chalicelib.web.api.once import once
from chalicelib.web.api.problems import answered, broken, problem
from chalicelib.web.api.reading import parse

log = logging.getLogger(__name__)
BASE = "/api/v1"
PATIENCE, PAUSE = 10, 0.02
"""Times that a change without If-Match is tried when others come first, and the growing pause between, in seconds."""


@dataclass(frozen=True)
class Endpoint:
    """What the reference says of a route, beside its path and rule; ``body`` and ``answer`` are types.

    ``query`` names parameters of parameters.py; ``match`` is ``""``, ``taken`` or ``demanded``; ``conflicts`` tells
    of 409; ``finds`` of 404 where the path itself names nothing; ``once`` of Idempotency-Key, where ``act_once`` says
    that this decorator sees to it.
    """

    method: str
    path: str
    access: Rule
    answer: Any
    body: Any = None
    statuses: tuple[int, ...] = (200,)
    query: tuple[str, ...] = ()
    match: str = ""
    etag: bool = False
    conflicts: bool = False
    finds: bool = False
    act_once: bool = True
    summary: str = ""

    @property
    def once(self) -> bool:
        """Whether a key makes its repetition harmless."""
        return self.method == "POST"


ENDPOINTS: dict[tuple[str, str], Endpoint] = {}


def endpoint(
    blueprint: Blueprint, method: str, path: str, access: Rule, *, answer: Any, **said: Any
) -> Callable[[Handler], Handler]:
    """Make ``(call, **path arguments) -> Answer`` a route below /api/v1; what is ``said`` are Endpoint's fields."""
    register(method, BASE + path, access)

    def decorate(handler: Handler) -> Handler:
        summary = (handler.__doc__ or "").strip().partition("\n")[0]
        spec = Endpoint(method, path, access, answer, **{"summary": summary, **said})
        ENDPOINTS[method, path] = spec

        def respond(**arguments: str) -> Response:
            call = Call.of(blueprint.current_request)
            try:
                return _response(_answered(call, blueprint.current_request, spec, handler, arguments))
            except WaystationError as error:
                return problem(error, call.language)
            except Exception as error:
                _record(error, spec)
                return broken(call.language)

        respond.__name__ = handler.__name__
        blueprint.route(BASE + path, methods=[method], content_types=["*/*"])(respond)
        return handler

    return decorate


def _answered(call: Call, request: Any, spec: Endpoint, handler: Handler, arguments: Mapping[str, str]) -> Answer:
    if spec.access != PUBLIC:
        call.known = _officer(call)
        if spec.access.verb:
            check_may(call.known, spec.access.verb)
    call.raw = parse(request.raw_body or b"", request.headers.get("content-type", "application/json"))

    call.ports = replace(call.ports, confirmed=isinstance(call.raw, dict) and call.raw.get("confirm") is True)

    def act() -> Answer:
        return _acted(call, spec, lambda: handler(call, **arguments))

    return act() if call.matches else _patiently(act)


def _patiently(act: Callable[[], Answer]) -> Answer:
    """Somebody was faster, and this caller did not say what the change builds on: read again, and again."""
    for attempt in range(PATIENCE):
        try:
            return act()
        except Stale:
            time.sleep(random.uniform(0, PAUSE * (attempt + 1)))
    raise Unavailable("too many hands")


def _acted(call: Call, spec: Endpoint, act: Callable[[], Answer]) -> Answer:
    if spec.once and spec.act_once and call.key:
        return once(call, call.officer.officer_id, act)
    return act()


def _officer(call: Call) -> Officer:
    scheme, key = call.credentials
    if scheme != "bearer":
        raise NotSignedIn
    return call.wiring.gate.keys.officer(key)


def _response(given: Answer) -> Response:
    tag = {"ETag": f'"{given.etag}"'} if given.etag else {}
    return answered(given.status, msgspec.to_builtins(given.body), {**tag, **given.headers})


def _record(error: Exception, spec: Endpoint) -> None:
    """Kind and place only: the words of an exception may hold somebody's name."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error(
        "endpoint failed: %s at %s", type(error).__name__, " < ".join(reversed(frames[-4:])),
        extra={"method": spec.method, "route": spec.path},
    )  # fmt: skip
