"""A bounded partition read to its end, page by page: nobody holds more of it than a page."""

from collections.abc import Iterator
from typing import Any

from chalicelib.actions.ports import Page, Store, View

PAGE = 100


def pages(store: Store, view: View) -> Iterator[Page]:
    """Every page, each read when it is asked for."""
    cursor = None
    while True:
        page = store.page(view, PAGE, cursor)
        yield page
        cursor = page.cursor
        if cursor is None:
            return


def every(store: Store, view: View) -> Iterator[Any]:
    """Every entity, in the view's order."""
    for page in pages(store, view):
        yield from page.items
