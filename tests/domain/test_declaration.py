"""A declaration becomes people, and what each of them shows an officer."""

from typing import Any

import pytest

from chalicelib.domain.case import check_free_of_vehicle
from chalicelib.domain.declaration import SHARED, document_of
from chalicelib.domain.errors import Conflict
from tests.actions.world import daughter, declaration
from tests.domain.cases import case


def test_each_person_answers_in_full_and_only_the_declarer_has_a_phone() -> None:
    declarer, child = declaration(companions=[daughter()]).persons()
    assert "companions" not in declarer
    assert (declarer["phone"], child.get("phone")) == ("+8613800138000", None)
    assert child["given_names"] == "MEI"
    assert {name: child[name] for name in SHARED if name in child} == {
        name: declarer[name] for name in SHARED if name in declarer
    }


def test_a_document_is_its_country_and_number() -> None:
    assert document_of({"document_number": "E1", "document_country": "CN"}) == "CN#E1"
    assert document_of({"document_country": "CN"}) is None


@pytest.mark.parametrize(
    ("answers", "signs"),
    [
        ({}, ()),
        ({"symptoms": []}, ()),
        ({"symptoms": ["fever"]}, ("fever",)),
        ({"fever_medicine_72h": "yes"}, ("fever",)),
        ({"symptoms": ["dry_cough"]}, ("symptom",)),
        ({"symptoms": ["fever", "dry_cough"], "positive_test_14d": "yes"}, ("fever", "symptom", "positive_test")),
        ({"contact_with_case": "yes"}, ("contact_with_case",)),
        ({"fever_medicine_72h": "no", "positive_test_14d": "no"}, ()),
    ],
)
def test_signs_that_an_officer_must_see(answers: dict[str, Any], signs: tuple[str, ...]) -> None:
    assert case(answers=answers).signs == signs


def test_nobody_is_on_two_vehicles() -> None:
    check_free_of_vehicle(case())
    with pytest.raises(Conflict, match="already_on_a_dispatch"):
        check_free_of_vehicle(case(dispatch_id="D"))
