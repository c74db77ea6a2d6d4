"""Why a message did not arrive is said in words, whatever announced reason it was."""

import pytest

from chalicelib.domain.failures import CODES, OPTED_OUT, OWN_REFUSALS
from chalicelib.web.console.causes import cause

OURS = ("unknown", "lease_expired", "line_gone", "not_found", "nobody_to_ask", "no_connection", "no_line", "too_late",
        "held", "ceiling", "stopped", "drill")  # fmt: skip


@pytest.mark.parametrize("code", sorted({*CODES, *OPTED_OUT, *OWN_REFUSALS, *OURS}))
def test_every_announced_reason_has_words(code: str) -> None:
    assert cause(code)


def test_one_that_nobody_announced_stays_a_code() -> None:
    assert cause("99999") == ""
