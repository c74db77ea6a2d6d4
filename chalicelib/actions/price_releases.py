"""What the releases that a day still plans will cost in texts to families and travellers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chalicelib.actions.ports import Owe, Ports, View
from chalicelib.actions.release import release_texts
from chalicelib.actions.whole_view import pages
from chalicelib.domain.case import Case
from chalicelib.domain.messages import Message
from chalicelib.domain.spending import MILLION, cost_of
from chalicelib.domain.work import PlannedRelease


@dataclass(frozen=True)
class Coming:
    """Releases still planned: people, and the price of their texts in millionths of the list's currency."""

    people: int
    micros: int


def price_releases(ports: Ports, point: str, day: date) -> Coming:
    """The releases planned for ``day`` at a point, without a drill's; each district's one digest is not in it."""
    found = list(_cases(ports, point, day))
    texts = [text for case in found for text in _texts(ports, case, day)]
    return Coming(len(found), int(cost_of(texts, ports.prices).price * MILLION))


def _cases(ports: Ports, point: str, day: date) -> Iterator[Case]:
    for page in pages(ports.store, View(PlannedRelease, "by_day", f"release#{point}#{day}")):
        for case in ports.store.many(Case, [(row.case_id,) for row in page.items]).values():
            if not case.drill:
                yield case


def _texts(ports: Ports, case: Case, day: date) -> Iterator[Message]:
    for change in release_texts(ports, case, day, ports.clock()):
        if isinstance(change, Owe) and isinstance(change.entity, Message) and change.entity.due_at:
            yield change.entity
