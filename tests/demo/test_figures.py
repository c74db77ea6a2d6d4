"""Which texts the demo waits for before it closes."""

from typing import Any

import pytest

from infra.demo.figures import is_under_way

NIGHT, MORNING = "2026-11-25T18:09:00+00:00", "2026-11-26T07:30:00+08:00"


def text(state: str, attempts: int = 0, due_at: str | None = NIGHT) -> dict[str, Any]:
    return {"state": state, "attempts": attempts, "due_at": due_at, "times": {"owed": NIGHT}}


@pytest.mark.parametrize(
    ("found", "waited_for"),
    [
        (text("owed"), True), (text("owed", due_at=MORNING), False), (text("owed", 1, MORNING), True),
        (text("sending", 1), True), (text("unknown", 1), True), (text("sent", 1, None), True),
        (text("delivered", 1, None), False), (text("cancelled", due_at=None), False), (text("failed", 1, None), False),
    ],
)  # fmt: skip
def test_texts_on_their_way_are_waited_for_and_those_of_the_morning_are_not(
    found: dict[str, Any], waited_for: bool
) -> None:
    assert is_under_way(found) is waited_for
