"""The whole form: what may be left out, what answers owe each other, and every fault at once."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import NotFound
from chalicelib.intake.forms import load
from tests.intake.example import CONTEXT, LEFT_OUT, valid_answers, valid_companion, valid_companions
from tests.intake.faults import FORM, faults, read

MAY_BE_LEFT_OUT = {"name_zh", "seat", "email", "places_14d", "registration_elsewhere", "special_care"}
MAY_BE_LEFT_OUT |= {"special_care_note", "companions", "symptoms", "no_family_contact"}
CONTACT = {"name": "李华", "relation": "母亲", "phone": "13900139000", "reach": "text", "language": "zh-Hans"}
PLACE = {"country": "IT", "city": "Milano", "from": "2026-11-01", "to": "2026-11-20"}


def test_a_whole_declaration_is_taken_and_can_be_written_as_json() -> None:
    kept = read(valid_answers(companions=[valid_companion()]))
    assert json.loads(json.dumps(kept)) == kept
    assert read(kept) == kept, "what was normalised is normal"


@pytest.mark.parametrize("name", sorted(set(valid_answers()) - MAY_BE_LEFT_OUT))
def test_every_other_field_is_required(name: str) -> None:
    at = {"no_symptoms": "symptoms"}.get(name, name)
    assert faults(valid_answers(**{name: LEFT_OUT})) == [(at, "required")]


@pytest.mark.parametrize("name", sorted(MAY_BE_LEFT_OUT))
@pytest.mark.parametrize("nothing", [LEFT_OUT, None, "", [], {}])
def test_what_may_be_left_out(name: str, nothing: Any) -> None:
    assert not faults(valid_answers(**{name: nothing}))


@pytest.mark.parametrize("name", sorted(set(valid_companion()) - MAY_BE_LEFT_OUT))
def test_a_companion_is_a_person_in_full(name: str) -> None:
    at = {"no_symptoms": "symptoms"}.get(name, name)
    answers = valid_answers(companions=[valid_companion(), *valid_companions(1, **{name: LEFT_OUT})])
    assert faults(answers) == [(f"companions.1.{at}", "required")]


@pytest.mark.parametrize("name", ["name", "relation", "phone", "language"])
def test_a_contact_in_full(name: str) -> None:
    contact = {key: value for key, value in CONTACT.items() if key != name}
    assert faults(valid_answers(family_contacts=[contact])) == [(f"family_contacts.0.{name}", "required")]


def test_a_contact_is_texted_by_default() -> None:
    contact = {key: value for key, value in CONTACT.items() if key != "reach"}
    assert read(valid_answers(family_contacts=[contact]))["family_contacts"][0]["reach"] == "text"


def test_a_landline_is_called_and_never_texted() -> None:
    landline = CONTACT | {"phone": "(023) 6315 1234"}
    assert faults(valid_answers(family_contacts=[CONTACT, landline])) == [("family_contacts.1.phone", "landline")]
    called = read(valid_answers(family_contacts=[landline | {"reach": "call"}]))
    assert called["family_contacts"][0]["phone"] == "+862363151234"


def test_symptoms_or_none_of_them() -> None:
    assert faults(valid_answers(symptoms=["fever"])) == [("symptoms", "contradiction")]
    assert faults(valid_answers(no_symptoms=False)) == [("symptoms", "required")]
    assert read(valid_answers(symptoms=["fatigue", "fever"], no_symptoms=False))["symptoms"] == ["fever", "fatigue"]


def test_contacts_or_nobody() -> None:
    assert faults(valid_answers(no_family_contact=True)) == [("family_contacts", "contradiction")]
    assert faults(valid_answers(family_contacts=[])) == [("family_contacts", "required")]
    assert not faults(valid_answers(family_contacts=LEFT_OUT, no_family_contact=True))
    assert faults(valid_answers(family_contacts=[CONTACT] * 3)) == [("family_contacts", "too_many")]


@pytest.mark.parametrize("registration", ["elsewhere", "none"])
def test_without_registration_in_the_city_the_destination_may_be_left_out(registration: str) -> None:
    away = {"destination_district": LEFT_OUT, "destination_address": LEFT_OUT}
    assert not faults(valid_answers(household_registration=registration, **away))
    assert not faults(valid_answers(household_registration=registration))
    assert ("destination_district", "required") in faults(valid_answers(**away))


def test_another_province_is_kept_only_where_it_was_asked() -> None:
    elsewhere = read(valid_answers(household_registration="elsewhere", registration_elsewhere="四川省成都市"))
    assert elsewhere["registration_elsewhere"] == "四川省成都市"
    assert "registration_elsewhere" not in read(valid_answers(registration_elsewhere="四川省成都市"))
    assert faults(valid_answers(registration_elsewhere="\x00")) == [("registration_elsewhere", "forbidden_character")]


def test_places_do_not_end_before_they_began() -> None:
    backwards = PLACE | {"to": "2026-10-31"}
    assert faults(valid_answers(places_14d=[PLACE, backwards])) == [("places_14d.1.to", "before_start")]
    assert not faults(valid_answers(places_14d=[PLACE | {"from": "2026-11-20"}]))


def test_assisted_entry_may_have_no_document() -> None:
    bare = valid_answers(document_type=LEFT_OUT, document_number=LEFT_OUT, document_country=LEFT_OUT)
    assert len(faults(bare)) == 3
    assisted = replace(CONTEXT, assisted=True)
    assert not faults(bare, assisted)
    assert faults(bare | {"document_number": "E12345678"}, assisted) == [("document_country", "required")]
    assert faults(bare | {"document_country": "CN"}, assisted) == [("document_number", "required")]


def test_nobody_has_the_document_of_another() -> None:
    own = valid_answers()["document_number"]
    shared = [*valid_companions(2), valid_companion(document_number=own), valid_companion(document_number="e87654321")]
    found = [("companions.2.document_number", "repeated"), ("companions.3.document_number", "repeated")]
    assert faults(valid_answers(companions=shared)) == found
    elsewhere = valid_companion(document_number=own, document_country="GB")
    assert not faults(valid_answers(companions=[elsewhere]))
    nameless = {"document_type": LEFT_OUT, "document_number": LEFT_OUT, "document_country": LEFT_OUT}
    bare = valid_answers(companions=[valid_companion(**nameless)] * 2, **nameless)
    assert not faults(bare, replace(CONTEXT, assisted=True))


def test_unknown_fields_are_refused_and_their_names_made_harmless() -> None:
    assert faults(valid_answers(passport="x")) == [("passport", "unknown_field")]
    assert faults(valid_answers(companions=[valid_companion(phone="138")])) == [("companions.0.phone", "unknown_field")]
    found = faults(valid_answers(**{"a\x00\u202eb" + "c" * 500: 1}))
    assert found == [("a??b" + "c" * 56, "unknown_field")]
    assert len(faults(valid_answers(**{f"x{n}": n for n in range(5000)}))) == 20


@pytest.mark.parametrize("junk", [None, [], "answers", 5, True, [valid_answers()]])
def test_answers_that_are_no_answers(junk: object) -> None:
    assert faults(junk) == [("answers", "wrong_type")]


def test_groups_that_are_no_groups() -> None:
    assert faults(valid_answers(companions=valid_companion())) == [("companions", "wrong_type")]
    assert faults(valid_answers(companions="junk")) == [("companions", "wrong_type")]
    assert faults(valid_answers(companions=[valid_companion(), "junk", 5])) == [
        ("companions.1", "wrong_type"),
        ("companions.2", "wrong_type"),
    ]


def test_too_many_companions_are_refused_without_reading_them() -> None:
    assert not faults(valid_answers(companions=valid_companions(8)))

    class Unread(dict[str, Any]):
        def get(self, *args: Any) -> Any:
            raise AssertionError("was read")

    assert faults(valid_answers(companions=[Unread(valid_companion())] * 100)) == [("companions", "too_many")]


def test_every_fault_at_once_in_the_order_of_the_form() -> None:
    answers = valid_answers(
        signature_name="1",
        companions=[valid_companion(seat=5, relation=""), valid_companion(sex="?")],
        family_name="\x00",
        flight_number="?",
        zzz=1,
        aaa=1,
        symptoms=["fever"],
    )
    expected = [
        ("family_name", "forbidden_character"),
        ("flight_number", "not_a_flight"),
        ("symptoms", "contradiction"),
        ("companions.0.relation", "required"),
        ("companions.0.seat", "wrong_type"),
        ("companions.1.sex", "not_a_choice"),
        ("signature_name", "digits"),
        ("aaa", "unknown_field"),
        ("zzz", "unknown_field"),
    ]
    assert faults(answers) == expected
    assert faults(dict(reversed(answers.items()))) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.sampled_from(["day", "year"]), inner),
    max_leaves=12,
)
NAMES = sorted(FORM.fields)
ITEM_NAMES = sorted({name for scope in FORM.groups.values() for name in scope.fields})
ITEMS = st.lists(st.dictionaries(st.sampled_from(ITEM_NAMES), JSON, max_size=5) | JSON, max_size=4)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), JSON | ITEMS, max_size=8) | JSON)
def test_any_json_is_taken_or_refused_and_nothing_else(answers: object) -> None:
    assert faults(answers), "nothing that is made up by chance signs the commitment"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), JSON)
def test_one_odd_answer_hurts_no_other(name: str, value: Any) -> None:
    """And what is taken is written to UTF-8 and read again as the same."""
    answers = valid_answers(**{name: value})
    related = {"no_symptoms": "symptoms", "no_family_contact": "family_contacts"}
    at_fault = {field.partition(".")[0] for field, _ in faults(answers)}
    assert at_fault <= {name, related.get(name, name)}
    if not at_fault:
        kept = read(answers)
        assert read(json.loads(json.dumps(kept, ensure_ascii=False).encode())) == kept


@pytest.mark.parametrize(("form", "version"), [("departure", 1), ("arrival", 2), ("../arrival", 1), ("arrival", 0)])
def test_an_unknown_form_or_version(form: str, version: int) -> None:
    with pytest.raises(NotFound, match="form"):
        load(form, version)


def test_forms_are_read_once() -> None:
    assert load("arrival", 1) is FORM
