"""Whose phones a drill may text."""

from typing import Annotated

from chalice import Blueprint
from msgspec import Meta, Struct

from chalicelib.actions.keep_drill_numbers import put_drill_numbers, read_drill_numbers
from chalicelib.domain.drill import DrillNumbers
from chalicelib.domain.errors import Stale
from chalicelib.domain.masking import mask_phone
from chalicelib.web.access_rules import may
from chalicelib.web.api.bodies import Strict
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.typed import phone

blueprint = Blueprint(__name__)
PATH = "/points/{point}/drill_numbers"


class DrillNumbersBody(Strict):
    """Numbers in any usual form, whole."""

    numbers: Annotated[list[Annotated[str, Meta(min_length=1, max_length=40)]], Meta(max_length=200)]


class DrillNumbersAnswer(Struct, frozen=True):
    """``numbers`` are masked."""

    point: str
    numbers: list[str]


@endpoint(blueprint, "GET", PATH, may("put_point", "key"), answer=DrillNumbersAnswer, etag=True)
def get_drill_numbers(call: Call, point: str) -> Answer:
    """The numbers, masked."""
    return _answer(read_drill_numbers(call.ports, call.officer, call.ports.places.point(point).point))


@endpoint(
    blueprint, "PUT", PATH, may("put_point", "key"), body=DrillNumbersBody, answer=DrillNumbersAnswer, etag=True,
    match="demanded",
)  # fmt: skip
def put_numbers(call: Call, point: str) -> Answer:
    """The numbers that a drill may text, whole."""
    known = call.ports.places.point(point)
    given = call.body(DrillNumbersBody).numbers
    numbers = tuple(phone(f"numbers.{place}", number, known) for place, number in enumerate(given))
    standing = read_drill_numbers(call.ports, call.officer, known.point)
    asked = call.demanded_match()
    if asked is not None and asked != _etag(standing):
        raise Stale
    return _answer(put_drill_numbers(call.ports, call.officer, known.point, numbers, standing.version))


def _answer(row: DrillNumbers) -> Answer:
    masked = [mask_phone(number) for number in row.personal.numbers]
    return Answer(DrillNumbersAnswer(row.point, masked), etag=_etag(row))


def _etag(row: DrillNumbers) -> str:
    """A list that nobody has put yet can be read, so it has one too."""
    return str(row.version + 1)
