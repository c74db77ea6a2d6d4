"""A box that nobody sees. What fills in every field of a page fills in this one too, and is sent back.

Unlike a puzzle it asks nothing of a tired traveller, unlike a limit by address it shuts nobody out of a hall that
shares one. Whoever comes upon it all the same is told what to do, and loses nothing.
"""

from chalicelib.web.labels import N_
from chalicelib.web.visit import Visit

BOX = "_website"
"""A name that such programs like. It begins as the page's own names do, so it is no answer of a form."""
ANCHOR = "leave-empty"
LEAVE_EMPTY = N_("Leave this box empty. It is here for programs that fill in forms by themselves.")


def sprung(visit: Visit) -> list[tuple[str, str]]:
    """Where to go and what to mend, when the box was filled in."""
    return [(ANCHOR, visit.say(LEAVE_EMPTY))] if visit.form.text(BOX).strip() else []
