"""A district's contact answers with the code: before arrival that they know, after it that they have the people."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.actions.dispatchwork import DispatchWork
from chalicelib.actions.drive_dispatch import hand_over
from chalicelib.actions.ports import Change, Ports, Save, View
from chalicelib.domain.calendar import local_date
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.errors import Conflict, NotFound, Stale
from chalicelib.domain.handover import OPEN, Escalation, HandoverCode, answered, begun
from chalicelib.domain.places import Contact, District

TRIES = 4
"""Times that a vehicle which somebody else works on is read again."""
MOST = 100
"""Vehicles of a district and day that are looked through when a contact says no more than yes."""


@dataclass(frozen=True)
class Handover:
    """A vehicle, and the contact of its district who answers for it."""

    dispatch: Dispatch
    contact: Contact

    @property
    def actor(self) -> str:
        """Who acts, for the audit: the district. Whose phone it was is sealed."""
        return f"contact:{self.dispatch.district}"


def acknowledge_by_code(ports: Ports, phone: str, code: str) -> tuple[str, Dispatch]:
    """``acknowledged`` or ``awaited``, and the vehicle, for a code typed on the public page.

    Raises NotFound, the same for a wrong code, a phone that is nobody's, and a vehicle that nobody has counted.
    """
    for _ in range(TRIES):
        handover = by_code(ports, phone, (code,))
        if handover is None:
            raise NotFound("hand_over")
        try:
            return acknowledged_by_contact(ports, handover, "page"), handover.dispatch
        except Conflict:
            raise NotFound("hand_over") from None
        except Stale:
            continue
    raise Stale


def by_code(ports: Ports, phone: str, codes: Sequence[str]) -> Handover | None:
    """The hand-over of the first of these codes that one of this phone's districts has."""
    for district, contact in districts_of(ports, phone):
        for code in codes:
            known = ports.store.find(HandoverCode, district.district, code)
            dispatch = ports.store.find(Dispatch, known.dispatch_id) if known else None
            if dispatch is not None and dispatch.district == district.district:
                return Handover(dispatch, contact)
    return None


def only_open(ports: Ports, phone: str) -> Handover | None:
    """The hand-over of this phone's districts, if just one of today's and yesterday's is open."""
    found = [
        Handover(dispatch, contact)
        for district, contact in districts_of(ports, phone)
        for dispatch in _open_at(ports, district)
    ]
    return found[0] if len(found) == 1 else None


def districts_of(ports: Ports, phone: str) -> tuple[tuple[District, Contact], ...]:
    """The districts that this phone answers for; reference data is remembered, so this asks nobody."""
    known = ((district, district.contact_at(phone)) for district in ports.places.districts().values())
    return tuple((district, contact) for district, contact in known if contact is not None)


def _open_at(ports: Ports, district: District) -> Iterator[Dispatch]:
    zones = {point.time_zone for point in ports.places.points().values()}
    days = {local_date(ports.clock(), zone) - timedelta(days=back) for zone in zones for back in (0, 1)}
    for day in sorted(days):
        page = ports.store.page(View(Dispatch, "by_district", f"{district.district}#{day}"), MOST)
        yield from (dispatch for dispatch in page.items if dispatch.state in OPEN)


def acknowledged_by_contact(
    ports: Ports, handover: Handover, way: str, with_it: Callable[[str], Sequence[Change]] = lambda _: ()
) -> str:
    """``acknowledged`` or ``awaited``; ``with_it`` is what goes into the same transaction, by outcome.

    Saying it again changes nothing. Raises Conflict while nobody was counted, Stale when somebody was faster.
    """
    dispatch = handover.dispatch
    if dispatch.state == DispatchState.ARRIVED:
        work = DispatchWork(ports, dispatch, handover.actor)
        contact = handover.contact
        hand_over(ports, work, *with_it("acknowledged"), by={"way": way, "name": contact.name, "phone": contact.phone})
        return "acknowledged"
    outcome = "acknowledged" if dispatch.state == DispatchState.ACKNOWLEDGED else "awaited"
    changes = [*with_it(outcome), *(_awaited(ports, handover) if outcome == "awaited" else ())]
    if changes:
        ports.store.commit(changes)
    return outcome


def _awaited(ports: Ports, handover: Handover) -> list[Change]:
    dispatch, now = handover.dispatch, ports.clock()
    row = ports.store.find(Escalation, dispatch.dispatch_id, DispatchState.DEPARTED)
    if row is not None and row.answered_at is not None:
        return []
    since = row or begun(dispatch.dispatch_id, DispatchState.DEPARTED, dispatch.departed_at or now)
    return [Save(answered(since, handover.actor, now))]
