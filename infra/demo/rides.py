"""Vehicles of the day, and what comes after them: boarded, on the road, counted, handed over, housed."""

from random import Random
from typing import Any

from infra.demo import places
from infra.demo.cast import WHY_RELEASED
from infra.demo.play import POINT, Play, crowd
from infra.demo.vehicles import Run, Seat


def drive(play: Play) -> None:
    """Each vehicle as far as its run says; several at once, each by its own staff."""
    standing = list(play.desk.every("/dispatches", point=POINT, date=str(play.day.date)))
    crowd(lambda run: _driven(play, run, standing), play.day.runs)


def _driven(play: Play, run: Run, standing: list[dict[str, Any]]) -> None:
    vehicle = _known(play, run, standing) or _opened(play, run)
    path = f"/dispatches/{vehicle['dispatch_id']}"
    vehicle = _boarded(play, run, vehicle)
    if vehicle["state"] == "boarding" and run.reaches("departed"):
        vehicle = play.desk.post(f"{path}/depart", {}, play.key(run.district, "depart"))
    if vehicle["state"] == "departed" and run.reaches("arrived"):
        present = [play.id_of(seat) for seat in run.present if play.id_of(seat) in vehicle["boarded"]]
        vehicle = play.desk.post(f"{path}/arrive", {"present": present}, play.key(run.district, "arrive"))
    if vehicle["state"] == "arrived" and run.reaches("acknowledged"):
        play.desk.post(f"{path}/acknowledge", {}, play.key(run.district, "acknowledge"))


def _known(play: Play, run: Run, standing: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The vehicle of an earlier run of the same day: its plate, with these people on it."""
    riders = {play.id_of(seat) for seat in run.roster}
    same = (one for one in standing if one["vehicle"]["plate"] == run.plate and riders & {*one["traveller_ids"]})
    return next(same, None)


def _opened(play: Play, run: Run) -> Any:
    name, phone = run.escort
    body = {
        "district": run.district, "escort": {"name": name, "phone": phone},
        "vehicle": {"plate": run.plate, "kind": run.kind, "capacity": run.capacity},
        "traveller_ids": [play.id_of(seat) for seat in run.roster],
    }  # fmt: skip
    return play.desk.post(f"/dispatches?point={POINT}", body, play.key(run.district, "open"))


def _boarded(play: Play, run: Run, vehicle: Any) -> Any:
    path = f"/dispatches/{vehicle['dispatch_id']}/board"
    for seat in run.aboard:
        case = play.id_of(seat)
        to_board = case in vehicle["traveller_ids"] and case not in vehicle["boarded"]
        if to_board and vehicle["state"] == "boarding":
            vehicle = play.desk.post(path, {"traveller_id": case}, play.key(*map(str, seat), "board"))
        play.told("Vehicles")
    return vehicle


def house(play: Play) -> None:
    """Quarantine of who was handed over and placed; families share a room."""
    placed = [(run, seat) for run in play.day.runs for seat in run.placed if run.reaches("acknowledged")]
    crowd(lambda one: _housed(play, *one), placed, lambda: play.told("Quarantine"))
    for seat in play.day.released:
        play.act(seat, "release", {"reason": WHY_RELEASED})


def _housed(play: Play, run: Run, seat: Seat) -> None:
    case = f"/travellers/{play.id_of(seat)}"
    if play.desk.get(case).body["state"] == "received":
        play.desk.post(f"{case}/quarantine", _place(play, run, seat[0]), play.key(*map(str, seat), "quarantine"))


def _place(play: Play, run: Run, party: str) -> dict[str, Any]:
    """A hotel of the district; at home now and then, where the declaration says where that is."""
    lot = Random(play.key(party))
    answers = play.day.parties[party].answers
    if answers["household_registration"] == run.district and lot.random() < 0.3:
        return {"kind": "home", "place": answers["destination_address"]}
    hotel = next(hotel for hotel in places.hotels() if hotel.district == run.district)
    return {"kind": "hotel", "place": hotel.names["zh-Hans"], "room": places.room(lot)}
