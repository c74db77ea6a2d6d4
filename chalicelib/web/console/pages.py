"""Every module of the console with routes: a new one is a line here."""

from typing import Any

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

CONSOLE: tuple[Any, ...] = (
    home, sign_in, officers, keys, search, travellers, traveller, correct, verbs, flights, onsite, waiting, dispatches,
    dispatch, calls, messages, districts, hotels,
)  # fmt: skip
