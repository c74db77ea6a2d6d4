"""Lists a page at a time: a cursor goes on only with the list that it came from."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from chalicelib.actions.ports import Page
from chalicelib.domain.calendar import local_date
from chalicelib.web.api.answers import Listed
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.known import asked_point
from chalicelib.web.cursor import opened, sealed


def position(call: Call) -> dict[str, Any] | None:
    """Where the cursor that was sent goes on, None without one; raises Invalid for one of another list."""
    cursor = call.query.get("cursor", "")
    return opened(cursor, _list_of(call)) if cursor else None


def listed(call: Call, page: Page, line: Callable[[Any], Any]) -> Answer:
    """A page of a list, each item as ``line`` shows it."""
    following = sealed(page.cursor, _list_of(call)) if page.cursor is not None else None
    return Answer(Listed([line(item) for item in page.items], following))


def whole(items: Iterable[Any]) -> Answer:
    """A list that is short enough to have no pages."""
    return Answer(Listed(list(items), None))


def _list_of(call: Call) -> str:
    """The list by path and filters; one of today ends with the day."""
    filters = {name: value for name, value in call.query.items() if name not in ("cursor", "limit")}
    if "date" not in filters:
        filters["date"] = str(local_date(call.ports.clock(), asked_point(call).time_zone))
    return json.dumps([call.path, filters], sort_keys=True)
