"""Parameters of queries, paths and headers, as the reference describes them."""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.messages import MessageState
from chalicelib.domain.states import State
from chalicelib.web.api.call import DEFAULT_LIMIT, MOST

Parameter = dict[str, Any]


def _query(name: str, description: str, **schema: Any) -> Parameter:
    """An empty value is none."""
    return {
        "name": name, "in": "query", "description": description, "allowEmptyValue": True,
        "schema": {"type": "string", **schema},
    }  # fmt: skip


def _header(name: str, description: str, **more: Any) -> Parameter:
    return {"name": name, "in": "header", "description": description, "schema": {"type": "string"}, **more}


QUERY: Mapping[str, Parameter] = {
    "point": _query("point", "Point of entry; the key's own without one"),
    "flight": _query("flight", "Flight number, such as CA406"),
    "date": _query("date", "Local date; today without one", format="date"),
    "state": _query("state", "State of a traveller", enum=[state.value for state in State]),
    "message_state": _query("state", "State of a message", enum=[state.value for state in MessageState]),
    "district": _query("district", "A district's id"),
    "traveller_id": _query("traveller_id", "Messages about this traveller"),
    "dispatch_id": _query("dispatch_id", "Messages about this vehicle"),
    "numbers": _query(
        "numbers", "`full` for phone numbers in full, to a desk that may call; the look is in the audit", enum=["full"]
    ),
    "cursor": _query("cursor", "Where the list goes on: `next` of the page before"),
    "limit": _query(
        "limit", f"Items of a page; more than {MOST} are {MOST}", type="integer", minimum=1, default=DEFAULT_LIMIT
    ),
}  # fmt: skip

IDEMPOTENCY_KEY = _header(
    "Idempotency-Key", "The same key and body answer as the first time; the same key with another body is 422"
)
ACCEPT_LANGUAGE = _header("Accept-Language", "Language of sentences in errors")
IF_MATCH = {
    "taken": _header("If-Match", "The ETag that the change builds on"),
    "demanded": _header(
        "If-Match", "The ETag that the change builds on, or `*`; demanded wherever there is something to change"
    ),
}
PATHS: Mapping[str, Parameter] = {
    "date": {"type": "string", "format": "date"},
    "point": {"type": "string", "pattern": "^[A-Z]{3}$"},
}
"""Schemas of path parameters that are more than a string."""


def of_path(name: str) -> Parameter:
    """A parameter of the path."""
    return {"name": name, "in": "path", "required": True, "schema": dict(PATHS.get(name, {"type": "string"}))}
