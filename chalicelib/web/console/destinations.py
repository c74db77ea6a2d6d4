"""What a text costs by where it goes, from the price list in force."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chalicelib.intake import countries
from chalicelib.intake.types.phones import region_of
from chalicelib.messaging import registered
from chalicelib.messaging.prices import prices
from chalicelib.messaging.wordings import Template


@dataclass(frozen=True)
class Destination:
    """Numbers that begin with ``prefix``: their country, a text's price there, and whether it may go as it is."""

    prefix: str
    country: str
    price: Decimal
    as_registered: bool
    refused: bool


@dataclass(frozen=True)
class PriceList:
    """``rows`` by country; ``elsewhere`` is what all other numbers cost."""

    currency: str
    as_of: date
    source: str
    rows: tuple[Destination, ...]
    elsewhere: Decimal


def destinations(
    segments: int, found: Template, language: str, bindings: registered.Countries | None = None
) -> PriceList:
    """The price of a text of so many segments in every country of the list, named in ``language``.

    ``bindings`` are the registered templates, else those of the stage.
    """
    known, names = prices(), countries.names(language)
    rows = []
    for prefix, each in known.prefixes.items():
        bound = registered.binding(found, prefix, bindings) is not None
        region = region_of(prefix)
        rows.append(
            Destination(
                prefix,
                names.get(region, region),
                segments * each,
                bound,
                registered.only(prefix, bindings) and not bound,
            )
        )
    rows.sort(key=lambda row: row.prefix)
    return PriceList(known.currency, known.as_of, known.source, tuple(rows), segments * known.elsewhere)


def span(segments: int) -> tuple[str, Decimal, Decimal]:
    """Currency, and the price of a text where it costs least and where it costs most."""
    known = prices()
    each = [*known.prefixes.values(), known.elsewhere]
    return known.currency, segments * min(each), segments * max(each)
