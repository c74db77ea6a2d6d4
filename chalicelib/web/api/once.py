"""Idempotency keys: used in the very transaction of the change, answered from what was kept."""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec

from chalicelib.actions.expiry import in_days
from chalicelib.actions.ports import AlreadyThere, Change, Page, Ports, Save, Store, View
from chalicelib.domain.arrivals import Hotel, Once
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import Conflict, KeyReused, Stale, Unavailable
from chalicelib.domain.messages import Message
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.place_resources import hotel_body
from chalicelib.web.api.resources import dispatch_answer, message_line, traveller_answer

log = logging.getLogger(__name__)
KEPT_DAYS = 2
_IDS = {Dispatch: "dispatch_id", Case: "case_id", Hotel: "hotel", Message: "message_id"}


class Repeated(Exception):
    """This key was used with this body before: ``kept`` is what to answer."""

    def __init__(self, kept: Once) -> None:
        super().__init__("repeated")
        self.kept = kept


def once(call: Call, actor: str, act: Callable[[], Answer], anew: Callable[[], Answer] | None = None) -> Answer:
    """What ``act`` answers, or what it answered when the same actor used the call's key before; raises KeyReused.

    ``anew`` answers a repetition whose answer is not kept yet, where no officer is there to read the resource for.
    """
    said = json.dumps([call.method, call.path, call.raw], sort_keys=True)
    used = once_for(call.wiring.ports, actor, call.key, said)
    try:
        store = OnceStore(call.wiring.store, used)
        call.ports = replace(call.ports, store=store)
        given = act()
    except Repeated as repeated:
        return _again(call, repeated.kept, anew)
    except (Conflict, Stale):
        # Perhaps the same request, a moment ahead, is what stands in the way.
        known = call.wiring.store.find(Once, used.key)
        if known is None or known.body_digest != used.body_digest:
            raise
        return _again(call, known, anew)
    kept = {"status": given.status, "body": msgspec.to_builtins(given.body), "etag": given.etag}
    # Lost, or kept by a request at the same moment: then it is answered anew from the resource.
    with suppress(AlreadyThere, Stale, Unavailable):
        store.keep(kept)
    return given


def once_for(ports: Ports, actor: str, key: str, said: str) -> Once:
    """The row of a key of one actor; ``said`` is everything that must be the same: method, path and body."""
    name = hashlib.sha256(f"{actor}\x1f{key}".encode()).hexdigest()
    return Once(
        key=name, body_digest=ports.digests.digest("once", "body", said), resource="",
        expires_at=in_days(ports.clock(), KEPT_DAYS),
    )  # fmt: skip


class OnceStore:
    """A store whose first transaction uses a key up as well."""

    def __init__(self, store: Store, used: Once) -> None:
        self._store = store
        self._row = used
        known = store.find(Once, used.key)
        if known is not None:
            raise _repetition(known, used)

    def find(self, kind: type[Any], *key: object) -> Any:
        """As the store beneath."""
        return self._store.find(kind, *key)

    def get(self, kind: type[Any], *key: object) -> Any:
        """As the store beneath."""
        return self._store.get(kind, *key)

    def many(self, kind: type[Any], keys: Sequence[tuple[object, ...]]) -> dict[tuple[object, ...], Any]:
        """As the store beneath."""
        return self._store.many(kind, keys)

    def page(self, view: View, limit: int, cursor: Mapping[str, Any] | None = None) -> Page:
        """As the store beneath."""
        return self._store.page(view, limit, cursor)

    def commit(self, changes: Sequence[Change]) -> None:
        """As the store beneath, the key with it the first time. Raises Repeated when it was used meanwhile."""
        if self._row.version:
            return self._store.commit(changes)
        used = replace(self._row, resource=_resource(changes))
        try:
            self._store.commit([*changes, Save(used)])
        except (AlreadyThere, Stale):
            known = self._store.find(Once, used.key)
            if known is not None:
                raise _repetition(known, used) from None
            raise
        self._row = replace(used, version=1)
        return None

    def keep(self, answer: Mapping[str, Any]) -> None:
        """Remember the answer that was given, whether or not anything had to be changed for it."""
        self._store.commit([Save(replace(self._row, personal=json.dumps(answer)))])


def _repetition(known: Once, used: Once) -> Exception:
    return Repeated(known) if known.body_digest == used.body_digest else KeyReused()


def _resource(changes: Sequence[Change]) -> str:
    """``201 dispatch <id>``: what the first change is about, and the status of an answer about it."""
    for entity in (change.entity for change in changes if type(change.entity) in _IDS):
        status = 200 if entity.version or isinstance(entity, Case) else 201
        return f"{status} {type(entity).__name__.lower()} {getattr(entity, _IDS[type(entity)])}"
    return ""


def _again(call: Call, kept: Once, anew: Callable[[], Answer] | None) -> Answer:
    call.ports = call.wiring.ports
    if kept.personal is not None:
        return Answer(**json.loads(kept.personal))
    if anew is not None:
        return anew()
    status, kind, key = kept.resource.split(" ")
    return replace(_RESOURCES[kind](call, key), status=int(status))


def _hotel(call: Call, key: str) -> Answer:
    hotel = call.ports.store.get(Hotel, key)
    return Answer(hotel_body(hotel), etag=str(hotel.version))


_RESOURCES: Mapping[str, Callable[[Call, str], Answer]] = {
    "case": traveller_answer,
    "dispatch": lambda call, key: dispatch_answer(call.ports.store.get(Dispatch, key)),
    "hotel": _hotel,
    "message": lambda call, key: Answer(message_line(call.ports.store.get(Message, key))),
}
