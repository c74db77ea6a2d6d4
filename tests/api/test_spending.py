"""What a day costs, and its ceiling lifted, through the API."""

import pytest

from chalicelib.actions.figure_day import figure_day
from tests.api.desk import Hall, faults, today


def test_today_as_it_is_and_lifted_by_the_coordinator(hall: Hall) -> None:
    before = hall.at("report")("GET", "/points/CKG/spending")
    assert before.status == 200
    assert before.body["ceiling"] == 20_000 + before.body["lifted"]
    assert (before.body["currency"], before.body["price"].count(".")) == ("USD", 1)
    after = hall.officer("POST", "/points/CKG/spending/lift", {"segments": 500, "reason": "两个航班晚点"})
    assert after.status == 200
    assert after.body["ceiling"] == before.body["ceiling"] + 500


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"segments": 0, "reason": "x"}, "segments"),
        ({"segments": 5}, "reason"),
        ({"segments": 5, "reason": ""}, "reason"),
    ],
)
def test_what_is_refused(hall: Hall, body: dict[str, object], field: str) -> None:
    reply = hall.officer("POST", "/points/CKG/spending/lift", body)
    assert (reply.status, field in faults(reply)) == (422, True)


def test_who_may_not(hall: Hall) -> None:
    assert hall.at("hotel")("POST", "/points/CKG/spending/lift", {"segments": 5, "reason": "x"}).status == 403
    assert hall.at("media")("GET", "/points/CKG/spending").status == 403
    assert hall.officer("GET", "/points/XXX/spending").status == 404


def test_a_vehicles_texts_are_stopped(hall: Hall) -> None:
    path = f"/dispatches/{hall.departed(hall.registered())}"
    assert hall.officer("POST", f"{path}/stop_messages", {}).status == 422
    stopped = hall.officer("POST", f"{path}/stop_messages", {"reason": "错车"}, Idempotency_Key=f"stop{path}")
    assert (stopped.status, stopped.body) == (200, {"gone": 0, "cancelled": 1})
    again = hall.officer("POST", f"{path}/stop_messages", {"reason": "错车"}, Idempotency_Key=f"stop{path}")
    assert again.body == stopped.body
    opened = hall.dispatch(hall.registered()).body["dispatch_id"]
    assert hall.officer("POST", f"/dispatches/{opened}/stop_messages", {"reason": "x"}).status == 409


def test_the_figures_of_the_days_that_were_counted(hall: Hall) -> None:
    hall.departed(hall.registered())
    figure_day(hall.wiring.ports, "CKG", today())
    days = hall.at("report")("GET", "/points/CKG/messages/figures").body["items"]
    assert days[-1]["date"] == str(today())
    assert sum(days[-1]["states"].values()) == days[-1]["messages"] >= 1
    assert float(days[-1]["forecast"]) >= float(days[-1]["price"])
    assert hall.at("media")("GET", "/points/CKG/messages/figures").status == 403
