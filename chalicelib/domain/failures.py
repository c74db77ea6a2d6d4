"""What comes of a sending: accepted, or a failure of a kind; and which provider code is of which kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from chalicelib.domain.errors import WaystationError


@dataclass(frozen=True)
class Accepted:
    """The provider has it: its id and state, and its code where it has failed since."""

    sid: str
    status: str
    code: str = ""


class Kind(StrEnum):
    """What a failure asks for."""

    RETRY = "retry"
    """Nothing was sent: try again by the backoff table."""
    LATER = "later"
    """The phone or its network could not take it: try again, a bounded number of times."""
    PERMANENT = "permanent"
    """This number, this text: stop, and tell an officer."""
    CONFIGURATION = "configuration"
    """Our account, sender or permission: every message would fail, so hold the queue and raise one alarm."""
    LOOP = "loop"
    """Two machines answer each other: stop without another word."""


CODES: Mapping[str, Kind] = {
    "20429": Kind.RETRY,  # too many requests
    "14107": Kind.LOOP,  # message rate to one number, as two auto-replies make it
    "20003": Kind.CONFIGURATION,  # account or token
    "20005": Kind.CONFIGURATION,  # account not active
    "20404": Kind.CONFIGURATION,  # no such account or resource
    "21212": Kind.CONFIGURATION,  # sender invalid
    "21408": Kind.CONFIGURATION,  # no permission for the region
    "21603": Kind.CONFIGURATION,  # no sender
    "21606": Kind.CONFIGURATION,  # sender is not ours
    "21609": Kind.CONFIGURATION,  # callback address refused
    "21703": Kind.CONFIGURATION,  # messaging service without a sender
    "30002": Kind.CONFIGURATION,  # account suspended
    "30001": Kind.LATER,  # queue overflow
    "30003": Kind.LATER,  # handset unreachable
    "30008": Kind.LATER,  # unknown, at the network
    "30036": Kind.LATER,  # validity period expired
    "21611": Kind.LATER,  # sender's queue full
    "21211": Kind.PERMANENT,  # not a valid number
    "21602": Kind.PERMANENT,  # no body
    "21604": Kind.PERMANENT,  # no recipient
    "21610": Kind.PERMANENT,  # opted out
    "21612": Kind.PERMANENT,  # sender cannot reach this number
    "21614": Kind.PERMANENT,  # not a mobile number
    "21617": Kind.PERMANENT,  # body too long
    "21635": Kind.PERMANENT,  # a landline
    "30004": Kind.PERMANENT,  # blocked by the recipient
    "30005": Kind.PERMANENT,  # unknown or inactive number
    "30006": Kind.PERMANENT,  # landline or unreachable network
    "30007": Kind.PERMANENT,  # filtered; many of them are a configuration fault
    # Amazon's words; those that nobody announced go by their HTTP status, and 403 is about our permissions.
    "Throttled": Kind.RETRY,
    "Throttling": Kind.RETRY,
    "ThrottlingException": Kind.RETRY,
    "AuthorizationError": Kind.CONFIGURATION,
    "AccessDenied": Kind.CONFIGURATION,
    "InvalidClientTokenId": Kind.CONFIGURATION,
    "SignatureDoesNotMatch": Kind.CONFIGURATION,
    "ExpiredToken": Kind.CONFIGURATION,
    "UserError": Kind.CONFIGURATION,  # the sandbox, or the month's spending limit
    "OptedOut": Kind.PERMANENT,
    "InvalidParameter": Kind.PERMANENT,  # the number or the text
    "ParameterValueInvalid": Kind.PERMANENT,
}

OPTED_OUT = frozenset({"21610", "OptedOut", "opted_out"})
"""The number wants no texts: as the provider knows, and as we do."""
ALARMING = frozenset({"30007"})
"""Permanent for one message; in numbers they mean that everything is being filtered."""

_HTTP = {
    **dict.fromkeys((301, 302, 303, 307, 308, 401, 403, 404), Kind.CONFIGURATION),
    **dict.fromkeys((408, 429), Kind.RETRY),
}


OWN_REFUSALS = frozenset({"not_registered", "not_a_request"})
"""Refused by ourselves: no provider was asked, and none is the better or the worse for it."""


class SendingFailure(WaystationError):
    """A message was not handed over; ``code`` is the provider's, or a word of ours such as ``no_connection``."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(f"{code} {reason}".strip())
        self.code = code
        self.reason = reason


class PermanentFailure(SendingFailure):
    """It was refused and would be again: stop, and tell an officer."""


class TemporaryFailure(SendingFailure):
    """It was certainly not sent, and may be sent again by the backoff table; ``kind`` says more."""

    def __init__(self, code: str, reason: str = "", kind: Kind = Kind.RETRY) -> None:
        super().__init__(code, reason)
        self.kind = kind


class NobodyToAsk(SendingFailure):
    """The provider keeps no list: after ``patience`` without an answer a text may be sent once more."""

    def __init__(self, patience: timedelta) -> None:
        super().__init__("nobody_to_ask")
        self.patience = patience


class Unknown(SendingFailure):
    """It left, and no answer came: it may have been sent. Never resend before asking."""

    def __init__(self, reason: str) -> None:
        super().__init__("unknown", reason)


def kind_of(code: str, status: int = 400) -> Kind:
    """The kind of a provider's code, else of its HTTP status, else permanent.

    Permanent is the safe default: it stops after one try and an officer hears of it, while retrying
    a refusal that nobody announced goes on for hours and helps nobody.
    """
    return CODES.get(code) or _HTTP.get(status) or Kind.PERMANENT


def is_ours(failure: SendingFailure) -> bool:
    """Whether a failure is a fault of our configuration, so that every text would meet it."""
    return isinstance(failure, TemporaryFailure) and failure.kind is Kind.CONFIGURATION


def failure(code: str, status: int = 400, reason: str = "") -> PermanentFailure | TemporaryFailure:
    """The exception for a refusal with this code and HTTP status."""
    kind = kind_of(code, status)
    if kind in (Kind.PERMANENT, Kind.LOOP):
        return PermanentFailure(code, reason)
    return TemporaryFailure(code, reason, kind)
