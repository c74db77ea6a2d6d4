"""Officers and keys beside a point of entry: districts are chosen by name, days are the point's."""

from datetime import UTC, datetime

import pytest

from tests.web.browser import Clock
from tests.web.console.conftest import SignIn

LATE = datetime(2026, 12, 7, 20, 0, tzinfo=UTC)
"""Four in the morning of the eighth in Chongqing."""


@pytest.mark.parametrize(("language", "name"), [("en", "Yuzhong"), ("zh-Hans", "渝中区")])
@pytest.mark.parametrize("path", ["/console/officers", "/console/keys"])
def test_a_district_is_chosen_by_name(sign_in: SignIn, path: str, language: str, name: str) -> None:
    boss = sign_in("admin", language=language)
    assert f'<option value="yuzhong">{name}</option>' in boss.get(path).text
    made = boss.post(path, {"desks": "district", "desk": "district", "district": "yuzhong"})
    assert made.status == 200
    assert f'">{name}</td>' in made.text
    refused = boss.post(path, {"desks": "onsite", "desk": "onsite", "district": "yuzhong"})
    assert refused.status == 422
    assert f'<option value="yuzhong" selected>{name}</option>' in refused.text


@pytest.mark.parametrize("path", ["/console/officers", "/console/keys"])
def test_a_district_that_nobody_knows_is_refused_at_its_field(sign_in: SignIn, path: str) -> None:
    boss = sign_in("admin")
    before = len([*boss.entrance.gate.store.accounts(), *boss.entrance.gate.store.keys()])
    refused = boss.post(path, {"desks": "district", "desk": "district", "district": "atlantis"})
    assert (refused.status, '<a href="#district">Choose a district from the list</a>' in refused.text) == (422, True)
    assert len([*boss.entrance.gate.store.accounts(), *boss.entrance.gate.store.keys()]) == before


def test_the_day_of_a_key_is_the_points(sign_in: SignIn, clock: Clock) -> None:
    clock.now = LATE
    page = sign_in("admin").post("/console/keys", {"desk": "onsite"}).text
    assert "2026-12-08" in page
    assert "2026-12-07" not in page
