"""Who is told what (field.md): the messages that each event owes, before they become rows or calls to make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chalicelib.domain.case import Case
from chalicelib.domain.masking import mask_name
from chalicelib.domain.places import Contact


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing to tell one person. ``event_key`` names the event: with ``to`` and audience it is the identity.

    ``otherwise`` is the traveller's language, for who named none that there are texts in. ``latin`` is the traveller's
    name for who reads no Chinese, where ``variables`` has it in Chinese.
    """

    event: str
    event_key: str
    audience: str
    name: str
    to: str
    reach: str
    language: str
    variables: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    district: str
    traveller_id: str | None = None
    dispatch_id: str | None = None
    otherwise: str = ""
    latin: str = ""
    drill: bool = False


def reads_chinese(language: str) -> bool:
    """Whether readers of ``language`` know a name by its Chinese characters."""
    return language.split("-")[0] in ("zh", "ja")


def masked_name(case: Case) -> str:
    """The traveller's name as texts and lists show it."""
    return _masked(case, str(case.answers.get("name_zh") or ""))


def _masked(case: Case, chinese: str) -> str:
    known = ("family_name", "given_names", "nationality")
    family, given, nation = (str(case.answers.get(name) or "") for name in known)
    return mask_name(family, given, chinese, nation)


def _latin(case: Case) -> str:
    return _masked(case, "") if case.answers.get("name_zh") and case.answers.get("family_name") else ""


def _common(case: Case, event: str, key: str, others: int, dates: Mapping[str, date]) -> dict[str, Any]:
    return {
        "event": event, "event_key": key, "dates": dates, "district": case.district, "traveller_id": case.case_id,
        "dispatch_id": case.dispatch_id if event in ("dispatched", "plan_changed") else None,
        "drill": case.drill,
        "otherwise": case.language, "latin": _latin(case),
        "variables": {"name": masked_name(case), "others": str(others)},
    }  # fmt: skip


def to_family_and_traveller(
    case: Case, event: str, key: str, others: int = 0, dates: Mapping[str, date] | None = None
) -> tuple[Notice, ...]:
    """The family contacts, and the traveller where the declaration names a phone of their own."""
    common = _common(case, event, key, others, dates or {})
    family = [
        Notice(
            audience="family",
            name=contact.name,
            to=contact.phone,
            reach=contact.reach,
            language=contact.language or case.language,
            **common,
        )
        for contact in case.family_contacts
    ]
    phone = case.answers.get("phone")
    if not phone:
        return tuple(family)
    own = Notice(audience="traveller", name="", to=phone, reach="text", language=case.language, **common)
    return (*family, own)


def to_coordinator(
    phone: str, language: str, event: str, key: str, district: str, variables: Mapping[str, str], dispatch_id: str,
    drill: bool = False,
) -> Notice:  # fmt: skip
    """The coordinator's duty phone, about a district that does not answer."""
    return Notice(
        event=event, event_key=key, audience="coordinator", name="", to=phone, reach="text", language=language,
        variables=variables, district=district, dispatch_id=dispatch_id, drill=drill,
    )  # fmt: skip


def to_district(
    contacts: tuple[Contact, ...], event: str, key: str, district: str, variables: Mapping[str, str],
    dates: Mapping[str, date] | None = None, dispatch_id: str | None = None, drill: bool = False,
) -> tuple[Notice, ...]:  # fmt: skip
    """One digest for each contact of the district on duty."""
    return tuple(
        Notice(
            event=event, event_key=key, audience="district", name=c.name, to=c.phone, reach=c.reach,
            language=c.language, variables=variables, dates=dates or {}, district=district, dispatch_id=dispatch_id,
            drill=drill,
        )
        for c in contacts
    )  # fmt: skip
