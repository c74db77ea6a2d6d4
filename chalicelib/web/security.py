"""Headers of every page: nothing runs or loads but our own files, nobody frames us, nothing personal is cached."""

from collections.abc import Mapping

from chalice import Response

from chalicelib.web.visit import Visit

POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}
FOR_A_YEAR = {"Strict-Transport-Security": "max-age=31536000"}


def secured(response: Response, visit: Visit, https: bool, cache: str) -> Response:
    """The response with these headers; ``cache`` counts for a success only, and a view's own header wins."""
    shared = bool(cache) and response.status_code == 200
    caching = {"Cache-Control": cache if shared else "no-store"}
    if shared and visit.query.get("lang") != visit.language:
        caching["Vary"] = "Accept-Language"
    spoken = {"Content-Language": visit.language}
    always = {**HEADERS, **(FOR_A_YEAR if https else {}), **caching, **spoken}
    response.headers = {**always, **response.headers}
    return response
