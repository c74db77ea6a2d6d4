"""Zones of the hall, and who of a district answers the phone at an hour."""

from datetime import datetime, time

import pytest

from chalicelib.domain.places import Contact, Contacts, District, Duty, zone_of
from tests.domain.cases import POINT

NIGHT, DAY = Duty("20:00", "08:00"), Duty("08:00", "20:00")


def district(*contacts: Contact, **changes: object) -> District:
    facts = {"reception_point": True, "zone": "01", **changes}
    return District(district="yuzhong", names={"en": "Yuzhong"}, personal=Contacts(contacts), **facts)  # type: ignore[arg-type]


def on_duty(*contacts: Contact, at: str, zone: str = "Asia/Shanghai") -> list[str]:
    return [c.name for c in district(*contacts).on_duty(datetime.fromisoformat(at), zone)]


@pytest.mark.parametrize(
    ("hours", "moment", "covered"),
    [
        (DAY, "08:00", True),
        (DAY, "19:59", True),
        (DAY, "20:00", False),
        (NIGHT, "20:00", True),
        (NIGHT, "23:59", True),
        (NIGHT, "00:00", True),
        (NIGHT, "07:59", True),
        (NIGHT, "08:00", False),
        (NIGHT, "12:00", False),
        (Duty(), "03:00", True),
        (Duty("09:00", "09:00"), "08:59", True),
    ],
)
def test_hours_of_duty_run_over_midnight(hours: Duty, moment: str, covered: bool) -> None:
    assert hours.covers(time.fromisoformat(moment)) is covered


def test_who_is_on_by_the_clock_of_the_point() -> None:
    day = Contact(name="day", phone="1", duty=(DAY,))
    night = Contact(name="night", phone="2", duty=(NIGHT,))
    split = Contact(name="split", phone="3", duty=(Duty("06:00", "09:00"), Duty("19:00", "21:00")))
    assert on_duty(day, night, split, at="2026-11-23T12:00:00+08:00") == ["day"]
    assert on_duty(day, night, split, at="2026-11-23T12:00:00+00:00") == ["night", "split"]
    assert on_duty(day, night, at="2026-03-29T06:30:00+00:00", zone="Europe/Berlin") == ["day"], "08:30 in summer"


def test_a_deputy_stands_in_only_when_nobody_is_on() -> None:
    day = Contact(name="day", phone="1", duty=(DAY,))
    deputy = Contact(name="deputy", phone="2", duty=(DAY,), deputy=True)
    assert on_duty(day, deputy, at="2026-11-23T12:00:00+08:00") == ["day"]
    assert on_duty(day, deputy, at="2026-11-23T03:00:00+08:00") == ["deputy"], "at any hour"
    assert on_duty(day, at="2026-11-23T03:00:00+08:00") == []


@pytest.mark.parametrize(
    ("registration", "found", "zone"),
    [
        ("yuzhong", district(), "01"),
        ("wushan", district(reception_point=False, zone=""), "20"),
        ("wushan", district(reception_point=False, zone="01"), "20"),
        ("wushan", district(reception_point=True, zone=""), "20"),
        ("elsewhere", None, "30"),
        ("none", None, "40"),
        ("unknown", None, "40"),
    ],
)
def test_the_zone_of_a_household_registration(registration: str, found: District | None, zone: str) -> None:
    assert zone_of(registration, POINT, found) == zone


def test_labels_fall_back() -> None:
    assert POINT.label("01", "zh-Hans") == POINT.label("01", "en") == "Zone 01"
    assert POINT.label("99", "en") == "99"
    assert district().name("fr") == "Yuzhong"
    assert District(district="x", names={}).name("en") == "x"


def test_names_in_a_near_language_where_there_is_none() -> None:
    names = {"en": "Yuzhong", "zh-Hans": "渝中区", "ja": "渝中区（日）"}
    known = District(district="yuzhong", names=names)
    said = {language: known.name(language) for language in ("zh-Hant", "ja", "ko", "fr", "en")}
    assert said == {"zh-Hant": "渝中区", "ja": "渝中区（日）", "ko": "Yuzhong", "fr": "Yuzhong", "en": "Yuzhong"}
    assert District(district="x", names={}).name("fr") == "x"


def test_a_district_reads_what_its_first_contact_reads() -> None:
    contacts = (Contact(name="a", phone="+861", language="ko"), Contact(name="b", phone="+862"))
    assert District(district="x", names={}, personal=Contacts(contacts)).language == "ko"
    assert District(district="x", names={}).language == "zh-Hans"


LINE = [Contact(name="day", phone="+1", duty=(DAY,)), Contact(name="night", phone="+2", duty=(NIGHT,)),
        Contact(name="deputy", phone="+3", deputy=True)]  # fmt: skip
LAST = Contact(name="", phone="+9")
NOON, ZONE = datetime.fromisoformat("2026-11-23T12:00:00+08:00"), "Asia/Shanghai"


def with_fallback(*contacts: Contact, fallback: Contact | None = LAST) -> District:
    return District(district="yuzhong", names={}, personal=Contacts(contacts, fallback))


def test_the_fallback_number_is_told_when_nobody_is_on_duty() -> None:
    assert with_fallback(LINE[0]).to_tell(NOON, ZONE) == (LINE[0],)
    assert with_fallback(LINE[1]).to_tell(NOON, ZONE) == (LAST,)
    assert with_fallback(LINE[1], LINE[2]).to_tell(NOON, ZONE) == (LINE[2],)
    assert with_fallback(LINE[1], fallback=None).to_tell(NOON, ZONE) == ()


def test_the_next_one_has_not_been_told_and_nobody_is_woken_who_is_off_duty() -> None:
    two = Contact(name="two", phone="+4", duty=(DAY,))
    whole = with_fallback(two, *LINE)
    told: list[str] = []
    for expected in ("+4", "+1", "+3", "+9"):
        following = whole.next_to_tell(told, NOON, ZONE)
        assert following
        assert following.phone == expected
        told.append(expected)
    again = whole.next_to_tell(told, NOON, ZONE)
    assert again
    assert again.phone == "+4", "all were told: the first once more"
    assert with_fallback(LINE[1], fallback=None).next_to_tell((), NOON, ZONE) is None


def test_a_phone_is_one_contacts_or_the_fallback() -> None:
    whole = with_fallback(*LINE)
    assert [whole.contact_at(phone) for phone in ("+2", "+9", "+8")] == [LINE[1], LAST, None]
