"""How pages are set for their reader: as usual, or in elder mode: larger type, one question at a time, plainer words.

A page that is the same for everybody has the mode in its address; a posted form brings it along; a cookie keeps it for
the pass and everything else.
"""

ELDER, USUAL = "elder", "usual"
ASKED, FIELD, COOKIE = "mode", "_mode", "ws_mode"
"""Its names in an address, among the page's own fields of a form, and on the phone."""


def mode_of(*wishes: str | None) -> str:
    """Elder when the first wish that says anything is for it, else empty."""
    return ELDER if next((wish for wish in wishes if wish), USUAL) == ELDER else ""
