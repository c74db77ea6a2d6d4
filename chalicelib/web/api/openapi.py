"""The reference of the API as OpenAPI 3.1, generated from the endpoints and the types of their bodies and answers."""

import json
import re
from functools import cache
from hashlib import sha256
from typing import Any

import msgspec
from chalice import Blueprint, Response

from chalicelib.domain.desks import DESKS, MAY
from chalicelib.web.access_rules import PUBLIC, register
from chalicelib.web.api import parameters
from chalicelib.web.api.endpoint import BASE, ENDPOINTS, Endpoint
from chalicelib.web.api.form_schema import form_schemas
from chalicelib.web.api.problems import HEADERS, PROBLEM_TYPE, STATUSES, Problem
from chalicelib.wiring import wiring

blueprint = Blueprint(__name__)
PATH = f"{BASE}/openapi.json"
TITLES = {status: title for _, status, title in STATUSES} | {500: "Something went wrong. It was recorded."}
AMENDING = "/declarations"
_REFERENCE = "#/components/schemas/{name}"
_PROBLEM = {"$ref": _REFERENCE.format(name="Problem")}
_TAG = {
    "description": "Send it as If-Match with the next change", "required": True,
    "schema": {"type": "string", "pattern": '^"[^"]+"$'},
}  # fmt: skip
_HEADERS = {
    "WWW-Authenticate": {"description": "How to sign in", "schema": {"const": "Bearer"}},
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}},
}
register("GET", PATH, PUBLIC)


@blueprint.route(PATH, methods=["GET"])
def get_openapi() -> Response:
    """The reference, the same for everybody."""
    text = _text(wiring().settings.public_base)
    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/json", "Cache-Control": "public, max-age=300",
        "ETag": f'"{sha256(text.encode()).hexdigest()[:16]}"', "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    return Response(text, headers=headers, status_code=200)


@cache
def _text(public_base: str) -> str:
    return json.dumps(document(public_base), ensure_ascii=False, separators=(",", ":"))


def document(public_base: str) -> dict[str, Any]:
    """The whole document; ``public_base`` is where the API answers."""
    types = {kind: None for spec in ENDPOINTS.values() for kind in (spec.body, spec.answer) if kind}
    references, schemas = msgspec.json.schema_components([*types, Problem], ref_template=_REFERENCE)
    by_type = dict(zip(types, references, strict=False))
    forms = form_schemas()
    schemas["DeclarationBody"]["properties"]["answers"] = {
        "anyOf": [{"$ref": _REFERENCE.format(name=name)} for name in forms]
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Waystation", "version": "1", "summary": "From the aircraft door to release",
                 "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": public_base + BASE}],
        "security": [{"key": []}],
        "paths": _paths(by_type),
        "components": {"schemas": {**schemas, **forms}, "securitySchemes": _SCHEMES},
    }  # fmt: skip


_SCHEMES = {
    "key": {"type": "http", "scheme": "bearer", "description": "An API key: a desk and, for a district, a district"},
    "pass": {
        "type": "apiKey", "in": "header", "name": "Authorization",
        "description": "`Pass <token>`, the token of a traveller's pass: the declaration amends theirs",
    },
}  # fmt: skip


def _paths(by_type: dict[Any, Any]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for spec in ENDPOINTS.values():
        paths.setdefault(spec.path, {})[spec.method.lower()] = _operation(spec, by_type)
    return paths


def _operation(spec: Endpoint, by_type: dict[Any, Any]) -> dict[str, Any]:
    operation = {
        "operationId": _name_of(spec), "summary": spec.summary, "tags": [spec.path.split("/")[1]],
        "parameters": _parameters(spec), "responses": {**_answers(spec, by_type), **_refusals(spec)},
    }  # fmt: skip
    if spec.access == PUBLIC:
        operation["security"] = [{}, {"pass": []}, {"key": []}] if spec.path == AMENDING else [{}]
    elif spec.access.verb:
        operation["description"] = f"For desks that may `{spec.access.verb}`."
    if spec.body:
        content = {"application/json": {"schema": by_type[spec.body]}}
        operation["requestBody"] = {"content": content, "required": bool(_demanded_fields(spec.body))}
    return operation


def _demanded_fields(body: Any) -> list[str]:
    return [field.name for field in msgspec.structs.fields(body) if field.required]


def _name_of(spec: Endpoint) -> str:
    words = [word for word in re.split(r"[^a-z_]+", spec.path) if word]
    return "_".join([spec.method.lower(), *words])


def _parameters(spec: Endpoint) -> list[dict[str, Any]]:
    found = [parameters.of_path(name) for name in re.findall(r"{(\w+)}", spec.path)]
    found += [parameters.QUERY[name] for name in spec.query]
    found += [parameters.IDEMPOTENCY_KEY] if spec.once else []
    found += [parameters.IF_MATCH[spec.match]] if spec.match else []
    return [*found, parameters.ACCEPT_LANGUAGE]


def _answers(spec: Endpoint, by_type: dict[Any, Any]) -> dict[str, Any]:
    tag = {"headers": {"ETag": _TAG}} if spec.etag else {}
    content = {"application/json": {"schema": by_type[spec.answer]}}
    words = {200: "Done, or as it is", 201: "Made"}
    return {str(status): {"description": words[status], "content": content, **tag} for status in spec.statuses}


def _refusals(spec: Endpoint) -> dict[str, Any]:
    statuses = {500, 503} | ({400, 413, 415} if spec.body else set())
    statuses |= {422} if spec.body or spec.query or "{date}" in spec.path else set()
    statuses |= {401, 403} if spec.path == AMENDING else set() if spec.access == PUBLIC else {401}
    statuses |= {403} if _has_strangers(spec) else set()
    statuses |= {404} if spec.finds or "{" in spec.path else set()
    statuses |= {409} if spec.conflicts else set()
    statuses |= {412} if spec.match else set()
    statuses |= {428} if spec.match == "demanded" else set()
    return {str(status): _refusal(status) for status in sorted(statuses)}


def _has_strangers(spec: Endpoint) -> bool:
    return bool(spec.access.verb) and MAY[spec.access.verb] != frozenset(DESKS)


def _refusal(status: int) -> dict[str, Any]:
    headers = {name: {**_HEADERS[name], "required": True} for name in HEADERS.get(status, ())}
    told = {"headers": headers} if headers else {}
    return {"description": TITLES[status], "content": {PROBLEM_TYPE: {"schema": _PROBLEM}}, **told}
