"""Points of entry, zones of the hall, districts and the people who answer their phones."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from chalicelib.domain.masking import mask_phone

ELSEWHERE, NO_REGISTRATION = "elsewhere", "none"
"""Household registrations that name no district: another province, and none at all (foreigners)."""
CONFIRM_ABOVE = 200
"""Texts that one verb of a person or program may owe without being asked back; a point may say otherwise."""
DAILY_CEILING = 20_000
"""Segments of a day after which nothing more is sent until the coordinator lifts it; a point may say otherwise."""
MOST_CONTACTS = 12
"""Of a district: a change of plan owes up to five rows for each, for two districts, in one transaction of 100."""


@dataclass(frozen=True)
class Zone:
    """A marked area of the hall; ``labels`` by language."""

    zone: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Coordinator:
    """The sealed part of a point: the phone that is told when a district does not answer; empty for none."""

    phone: str = ""
    language: str = "zh-Hans"


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
    confirm_above: int = CONFIRM_ABOVE
    daily_ceiling: int = DAILY_CEILING
    personal: Coordinator = field(default_factory=Coordinator)
    version: int = 0

    def name(self, language: str) -> str:
        """The point's name in ``language``, else in a near one, else in English."""
        return named(self.names, language) or self.point

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

    def masked(self) -> "Contact":
        """The same person, the phone for who only reads."""
        return replace(self, phone=mask_phone(self.phone))

    def on_duty(self, local: time) -> bool:
        """Whether this contact is on duty at a local time of day."""
        return any(hours.covers(local) for hours in self.duty)


@dataclass(frozen=True)
class Contacts:
    """The personal part of a district; ``fallback`` is the number that is told when nobody is on duty."""

    contacts: tuple[Contact, ...] = ()
    fallback: Contact | None = None

    def masked(self) -> "Contacts":
        """The same people, their phones for who only reads."""
        fallback = self.fallback and self.fallback.masked()
        return Contacts(tuple(contact.masked() for contact in self.contacts), fallback)


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

    @property
    def language(self) -> str:
        """What the district reads: its first contact's language, else its own country's."""
        return next((contact.language for contact in self.personal.contacts if contact.language), "zh-Hans")

    def name(self, language: str) -> str:
        """The district's name in ``language``, else in a near one, else in English."""
        return named(self.names, language) or self.district

    def on_duty(self, now: datetime, zone: str) -> tuple[Contact, ...]:
        """Contacts on duty at ``now``; else the deputies; empty when there is nobody at all."""
        local = now.astimezone(ZoneInfo(zone)).time()
        regular = tuple(c for c in self.personal.contacts if not c.deputy and c.on_duty(local))
        return regular or tuple(c for c in self.personal.contacts if c.deputy)

    def to_tell(self, now: datetime, zone: str) -> tuple[Contact, ...]:
        """Who is told of a vehicle: those on duty, else the fallback number."""
        return self.on_duty(now, zone) or self._last()

    def next_to_tell(self, told: Collection[str], now: datetime, zone: str) -> Contact | None:
        """Whom to tell when those ``told`` (numbers) do not answer: on duty, a deputy, the fallback number.

        Where all of them were told, the first is told once more.
        """
        deputies = tuple(c for c in self.personal.contacts if c.deputy)
        line = dict.fromkeys((*self.on_duty(now, zone), *deputies, *self._last()))
        return next((c for c in line if c.phone not in told), next(iter(line), None))

    def _last(self) -> tuple[Contact, ...]:
        return (self.personal.fallback,) if self.personal.fallback else ()

    @property
    def everybody(self) -> tuple[Contact, ...]:
        """All contacts, and the fallback number."""
        return (*self.personal.contacts, *self._last())

    def contact_at(self, phone: str) -> Contact | None:
        """The contact, or the fallback number, that this phone is."""
        return next((c for c in self.everybody if c.phone == phone), None)


def named(names: Mapping[str, str], language: str) -> str:
    """A name in ``language``, else in the Chinese that there is for who reads Chinese, else in English, else empty."""
    wanted = (language, "zh-Hans", "en") if language.startswith("zh") else (language, "en")
    return next((names[known] for known in wanted if names.get(known)), "")


def zone_of(registration: str, point: Point, district: District | None) -> str:
    """The hall's zone for a household registration (field.md, the diversion point)."""
    if registration == ELSEWHERE:
        return point.zone_elsewhere
    if registration == NO_REGISTRATION or district is None:
        return point.zone_none
    return district.zone if district.reception_point and district.zone else point.zone_shared
