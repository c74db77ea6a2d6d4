"""What a whole journey costs in texts: a made-up day through the product's own verbs, beside the naive way."""

import itertools
from collections.abc import Iterator, Sequence
from functools import partial

from chalicelib.actions.quarantine import Placement, start_quarantine
from chalicelib.actions.submit_declaration import submit_declaration
from chalicelib.actions.work_off import work_off
from chalicelib.domain.case import Case
from chalicelib.domain.declaration import Declaration
from chalicelib.domain.messages import MessageState
from chalicelib.domain.places import District
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.forms import load
from chalicelib.intake.validate import validate
from infra.demo.day import planned
from infra.demo.parties import Party
from infra.demo.vehicles import ABROAD
from tests.actions.world import COORDINATOR, SIGNED, World
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.naive import Bill, Kind, Text, bill, priced, texts_of

FORM, SEED, BUS = "arrival", 1, 40
MOST = 0.7


def measure(effort: Effort) -> Figure:
    """Everybody of a day who rides to a district of the point's own: declared, driven, housed and released."""
    world = World()
    people = _travelled(world, planned(SEED, world.clock.now.date(), effort.heads, load(FORM, 1).languages).parties)
    cases = [world.case(case_id) for case_id in people]
    sent = [text for text in world.messages() if text.state != MessageState.CANCELLED]
    kinds = sorted({(text.event, text.audience) for text in sent})
    ours = bill(((text.personal.to, text.segments) for text in sent), world.ports.prices)
    plain = priced(_naive(world, cases, kinds, people), world.ports.prices)
    return _figure(len(cases), kinds, ours, plain, world.ports.prices.currency)


def _travelled(world: World, parties: dict[str, Party]) -> dict[str, str]:
    """case -> the district that it went to; quarantine is over for all of them."""
    goes = dict(itertools.chain.from_iterable(_arrived(world, party) for party in parties.values() if not party.role))
    for district in sorted(set(goes.values())):
        there = [case_id for case_id, to in goes.items() if to == district]
        for first in range(0, len(there), BUS):
            world.received(*there[first : first + BUS], key=f"{district}{first}", district=district)
    for case_id in goes:
        start_quarantine(world.ports, COORDINATOR, case_id, Placement("hotel", "滨江酒店", "1203"), None)
    world.clock.forward(days=world.ports.places.point("CKG").quarantine_days, hours=1)
    world.release_due(world.clock.now)
    world.clock.forward(minutes=5)
    for kind, key in dict.fromkeys(world.queue.taken):
        if kind == "digest":
            work_off(world.ports, None, kind, key)  # type: ignore[arg-type]  # a digest is written, not sent
    return goes


def _arrived(world: World, party: Party) -> Iterator[tuple[str, str]]:
    form, districts = load(FORM, 1), world.ports.places.districts()
    point = world.ports.places.point("CKG")
    context = IntakeContext(today=world.clock.now.date(), districts=frozenset(districts), point_region=point.country)
    declared = Declaration(
        point=point.point, language=party.language, form=FORM, form_version=1, signed=SIGNED,
        answers=validate(form, party.answers, context), key=party.key,
    )  # fmt: skip
    for line in submit_declaration(world.ports, declared).party:
        case = world.move(line.traveller_id, "verify", "register")
        to = ABROAD if case.district == "none" else case.district
        if to in districts:  # other provinces fetch their people themselves
            yield case.case_id, to


def _naive(world: World, cases: Sequence[Case], kinds: Sequence[Kind], people: dict[str, str]) -> Iterator[Text]:
    point = world.ports.places.point("CKG")
    for case in cases:
        district = world.ports.places.district(people[case.case_id])
        contacts = district.to_tell(world.clock.now, point.time_zone)
        yield from texts_of(case, kinds, contacts, partial(_values, world, case, district))


def _values(world: World, case: Case, district: District, language: str) -> dict[str, str]:
    assert case.quarantine
    end = world.ports.texts.short_date(case.quarantine.end_date, language)
    hotline = world.ports.places.point(case.point).hotline
    return {"district": district.name(language), "hotline": hotline, "code": "482913", "end_date": end}


def _figure(people: int, kinds: Sequence[Kind], ours: Bill, plain: Bill, currency: str) -> Figure:
    segments, price = ours.segments / plain.segments, float(ours.price / plain.price)
    rows = [
        (name, f"{one.segments / plain.segments:.2f}", f"{float(one.price / plain.price):.2f}",
         f"{one.texts / people:.2f}", f"{one.segments / people:.2f}", f"{float(one.price) / people:.3f}")
        for name, one in (("Waystation", ours), ("naive", plain))
    ]  # fmt: skip
    return Figure(
        name="journey",
        title="A journey's texts",
        measured=f"{people} made-up travellers of `make demo`'s day (seed {SEED}) ride to their districts, are"
        " housed and released, by the product's own verbs over a store in memory. The naive way writes the same events"
        f" ({len(kinds)} kinds of text) in the fullest wording to each contact about each traveller, and to the"
        " district about each traveller: no party told once, no digest, no wording that fits one segment.",
        goals=[Goal("segments ÷ naive", segments, MOST, f"{segments:.2f}")],
        parts=[
            Table(
                ("", "segments ÷ naive", "price ÷ naive", "texts a traveller", "segments a traveller",
                 f"{currency} a traveller"), rows,
            ),
            "The price is the product's own example list. No machine changes this table; another crowd does a little.",
        ],
        data={"people": people, "segments": [ours.segments, plain.segments], "texts": [ours.texts, plain.texts],
              "price": [str(ours.price), str(plain.price)], "price_ratio": price},
    )  # fmt: skip
