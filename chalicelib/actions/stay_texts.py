"""The texts about one plan of a quarantine: owed when it is made, taken back when another takes its place."""

from chalicelib.actions.casework import CaseWork
from chalicelib.actions.owing import identity
from chalicelib.actions.ports import Change, Save
from chalicelib.domain.case import Case, Quarantine
from chalicelib.domain.messages import Message, cancelled
from chalicelib.domain.notices import Notice, to_family_and_traveller


def stay_notices(case: Case, event: str, plan: Quarantine) -> tuple[Notice, ...]:
    """Family and traveller, about ``plan``."""
    key = f"{event}#{case.case_id}#{plan.plan}"
    return to_family_and_traveller(case, event, key, dates={"end_date": plan.end_date})


def taken_back(work: CaseWork, before: Quarantine) -> list[Change]:
    """Texts about ``before`` that have not gone yet: nobody is told of a start after the end."""
    event = "quarantine_started" if before.plan == 1 else "date_changed"
    notices = [notice for notice in stay_notices(work.case, event, before) if notice.reach == "text"]
    ids = [identity(work.ports, notice, work.case.sealed_with) for notice in notices]
    owed = work.ports.store.many(Message, [(known,) for known in dict.fromkeys(ids)])
    taken = [cancelled(message, work.ports.clock()) for message in owed.values()]
    return [Save(message) for message in taken if message is not None]
