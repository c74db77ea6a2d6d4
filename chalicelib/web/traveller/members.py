"""Whose pass it is: from a token to the case as everybody sees it, and to the party that declared together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.actions.casework import read_case
from chalicelib.domain.case import Case
from chalicelib.domain.errors import NotPermitted
from chalicelib.domain.places import Point
from chalicelib.domain.settle import settled
from chalicelib.domain.states import State
from chalicelib.intake import forms
from chalicelib.passes.tokens import Pass
from chalicelib.wiring import wiring


@dataclass(frozen=True)
class Member:
    """One of a party, with the token of the own pass."""

    case: Case
    token: str

    @property
    def name(self) -> str:
        """As the person gave it: the name in Chinese first where there is one."""
        return full_name(self.case.answers)


@dataclass(frozen=True)
class Holder:
    """Who a token belongs to. ``party`` is everybody else of the party, for the declarer only."""

    case: Case
    point: Point
    token: str
    party: tuple[Member, ...]

    @property
    def name(self) -> str:
        """The holder's name."""
        return full_name(self.case.answers)

    @property
    def is_declarer(self) -> bool:
        """Whether this pass stands for the whole party."""
        return self.case.party_id == self.case.case_id


def full_name(answers: Mapping[str, Any]) -> str:
    """Family name and given names as on the document, with the name in Chinese where there is one."""
    latin = " ".join(part for part in (answers.get("family_name"), answers.get("given_names")) if part and part != "-")
    return f"{answers['name_zh']} {latin}" if answers.get("name_zh") else latin


def holder_of(token: str) -> Holder:
    """The holder; raises NotFound for what we did not sign, or no longer keep."""
    here = wiring()
    said = here.passes.read(token)
    case = settled(*read_case(here.ports, said.case_id))
    others = _others(case) if case.party_id == case.case_id else ()
    return Holder(case, here.places.point(case.point), token.upper(), others)


def token_for(case_id: str, point: str, given: date) -> str:
    """The pass of a case: always the same."""
    return wiring().passes.token(Pass(case_id, point, given))


def _others(case: Case) -> tuple[Member, ...]:
    keys = [(member,) for member in case.party if member != case.case_id]
    found = wiring().store.many(Case, keys) if keys else {}
    present = [found[key] for key in keys if key in found and found[key].state != State.VOID]
    return tuple(Member(one, token_for(one.case_id, one.point, one.intake_date)) for one in present)


def answers_of_party(token: str) -> dict[str, Any]:
    """What the declarer answered, companions included, as the form takes it; raises NotFound, NotPermitted."""
    holder = holder_of(token)
    if not holder.is_declarer:
        raise NotPermitted("pass_of_companion")
    return whole_answers(holder)


def whole_answers(holder: Holder) -> dict[str, Any]:
    """The holder's answers; for a declarer with what was answered for each companion."""
    form = forms.load(holder.case.form, holder.case.form_version)
    own = form.groups["companions"].fields
    companions = [{name: value for name, value in one.case.answers.items() if name in own} for one in holder.party]
    return {**holder.case.answers, **({"companions": companions} if companions else {})}
