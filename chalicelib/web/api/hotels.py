"""Quarantine hotels."""

from chalice import Blueprint

from chalicelib.actions.keep_reference import list_hotels, put_reference
from chalicelib.domain.arrivals import Hotel
from chalicelib.domain.errors import Conflict, Stale
from chalicelib.domain.identifiers import derived_id
from chalicelib.web.access_rules import may
from chalicelib.web.api import place_answers as answers
from chalicelib.web.api.answers import Listed
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.api.known import known_district
from chalicelib.web.api.paging import listed, position
from chalicelib.web.api.place_bodies import HotelBody
from chalicelib.web.api.place_resources import hotel_body

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "GET", "/hotels", may("read_hotels", "key"), answer=Listed[answers.Hotel], query=("limit", "cursor")
)
def get_hotels(call: Call) -> Answer:
    """A page of hotels."""
    return listed(call, list_hotels(call.ports, call.officer, call.limit, position(call)), hotel_body)


@endpoint(
    blueprint, "POST", "/hotels", may("put_hotel", "key"), body=HotelBody, answer=answers.Hotel, statuses=(201,),
    etag=True, conflicts=True,
)  # fmt: skip
def post_hotel(call: Call) -> Answer:
    """A new hotel; its id derives from its district and name, so that nobody adds it twice."""
    body = call.body(HotelBody)
    known_district(call, "district", body.district)
    name = next(iter(sorted(body.names.items())))[1]
    hotel = Hotel(
        hotel=derived_id("hotel", body.district, name, length=10), names=body.names, district=body.district,
        rooms=body.rooms, capacity=body.capacity,
    )  # fmt: skip
    try:
        written = put_reference(call.ports, call.officer, hotel)
    except Stale:
        raise Conflict("hotel_known") from None
    return Answer(hotel_body(written), 201, str(written.version))
