"""Every module with routes: a new one is a line here."""

from typing import Any

from chalicelib.web import static
from chalicelib.web.api import declarations, health, places
from chalicelib.web.api import dispatches as dispatches_api
from chalicelib.web.api import flights as flights_api
from chalicelib.web.api import messages as messages_api
from chalicelib.web.api import travellers as travellers_api
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
    messages,
    officers,
    onsite,
    search,
    sign_in,
    traveller,
    travellers,
    verbs,
    waiting,
)
from chalicelib.web.hooks import twilio
from chalicelib.web.traveller import routes as traveller_pages

API: tuple[Any, ...] = (declarations, travellers_api, dispatches_api, messages_api, flights_api, places, health)
CONSOLE: tuple[Any, ...] = (
    home, sign_in, officers, keys, search, travellers, traveller, correct, verbs, flights, onsite, waiting, dispatches,
    dispatch, calls, messages, districts, hotels,
)  # fmt: skip
PAGES_AND_API: tuple[Any, ...] = (*API, *CONSOLE, traveller_pages, static, twilio)
