"""Officers, and what opens the door for them: accounts, sessions, one-time links, keys of programs."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

IDLE, LONGEST = timedelta(hours=4), timedelta(hours=14)
"""A session outlives the wait between two flights, and one shift with its overtime, but not the next."""

LINK_LASTS = timedelta(hours=24)
FREE_ATTEMPTS = 5
FIRST_LOCK, LONGEST_LOCK = timedelta(seconds=30), timedelta(minutes=15)
ATTEMPTS_LAST = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Officer:
    """Who acts: a person at one or more desks, or a program with a key (``officer_id`` is then ``key:<id>``)."""

    officer_id: str
    username: str = ""
    display_name: str = ""
    desks: frozenset[str]
    district: str | None = None
    point: str | None = None
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Account:
    """An officer who may sign in. ``credential`` grows with every new password and ends the sessions before it."""

    officer: Officer
    password_hash: str = ""
    credential: int = 0
    active: bool = True
    version: int = 0

    @property
    def invited(self) -> bool:
        """Whether the officer has yet to open the link and choose a password."""
        return not self.password_hash

    def with_password(self, username: str, password_hash: str) -> "Account":
        """The account once its holder chose these."""
        officer = replace(self.officer, username=username, display_name=self.officer.display_name or username)
        return replace(self, officer=officer, password_hash=password_hash, credential=self.credential + 1)


@dataclass(frozen=True, kw_only=True)
class Session:
    """One signed-in browser; ``digest`` is the SHA-256 of the secret that only the browser holds."""

    officer_id: str
    digest: str
    credential: int
    opened_at: datetime
    seen_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it ends unless it is used before."""
        return min(self.seen_at + IDLE, self.opened_at + LONGEST)

    def holds(self, account: Account, now: datetime) -> bool:
        """Whether it still opens the door."""
        return account.active and self.credential == account.credential and now < self.ends_at


@dataclass(frozen=True, kw_only=True)
class Link:
    """A one-time link with which an officer chooses a password; ``digest`` is the SHA-256 of its token.

    ``credential`` is the account's when the link was made: a password chosen since, by whichever link, ends it.
    """

    digest: str
    officer_id: str
    expires_at: datetime
    credential: int = 0


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A program's key: one desk and, for the desk ``district``, a district."""

    key_id: str
    digest: str
    desk: str
    district: str | None
    made_at: datetime
    made_by: str
    active: bool = True
    version: int = 0

    @property
    def officer(self) -> Officer:
        """The actor that this key stands for."""
        name = f"key:{self.key_id}"
        return Officer(officer_id=name, display_name=name, desks=frozenset({self.desk}), district=self.district)


@dataclass(frozen=True)
class Attempts:
    """Sign-ins tried with one username since the last that succeeded; nothing more is tried before ``until``."""

    tried: int = 0
    until: datetime | None = None
    version: int = 0

    def locked(self, now: datetime) -> bool:
        """Whether to wait."""
        return self.until is not None and now < self.until

    def once_more(self, now: datetime) -> "Attempts":
        """After another try: the first few are free, then the wait doubles up to its cap."""
        tried = self.tried + 1
        doublings = tried - FREE_ATTEMPTS
        wait = min(FIRST_LOCK * 2 ** min(doublings, 10), LONGEST_LOCK) if doublings >= 0 else None
        return replace(self, tried=tried, until=now + wait if wait else None)
