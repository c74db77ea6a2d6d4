"""How many of a flight have declared, by state: a flight is a bounded partition."""

from collections import Counter

from chalicelib.actions.ports import Ports, View
from chalicelib.actions.whole_view import pages
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.settle import settled


def count_flight(ports: Ports, flight: Flight) -> Counter[str]:
    """Travellers of a flight by state, each read through its dispatch; linked declarations are not people.

    A drill counts its own, and no flight counts those of a drill.
    """
    view = View(Case, "by_flight", f"{flight.point}#{flight.date}#{flight.number}")
    counts: Counter[str] = Counter()
    for page in pages(ports.store, view):
        wanted = {(case.dispatch_id,): None for case in page.items if case.dispatch_id}
        dispatches = ports.store.many(Dispatch, list(wanted))
        people = [case for case in page.items if case.linked_to is None and case.drill == flight.drill]
        counts.update(str(settled(case, dispatches.get((case.dispatch_id,))).state) for case in people)
    return counts
