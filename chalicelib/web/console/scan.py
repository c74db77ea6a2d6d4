"""``/console/scan``: a pass before the camera or the scanner, or typed; judged here, and on a device without network.

The page keeps a copy of itself on the device (scan_worker.py); what was registered offline is posted here later, in
order, each with a key of its own.
"""

import json
from dataclasses import asdict
from typing import Any

from chalice import Response

from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.scan_worker import WORKER_PATH, blueprint
from chalicelib.web.console.scanned import FAULTS, NOT_VALID, VALID, VERBS_SCANNED, Outcome, outcome_of
from chalicelib.web.page import page
from chalicelib.web.static import static_name
from chalicelib.web.visit import Visit

READ = may("read_cases")


@page(blueprint, "/console/scan", access=READ)
def scan(visit: Visit) -> Response:
    """The camera, the box, and what waits on this device."""
    return _show(Desk.of(visit), visit.query.get("verb", ""), None)


@page(blueprint, "/console/scan/kept", access=READ)
def kept(visit: Visit) -> Response:
    """The page as a device keeps it: nobody's name, and no token of a session."""
    desk = Desk.of(visit)
    setting = _setting(desk)
    visit.actor = None
    return visit.render("console/scan.html", desk=desk, setting={**setting, "officer": ""}, verb="", outcome=None)


@page(blueprint, "/console/scan", access=READ, methods=("POST",))
def scanned(visit: Visit) -> Response:
    """What became of one scan: for the page's script as JSON, else on the page."""
    desk, verb = Desk.of(visit), visit.form.text("verb")
    outcome = outcome_of(desk, visit.form.text("code"), verb, visit.form.text("key"), visit.form.text("at"))
    if "application/json" in visit.headers.get("accept", ""):
        return visit.answer(json.dumps(asdict(outcome)), 200, {"Content-Type": "application/json"})
    return _show(desk, verb, outcome)


def _show(desk: Desk, verb: str, outcome: Outcome | None) -> Response:
    return desk.render("scan", setting=_setting(desk), verb=verb, outcome=outcome)


def _setting(desk: Desk) -> dict[str, Any]:
    """What the device needs for judging by itself, and where everything is."""
    visit = desk.visit
    return {
        "keys": {str(key): public.hex() for key, public in desk.wiring.passes.public_keys.items()},
        "point": desk.point.point,
        "zone": desk.point.time_zone,
        "today": desk.today.isoformat(),
        "officer": visit.officer.officer_id,
        "verbs": [verb for verb in VERBS_SCANNED if visit.may(verb)],
        "page": visit.url("/console/scan"),
        "kept": visit.url("/console/scan/kept", lang=visit.language),
        "worker": visit.url(WORKER_PATH),
        "reader": visit.url(static_name("qr-reader.js")),
        "signatures": visit.url(static_name("ed25519.js")),
        "words": {fault: visit.say(words) for fault, words in (*FAULTS.items(), ("good", VALID), ("bad", NOT_VALID))},
    }
