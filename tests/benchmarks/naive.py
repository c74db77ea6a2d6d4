"""Texts as one would write them who counts no segments: each event, each person and each contact a text of its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from chalicelib.domain.case import Case
from chalicelib.domain.notices import masked_name
from chalicelib.domain.places import Contact
from chalicelib.domain.prices import Prices
from chalicelib.domain.segments import measure
from chalicelib.messaging import texts
from chalicelib.messaging.wordings import filled, template

Kind = tuple[str, str]
"""An event and an audience."""
Values = Callable[[str], Mapping[str, str]]
"""language -> what fills a text's places in it."""


@dataclass(frozen=True)
class Text:
    """``body`` as it goes out, to an E.164 number."""

    to: str
    body: str


@dataclass(frozen=True)
class Bill:
    """What texts come to; ``price`` in the list's currency."""

    texts: int
    segments: int
    price: Decimal


def bill(texts_sent: Iterable[tuple[str, int]], prices: Prices) -> Bill:
    """Of texts, each a number and its segments."""
    each = list(texts_sent)
    return Bill(
        len(each), sum(many for _, many in each), sum((prices.price(many, to) for to, many in each), Decimal(0))
    )


def priced(written: Iterable[Text], prices: Prices) -> Bill:
    """Of texts whose segments nobody has counted yet."""
    return bill(((one.to, measure(one.body).segments) for one in written), prices)


def texts_of(case: Case, kinds: Iterable[Kind], contacts: Iterable[Contact], values: Values) -> Iterator[Text]:
    """What one person's journey owes: the fullest wording to every phone, nobody gathered with anybody.

    ``contacts`` are the district's; ``values`` fill the places of a text in a language.
    """
    alone = {"name": masked_name(case), "others": "0", "heads": "1", "party": "", "drill": ""}
    for event, audience in kinds:
        for to, wish in _phones(case, audience, contacts):
            language = texts.language_for(wish, case.language)
            yield Text(to, filled(template(event, audience, language).wordings[0], {**values(language), **alone}))


def _phones(case: Case, audience: str, contacts: Iterable[Contact]) -> Iterator[tuple[str, str]]:
    if audience == "traveller":
        if phone := case.answers.get("phone"):  # a companion has none of their own
            yield str(phone), case.language
        return
    told = case.family_contacts if audience == "family" else contacts
    for contact in told:
        if contact.reach == "text":
            yield contact.phone, contact.language
