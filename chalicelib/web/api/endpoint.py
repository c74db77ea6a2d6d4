"""``@endpoint``: a route that answers with JSON. Keys, ETags, idempotency and errors are dealt with here, once."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from chalice import Blueprint, Response

from chalicelib.actions.ports import Ports
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import NotSignedIn, Stale, Unavailable, WaystationError
from chalicelib.domain.officers import Officer
from chalicelib.web import language as languages
from chalicelib.web.access_rules import PUBLIC, Rule, register
from chalicelib.web.api.bodies import read
from chalicelib.web.api.once import OnceStore, Repeated, once_for
from chalicelib.web.api.problems import Required, answered, broken, problem
from chalicelib.web.forms import Malformed, TooLarge, WrongType
from chalicelib.wiring import Wiring, wiring

log = logging.getLogger(__name__)
BASE = "/api/v1"
LARGEST = 256 * 1024
DEFAULT_LIMIT, MOST = 50, 200
PATIENCE = 3
"""Times that a change without If-Match is tried again when another came first."""
B = TypeVar("B")
Handler = Callable[..., "Answer"]


@dataclass(frozen=True)
class Answer:
    """What a handler answers with; ``etag`` is without quotes."""

    body: Any
    status: int = 200
    etag: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Call:
    """One request: ``raw`` is its JSON, ``ports`` what its actions get, ``officer`` whose key it came with."""

    wiring: Wiring
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    language: str
    raw: Any
    ports: Ports
    _officer: Officer | None = None

    @property
    def officer(self) -> Officer:
        """Whose key; raises NotSignedIn for a request without one."""
        if self._officer is None:
            raise NotSignedIn
        return self._officer

    def body(self, kind: type[B]) -> B:
        """The body as a type; raises Invalid."""
        return read(kind, {} if self.raw is None else self.raw)

    @property
    def if_match(self) -> str | None:
        """The ETag that the change builds on, or None when none was sent or any will do."""
        sent = self.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
        return None if sent in ("", "*") else sent

    def demanded_match(self) -> str | None:
        """The same where a change without one is refused; raises Required."""
        if not self.headers.get("if-match", "").strip():
            raise Required
        return self.if_match

    @property
    def limit(self) -> int:
        """How many items a page of a list may have."""
        asked = self.query.get("limit", "")
        return min(max(int(asked), 1), MOST) if asked.isdecimal() and len(asked) < 6 else DEFAULT_LIMIT

    @property
    def key(self) -> str:
        """The idempotency key, empty when none was sent."""
        return str(self.headers.get("idempotency-key", "")).strip()


def endpoint(
    blueprint: Blueprint, method: str, path: str, access: Rule, *, once: bool = True
) -> Callable[[Handler], Handler]:
    """Make ``(call, **path arguments) -> Answer`` a route below /api/v1; ``once=False`` where keys have other ways."""
    register(method, BASE + path, access)

    def decorate(handler: Handler) -> Handler:
        def answer(**arguments: str) -> Response:
            request = blueprint.current_request
            language = languages.choose(accepted=request.headers.get("accept-language", ""))
            try:
                return _answered(_call(request, language), access, handler, arguments, once and method == "POST")
            except WaystationError as error:
                return problem(error, getattr(error, "language", language))
            except Exception as error:
                _record(error, method, path)
                return broken(language)

        answer.__name__ = handler.__name__
        blueprint.route(BASE + path, methods=[method], content_types=["*/*"])(answer)
        return handler

    return decorate


def _call(request: Any, language: str) -> Call:
    here = wiring()
    query = request.query_params or {}
    return Call(
        wiring=here, method=request.method, path=request.context.get("path", request.path),
        query={name: query[name] for name in query}, headers=request.headers, language=language,
        raw=_json(request), ports=here.ports,
    )  # fmt: skip


def _json(request: Any) -> Any:
    raw: bytes = request.raw_body or b""
    if len(raw) > LARGEST:
        raise TooLarge
    if not raw:
        return None
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise WrongType
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Malformed from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _answered(call: Call, access: Rule, handler: Handler, arguments: Mapping[str, str], once: bool) -> Response:
    if access != PUBLIC:
        call._officer = _officer(call)
        if access.verb:
            check_may(call.officer, access.verb)
    act = _once if once and call.key else _plainly
    for _ in range(PATIENCE if call.if_match is None else 0):
        try:
            return act(call, handler, arguments)
        except Stale:
            # Somebody was faster, and this caller did not say what the change builds on: read again.
            continue
    return act(call, handler, arguments)


def _plainly(call: Call, handler: Handler, arguments: Mapping[str, str]) -> Response:
    return _response(handler(call, **arguments))


def _officer(call: Call) -> Officer:
    scheme, _, key = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotSignedIn
    return call.wiring.gate.keys.officer(key.strip())


def _once(call: Call, handler: Handler, arguments: Mapping[str, str]) -> Response:
    said = json.dumps([call.method, call.path, sorted(arguments.items()), call.raw], sort_keys=True)
    try:
        store = OnceStore(call.wiring.store, once_for(call.wiring.ports, call.officer.officer_id, call.key, said))
        call.ports = replace(call.wiring.ports, store=store)
        given = handler(call, **arguments)
    except Repeated as repeated:
        return _again(call, repeated)
    try:
        store.keep({"status": given.status, "body": given.body, "etag": given.etag, "headers": dict(given.headers)})
    except Unavailable:
        log.warning("answer not kept", extra={"path": call.path})
    return _response(given)


def _again(call: Call, repeated: Repeated) -> Response:
    from chalicelib.web.api.resources import resource

    kept = repeated.kept
    if kept.personal is not None:
        return _response(Answer(**json.loads(kept.personal)))
    return _response(resource(call, kept.resource))


def _response(given: Answer) -> Response:
    tag = {"ETag": f'"{given.etag}"'} if given.etag else {}
    return answered(given.status, given.body, {**tag, **given.headers})


def _record(error: Exception, method: str, path: str) -> None:
    """Kind and route only: the words of an exception may hold somebody's name."""
    trace, frames = error.__traceback__, []
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error(
        "endpoint failed: %s at %s", type(error).__name__, " < ".join(reversed(frames[-4:])),
        extra={"method": method, "route": path},
    )  # fmt: skip
