"""Points of entry, zones of the hall, districts and the people who answer their phones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

ELSEWHERE, NO_REGISTRATION = "elsewhere", "none"
"""Household registrations that name no district: another province, and none at all (foreigners)."""


@dataclass(frozen=True)
class Zone:
    """A marked area of the hall; ``labels`` by language."""

    zone: str
    labels: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point of entry and its rules; ``release_hour`` is local time, ``quarantine_days`` the default length.

    ``confirm_above`` is how many texts one verb may owe before it is asked back, ``daily_ceiling`` how many segments
    go on one day.
    """

    point: str
    names: Mapping[str, str]
    time_zone: str
    country: str
    languages: tuple[str, ...]
    quarantine_days: int
    release_hour: str
    hotline: str
    zones: tuple[Zone, ...]
    zone_shared: str
    zone_elsewhere: str
    zone_none: str
    confirm_above: int = 200
    daily_ceiling: int = 20_000
    version: int = 0

    def label(self, zone: str, language: str) -> str:
        """The zone's label in ``language``, else in English, else its code."""
        labels = next((known.labels for known in self.zones if known.zone == zone), {})
        return labels.get(language) or labels.get("en") or zone


@dataclass(frozen=True)
class Duty:
    """Local hours of duty; ``until`` before ``start`` runs over midnight, equal is around the clock."""

    start: str = "00:00"
    until: str = "00:00"

    def covers(self, moment: time) -> bool:
        """Whether a local time of day falls into these hours."""
        start, until = time.fromisoformat(self.start), time.fromisoformat(self.until)
        if start < until:
            return start <= moment < until
        return moment >= start or moment < until


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person of the district who is told: ``reach`` is ``text`` or ``call``; a deputy stands in when nobody is on."""

    name: str
    phone: str
    language: str = "zh-Hans"
    reach: str = "text"
    duty: tuple[Duty, ...] = (Duty(),)
    deputy: bool = False

    def on_duty(self, local: time) -> bool:
        """Whether this contact is on duty at a local time of day."""
        return any(hours.covers(local) for hours in self.duty)


@dataclass(frozen=True)
class Contacts:
    """The personal part of a district."""

    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class District:
    """A district of household registration; without a reception point its people share the point's common zone."""

    district: str
    names: Mapping[str, str]
    kind: str = "district"
    code: str = ""
    reception_point: bool = False
    zone: str = ""
    personal: Contacts = field(default_factory=Contacts)
    version: int = 0

    def name(self, language: str) -> str:
        """The district's name in ``language``, else in English."""
        return self.names.get(language) or self.names.get("en") or self.district

    def on_duty(self, now: datetime, zone: str) -> tuple[Contact, ...]:
        """Contacts on duty at ``now``; else the deputies; empty when there is nobody at all."""
        local = now.astimezone(ZoneInfo(zone)).time()
        regular = tuple(c for c in self.personal.contacts if not c.deputy and c.on_duty(local))
        return regular or tuple(c for c in self.personal.contacts if c.deputy)


def zone_of(registration: str, point: Point, district: District | None) -> str:
    """The hall's zone for a household registration (field.md, the diversion point)."""
    if registration == ELSEWHERE:
        return point.zone_elsewhere
    if registration == NO_REGISTRATION or district is None:
        return point.zone_none
    return district.zone if district.reception_point and district.zone else point.zone_shared
