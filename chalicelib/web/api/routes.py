"""The API's modules with routes: a new one is a line here."""

from typing import Any

from chalicelib.web.api import (
    declarations,
    dispatches,
    drill,
    flights,
    health,
    hotels,
    messages,
    openapi,
    places,
    spending,
    travellers,
    verbs,
)

MODULES: tuple[Any, ...] = (
    declarations, travellers, verbs, dispatches, messages, flights, places, spending, drill, hotels, health, openapi,
)  # fmt: skip
