"""The officer's fast page: one person to a page, the keyboard alone, the flight kept; and the sheet of paper for it."""

import re
from typing import Any

import pytest
from chalice import Chalice

from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.intake.forms import load
from chalicelib.intake.posted import flatten
from chalicelib.web import entrance as doors
from chalicelib.web.language import LANGUAGES
from chalicelib.web.traveller.members import full_name
from tests.intake.example import valid_answers, valid_companion
from tests.web.browser import Answer, Browser
from tests.web.console.conftest import SignIn
from tests.web.console.world import POINT, World

PATH = "/console/entries"
FORM = load("arrival", 1)


@pytest.fixture
def officer(sign_in: SignIn) -> Browser:
    """Of the on-site desk."""
    return sign_in("onsite")


def person(world: World, **changes: Any) -> dict[str, Any]:
    """Answers as they are posted; None leaves one out."""
    today = local_date(world.ports.clock(), world.ports.places.point(POINT).time_zone)
    answers = {**valid_answers(today), "arrival_date": str(today), **changes}
    found: dict[str, Any] = {}
    for name, value in flatten({name: value for name, value in answers.items() if value is not None}):
        found.setdefault(name, []).append(value)
    return found


def save(officer: Browser, fields: dict[str, Any], source: str = "paper", **own: str) -> Answer:
    return officer.submit(entry_form(officer.get(PATH)), **{"_source": source, "_language": "en", **own, **fields})


def entry_form(page: Answer) -> dict[str, Any]:
    """The page's own, without the boxes: what is ticked is what a test says."""
    form = next(form for form in page.forms if form["action"] == PATH)
    return {**form, "fields": {name: form["fields"][name] for name in ("csrf_token", "_key")}}


def cases(world: World) -> list[Case]:
    store: Any = world.wiring.store
    return [row for row in store.rows.values() if isinstance(row, Case)]


def test_the_page_asks_every_question_of_the_form_and_keeps_the_flight(officer: Browser) -> None:
    page = officer.get(f"{PATH}?source=paper&read_in=zh-Hans&flight=ca%200406&date=2026-12-06")
    names = set(re.findall(r' name="([^"]+)"', page.text))
    asked = {name for name, field in FORM.fields.items() if field.type != "group"}
    assert asked <= names
    assert {f"family_contacts.1.{name}" for name in FORM.groups["family_contacts"].fields} <= names
    fields = next(form for form in page.forms if form["action"] == PATH)["fields"]
    assert (fields["flight_number"], fields["arrival_date"], fields["_source"]) == ("CA406", "2026-12-06", "paper")
    assert re.search(r'value="zh-Hans" selected', page.text)
    assert re.search(r'name="family_name"[^>]* autofocus', page.text)


