"""What requests carry, as types: unknown fields are refused, every length is bounded."""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

Short = Annotated[str, Meta(min_length=1, max_length=100)]
Text = Annotated[str, Meta(max_length=500)]


class Strict(Struct, forbid_unknown_fields=True):
    """A body that refuses what it does not know."""


class Confirmed(Strict, kw_only=True):
    """``confirm`` says yes to what a verb costs that was answered with 409 ``confirmation_needed``."""

    confirm: bool = False


class DeclarationBody(Strict):
    """A filled-in form; with ``source`` a desk that assists enters it for a traveller, with its key."""

    form: Short
    version: Annotated[int, Meta(ge=1, le=999)]
    language: Short
    point: Short
    answers: Any
    source: Literal["assisted", "paper"] | None = None


class RecoverBody(Strict):
    """What a lost pass is found by."""

    reference: Short
    document_number: Short
    date_of_birth: Short


class ReasonBody(Confirmed):
    """A verb of a traveller; which of them need a reason is the action's to say."""

    reason: Text = ""


class CorrectBody(Strict):
    """``answers`` are the form's fields that change; null takes an answer away."""

    answers: Annotated[dict[str, Any], Meta(min_length=1)]
    reason: Text = ""


class QuarantineBody(Confirmed):
    """``days`` defaults to the point's; ``start_date`` to today there."""

    kind: Literal["hotel", "home"]
    place: Annotated[str, Meta(min_length=1, max_length=200)]
    room: Annotated[str, Meta(max_length=200)] = ""
    start_date: date | None = None
    days: int | None = None


class ChangeBody(Confirmed):
    """Another end date."""

    end_date: date
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class VehicleBody(Strict):
    """``capacity`` counts seats for travellers."""

    plate: Annotated[str, Meta(min_length=1, max_length=20)]
    kind: Annotated[str, Meta(min_length=1, max_length=40)]
    capacity: Annotated[int, Meta(ge=1, le=100)]


class EscortBody(Strict):
    """Who rides along."""

    name: Short
    phone: Annotated[str, Meta(min_length=1, max_length=40)]


class DispatchBody(Strict):
    """A vehicle for a district."""

    district: Short
    vehicle: VehicleBody
    escort: EscortBody
    traveller_ids: Annotated[list[Short], Meta(min_length=1, max_length=100)]


class BoardBody(Strict):
    """One of the two."""

    pass_: Annotated[str, Meta(max_length=500)] | None = msgspec.field(default=None, name="pass")
    traveller_id: Short | None = None


class PlanBody(Confirmed):
    """What became different on the road. ``plate`` is the replacement's after a breakdown; ``district`` where it goes
    instead; ``traveller_id`` who left the vehicle."""

    change: Literal["breakdown", "district", "left"]
    reason: Annotated[str, Meta(min_length=1, max_length=500)]
    plate: Annotated[str, Meta(max_length=20)] = ""
    district: Annotated[str, Meta(max_length=100)] = ""
    traveller_id: Annotated[str, Meta(max_length=100)] = ""


class ArriveBody(Strict):
    """The headcount."""

    present: Annotated[list[Short], Meta(max_length=100)]


class SearchBody(Strict):
    """One of the fields, and a date that widens it."""

    document_number: Short | None = None
    phone: Short | None = None
    reference: Short | None = None
    plate: Short | None = None
    name: Short | None = None
    date: "date | None" = None


class DepartBody(Confirmed):
    """Nothing to say but yes."""


class EmptyBody(Strict):
    """Nothing to say: ``{}``, or no body at all."""
