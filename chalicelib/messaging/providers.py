"""The providers that there are, each made from its account; a stage uses those that its secret names.

The secret is ``{"twilio": {…}, "sns": {…}}``, or one account of Twilio's without its name. Besides what the provider
needs, an account may say: ``rate`` (segments a second), ``share`` (its part of the texts, 1 by default) and
``prefixes`` (numbers that it serves, such as ``["+86", "+852"]``; all by default).
"""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.actions.carriers import Provider
from chalicelib.domain.lines import Line
from chalicelib.settings import Settings

Account = Mapping[str, Any]
Accounts = Mapping[str, Account]


def twilio(account: Account, settings: Settings) -> Provider:
    """Needs ``account_sid``, ``auth_token`` and ``sender``."""
    from chalicelib.messaging.twilio_provider import TwilioProvider

    return TwilioProvider(
        account_sid=account["account_sid"], auth_token=account["auth_token"], sender=account["sender"],
        public_base=settings.public_base, base_url=settings.provider_base,
    )  # fmt: skip


def sns(account: Account, settings: Settings) -> Provider:
    """Needs nothing: the functions' own role may send. ``sender`` and ``region`` where they are others."""
    from chalicelib.messaging.sns_provider import SnsProvider

    return SnsProvider(
        region=account.get("region") or settings.region, sender=account.get("sender", ""),
        endpoint_url=settings.endpoint_url,
    )  # fmt: skip


MAKERS: Mapping[str, Callable[[Account, Settings], Provider]] = {"twilio": twilio, "sns": sns}
"""name -> how it is made; imported late, because each brings a client of its own."""
RATES: Mapping[str, float] = {"sns": 20.0}
LONG_CODE, SHORT_CODE, NAME = 1.0, 100.0, 10.0
"""Segments a second that providers grant a plain number, a short one, and a name or a service of several."""


def accounts(secret: Mapping[str, Any]) -> Accounts:
    """The accounts by provider; raises ValueError for a provider that nobody knows, and for none at all."""
    found = {"twilio": secret} if "account_sid" in secret else secret
    unknown = sorted(set(found) - set(MAKERS))
    if unknown or not found:
        raise ValueError(f"the provider secret names {', '.join(unknown) or 'nobody'}; known: {', '.join(MAKERS)}")
    return found


def line(name: str, account: Account) -> Line:
    """The line of an account as it is set; raises ValueError for a rate or share that is not above 0."""
    rate = float(account.get("rate") or RATES.get(name) or _usual_rate(str(account.get("sender", ""))))
    share, prefixes = float(account.get("share", 1)), tuple(account.get("prefixes") or ("+",))
    if rate <= 0 or share <= 0:
        raise ValueError(f"the {name} account's rate and share must be above 0")
    return Line(name=name, prefixes=prefixes, rate=rate, share=share)


def _usual_rate(sender: str) -> float:
    if sender.startswith("+"):
        return LONG_CODE
    return SHORT_CODE if sender.isdecimal() else NAME
