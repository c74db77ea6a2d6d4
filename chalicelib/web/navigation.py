"""The console's sections, and who sees which."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chalicelib.domain.desks import allowed, check_may
from chalicelib.domain.officers import Officer
from chalicelib.web.labels import N_


@dataclass(frozen=True)
class Section:
    """``verb`` is what one must be allowed to do to see it."""

    path: str
    verb: str
    title: str
    about: str


SECTIONS = (
    Section("/console/search", "read_cases", N_("Search"), N_("Find a traveller by whatever is at hand")),
    Section("/console/scan", "read_cases", N_("Scan"), N_("Check passes by camera or scanner, without network too")),
    Section("/console/flights", "read_flights", N_("Flights"), N_("Flights of the day, expected and declared heads")),
    Section("/console/onsite", "verify", N_("On-site"), N_("Fever, symptoms, positive tests; whom to verify")),
    Section("/console/entries", "assisted_declaration", N_("Entry"), N_("Declare for who cannot, or from paper")),
    Section("/console/waiting", "dispatch", N_("Waiting"), N_("Who waits in which zone, and for how long")),
    Section("/console/dispatches", "read_dispatches", N_("Dispatches"), N_("Vehicles boarding, under way and arrived")),
    Section("/console/calls", "do_task", N_("Calls to make"), N_("Who cannot be texted and must be called")),
    Section("/console/checkins", "quarantine", N_("Check-ins"), N_("Who in quarantine has not checked in today")),
    Section("/console/messages", "read_messages", N_("Messages"), N_("What was sent to whom, and whether it arrived")),
    Section("/console/templates", "read_templates", N_("Texts"), N_("How texts read in each language; what they cost")),
    Section("/console/districts", "read_districts", N_("Districts"), N_("Reception points and contacts on duty")),
    Section("/console/point", "put_point", N_("Point of entry"), N_("The duty phone that is told last")),
    Section("/console/posters", "put_point", N_("Posters"), N_("Codes that hang in the hall, printed and withdrawn")),
    Section("/console/drill", "put_point", N_("Drills"), N_("Whom a drill may text")),
    Section("/console/hotels", "read_hotels", N_("Hotels"), N_("Where quarantine is spent")),
    Section("/console/officers", "manage_officers", N_("Officers"), N_("Who may sign in, and at which desk")),
    Section("/console/keys", "manage_officers", N_("Keys"), N_("Keys for programs")),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A section as the officer sees it."""

    path: str
    title: str
    about: str
    current: bool


def navigation(translate: Callable[[str], str]) -> Mapping[str, Callable[[Officer | None, str], tuple[Entry, ...]]]:
    """``navigation(officer, path)`` for templates: the sections of the officer's desks."""

    def entries(officer: Officer | None, path: str) -> tuple[Entry, ...]:
        seen = (section for section in SECTIONS if officer and allowed(check_may, officer, section.verb))
        return tuple(
            Entry(section.path, translate(section.title), translate(section.about), _within(path, section.path))
            for section in seen
        )

    return {"navigation": entries}


def _within(path: str, section: str) -> bool:
    return path == section or path.startswith(section + "/")
