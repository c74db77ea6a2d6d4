"""Styles, scripts and the mark: cached for good under an address that names their content."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from chalice import Blueprint, Response

from chalicelib.web.access_rules import PUBLIC, register
from chalicelib.web.entity_tags import has, tag_of
from chalicelib.web.security import HEADERS

STATIC = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
FOR_GOOD = "public, max-age=31536000, immutable"
blueprint = Blueprint(__name__)


@lru_cache(maxsize=64)
def _file(name: str) -> tuple[str, str]:
    """The text of a file of static/ and its ETag; raises KeyError. Only names that the folder lists are opened."""
    listed = {path.name: path for path in STATIC.iterdir() if path.suffix in TYPES}
    text = listed[name].read_text(encoding="utf-8")
    return text, tag_of(text)


def static_name(name: str) -> str:
    """The path below the public base, with the content's hash; raises KeyError for a file that is not there."""
    return f"/static/{name}?v={_version(_file(name)[1])}"


def file_text(name: str) -> str:
    """What a file holds; raises KeyError for one that is not there."""
    return _file(name)[0]


def _version(tag: str) -> str:
    return tag.strip('"')[:20]


@blueprint.route("/static/{name}")
def static(name: str) -> Response:
    """A file as text, 304 when the browser has it, 404 otherwise."""
    request = blueprint.current_request
    try:
        text, tag = _file(name)
    except KeyError:
        return Response("", status_code=404, headers={"Content-Type": "text/plain"})
    query: Any = request.query_params or {}
    asked = query.get("v")
    headers: dict[str, str | list[str]] = {
        "ETag": tag,
        "Cache-Control": FOR_GOOD if asked == _version(tag) else "public, max-age=0, must-revalidate",
        "X-Content-Type-Options": "nosniff",
    }
    if has(tag, request.headers):
        return Response("", status_code=304, headers=headers)
    return Response(text, headers={**headers, "Content-Type": f"{TYPES[Path(name).suffix]}; charset=utf-8"})


@blueprint.route("/worker.js")
def worker() -> Response:
    """The script that opens pages without a network: it stands above them, since a worker sees what lies below it."""
    text, tag = _file("worker.js")
    headers: dict[str, str | list[str]] = {**HEADERS, "ETag": tag, "Cache-Control": "no-cache"}
    if has(tag, blueprint.current_request.headers):
        return Response("", status_code=304, headers=headers)
    return Response(text, headers={**headers, "Content-Type": f"{TYPES['.js']}; charset=utf-8"})


register("GET", "/static/{name}", PUBLIC)
register("GET", "/worker.js", PUBLIC)
