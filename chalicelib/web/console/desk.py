"""Where an officer stands: the point and its day, and how things are named in the page's language."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from chalice import Response

from chalicelib.actions.ports import Ports
from chalicelib.domain.calendar import days_left, local_date
from chalicelib.domain.case import Case
from chalicelib.domain.masking import mask_document, mask_phone
from chalicelib.domain.messages import Message, was_given_up
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import District, Point
from chalicelib.domain.spending import MILLION, PAID
from chalicelib.web.console.causes import cause
from chalicelib.web.console.words import REGISTRATIONS, word
from chalicelib.web.labels import N_
from chalicelib.web.typed import day as read_day
from chalicelib.web.visit import Visit
from chalicelib.wiring import Wiring, wiring

DATED = N_("%(day)s %(year)s")


@dataclass(frozen=True)
class Desk:
    """An officer's visit with all that its page names; templates know it as ``desk``."""

    visit: Visit
    wiring: Wiring
    ports: Ports
    point: Point

    @classmethod
    def of(cls, visit: Visit) -> "Desk":
        """The desk of a visit: the officer's own point, else the first there is; raises NotFound without any."""
        here = wiring()
        points = here.places.points()
        own = visit.officer.point or next(iter(sorted(points)), "")
        ports = replace(here.ports, confirmed=visit.form.text("confirm") == "yes")
        return cls(visit, here, ports, here.places.point(own))

    @property
    def officer(self) -> Officer:
        """Who is signed in."""
        return self.visit.officer

    @property
    def now(self) -> datetime:
        """The moment of this page."""
        return self.ports.clock()

    @cached_property
    def today(self) -> date:
        """The date at the point."""
        return local_date(self.now, self.point.time_zone)

    @property
    def nights(self) -> tuple[date, date]:
        """Today and yesterday: a night's work does not end at midnight."""
        return self.today, self.today - timedelta(days=1)

    def asked_day(self) -> date:
        """The date of ``?date=``, else today; raises Invalid."""
        return read_day("date", self.visit.query.get("date", "")) or self.today

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """A console page with this desk in it."""
        return self.visit.render(f"console/{template}.html", status, desk=self, **values)

    def local(self, moment: datetime) -> datetime:
        """The moment on the point's clocks."""
        return moment.astimezone(ZoneInfo(self.point.time_zone))

    def at(self, moment: datetime | None) -> str:
        """``14:05`` today, ``6 Dec 14:05`` on another day."""
        if moment is None:
            return ""
        local = self.local(moment)
        return f"{local:%H:%M}" if local.date() == self.today else f"{self.day(local.date())} {local:%H:%M}"

    def clock(self, moment: datetime) -> str:
        """``14:05`` on the point's clocks, whatever the day."""
        return f"{self.local(moment):%H:%M}"

    def at_written(self, moment: str) -> str:
        """``at`` for a moment as audit facts write it."""
        return self.at(datetime.fromisoformat(moment))

    def day(self, day: date) -> str:
        """A calendar date, short and unambiguous."""
        return self.ports.texts.short_date(day, self.visit.language)

    def dated(self, day: date) -> str:
        """A calendar date with its year, for what is not of these days."""
        return self.visit.say(DATED, day=self.day(day), year=day.year)

    def count(self, number: int) -> str:
        """A large number as officers' languages write it: ``20,000``."""
        return f"{number:,}"

    def days_left(self, end: date) -> int:
        """Whole days until a quarantine ends."""
        return days_left(end, self.today)

    def word(self, kind: str, code: str) -> str:
        """A code of console/words.py as officers read it; an unknown one stays as it is."""
        marked = word(kind, code)
        return self.visit.say(marked) if marked else code

    def cause(self, code: str) -> str:
        """Why a message did not go, in words; with the provider's own code, for who asks the provider."""
        marked = cause(code)
        if not marked:
            return code
        return f"{self.visit.say(marked)} ({code})" if code[:1].isdecimal() else self.visit.say(marked)

    def zone(self, zone: str) -> str:
        """A zone's label."""
        return self.point.label(zone, self.visit.language)

    def district(self, district: str | None) -> str:
        """A district's name, or the words for what is none."""
        if district in REGISTRATIONS:
            return self.visit.say(REGISTRATIONS[district])
        known = self.ports.places.districts().get(district or "")
        return known.name(self.visit.language) if known else district or ""

    def districts(self) -> tuple[District, ...]:
        """The districts that this officer may choose, by name; a district's officer has one."""
        own = self.officer.district
        every = self.ports.places.districts().values()
        mine = [found for found in every if "district" not in self.officer.desks or own in (None, found.district)]
        return tuple(sorted(mine, key=lambda found: found.code or found.district))

    def district_names(self) -> dict[str, str]:
        """Names by id, for the form engine."""
        return {key: found.name(self.visit.language) for key, found in self.ports.places.districts().items()}

    def names(self, case: Case) -> tuple[str, str]:
        """A traveller's name as this page's readers take it first, and the other way of writing it (or nothing)."""
        answers = case.answers
        latin = f"{answers.get('family_name', '')} {answers.get('given_names', '')}".strip()
        chinese = str(answers.get("name_zh") or "")
        first, second = (chinese, latin) if self.visit.language.startswith("zh") else (latin, chinese)
        return (first, second) if first else (second, "")

    def document(self, case: Case) -> str:
        """The document number, masked, or nothing."""
        number = case.answers.get("document_number")
        return mask_document(number) if number else ""

    def money(self, micros: int) -> str:
        """Millionths of the price list's currency as ``1,234.56 USD``."""
        return self.priced(micros / MILLION)

    def priced(self, amount: Decimal | float) -> str:
        """An amount in the price list's currency."""
        return f"{amount:,.2f} {self.ports.prices.currency}"

    def price(self, message: Message) -> str:
        """What a message costs, or nothing where the provider did not take it."""
        price = self.ports.prices.price(message.segments, message.personal.to)
        return self.money(int(price * MILLION)) if message.state in PAID else ""

    def was_given_up(self, message: Message) -> bool:
        """Whether it goes again only if an officer says so."""
        return was_given_up(message)

    def seconds(self, span: int) -> str:
        """``0:07``, ``12:30``, ``1:02:30``."""
        hours, rest = divmod(span, 3600)
        minutes = f"{rest // 60}:{rest % 60:02d}"
        return f"{hours}:{minutes:0>5}" if hours else minutes

    def phone(self, number: str | None) -> str:
        """A phone number, masked, or nothing."""
        return mask_phone(number) if number else ""
