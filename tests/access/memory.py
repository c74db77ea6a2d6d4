"""The port ``AccessStore`` in memory; it passes the same contract as the table."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, NotFound, Stale
from chalicelib.domain.officers import Account, ApiKey, Attempts, Link, Session


class MemoryAccess:
    """Dictionaries, with the conditions of the table."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._usernames: dict[str, str] = {}
        self._links: dict[str, Link] = {}
        self._sessions: dict[tuple[str, str], Session] = {}
        self._attempts: dict[str, Attempts] = {}
        self._keys: dict[str, ApiKey] = {}

    def account(self, officer_id: str) -> Account | None:
        return self._accounts.get(officer_id)

    def officer_id_of(self, username: str) -> str | None:
        return self._usernames.get(username)

    def accounts(self) -> tuple[Account, ...]:
        return tuple(self._accounts.values())

    def add_account(self, account: Account) -> None:
        if account.officer.officer_id in self._accounts:
            raise Conflict("officer_exists")
        self._accounts[account.officer.officer_id] = replace(account, version=1)

    def change_account(self, account: Account) -> None:
        known = self._accounts.get(account.officer.officer_id)
        if known is None or known.version != account.version:
            raise Stale
        self._accounts[account.officer.officer_id] = replace(account, version=account.version + 1)

    def add_link(self, link: Link) -> None:
        self._links[link.digest] = link

    def link(self, digest: str) -> Link | None:
        return self._links.get(digest)

    def take_link(self, link: Link, account: Account, now: datetime) -> None:
        known = self._links.get(link.digest)
        if known is None or known.expires_at <= now:
            raise NotFound("link")
        officer = account.officer
        standing = self._accounts.get(officer.officer_id)
        if standing is None or standing.version != account.version:
            raise Stale
        if self._usernames.get(officer.username, officer.officer_id) != officer.officer_id:
            raise Conflict("username_taken")
        self.change_account(account)
        self._usernames[officer.username] = officer.officer_id
        del self._links[link.digest]

    def open_session(self, session: Session) -> None:
        if (session.officer_id, session.digest) in self._sessions:
            raise Stale
        self._sessions[session.officer_id, session.digest] = session

    def session(self, officer_id: str, digest: str) -> tuple[Session, Account] | None:
        session, account = self._sessions.get((officer_id, digest)), self._accounts.get(officer_id)
        return (session, account) if session and account else None

    def touch_session(self, session: Session) -> None:
        if (session.officer_id, session.digest) in self._sessions:
            self._sessions[session.officer_id, session.digest] = session

    def end_session(self, officer_id: str, digest: str) -> None:
        self._sessions.pop((officer_id, digest), None)

    def attempts(self, username: str) -> Attempts:
        return self._attempts.get(username, Attempts())

    def record_attempts(self, username: str, attempts: Attempts, now: datetime) -> None:
        if self.attempts(username).version != attempts.version:
            raise Stale
        self._attempts[username] = replace(attempts, version=attempts.version + 1)

    def clear_attempts(self, username: str) -> None:
        self._attempts.pop(username, None)

    def add_key(self, key: ApiKey) -> None:
        if key.key_id in self._keys:
            raise Stale
        self._keys[key.key_id] = replace(key, version=1)

    def key(self, key_id: str) -> ApiKey | None:
        return self._keys.get(key_id)

    def keys(self) -> tuple[ApiKey, ...]:
        return tuple(self._keys.values())

    def change_key(self, key: ApiKey) -> None:
        known = self._keys.get(key.key_id)
        if known is None or known.version != key.version:
            raise Stale
        self._keys[key.key_id] = replace(key, version=key.version + 1)
