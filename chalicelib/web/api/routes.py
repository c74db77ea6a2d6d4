"""The API's modules with routes: a new one is a line here."""

from typing import Any

from chalicelib.web.api import (
    declarations,
    dispatches,
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
    declarations, travellers, verbs, dispatches, messages, flights, places, spending, hotels, health, openapi,
)  # fmt: skip
