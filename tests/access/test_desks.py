"""Who may do what."""

import pytest

from chalicelib.domain.desks import DESKS, MAY, allowed, check_may, check_sees, confined_to
from chalicelib.domain.errors import NotFound, NotPermitted
from chalicelib.domain.states import TRANSITIONS
from tests.web.browser import officer


def test_the_fourteen_desks_of_the_contract() -> None:
    assert len(DESKS) == 14
    assert all(desks <= set(DESKS) for desks in MAY.values())


def test_coordination_may_do_every_verb() -> None:
    for verb in MAY:
        check_may(officer("coordination"), verb)


def test_verbs_of_the_state_table_have_a_desk() -> None:
    on_a_dispatch, of_quarantine = {"depart", "take_off"}, {"change"}
    by_the_traveller = {"amend", "check_in"}
    assert set(TRANSITIONS) - on_a_dispatch - by_the_traveller - of_quarantine <= set(MAY)


@pytest.mark.parametrize("desk", ["media", "personnel", "resumption", "consulate"])
def test_figures_only(desk: str) -> None:
    may = {verb for verb in MAY if allowed(check_may, officer(desk), verb)}
    assert may == {"read_figures", "read_points"}


def test_a_desk_that_may_not() -> None:
    with pytest.raises(NotPermitted):
        check_may(officer("media"), "read_cases")
    with pytest.raises(KeyError):
        check_may(officer("coordination"), "no_such_verb")


def test_another_districts_people_are_not_there() -> None:
    one = officer("district", district="yuzhong")
    check_sees(one, "yuzhong")
    for other in ("jiangbei", None, ""):
        with pytest.raises(NotFound):
            check_sees(one, other)
    assert confined_to(one) == "yuzhong"


def test_a_district_officer_without_a_district_sees_nobody() -> None:
    with pytest.raises(NotFound):
        check_sees(officer("district"), None)


def test_desks_at_the_airport_see_every_district() -> None:
    check_sees(officer("onsite"), "jiangbei")
    check_sees(officer("district", "hotel", district="yuzhong"), "jiangbei")
    assert confined_to(officer("onsite")) is None
