"""A view is read to its end, and no further ahead than a page."""

from itertools import islice

from chalicelib.actions.ports import Page, Save, View
from chalicelib.actions.whole_view import PAGE, every, pages
from chalicelib.domain.arrivals import Hotel
from chalicelib.storage.memory import MemoryStore

HOTELS = View(Hotel, "", "hotels")


class Counted(MemoryStore):
    """Counts the pages that were read."""

    read = 0

    def page(self, view: View, limit: int, cursor: object = None) -> Page:
        self.read += 1
        return super().page(view, limit, cursor)  # type: ignore[arg-type]


def town(hotels: int) -> Counted:
    store = Counted()
    names = {"en": "River View"}
    store.commit(
        [Save(Hotel(hotel=f"h{n:04}", names=names, district="yuzhong", rooms=1, capacity=1)) for n in range(hotels)]
    )
    return store


def test_everything_comes_in_order() -> None:
    many = 2 * PAGE + 7
    assert [hotel.hotel for hotel in every(town(many), HOTELS)] == [f"h{n:04}" for n in range(many)]
    assert [len(page.items) for page in pages(town(many), HOTELS)] == [PAGE, PAGE, 7]
    assert list(every(town(0), HOTELS)) == []


def test_a_page_is_read_when_it_is_asked_for() -> None:
    store = town(3 * PAGE)
    assert len(list(islice(every(store, HOTELS), PAGE))) == PAGE
    assert store.read == 1
