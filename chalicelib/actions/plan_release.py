"""The row that a release is found by when its time comes."""

from dataclasses import replace

from chalicelib.actions.casework import CaseWork
from chalicelib.actions.ports import Change, Remove, Save
from chalicelib.domain.case import Quarantine
from chalicelib.domain.quarantine import release_time
from chalicelib.domain.work import PlannedRelease


def planned_anew(work: CaseWork, plan: Quarantine) -> list[Change]:
    """The release at the time of ``plan``; none while the case is held."""
    known = work.ports.store.find(PlannedRelease, work.case.case_id)
    if work.case.held:
        return [Remove(known)] if known else []
    due = PlannedRelease(
        case_id=work.case.case_id, due_at=release_time(plan, work.point), point=work.case.point, day=plan.end_date
    )  # fmt: skip
    return [Save(replace(due, version=known.version) if known else due)]
