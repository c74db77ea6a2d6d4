"""Every external call of a process goes through here: counted, and one of them made to go wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ReadTimeoutError
from urllib3 import exceptions

from tests.killed.faults import Died, Fault, refusal, too_many

Key = tuple[str, str, str]
"""Table, partition and sort key."""


@dataclass
class Tap:
    """``calls`` since it was armed, by name; ``written`` the rows that anybody tried to write, ``plain`` their texts.

    ``states`` are those that each message was to have, by the version of its row.
    """

    calls: list[str] = field(default_factory=list)
    written: dict[Key, None] = field(default_factory=dict)
    plain: list[str] = field(default_factory=list)
    states: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    _place: int = 0
    _fault: Fault | None = None
    _after: Fault | None = None

    def clear(self) -> None:
        """Another story begins."""
        self.written.clear()
        self.plain.clear()
        self.states.clear()
        self.arm()

    def arm(self, place: int = 0, fault: Fault | None = None) -> None:
        """Count from here; call number ``place`` meets ``fault``, once."""
        self.calls, self._place, self._fault, self._after = [], place, fault, None

    def disarm(self) -> bool:
        """Nothing goes wrong from here on; answers whether the fault has happened."""
        struck, self._fault = self._fault is None, None
        return struck

    def listen(self, events: Any) -> None:
        """Hear a client of botocore."""
        events.register("before-parameter-build.dynamodb", self._builds)
        events.register("before-send", self._leaves)
        events.register("after-call", self._answers)

    def _builds(self, params: Mapping[str, Any], model: Any, **_: Any) -> None:
        if model.name not in ("TransactWriteItems", "PutItem", "DeleteItem", "UpdateItem"):
            return
        for action in params.get("TransactItems", ()) or [{"Put": params}]:
            for what in action.values():
                self._note(what)

    def _note(self, what: Mapping[str, Any]) -> None:
        row = what.get("Item") or what["Key"]
        table = what["TableName"].rsplit("-", 1)[-1]
        self.written[table, row["pk"]["S"], row["sk"]["S"]] = None
        self.plain.append(str({name: value for name, value in row.items() if name != "sealed"}))
        if row["pk"]["S"].startswith("message#") and "document" in row:
            versions = self.states.setdefault(row["pk"]["S"], {})
            state = json.loads(row["document"]["S"])["state"]
            versions.setdefault(int(row["row_version"]["N"]), set()).add(state)

    def _leaves(self, event_name: str, **_: Any) -> AWSResponse | None:
        call = event_name.partition(".")[2]
        fault = self._meets(call)
        if fault in (Fault.THROTTLE, Fault.CONFLICT):
            return refusal(fault, call)
        if fault == Fault.TIMEOUT:
            raise ReadTimeoutError(endpoint_url="x")
        return None

    def _answers(self, **_: Any) -> None:
        if self._gone() == Fault.LOST:
            raise ReadTimeoutError(endpoint_url="x")

    def _meets(self, call: str) -> Fault | None:
        self.calls.append(call)
        if len(self.calls) != self._place or self._fault is None:
            return None
        fault, self._fault = self._fault, None
        if fault == Fault.DIES_BEFORE:
            raise Died(call)
        self._after = fault
        return fault

    def _gone(self) -> Fault | None:
        fault, self._after = self._after, None
        if fault == Fault.DIES_AFTER:
            raise Died
        return fault

    def pool(self, real: Any) -> "TappedPool":
        """The provider's connections, heard."""
        return TappedPool(real, self)


@dataclass(frozen=True)
class TappedPool:
    """In place of the pool of connections beneath the official client."""

    real: Any
    tap: Tap

    def request(self, method: str, url: str, **how: Any) -> Any:
        """As the pool beneath, unless this is the call that goes wrong."""
        fault = self.tap._meets(f"sms.{'send' if method == 'POST' else 'ask'}")
        if fault == Fault.THROTTLE:
            return too_many()
        if fault == Fault.TIMEOUT:
            raise _silence(url)
        answer = self.real.request(method, url, **how)
        if self.tap._gone() == Fault.LOST:
            raise _silence(url)
        return answer

    def clear(self) -> None:
        """As the pool beneath."""
        self.real.clear()


def _silence(url: str) -> Exception:
    return exceptions.ReadTimeoutError(None, url, "silence")  # type: ignore[arg-type]
