"""The made-up people: valid by the product's own rules, the same for the same seed, and plainly nobody."""

import re
import subprocess
import sys
from collections import Counter
from datetime import date
from random import Random
from typing import Any

import phonenumbers
import pytest

from chalicelib.intake import countries
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.forms import load
from chalicelib.intake.types.phones import PHONE, receives_texts
from chalicelib.intake.validate import validate
from infra.demo import documents, names, phones, places
from infra.demo.cast import HEADS
from infra.demo.day import FULL, ArrivalDay, planned
from infra.demo.people import language_of
from infra.local.environment import ROOT, child
from infra.reference.load import districts

DAY = date(2026, 11, 25)
OFFERED = ("en", "zh-Hans")
CONTEXT = IntakeContext(today=DAY, districts=frozenset(known.district for known in districts(examples=False)))
RNG = 100


@pytest.fixture(scope="module")
def full() -> ArrivalDay:
    return planned(7, DAY, FULL, OFFERED)


def people(day: ArrivalDay) -> list[dict[str, Any]]:
    parties = [party.answers for party in day.parties.values()]
    return [person for answers in parties for person in (answers, *answers.get("companions", ()))]


def test_five_hundred_people_answer_what_the_form_takes(full: ArrivalDay) -> None:
    assert full.heads == FULL == len(people(full))
    for party in full.parties.values():
        said = validate(load("arrival", 1), party.answers, CONTEXT)
        assert said.keys() == party.answers.keys()


def test_the_same_seed_day_and_size_are_the_same_people(full: ArrivalDay) -> None:
    assert planned(7, DAY, FULL, OFFERED) == full
    others = (planned(8, DAY, FULL, OFFERED), planned(7, date(2026, 11, 26), FULL, OFFERED))
    for other in others:
        assert not {one["document_number"] for one in people(other)} & {one["document_number"] for one in people(full)}


def test_nobody_has_anothers_document_or_seat(full: ArrivalDay) -> None:
    papers = Counter((one["document_country"], one["document_number"]) for one in people(full))
    assert set(papers.values()) == {1}
    sat = [
        (party.flight, seat)
        for party in full.parties.values()
        for seat in (party.answers["seat"], *(one["seat"] for one in party.answers.get("companions", ())))
    ]
    assert len(set(sat)) == len(sat) == FULL


def test_a_day_has_the_people_whom_officers_must_look_after(full: ArrivalDay) -> None:
    everybody, told = people(full), [party.answers.get("family_contacts") for party in full.parties.values()]
    assert sum("fever" in one.get("symptoms", ()) for one in everybody) == 2
    assert sum(bool(one.get("special_care")) for one in everybody) == 10
    assert sum(contacts is None for contacts in told) == 1
    assert sum(party.role is not None and party.role.twice for party in full.parties.values()) == 1
    assert any(contacts and {one["reach"] for one in contacts} == {"call"} for contacts in told)
    assert len({one["nationality"] for one in everybody}) > 12
    assert sum(party.heads > 1 for party in full.parties.values()) > 60


def test_somebody_is_left_in_every_state(full: ArrivalDay) -> None:
    expected = "declared verified registered dispatched received in_quarantine released referred onward exempt void"
    for day in (full, planned(7, DAY, HEADS, OFFERED)):
        assert set(day.states()) == set(expected.split())
        assert day.states().total() == day.heads


def test_a_vehicle_takes_whole_families_and_no_more_than_its_seats(full: ArrivalDay) -> None:
    for run in full.runs:
        assert 0 < len(run.roster) <= run.capacity
        riding = Counter(key for key, _ in run.roster)
        assert riding == {key: full.parties[key].heads for key in riding}
    missing = [seat for run in full.runs for seat in run.roster if seat not in run.present]
    assert [what for what, *seat in full.specials if tuple(seat) in missing] == ["missing on arrival"]
    waiting = [seat for run in full.runs for seat in run.roster if seat not in run.aboard]
    assert [what for what, *seat in full.specials if tuple(seat) in waiting] == ["not on board yet"] * 2


