"""What a stage's secret says about its providers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.messaging import providers
from chalicelib.messaging.sns_provider import SnsProvider
from chalicelib.messaging.twilio_provider import TwilioProvider
from chalicelib.settings import Settings

TWILIO = {"account_sid": "AC1", "auth_token": "t", "sender": "+15005550006"}
SETTINGS = Settings(
    stage="local", region="ap-east-1", endpoint_url=None, table_prefix="x", queue_name="x", kms_key="x",
    public_base="http://127.0.0.1:9", provider_secret="x", provider_base=None, log_level="INFO",
)  # fmt: skip


def test_one_account_without_a_name_is_twilios() -> None:
    assert providers.accounts(TWILIO) == {"twilio": TWILIO}


def test_several_by_name_in_their_order() -> None:
    assert list(providers.accounts({"sns": {}, "twilio": TWILIO})) == ["sns", "twilio"]


@pytest.mark.parametrize("secret", [{}, {"carrier pigeon": {}}, {"twilio": TWILIO, "sms": {}}])
def test_nobody_or_somebody_unknown_is_refused(secret: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match="known: twilio, sns"):
        providers.accounts(secret)


def test_each_provider_is_made_of_its_account_and_is_called_as_its_line() -> None:
    made = {name: maker(TWILIO, replace(SETTINGS)) for name, maker in providers.MAKERS.items()}
    assert {name: type(provider) for name, provider in made.items()} == {"twilio": TwilioProvider, "sns": SnsProvider}
    assert [provider.name for provider in made.values()] == list(providers.MAKERS)


@pytest.mark.parametrize(
    ("name", "account", "rate"),
    [
        ("twilio", TWILIO, 1.0),
        ("twilio", {"sender": "Waystation"}, 10.0),
        ("twilio", {"sender": "MG" + "a" * 32}, 10.0),
        ("twilio", {"sender": "10690"}, 100.0),
        ("twilio", {**TWILIO, "rate": "12.5"}, 12.5),
        ("sns", {}, 20.0),
    ],
)
def test_the_rate_is_what_is_said_or_what_such_a_sender_usually_has(
    name: str, account: Mapping[str, Any], rate: float
) -> None:
    assert providers.line(name, account).rate == rate


def test_a_line_serves_what_it_says() -> None:
    line = providers.line("sns", {"prefixes": ["+65"], "share": 2})
    assert (line.serves("+6581234567"), line.serves("+8613812345678"), line.share) == (True, False, 2.0)


@pytest.mark.parametrize("wrong", [{"rate": -1}, {"share": 0}, {"share": -2}])
def test_what_would_stop_everything_is_refused(wrong: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        providers.line("sns", wrong)
