"""The day played into a running stack, scene by scene. Each deed looks first: what stands already is not done again."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import Any, TypeVar

from chalicelib.intake.forms import load
from infra.demo.client import CROWD, Client, Refused
from infra.demo.day import ArrivalDay
from infra.demo.flights import FLIGHTS
from infra.demo.parties import Party
from infra.demo.places import hotels
from infra.demo.vehicles import Seat

T = TypeVar("T")
Told = Callable[[str], None]
"""Hears the name of the scene after each deed."""
POINT = "CKG"
FORM, VERSION = "arrival", 1
PATHS = {
    "declared": (), "verified": ("verify",), "registered": ("verify", "register"), "ride": ("verify", "register"),
    "referred": ("refer",), "onward": ("verify", "onward"), "exempt": ("verify", "exempt"), "void": ("void",),
}  # fmt: skip
"""The verbs that bring somebody from the gate to a party's goal."""
BEFORE = {
    "verify": "declared", "register": "verified", "refer": "declared", "onward": "verified", "exempt": "verified",
    "void": "declared", "release": "in_quarantine",
}  # fmt: skip
"""The state in which each verb finds somebody."""
ONLY_ONCE = frozenset({"refer", "onward", "exempt", "void", "release"})
"""Verbs that an officer may have undone since: not done again to who has them in the history."""
STALE_TRIES = 8


def spoken(point: dict[str, Any]) -> list[str]:
    """The languages of a point that its form can be filled in: the point may be ahead of the form."""
    return [language for language in point["languages"] if language in load(FORM, VERSION).languages]


@dataclass
class Play:
    """``phone`` is any traveller's, ``desk`` an officer's program.

    ``people`` are the travellers' ids by party, ``references`` what they read aloud, ``seconds`` who declared twice.
    """

    day: ArrivalDay
    phone: Client
    desk: Client
    told: Told
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    references: dict[Seat, str] = field(default_factory=dict)
    seconds: dict[str, str] = field(default_factory=dict)

    def key(self, *parts: str) -> str:
        """The Idempotency-Key of a deed: the same in every run of the same day."""
        return "-".join(("demo", str(self.day.date), str(self.day.seed), str(self.day.heads), *parts))

    def flights(self) -> None:
        """The desk's flights and hotels; what is on the list stays as it is."""
        for place, flight in enumerate(FLIGHTS):
            path = f"/flights/{POINT}/{self.day.date}/{flight.number(self.day.seed)}"
            body = flight.body(self.day.date, self.day.flight_heads(place))
            _unless_known(self.desk.ask, "PUT", path, body)
            self.told("Flights")
        for hotel in hotels():
            body = {"names": hotel.names, "district": hotel.district, "rooms": hotel.rooms, "capacity": hotel.rooms}
            _unless_known(self.desk.post, "/hotels", body, self.key(hotel.names["en"]))

    def declare(self) -> None:
        """Every party's phone, a crowd at a time; who tells another story comes back when all others are through."""
        self._all("Declarations", self._declared, self.day.parties.values())
        self._all("Declarations", self._declared_again, [one for one in self.day.parties.values() if one.is_told_twice])

    def _declared(self, party: Party) -> None:
        receipt = self._receipt(party, party.answers, party.key)
        self.people[party.key] = tuple(person["traveller_id"] for person in receipt["party"])
        for place, person in enumerate(receipt["party"]):
            self.references[party.key, place] = person["reference"]

    def _declared_again(self, party: Party) -> None:
        receipt = self._receipt(party, party.other_answers, f"{party.key}-again")
        self.seconds[party.key] = receipt["reference"]

    def _receipt(self, party: Party, answers: dict[str, Any], key: str) -> Any:
        body = {"form": FORM, "version": VERSION, "language": party.language, "point": POINT, "answers": answers}
        return self.phone.post("/declarations", body, self.key(key))

    def gate(self) -> None:
        """The officers at the gate and at the entrance of the hall."""
        self._all("Gate and hall", self._brought, self.day.goals())

    def _brought(self, seat: Seat) -> None:
        party = self.day.parties[seat[0]]
        reason = party.role.reason if party.role else ""
        for verb in PATHS[party.goal]:
            self.act(seat, verb, {"reason": reason} if verb in ONLY_ONCE else {})

    def act(self, seat: Seat, verb: str, body: dict[str, Any]) -> None:
        """Do a verb to somebody who is in the state that it starts from; raises Refused."""
        case = f"/travellers/{self.id_of(seat)}"
        for attempt in range(STALE_TRIES):
            found = self.desk.get(case)
            if found.body["state"] != BEFORE[verb] or (verb in ONLY_ONCE and self._did(case, verb)):
                return
            try:
                self.desk.post(f"{case}/{verb}", body, self.key(*map(str, seat), verb), found.etag)
                return
            except Refused as refusal:
                # Somebody moved between the two calls, such as the job that brings people level with their vehicle.
                if refusal.status not in (409, 412) or attempt == STALE_TRIES - 1:
                    raise

    def _did(self, case: str, verb: str) -> bool:
        return any(entry["verb"] == verb for entry in self.desk.get(f"{case}/history").body["items"])

    def id_of(self, seat: Seat) -> str:
        """The traveller's id of a place in a party."""
        return self.people[seat[0]][seat[1]]

    def _all(self, scene: str, deed: Callable[[T], None], things: Iterable[T]) -> None:
        crowd(deed, things, lambda: self.told(scene))


def crowd(deed: Callable[[T], None], things: Iterable[T], done: Callable[[], None] = lambda: None) -> None:
    """Do it to all, a few at a time; the first failure is raised when those under way have ended."""
    with ThreadPoolExecutor(CROWD) as pool:
        waiting = [pool.submit(deed, thing) for thing in things]
        try:
            for one in as_completed(waiting):
                one.result()
                done()
        finally:
            for one in waiting:
                one.cancel()


def _unless_known(put: Callable[..., Any], *said: Any) -> None:
    """Put what is new; what stands already is refused as known (409), or for want of an If-Match (428)."""
    try:
        put(*said)
    except Refused as refusal:
        if refusal.status not in (409, 428):
            raise
