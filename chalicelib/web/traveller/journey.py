"""What each state means for the traveller: where they stand, what comes next and roughly when, and why.

One text for each state; the words follow field.md's journey. Placeholders: zone, district, end, hour, hotline.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.states import State
from chalicelib.web.labels import N_


@dataclass(frozen=True)
class Stop:
    """``now`` in a word or two, then what happens next and why, each a short paragraph."""

    now: str
    next: str
    why: str


STOPS: Mapping[State, Stop] = {
    State.DECLARED: Stop(
        N_("We have your declaration"),
        N_(
            "Keep this page open. At the gate an officer scans your code and compares your answers with your "
            "document. It takes about a minute."
        ),
        N_("We check everybody’s answers in person, so that nobody who needs care is overlooked."),
    ),
    State.VERIFIED: Stop(
        N_("Your answers are checked"),
        N_(
            "Follow the signs to the diversion hall and show your code at its entrance. You are then shown to"
            " your zone."
        ),
        N_("Each zone of the hall belongs to the district that you travel on with, so that its staff find you there."),
    ),
    State.REGISTERED: Stop(
        N_("You are registered in the hall"),
        N_(
            "Please wait in your zone. The staff of your district call you when your vehicle is ready. This "
            "can take an hour, and longer at night or when flights are late."
        ),
        N_(
            "Nobody leaves the hall alone: every traveller is handed over in person, and your family is told "
            "when you set off."
        ),
    ),
    State.DISPATCHED: Stop(
        N_("You are on your way"),
        N_(
            "Your district takes you to your place of quarantine. Stay with your escort. On arrival your name"
            " is called once more."
        ),
        N_(
            "We count everybody when the vehicle leaves and when it arrives, so that nobody is left behind. "
            "Your family has been told."
        ),
    ),
    State.RECEIVED: Stop(
        N_("You have arrived with your district"),
        N_(
            "The staff show you to your room and tell you about meals, health checks and whom to call. This "
            "page then shows until when you stay."
        ),
        N_("Your district has confirmed that you arrived, and looks after you from here on."),
    ),
    State.IN_QUARANTINE: Stop(
        N_("You are in quarantine"),
        N_(
            "Stay in your room and have your temperature taken each day. Tell the staff at once if you feel "
            "unwell, or if you need medicine, special food or help."
        ),
        N_(
            "An infection can take days to show. Staying until the last day protects your family and "
            "everybody around you."
        ),
    ),
    State.RELEASED: Stop(
        N_("Your quarantine is over"),
        N_(
            "You are free to go. Your family and your district have been told. "
            "Show the certificate on this page to your employer, or print it."
        ),
        N_("Thank you for your patience. You have protected many people whom you will never meet."),
    ),
    State.REFERRED: Stop(
        N_("You are in medical care"),
        N_("The doctors decide with you what is best. Until you are back, your zone and your place are kept for you."),
        N_("You had a sign that a doctor should look at. Most people are back within a day."),
    ),
    State.ONWARD: Stop(
        N_("You are travelling onward"),
        N_("Go to your next flight with your officer. The point where you end your journey looks after you there."),
        N_("Your journey ends elsewhere, so its rules are the ones that apply to you."),
    ),
    State.EXEMPT: Stop(
        N_("You are exempt from quarantine"),
        N_("You may leave the hall. Keep this page: officers may ask to see it."),
        N_("An officer has looked at your documents and recorded the reason."),
    ),
    State.VOID: Stop(
        N_("This declaration no longer counts"),
        N_("If you have another pass, use that one. Otherwise please speak to any officer."),
        N_("It was replaced or withdrawn, for example because somebody was declared twice."),
    ),
}  # fmt: skip

WAY: tuple[tuple[State, str], ...] = (
    (State.DECLARED, N_("Declaration sent")),
    (State.VERIFIED, N_("Checked at the gate")),
    (State.REGISTERED, N_("Registered in the hall")),
    (State.DISPATCHED, N_("On the way with your district")),
    (State.RECEIVED, N_("Arrived with your district")),
    (State.IN_QUARANTINE, N_("Quarantine")),
    (State.RELEASED, N_("Released, with certificate")),
)
"""The plain way, from aircraft door to release; whoever leaves it sees no list."""

LASTING = frozenset({State.RELEASED, State.ONWARD, State.EXEMPT, State.VOID})
"""States that stay as they are: a page that shows one need not ask again."""


def way_stations(state: State) -> list[tuple[str, str]]:
    """The way as (words, done | now | ahead); empty for who is not on it."""
    places = [station for station, _ in WAY]
    if state not in places:
        return []
    here = places.index(state)
    return [(words, _progress(place, here)) for place, (_, words) in enumerate(WAY)]


def _progress(place: int, here: int) -> str:
    last = here == len(WAY) - 1
    return "done" if place < here or (last and place == here) else "now" if place == here else "ahead"
