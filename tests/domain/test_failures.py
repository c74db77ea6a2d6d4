"""Provider codes have kinds, and codes that nobody announced are safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.failures import (
    ALARMING,
    CODES,
    Kind,
    PermanentFailure,
    SendingFailure,
    TemporaryFailure,
    Unknown,
    failure,
    is_ours,
    kind_of,
)


@pytest.mark.parametrize("code", ["21211", "21610", "21614", "21635", "30005", "30006", "14107", "99999"])
def test_stop_and_tell_an_officer(code: str) -> None:
    assert isinstance(failure(code), PermanentFailure)


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("20429", 429, Kind.RETRY),
        ("", 429, Kind.RETRY),
        ("30001", 400, Kind.LATER),
        ("30003", 400, Kind.LATER),
        ("30008", 400, Kind.LATER),
        ("30036", 400, Kind.LATER),
        ("21611", 400, Kind.LATER),
        ("20003", 401, Kind.CONFIGURATION),
        ("", 401, Kind.CONFIGURATION),
        ("21408", 400, Kind.CONFIGURATION),
        ("", 404, Kind.CONFIGURATION),
    ],
)
def test_try_again(code: str, status: int, kind: Kind) -> None:
    raised = failure(code, status)
    assert isinstance(raised, TemporaryFailure)
    assert raised.kind is kind


def test_an_unannounced_code_is_permanent() -> None:
    assert kind_of("31337") is Kind.PERMANENT
    assert kind_of("") is Kind.PERMANENT


def test_codes_are_numbers_and_alarming_ones_are_known() -> None:
    assert all((code.isdigit() and len(code) == 5) or code.isalpha() for code in CODES)
    assert set(CODES) >= ALARMING


def test_unknown_is_neither() -> None:
    raised = Unknown("read timed out")
    assert isinstance(raised, SendingFailure)
    assert not isinstance(raised, TemporaryFailure | PermanentFailure)
    assert raised.code == "unknown"


@given(st.one_of(st.text(max_size=8), st.from_regex(r"[0-9]{5}", fullmatch=True)), st.integers(100, 599))
def test_every_code_and_status_has_a_kind_and_an_unannounced_one_is_never_retried(code: str, status: int) -> None:
    kind, raised = kind_of(code, status), failure(code, status)
    assert isinstance(raised, PermanentFailure) == (kind in (Kind.PERMANENT, Kind.LOOP))
    if code not in CODES and status in range(400, 500) and status not in (401, 403, 404, 408, 429):
        assert kind is Kind.PERMANENT
    if isinstance(raised, TemporaryFailure):
        assert code in CODES or kind in (Kind.RETRY, Kind.CONFIGURATION), "only what was announced is tried later"


def test_faults_of_ours_are_told_from_others() -> None:
    assert [is_ours(failure(code, status)) for code, status in (("20003", 401), ("21614", 400), ("20429", 429))] == [
        True, False, False,
    ]  # fmt: skip
    assert not is_ours(Unknown("no_answer"))
    assert is_ours(failure("AuthorizationError", 403))