def test_the_tab_key_goes_from_question_to_question_in_the_forms_order(officer: Browser) -> None:
    text = officer.get(PATH).text
    main = text[text.index('id="entry"') :]
    stops = [name for name in re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', main) if not name.startswith("_")]
    order = [name for name in dict.fromkeys(stops) if name in FORM.fields]
    expected = [name for name, field in FORM.fields.items() if field.type != "group"]
    # What rules the boxes beside it out stands first.
    assert order == [{"symptoms": "no_symptoms", "no_symptoms": "symptoms"}.get(name, name) for name in expected]
    assert set(re.findall(r'tabindex="([^"]+)"', main)) == {"-1"}


def test_saved_and_on_to_the_next_of_the_same_flight(world: World, officer: Browser) -> None:
    saved = save(officer, person(world, date_of_birth="19840327", signature_name=None), "paper", _language="zh-Hans")
    assert saved.status == 303, saved.text
    (case,) = cases(world)
    assert (case.source, case.entered_by, case.language) == ("paper", "onsite", "zh-Hans")
    assert {one.digest for one in case.signed} == {text.digest for text in FORM.signed_texts("zh-Hans").values()}
    assert case.answers["date_of_birth"] == "1984-03-27"
    assert case.answers["signature_name"] == full_name(case.answers)
    shown = officer.follow(saved)
    assert f"is entered: {case.reference}" in shown.text
    assert "Entered by you on this flight (1)" in shown.text
    fields = next(form for form in shown.forms if form["action"] == PATH)["fields"]
    assert fields["flight_number"] == case.flight
    assert fields["family_name"] == ""


def test_pressing_twice_enters_once(world: World, officer: Browser) -> None:
    form, fields = entry_form(officer.get(PATH)), {**person(world), "_source": "assisted", "_language": "en"}
    first, second = officer.submit(form, **fields), officer.submit(form, **fields)
    assert (first.status, second.status) == (303, 303)
    assert "was entered before" in officer.follow(second).text
    assert len(cases(world)) == 1


def test_what_is_wrong_is_said_and_everything_typed_stays(world: World, officer: Browser) -> None:
    fields = person(world, date_of_birth="1984", nationality="GB", household_registration="<b>")
    refused = save(officer, fields, "paper", _language="zh-Hans")
    assert refused.status == 422
    assert 'href="#date_of_birth-day"' in refused.text
    assert 'id="date_of_birth-day" name="date_of_birth" value="1984"' in refused.text
    assert re.search(r'name="nationality" value="GB"', refused.text)
    assert "<b>" not in refused.text
    assert re.search(r'value="zh-Hans" selected', refused.text)
    assert re.search(r'name="_source" value="paper" checked', refused.text)
    assert cases(world) == []


def test_somebody_without_papers(world: World, officer: Browser) -> None:
    bare = dict.fromkeys(("document_type", "document_number", "document_country"))
    assert save(officer, person(world, **bare), "assisted").status == 303
    (case,) = cases(world)
    assert "document_number" not in case.answers


def test_a_companion_is_one_button(world: World, officer: Browser) -> None:
    form = entry_form(officer.get(PATH))
    more = officer.post(f"{PATH}/edit", {**form["fields"], **person(world), "_do": "add:companions"}, token=False)
    assert more.status == 200
    assert 'name="companions.0.family_name"' in more.text
    family = person(world, companions=[valid_companion()])
    assert save(officer, family, "paper").status == 303
    assert [case.source for case in cases(world)] == ["paper", "paper"]


def test_a_document_that_is_known_is_said_at_once(world: World, officer: Browser) -> None:
    save(officer, person(world), "paper")
    shown = officer.follow(save(officer, person(world, seat="9F"), "paper"))
    assert "The document is in another declaration already" in shown.text


def test_undone_and_entered_again(world: World, officer: Browser) -> None:
    form, fields = entry_form(officer.get(PATH)), {**person(world), "_source": "paper", "_language": "en"}
    page = officer.follow(officer.submit(form, **fields))
    (first,) = cases(world)
    undo = next(form for form in page.forms if form["action"].endswith("/undo"))
    shown = officer.follow(officer.submit(undo))
    assert "the entry is undone" in shown.text
    assert "Nobody yet." in shown.text
    again = officer.submit(form, **fields)
    assert again.status == 422
    assert "Save it once more" in again.text
    assert officer.submit(entry_form(again), **fields).status == 303
    assert sorted(case.state for case in cases(world)) == ["declared", "void"]
    assert all(case.linked_to is None for case in cases(world))
    assert officer.submit(undo).status == 303
    assert first.state == "declared"


def test_officers_see_who_entered_it(world: World, officer: Browser, coordinator: Browser) -> None:
    save(officer, person(world), "paper")
    (case,) = cases(world)
    page = coordinator.get(f"/console/travellers/{case.case_id}").text
    assert "Entered from paper · Entered by onsite.one" in page
    assert "Entered from paper" in coordinator.get("/console/travellers").text


def test_other_desks_enter_nobody(sign_in: SignIn) -> None:
    hotel = sign_in("hotel")
    assert hotel.get(PATH).status == 403
    assert hotel.post(PATH, {"family_name": "x"}).status == 403
    assert PATH not in hotel.get("/console").text


@pytest.fixture
def visitor(app: Chalice, world: World) -> Browser:
    """Nobody signed in."""
    return Browser(app, doors.Entrance(world.wiring.gate, world.wiring.settings.public_base))


@pytest.mark.parametrize("form_id", ["arrival", "quarantine_checkin"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_of_paper_asks_every_question_in_every_language(visitor: Browser, form_id: str, language: str) -> None:
    sheet = visitor.get(f"/forms/{form_id}/print?point=CKG&lang={language}")
    assert sheet.status == 200
    assert sheet.headers["cache-control"].startswith("public")
    form = load(form_id, 1)
    texts = form.texts(language)
    labels = [texts.field(name).label for name, field in form.fields.items() if field.type != "group"]
    labels += [texts.field(name, group).label for group, scope in form.groups.items() for name in scope.fields]
    choices = [label for name, field in form.fields.items() for label in texts.field(name).choices.values()]
    plain = sheet.text.replace("&#39;", "'").replace("&#34;", '"')
    assert [label for label in (*labels, *choices) if label not in plain] == []
    assert all(line in plain for text in texts.signed_texts.values() for line in text.text.splitlines())
    assert ("ws-blank__code" in sheet.text) == (form.use == "declaration")


def test_a_sheet_for_a_flight_and_for_no_form(visitor: Browser) -> None:
    sheet = visitor.get("/forms/arrival/print?point=ckg&flight=CA406&lang=en").text
    assert "<strong>CA406</strong>" in sheet
    assert "127.0.0.1:8000/d/CKG" in sheet
    assert visitor.get("/forms/nothing/print").status == 404
    assert visitor.get("/forms/..%2Farrival/print").status == 404
    assert visitor.get("/forms/arrival/print?point=XXX").status == 404