@pytest.mark.parametrize("heads", [HEADS - 1, 2 * FULL + 1])
def test_a_day_without_room_for_its_cast_or_without_end_is_refused(heads: int) -> None:
    with pytest.raises(ValueError, match="travellers"):
        planned(1, DAY, heads, OFFERED)


def test_phones_are_valid_and_take_texts_and_landlines_take_calls() -> None:
    rng = Random(1)
    for country in phones.MOBILES:
        for number in (phones.mobile(rng, country) for _ in range(RNG)):
            parsed = phonenumbers.parse(number)
            assert phonenumbers.is_valid_number(parsed), number
            assert receives_texts(number), number
            assert country in phonenumbers.region_codes_for_country_code(parsed.country_code or 0)
    for number in (phones.landline(rng) for _ in range(RNG)):
        assert phonenumbers.is_valid_number(phonenumbers.parse(number))
        assert not receives_texts(number)


def test_a_number_is_the_same_however_it_is_written() -> None:
    rng = Random(1)
    for country in ("CN", "GB"):
        for number in (phones.mobile(rng, country) for _ in range(RNG)):
            assert PHONE.read(phones.written(rng, number), Field(type="phone"), CONTEXT) == number


def test_every_nationality_has_names_phones_documents_and_a_country() -> None:
    rng = Random(1)
    for nationality in names.nationalities():
        assert nationality in phones.MOBILES
        assert nationality in countries.codes()
        assert documents.document(rng, nationality).country in countries.codes()


def test_names_are_in_the_script_of_their_people() -> None:
    rng = Random(1)
    scripts = {
        "CN": "[一-鿿]+(·[一-鿿]+)?",
        "TW": "[一-鿿]+",
        "KR": "[가-힣]+",
        "RU": "[А-яё ]+",
        "EG": "[؀-ۿ ]+",
        "TH": "[฀-๿ ]+",
    }
    for nationality, script in scripts.items():
        for called in (names.name(rng, nationality, sex) for sex in names.SEXES for _ in range(RNG)):
            assert re.fullmatch(script, called.whole), called.whole
            assert re.fullmatch(r"[A-Z' -]+", f"{called.family} {called.given}"), called.given
    father = names.name(rng, "RU", "male")
    assert names.name(rng, "RU", "female", father).family == f"{father.family}A".replace("IYA", "AYA")


@pytest.mark.parametrize(
    ("nationality", "offered", "picked"),
    [
        ("CN", ("en", "zh-Hans"), "zh-Hans"), ("TW", ("en", "zh-Hans"), "zh-Hans"),
        ("TW", ("en", "zh-Hans", "zh-Hant"), "zh-Hant"), ("FR", ("en", "zh-Hans"), "en"),
        ("FR", ("en", "zh-Hans", "fr"), "fr"), ("RU", ("zh-Hans",), "zh-Hans"),
    ],
)  # fmt: skip
def test_a_traveller_picks_the_nearest_language_on_offer(nationality: str, offered: Any, picked: str) -> None:
    assert language_of(nationality, offered) == picked


def test_hotels_stand_in_known_districts_and_plates_are_of_the_city() -> None:
    rng = Random(1)
    assert {hotel.district for hotel in places.hotels()} <= CONTEXT.districts
    assert all(re.fullmatch("渝[A-Z][0-9A-Z]{5,6}", places.plate(rng)) for _ in range(RNG))


def test_another_process_plans_the_same_day(full: ArrivalDay) -> None:
    """The answers of a seed are a promise: a second run sends them again."""
    planning = "from infra.demo.day import planned; from datetime import date; import sys; "
    printing = "sys.stdout.write(repr(planned(7, date(2026, 11, 25), 500, ('en', 'zh-Hans'))))"
    told = [
        subprocess.run(
            [sys.executable, "-c", planning + printing], cwd=ROOT, env=child({"PYTHONHASHSEED": seed}),
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert told == [repr(full)] * 2
