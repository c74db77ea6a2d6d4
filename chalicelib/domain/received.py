"""Texts that people send us: kept once, shown beside whom they concern, and their wish to be left alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

MOST_ANSWERS = 5
"""Texts an hour that one number is answered: two machines that answer each other stop here."""
MOST_TEXTS = 30
"""Texts an hour of one number that become work for a desk."""


@dataclass(frozen=True)
class Sender:
    """The personal part: number in E.164, the name it is known by, and what it wrote."""

    phone: str
    name: str = ""
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceivedText:
    """A text beside a traveller whose own or whose contact's phone sent it; ``said`` is what it was taken for."""

    case_id: str
    text_id: str
    at: datetime
    said: str
    sealed_with: str
    personal: Sender
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class TextTaken:
    """A text that was dealt with, by the provider's id: it may call any number of times."""

    text_id: str
    expires_at: int
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """How many texts a number sent in an hour, and how many of them were answered."""

    digest: str
    hour: str
    expires_at: int
    received: int = 0
    answered: int = 0
    version: int = 0

    @property
    def may_answer(self) -> bool:
        """Whether this number may be answered once more."""
        return self.answered < MOST_ANSWERS

    @property
    def may_ask(self) -> bool:
        """Whether a desk is to look at one more text of this number."""
        return self.received <= MOST_TEXTS


@dataclass(frozen=True, kw_only=True)
class OptOut:
    """A number that wants no texts, by standing digest: since when, for each of our senders that it said so to."""

    digest: str
    senders: Mapping[str, datetime] = field(default_factory=dict)
    personal: Sender
    version: int = 0

    @property
    def stopped(self) -> bool:
        """Whether anything is stopped: a text from another number of ours would be just as unwelcome."""
        return bool(self.senders)


def stopped(known: OptOut, sender: str, now: datetime) -> OptOut:
    """No more from ``sender``."""
    return replace(known, senders={sender: now, **known.senders})


def started(known: OptOut, sender: str) -> OptOut:
    """Texts again: what a provider reported on its own account is lifted with it."""
    return replace(known, senders={name: at for name, at in known.senders.items() if name not in (sender, "")})
