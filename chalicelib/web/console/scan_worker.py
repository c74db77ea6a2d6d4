"""The worker that keeps the scan page on a device: its script, with the list of files that the page is made of."""

import json

from chalice import Blueprint, Response

from chalicelib.web.access_rules import PUBLIC, register
from chalicelib.web.entrance import entrance
from chalicelib.web.security import HEADERS
from chalicelib.web.static import file_text, static_name

blueprint = Blueprint(__name__)
WORKER_PATH = "/console/scan/worker"
FILES = ("main.css", "enhance.js", "console.js", "mark.svg", "scan.js", "qr-reader.js", "ed25519.js")


@blueprint.route(WORKER_PATH)
def worker() -> Response:
    """Changes with any of the files, which is how a browser learns of a new release. Nothing in it is secret."""
    prefix = entrance().prefix
    setting = {
        "page": f"{prefix}/console/scan", "kept": f"{prefix}/console/scan/kept",
        "files": [prefix + static_name(name) for name in FILES],
    }  # fmt: skip
    script = f"self.wsSetting = {json.dumps(setting)};\n{file_text('scan-worker.js')}"
    headers: dict[str, str | list[str]] = {
        **HEADERS, "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache",
        "Service-Worker-Allowed": f"{prefix}/console/scan",
    }  # fmt: skip
    return Response(script, headers=headers)


register("GET", WORKER_PATH, PUBLIC)
