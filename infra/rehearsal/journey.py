"""The journey, step by step: each answers in a word what was seen, or raises Unexpected."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.intake.posted import flatten
from infra.local.stack import JobFailed, Stack, scheduled_event
from infra.rehearsal.callers import POOL, Browser, Program, Unexpected
from infra.rehearsal.traveller import DISTRICT_ID, DISTRICT_NAME, PHONES, answers

ZONE = ZoneInfo("Asia/Shanghai")
PATIENCE = 40.0
"""Seconds to wait for what functions do behind the queue: a cold one takes about three."""
PASSWORD = "seven lanterns by the river"


@dataclass
class Rehearsal:
    """One journey on ``stack``: the ids it meets on its way are kept here."""

    stack: Stack
    officer_link: str
    program: Program
    document: str
    phone: Browser = field(init=False)
    console: Browser = field(init=False)
    case_id: str = ""
    pass_path: str = ""
    dispatch_id: str = ""
    patience: float = PATIENCE

    def __post_init__(self) -> None:
        self.phone, self.console = (Browser(self.stack.addresses.public_base) for _ in range(2))

    def health(self) -> str:
        """The service says that its parts answer."""
        found = json.loads(self.phone.get("/healthz"))
        _check(found["status"] == "ok", f"health says {found['status']}")
        return str(found["status"])

    def form_page(self) -> str:
        """What the QR code opens."""
        text = self.phone.get("/d/CKG?flight=CA406&lang=zh-Hans")
        _check('name="document_number"' in text, "the form has no question about the document")
        return f"{len(text) // 1000} kB of form"

    def declare(self) -> str:
        """The form posted, read back, and sent, as a browser without script does."""
        pairs = flatten(answers(_today(), self.document))
        self.phone.submit("/d/CKG/check", pairs, 200)
        leads_to = self.phone.submit("/d/CKG/submit", [], 303)
        _check(leads_to.startswith("/p/"), "a declaration that was taken does not lead to its pass")
        self.pass_path = leads_to
        _check("<svg" in self.phone.get(leads_to), "the pass has no QR code")
        return "kept, with a pass"

    def sign_in(self) -> str:
        """A one-time link, a password, and the console."""
        path = self.officer_link.removeprefix(self.console.base)
        self.console.get(path)
        pairs = [("username", "rehearsal"), ("password", PASSWORD), ("password_again", PASSWORD)]
        self.console.submit(path, pairs, 303)
        _check("/console/sign-out" in self.console.get("/console"), "nobody is signed in")
        return "signed in"

    def verify(self) -> str:
        """An officer finds the traveller in the console and verifies; the API registers."""
        found = self.program("POST", "/travellers/search", {"document_number": self.document})["items"]
        _check(len(found) == 1, f"the document finds {len(found)} travellers")
        self.case_id = found[0]["traveller_id"]
        self.console.get(f"/console/travellers/{self.case_id}")
        self.console.submit(f"/console/travellers/{self.case_id}/verify", [], 303)
        return self._moved(self.program.verb(self.case_id, "register"), "registered")

    def depart(self) -> str:
        """On a vehicle, aboard by pass, on the road."""
        vehicle = {"plate": "渝A77777", "kind": "bus", "capacity": 40}
        asked = {"district": DISTRICT_ID, "vehicle": vehicle, "escort": {"name": "王强", "phone": "+8613800138111"}}
        opened = self.program("POST", "/dispatches", asked | {"traveller_ids": [self.case_id]}, status=201)
        self.dispatch_id = opened["dispatch_id"]
        token = self.pass_path.rsplit("/", 1)[1]
        aboard = self.program("POST", f"/dispatches/{self.dispatch_id}/board", {"pass": token})
        _check(aboard["boarded"] == [self.case_id], "the pass did not board its holder")
        return self._moved(self.program("POST", f"/dispatches/{self.dispatch_id}/depart", {}), "departed")

    def tell(self) -> str:
        """Queue, worker, provider and signed callbacks: family, traveller and district are told."""
        path = f"/messages?dispatch_id={self.dispatch_id}"
        states = self._until(lambda: self._states(path), lambda found: found == ["delivered"] * 3)
        _check(all(DISTRICT_NAME in self._last(phone) for phone in PHONES), "a text does not name the district")
        return f"{len(states)} texts delivered"

    def hand_over(self) -> str:
        """Counted and acknowledged at the district."""
        present = {"present": [self.case_id]}
        arrived = self.program("POST", f"/dispatches/{self.dispatch_id}/arrive", present)
        _check(arrived["discrepancy"] is False, "everybody is here, and heads differ")
        return self._moved(self.program("POST", f"/dispatches/{self.dispatch_id}/acknowledge", {}), "acknowledged")

    def house(self) -> str:
        """Quarantine begins."""
        placed = {"kind": "hotel", "place": "滨江酒店", "room": "1203"}
        begun = self.program("POST", f"/travellers/{self.case_id}/quarantine", placed)
        self.ends = date.fromisoformat(begun["quarantine"]["end_date"])
        return self._moved(begun, "in_quarantine")

    def release(self) -> str:
        """The schedule's own event, at the release hour of the last day and not before."""
        midnight = datetime(self.ends.year, self.ends.month, self.ends.day, tzinfo=ZONE)
        early = self._scheduled("release_due", midnight + timedelta(hours=7, minutes=59))
        due = self._scheduled("release_due", midnight + timedelta(hours=8))
        _check((early, due) == (0, 1), f"{early} released before the hour and {due} at it, instead of 0 and 1")
        return self._moved(self.program("GET", f"/travellers/{self.case_id}"), "released")

    def sweep(self) -> str:
        """The sweep by its schedule's event."""
        self._scheduled("sweep", datetime.now(UTC))
        return "swept"

    def tell_the_end(self) -> str:
        """Everybody learns of it."""
        ended = self._until(lambda: [self._last(phone) for phone in PHONES], lambda found: _all_say(found, "解除隔离"))
        return f"{len(ended)} texts arrived"

    def certify(self) -> str:
        """The certificate on the pass, and a history that nobody edited."""
        self.phone.get(self.pass_path)
        history = self.program("GET", f"/travellers/{self.case_id}/history")
        _check(history["intact"] is True, "the history does not hold together")
        return f"{len(history['items'])} entries, intact"

    def _scheduled(self, job: str, now: datetime) -> Any:
        """Send the job's function, by the rule that the template made for it, what the schedule sends."""
        events, function = self.stack.client("events"), f"{self.stack.prefix}-{job}"
        rules = [rule for rule in events.list_rules()["Rules"] if rule.get("ScheduleExpression")]
        targets = [one for rule in rules for one in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]]
        arns = [target["Arn"] for target in targets if target["Arn"].endswith(f":{function}")]
        _check(len(arns) == 1, f"{len(arns)} schedules call {job}")
        try:
            answer = self.stack.invoke(job, scheduled_event(now.isoformat()))
        except JobFailed as failed:
            raise Unexpected(f"{job} failed: {str(failed)[:200]}") from failed
        return (answer or {}).get("released")

    def _moved(self, found: Any, state: str) -> str:
        _check(found["state"] == state, f"the state is {found['state']} instead of {state}")
        return state

    def _states(self, path: str) -> list[str]:
        return [item["state"] for item in self.program("GET", path)["items"]]

    def _last(self, phone: str) -> str:
        url = f"{self.stack.addresses.provider}/messages?to={phone.replace('+', '%2B')}"
        items = json.loads(POOL.request("GET", url).data)["items"]
        return str(items[-1]["body"]) if items else ""

    def _until(self, look: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
        until = time.monotonic() + self.patience
        while not good(found := look()):
            if time.monotonic() > until:
                raise Unexpected(f"after {self.patience:.0f} seconds still {_brief(found)}")
            time.sleep(0.1)
        return found


STEPS = (
    "health", "form_page", "declare", "sign_in", "verify", "depart", "tell", "hand_over", "house", "release", "sweep",
    "tell_the_end", "certify",
)  # fmt: skip
"""In their order; each is a method of Rehearsal."""


def _today() -> date:
    return datetime.now(ZONE).date()


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Unexpected(otherwise)


def _all_say(texts: list[str], words: str) -> bool:
    return all(words in text for text in texts)


def _brief(found: Any) -> str:
    """States may be told; texts of messages are about people."""
    return " ".join(found) if all(" " not in one and len(one) < 16 for one in found) else "not everybody was told"
