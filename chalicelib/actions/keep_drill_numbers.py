"""Whose phones a drill may text: put whole, as they were read."""

from chalicelib.actions.ports import AlreadyThere, Ports, Save
from chalicelib.domain.desks import check_may
from chalicelib.domain.drill import DrillNumbers, Numbers
from chalicelib.domain.errors import Stale
from chalicelib.domain.officers import Officer


def read_drill_numbers(ports: Ports, officer: Officer, point: str) -> DrillNumbers:
    """The numbers of a point, none to begin with; raises NotPermitted."""
    check_may(officer, "put_point")
    return ports.store.find(DrillNumbers, point) or DrillNumbers(point=point)


def put_drill_numbers(
    ports: Ports, officer: Officer, point: str, numbers: tuple[str, ...], version: int
) -> DrillNumbers:
    """The numbers as written; ``version`` is the one that was read, 0 for none. Raises NotPermitted, Stale."""
    check_may(officer, "put_point")
    personal = Numbers(tuple(dict.fromkeys(numbers)))
    row = DrillNumbers(point=point, personal=personal, version=version)
    try:
        ports.store.commit([Save(row)])
    except AlreadyThere:
        raise Stale from None
    ports.drills.forget()
    return read_drill_numbers(ports, officer, point)
