"""Posters: made with a code of their own, listed, and withdrawn for good."""

from dataclasses import replace

from chalicelib.actions.ports import AlreadyThere, Ports, Save, View
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import NotFound, Stale, Unavailable
from chalicelib.domain.officers import Officer
from chalicelib.domain.posters import Poster, poster_code, read_code

LISTED = 100
"""The newest; an older one is withdrawn by the code that is printed on it."""


def make_poster(ports: Ports, officer: Officer, point: str, gate: str, flight: str) -> Poster:
    """A new poster of the point, of a gate or a flight unless empty; raises NotPermitted, Stale."""
    check_may(officer, "put_point")
    now = ports.clock()
    code = poster_code(point, now, officer.officer_id, gate, flight)
    made = Poster(point=point, code=code, gate=gate, flight=flight, made_at=now, made_by=officer.officer_id)
    try:
        ports.store.commit([Save(made)])
    except AlreadyThere:
        raise Stale from None
    return replace(made, version=1)


def list_posters(ports: Ports, officer: Officer, point: str) -> tuple[Poster, ...]:
    """The point's posters, the newest first; raises NotPermitted."""
    check_may(officer, "put_point")
    return ports.store.page(View(Poster, "", f"posters#{point}", newest_first=True), LISTED).items


def withdraw_poster(ports: Ports, officer: Officer, point: str, code: str) -> Poster:
    """The poster, withdrawn from now on or since it was; raises NotPermitted, NotFound, Stale."""
    check_may(officer, "put_point")
    known = read_poster(ports, point, code)
    if known.withdrawn_at is not None:
        return known
    after = replace(known, withdrawn_at=ports.clock(), withdrawn_by=officer.officer_id)
    ports.store.commit([Save(after)])
    return replace(after, version=known.version + 1)


def read_poster(ports: Ports, point: str, code: str) -> Poster:
    """The poster of a code as it was typed; raises NotFound."""
    read = read_code(code)
    if not read:
        raise NotFound("poster")
    return ports.store.get(Poster, point, read)


def is_withdrawn(ports: Ports, point: str, code: str) -> bool:
    """Whether a poster is not to be used any more. While the database is away every poster counts."""
    try:
        return read_poster(ports, point, code).withdrawn_at is not None
    except (NotFound, Unavailable):
        return False
