"""The worker that keeps the scan page on a device: its script, with the list of files that the page is made of."""

import json

from chalice import Blueprint, Response

from chalicelib.web.access_rules import may
from chalicelib.web.page import page
from chalicelib.web.static import file_text, static_name
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
WORKER_PATH = "/console/scan/worker"
FILES = ("main.css", "console.css", "enhance.js", "console.js", "mark.svg", "scan.js", "qr-reader.js", "ed25519.js")


@page(blueprint, WORKER_PATH, access=may("read_cases"))
def worker(visit: Visit) -> Response:
    """Changes with any of the files, which is how a browser learns of a new release."""
    setting = {
        "page": visit.url("/console/scan"), "kept": visit.url("/console/scan/kept"),
        "files": [visit.url(static_name(name)) for name in FILES],
    }  # fmt: skip
    script = f"self.wsSetting = {json.dumps(setting)};\n{file_text('scan-worker.js')}"
    headers = {"Content-Type": "text/javascript; charset=utf-8", "Service-Worker-Allowed": visit.url("/console/scan")}
    return visit.answer(script, 200, headers)
