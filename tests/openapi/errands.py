"""What is answered only where things stand a certain way: done, and refused as things stand."""

from collections.abc import Iterable

from chalicelib.passes.tokens import Pass
from chalicelib.web.api.endpoint import ENDPOINTS
from tests.api.desk import Hall, Person, companion, declaration, new_document, people, today, vehicle_for
from tests.intake.example import valid_answers
from tests.openapi.knocks import Knock, in_order
from tests.openapi.seeded import SPARE_POINT, Known, came_to_nothing

NOBODY = "0" * 11
BORN = valid_answers()["date_of_birth"]


def everything_of_everybody(known: Known) -> Iterable[Knock]:
    """Every operation on every traveller, vehicle and message of which there are some in every state."""
    for spec in ENDPOINTS.values():
        for name in ("traveller_id", "dispatch_id", "message_id"):
            if f"{{{name}}}" in spec.path:
                yield from (in_order(spec, known, **{name: value}) for value in known[name])


def verbs_of_the_newly_come(hall: Hall, known: Known) -> Iterable[Knock]:
    """Every verb on somebody who did nothing else yet: earlier verbs leave nobody where the later ones are allowed."""
    for (method, path), spec in ENDPOINTS.items():
        if method == "POST" and path.startswith("/travellers/{"):
            for come in (_declared, _registered, _on_the_road, _missing, _received, _housed, _held):
                yield in_order(spec, known, traveller_id=come(hall).id)


def _declared(hall: Hall) -> Person:
    return hall.declare()


def _registered(hall: Hall) -> Person:
    return hall.registered()


def _received(hall: Hall) -> Person:
    return hall.received()


def _housed(hall: Hall) -> Person:
    person = hall.received()
    hall.officer("POST", f"/travellers/{person.id}/quarantine", {"kind": "home", "place": "x"})
    return person


def _held(hall: Hall) -> Person:
    person = hall.received()
    hall.officer("POST", f"/travellers/{person.id}/hold", {"reason": "x"})
    return person


def _on_the_road(hall: Hall) -> Person:
    person = hall.registered()
    hall.departed(person)
    return person


def _missing(hall: Hall) -> Person:
    person, other = hall.registered(), hall.registered()
    dispatch = hall.departed(person, other)
    hall.officer("POST", f"/dispatches/{dispatch}/arrive", {"present": [other.id]})
    hall.officer("POST", f"/dispatches/{dispatch}/acknowledge")
    return person


def about_passes(hall: Hall, known: Known) -> None:
    """Amending with no pass, a companion's, nobody's, and with a document that is another's; a pass that was lost."""
    document = new_document()
    holder = hall.declare(document_number=document)
    body = declaration(companions=[companion()])
    declarer, along = people(hall.anyone("POST", "/declarations", body))
    nobody = hall.wiring.passes.token(Pass(case_id=NOBODY, point="CKG", date=today()))
    taken = declaration(document_number=document)
    for token, said in (("x", body), (along.token, body), (nobody, body), (declarer.token, taken)):
        hall.anyone("POST", "/declarations", said, Authorization=f"Pass {token}")
    three = {"reference": holder.reference, "document_number": document, "date_of_birth": BORN}
    hall.anyone("POST", "/passes/recover", three)


def about_vehicles(hall: Hall, known: Known) -> None:
    """On and off, and what is no longer possible, or not yet."""
    officer, person, late = hall.officer, hall.registered(), hall.registered()
    officer("POST", "/dispatches", {**vehicle_for(), "traveller_ids": [NOBODY]})
    officer("GET", f"/messages?traveller_id={NOBODY}")
    dispatch = str(hall.dispatch(person).body["dispatch_id"])
    own = f"/dispatches/{dispatch}"
    for verb in ("board", "take_off", "board"):
        officer("POST", f"{own}/{verb}", {"traveller_id": person.id})
    officer("POST", f"{own}/arrive", {"present": []})
    officer("POST", f"{own}/acknowledge")
    officer("POST", f"{own}/depart")
    officer("POST", f"{own}/depart")
    officer("POST", f"{own}/board", {"traveller_id": late.id})
    officer("POST", f"{own}/take_off", {"traveller_id": person.id})
    officer("POST", f"{own}/change", {"change": "district", "district": "nowhere", "reason": "x"})
    officer("POST", f"{own}/change", {"change": "breakdown", "reason": "x"})
    officer("POST", f"{own}/stop_messages", {"reason": "x"})


def about_messages(hall: Hall, known: Known) -> None:
    """Sent again after it came to nothing, whatever was asked of it before."""
    message_id = known["message_id"][0]
    came_to_nothing(hall, message_id)
    hall.officer("POST", f"/messages/{message_id}/resend")


def about_places(hall: Hall, known: Known) -> None:
    """A district of a new name, a point that is written over, a hotel that is there already."""
    district, point = (
        in_order(ENDPOINTS["PUT", path], known).body for path in ("/districts/{district}", "/points/{point}")
    )
    hall.officer("PUT", "/districts/elsewhere", district)
    hall.officer("PUT", f"/points/{SPARE_POINT}", point, If_Match="*")
    for _ in range(2):
        in_order(ENDPOINTS["POST", "/hotels"], known).by(hall)
