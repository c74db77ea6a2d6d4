"""Assisted entry by a program: with the key of a desk that assists, and marked as such."""

from typing import Any

import pytest

from tests.api.desk import Hall, declaration
from tests.intake.example import LEFT_OUT

BARE: dict[str, Any] = dict.fromkeys(("document_type", "document_number", "document_country"), LEFT_OUT)


@pytest.mark.parametrize("source", ["assisted", "paper"])
def test_somebody_without_papers_is_entered_by_a_desk(hall: Hall, source: str) -> None:
    body = {**declaration(**BARE, given_names=source), "source": source}
    receipt = hall.at("onsite")("POST", "/declarations", body)
    assert receipt.status == 201
    traveller = hall.officer("GET", f"/travellers/{receipt.body['traveller_id']}").body
    assert traveller["source"] == source
    assert "document_number" not in traveller["answers"]
    entry = hall.officer("GET", f"/travellers/{receipt.body['traveller_id']}/history").body["items"][0]
    assert entry["facts"] == {"source": source}
    assert entry["actor"] not in ("traveller", "")


def test_a_traveller_is_not_assisted(hall: Hall) -> None:
    receipt = hall.anyone("POST", "/declarations", declaration())
    assert hall.officer("GET", f"/travellers/{receipt.body['traveller_id']}").body["source"] is None
    refused = hall.anyone("POST", "/declarations", declaration(**BARE))
    assert refused.status == 422
    assert {error["field"] for error in refused.body["errors"]} == set(BARE)


def test_it_needs_the_key_of_a_desk_that_assists(hall: Hall) -> None:
    body = {**declaration(), "source": "paper"}
    assert hall.anyone("POST", "/declarations", body).status == 401
    assert hall.at("hotel")("POST", "/declarations", body).status == 403
    assert hall.officer("POST", "/declarations", {**body, "source": "dictated"}).status == 422
