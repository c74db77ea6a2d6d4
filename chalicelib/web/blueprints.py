"""Every module with routes: a new one is a line here."""

from typing import Any

from chalicelib.web import static
from chalicelib.web.api import declarations, dispatches, flights, health, messages, places, travellers
from chalicelib.web.console import (
    calls,
    correct,
    dispatch,
    dispatches,
    districts,
    flights,
    home,
    hotels,
    keys,
    officers,
    onsite,
    search,
    sign_in,
    traveller,
    travellers,
    verbs,
    waiting,
)
from chalicelib.web.console import messages as messages_pages
from chalicelib.web.hooks import twilio
from chalicelib.web.traveller import routes as traveller_pages

API: tuple[Any, ...] = (declarations, travellers, dispatches, messages, flights, places, health)
CONSOLE: tuple[Any, ...] = (
    home, sign_in, officers, keys, search, travellers, traveller, correct, verbs, flights, onsite, waiting, dispatches,
    dispatch, calls, messages_pages, districts, hotels,
)  # fmt: skip
PAGES_AND_API: tuple[Any, ...] = (*API, *CONSOLE, traveller_pages, static, twilio)
