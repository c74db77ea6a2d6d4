"""What a page says when an action refuses: in words, with its status, and with the way back."""

from collections.abc import Callable, Mapping

from chalice import Response

from chalicelib.domain.errors import Conflict, FieldError, Invalid, NotInState, Stale
from chalicelib.domain.spending import Cost, Unconfirmed
from chalicelib.intake.forms import load
from chalicelib.intake.sentences import sentence
from chalicelib.messaging.texts import language_names
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.words import CONFLICTS, FAULTS, OTHER_FAULT
from chalicelib.web.labels import DISPATCH_STATES, N_, STATES, VERBS
from chalicelib.web.page import CSRF_FIELD
from chalicelib.web.visit import Visit

_STALE = (N_("Somebody else changed this"), N_("Nothing was done. Look at it as it is now, and decide again."))
_CONFLICT = N_("This cannot be done now")
_INVALID = N_("Some answers cannot be used")
_NOT_IN_STATE = N_("“%(verb)s” is not possible while the state is “%(state)s”.")


def attempt(visit: Visit, back: str, act: Callable[[], Response]) -> Response:
    """What ``act`` answers, or a page that says why not, with a button to ``back``."""
    try:
        return act()
    except Unconfirmed as asked:
        return _asked(visit, asked.cost, back)
    except Stale:
        return _refused(visit, 412, back, visit.say(_STALE[0]), (visit.say(_STALE[1]),))
    except Conflict as conflict:
        return _refused(visit, 409, back, visit.say(_CONFLICT), (reason_of(visit, conflict),))
    except Invalid as invalid:
        return _refused(visit, 422, back, visit.say(_INVALID), tuple(dict.fromkeys(faults(visit, invalid).values())))


def _asked(visit: Visit, cost: Cost, back: str) -> Response:
    """The same form once more, with what it costs, and a yes in it."""
    posted = [pair for pair in visit.form.pairs if pair[0] not in (CSRF_FIELD, "confirm")]
    path, visit.path = visit.path, back
    names = language_names()
    spoken = {names.get(tag, tag): count for tag, count in cost.languages.items()}
    return Desk.of(visit).render("confirm", 409, cost=cost, spoken=spoken, posted=posted, path=path, back=back)


def _refused(visit: Visit, status: int, back: str, title: str, reasons: tuple[str, ...]) -> Response:
    visit.path = back  # Where links of this page lead, such as the language chooser's: a post cannot be asked for.
    return visit.render("console/refused.html", status, title=title, reasons=reasons, back=back)


def reason_of(visit: Visit, conflict: Conflict) -> str:
    """A conflict in words."""
    if isinstance(conflict, NotInState):
        state = {**STATES, **DISPATCH_STATES}.get(conflict.state, conflict.state)
        verb = VERBS.get(conflict.verb, conflict.verb)
        return visit.say(_NOT_IN_STATE, verb=visit.say(verb), state=visit.say(state))
    return visit.say(CONFLICTS.get(conflict.code, _CONFLICT), **conflict.params)


def faults(visit: Visit, invalid: Invalid) -> Mapping[str, str]:
    """The first fault of each field, in words."""
    found: dict[str, str] = {}
    for error in invalid.errors:
        found.setdefault(error.field, _fault(visit, error))
    return found


def _fault(visit: Visit, error: FieldError) -> str:
    if error.code.startswith("phone"):
        return sentence(load("arrival", 1), visit.language, FieldError("phone", error.code, error.params))
    return visit.say(FAULTS.get(error.code, OTHER_FAULT))
