"""Entities to keep, and what is read of them."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.actions.ports import AlreadyThere, Change, Store, View
from chalicelib.domain.case import Case
from chalicelib.domain.messages import Message
from tests.domain.cases import case, message
from tests.wired import fresh


def new_case(**changes: Any) -> Case:
    return case(fresh(), **changes)


def new_message(**changes: Any) -> Message:
    return message(message_id=fresh(20), **changes)


def refused(store: Store, *changes: Change) -> tuple[Any, ...]:
    with pytest.raises(AlreadyThere) as met:
        store.commit(changes)
    return met.value.found


def all_of(store: Store, view: View, limit: int = 2) -> list[Any]:
    return [entity for page in pages(store, view, limit) for entity in page]


def pages(store: Store, view: View, limit: int) -> Iterator[tuple[Any, ...]]:
    cursor = None
    while True:
        page = store.page(view, limit, cursor)
        assert len(page.items) <= limit
        yield page.items
        cursor = page.cursor
        if cursor is None:
            return
