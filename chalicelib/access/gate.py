"""The gate: who comes in, by password, session, one-time link or key. Pages and API ask here and nowhere else."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.access import tokens
from chalicelib.access.keys import Keys
from chalicelib.access.links import Links
from chalicelib.access.passwords import Passwords, normal_username
from chalicelib.access.ports import AccessStore
from chalicelib.domain.errors import Conflict, NotFound, NotSignedIn, Stale
from chalicelib.domain.officers import Account, Attempts, Officer, Session

TOUCH_EVERY = timedelta(minutes=5)
"""A session's last use is written this often, not at each request."""
RETRIES = 5


class WrongSignIn(NotSignedIn):
    """Username or password is wrong: which of them is not told."""

    code = "wrong_sign_in"


class Wait(Conflict):
    """Too many tries with this username; ``seconds`` to wait. Told for usernames that nobody has, too."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too_many_tries")
        self.seconds = seconds


@dataclass(frozen=True)
class Opened:
    """A session just opened: ``cookie`` is its only copy."""

    cookie: str
    officer: Officer


class Gate:
    """``clock`` gives aware datetimes; ``passwords`` decides what a hash costs."""

    def __init__(self, store: AccessStore, clock: Callable[[], datetime], passwords: Passwords | None = None) -> None:
        self.store = store
        self.clock = clock
        self.passwords = passwords or Passwords()
        self.keys = Keys(store, clock)
        self.links = Links(store, clock, self.passwords)

    def sign_in(self, username: str, password: str) -> Opened:
        """Open a session. Raises WrongSignIn, or Wait when there were too many tries.

        The same reads and the same hash for a username that nobody has: the time tells nothing.
        """
        name = normal_username(username)
        self.count_try(name)
        officer_id = self.store.officer_id_of(name)
        account = self.store.account(officer_id or "nobody")
        right = self.passwords.check(account.password_hash if account else "", password)
        if account is None or not right or not account.active:
            raise WrongSignIn
        self.store.clear_attempts(name)
        return self._open(self._at_todays_cost(account, password))

    def count_try(self, name: str) -> None:
        """One more try under a name; raises Wait. Counted before it is judged: tries at one moment count one by one."""
        for _ in range(RETRIES):
            now, attempts = self.clock(), self.store.attempts(name)
            if attempts.locked(now):
                raise Wait(_seconds_left(attempts, now))
            try:
                return self.store.record_attempts(name, attempts.once_more(now), now)
            except Stale:
                continue
        raise Wait(1)

    def _at_todays_cost(self, account: Account, password: str) -> Account:
        if self.passwords.outdated(account.password_hash):
            with suppress(Stale):
                self.store.change_account(replace(account, password_hash=self.passwords.hash(password)))
        return account

    def _open(self, account: Account) -> Opened:
        now, secret = self.clock(), tokens.new_secret()
        officer = account.officer
        self.store.open_session(
            Session(
                officer_id=officer.officer_id, digest=tokens.digest(secret), credential=account.credential,
                opened_at=now, seen_at=now,
            )
        )  # fmt: skip
        return Opened(f"{officer.officer_id}.{secret}", officer)

    def resume(self, cookie: str) -> Officer | None:
        """The officer whose session this cookie holds, or None when it has ended."""
        officer_id, _, secret = cookie.partition(".")
        found = self.store.session(officer_id, tokens.digest(secret)) if officer_id and secret else None
        now = self.clock()
        if found is None or not found[0].holds(found[1], now):
            return None
        session, account = found
        if now - session.seen_at >= TOUCH_EVERY:
            self.store.touch_session(replace(session, seen_at=now))
        return account.officer

    def sign_out(self, cookie: str) -> None:
        """End the session that this cookie holds."""
        officer_id, _, secret = cookie.partition(".")
        if officer_id and secret:
            self.store.end_session(officer_id, tokens.digest(secret))

    def set_active(self, officer_id: str, active: bool, by: Officer) -> None:
        """Close an account, which ends its sessions at once, or open it again. Raises NotFound, Conflict, Stale."""
        account = self.store.account(officer_id)
        if account is None:
            raise NotFound("officer")
        if officer_id == by.officer_id:
            raise Conflict("own_account")
        self.store.change_account(replace(account, active=active, credential=account.credential + 1))

    def accept(self, token: str, username: str, password: str, again: str) -> Opened:
        """Use a one-time link up, choose username and password, and sign in. Raises NotFound("link"), Invalid."""
        return self._open(self.links.accept(token, username, password, again))


def _seconds_left(attempts: Attempts, now: datetime) -> int:
    return max(1, round((attempts.until - now).total_seconds())) if attempts.until else 1
