"""Numbers that want no texts. Their digest stands under a key of its own: a wish must outlive a month's key.

That key can tell whether a given number opted out, and no more: the number itself lies sealed.
"""

from collections.abc import Iterable

from chalicelib.actions.ports import AlreadyThere, Change, Ports, Save
from chalicelib.domain.errors import Stale
from chalicelib.domain.received import OptOut, Sender, started, stopped

STANDING = "standing"


def _digest(ports: Ports, phone: str) -> str:
    return ports.digests.digest(STANDING, "opt-out", phone)


def opted_out(ports: Ports, phone: str) -> bool:
    """Whether this number is to get no texts."""
    known = ports.store.find(OptOut, _digest(ports, phone))
    return known is not None and known.stopped


def all_opted_out(ports: Ports, phones: Iterable[str]) -> frozenset[str]:
    """Those of these numbers that are to get no texts, in one read."""
    by_key: dict[tuple[object, ...], str] = {(_digest(ports, phone),): phone for phone in phones}
    found = ports.store.many(OptOut, list(by_key))
    return frozenset(by_key[key] for key, known in found.items() if known.stopped)


def stop(ports: Ports, phone: str, sender: str) -> list[Change]:
    """What remembers that ``phone`` wants nothing more from ``sender``."""
    digest = _digest(ports, phone)
    known = ports.store.find(OptOut, digest) or OptOut(digest=digest, personal=Sender(phone))
    return [] if sender in known.senders else [Save(stopped(known, sender, ports.clock()))]


def start(ports: Ports, phone: str, sender: str) -> list[Change]:
    """What lifts it."""
    known = ports.store.find(OptOut, _digest(ports, phone))
    return [Save(started(known, sender))] if known is not None and known.stopped else []


def remember_refusal(ports: Ports, phone: str) -> None:
    """The provider knows of an opt-out that never reached us."""
    try:
        ports.store.commit(stop(ports, phone, ""))
    except (Stale, AlreadyThere):
        return  # Somebody else remembers it at this moment.
