"""The console's modules with routes: a new one is a line here."""

from typing import Any

from chalicelib.web.console import (
    calls,
    checkins,
    correct,
    dispatch,
    dispatch_verbs,
    dispatches,
    districts,
    drill,
    entries,
    flights,
    home,
    hotels,
    keys,
    messages,
    officers,
    onsite,
    point,
    posters,
    scan,
    search,
    sign_in,
    spending,
    templates,
    traveller,
    travellers,
    verbs,
    waiting,
)

MODULES: tuple[Any, ...] = (
    home, sign_in, officers, keys, search, scan, travellers, traveller, correct, verbs, flights, onsite, waiting,
    dispatches, dispatch, dispatch_verbs, calls, checkins, entries, messages, templates, spending, point, posters,
    drill, districts, hotels,
)  # fmt: skip
