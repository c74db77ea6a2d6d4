"""Every verb of a traveller, each a route and a rule of its own."""

from collections.abc import Callable
from typing import Any

from chalice import Blueprint

from chalicelib.actions.casework import seen_case
from chalicelib.actions.move_traveller import PLAIN_VERBS, move_traveller
from chalicelib.actions.quarantine import Placement, change_quarantine, hold_case, start_quarantine, unhold_case
from chalicelib.actions.release import release_early
from chalicelib.web.access_rules import may
from chalicelib.web.api import answers
from chalicelib.web.api.bodies import ChangeBody, CorrectBody, QuarantineBody, ReasonBody
from chalicelib.web.api.call import Answer, Call, Required
from chalicelib.web.api.corrections import correct
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.api.resources import traveller_answer
from chalicelib.web.typed import one_line, plausible

blueprint = Blueprint(__name__)
REASON_LIMIT = 500
Act = Callable[[Call, str, str | None], object]
"""(call, traveller, ETag that the change builds on or None)"""


def _reason(call: Call) -> str:
    return one_line("reason", call.body(ReasonBody).reason, REASON_LIMIT)


def _moving(verb: str) -> Act:
    return lambda call, case, etag: move_traveller(call.ports, call.officer, case, verb, _reason(call), etag)


def _release(call: Call, case: str, etag: str | None) -> None:
    release_early(call.ports, call.officer, case, _reason(call), etag)


def _hold(call: Call, case: str, etag: str | None) -> None:
    hold_case(call.ports, call.officer, case, _reason(call), etag)


def _unhold(call: Call, case: str, etag: str | None) -> None:
    unhold_case(call.ports, call.officer, case, _reason(call), etag)


def _quarantine(call: Call, case: str, etag: str | None) -> None:
    body = call.body(QuarantineBody)
    placement = Placement(
        body.kind, one_line("place", body.place), one_line("room", body.room), body.start_date, body.days
    )
    start_quarantine(call.ports, call.officer, case, placement, etag)


def _change(call: Call, case: str, etag: str | None) -> None:
    body = call.body(ChangeBody)
    reason = one_line("reason", body.reason, REASON_LIMIT)
    change_quarantine(call.ports, call.officer, case, plausible("end_date", body.end_date), reason, etag)


def _demanded(call: Call, traveller_id: str) -> str | None:
    """The ETag; raises Required without one, and NotFound first where there is nobody to have one."""
    if not call.matches:
        seen_case(call.ports, call.officer, traveller_id)
        raise Required
    return call.if_match


def _verb(path: str, verb: str, act: Act, summary: str, *, demanded: bool = True, body: Any = ReasonBody) -> None:
    @endpoint(
        blueprint, "POST", f"/travellers/{{traveller_id}}/{path}", may(verb, "key"), body=body,
        answer=answers.Traveller, etag=True, conflicts=True, match="demanded" if demanded else "taken",
        summary=summary,
    )  # fmt: skip
    def post_verb(call: Call, traveller_id: str) -> Answer:
        act(call, traveller_id, _demanded(call, traveller_id) if demanded else call.if_match)
        return traveller_answer(call, traveller_id)


_SUMMARIES = {
    "verify": "An officer has seen the person and the papers.",
    "register": "The traveller is at the diversion point.",
    "refer": "To hospital.",
    "return": "Back from hospital, to where the referral came from.",
    "exempt": "Free to go, with a reason.",
    "onward": "Travels on, with a reason.",
    "void": "Not a case after all, with a reason.",
    "receive": "Missing when the vehicle was handed over, and found since: with a reason.",
}

for _name in PLAIN_VERBS:
    _verb(_name, _name, _moving(_name), _SUMMARIES[_name])
_verb("correct", "correct", correct, "An officer's correction of some answers.", body=CorrectBody)
_verb("release", "release", _release, "Released before the end date, with a reason.")
_verb("hold", "hold", _hold, "Nobody releases by the calendar from here on.", demanded=False)
_verb("unhold", "unhold", _unhold, "The hold is lifted.", demanded=False)
_verb("quarantine", "quarantine", _quarantine, "Quarantine starts.", demanded=False, body=QuarantineBody)
_verb(
    "quarantine/change", "quarantine_change", _change, "Another end date, with a reason.", demanded=False,
    body=ChangeBody,
)  # fmt: skip
