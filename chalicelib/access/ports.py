"""What access needs kept. Reads are consistent: what was revoked is revoked at the next request."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.officers import Account, ApiKey, Attempts, Link, Session


class AccessStore(Protocol):
    """Accounts, sessions, links and keys; every write is conditional."""

    def account(self, officer_id: str) -> Account | None:
        """The account, or None."""

    def officer_id_of(self, username: str) -> str | None:
        """Whose username this is."""

    def accounts(self) -> tuple[Account, ...]:
        """All accounts, invited ones too, in no order that means anything."""

    def add_account(self, account: Account) -> None:
        """A new account; raises Conflict("officer_exists")."""

    def change_account(self, account: Account) -> None:
        """The account as read, changed; raises Stale."""

    def add_link(self, link: Link) -> None:
        """A new one-time link."""

    def link(self, digest: str) -> Link | None:
        """The link, also when its time is over."""

    def take_link(self, link: Link, account: Account, now: datetime) -> None:
        """Use the link up and write the account, in one transaction; claims the username for the account.

        Raises NotFound("link") when it was used or is over, Conflict("username_taken"), Stale.
        """

    def open_session(self, session: Session) -> None:
        """A new session."""

    def session(self, officer_id: str, digest: str) -> tuple[Session, Account] | None:
        """The session with its account, in one round trip."""

    def touch_session(self, session: Session) -> None:
        """Record when it was last used; nothing happens when it was ended meanwhile."""

    def end_session(self, officer_id: str, digest: str) -> None:
        """Delete it."""

    def attempts(self, username: str) -> Attempts:
        """Tries since the last success, of a username that need not exist."""

    def record_attempts(self, username: str, attempts: Attempts, now: datetime) -> None:
        """The attempts as read, changed; raises Stale when somebody else tried meanwhile."""

    def clear_attempts(self, username: str) -> None:
        """Forget them."""

    def add_key(self, key: ApiKey) -> None:
        """A new key."""

    def key(self, key_id: str) -> ApiKey | None:
        """The key, or None."""

    def keys(self) -> tuple[ApiKey, ...]:
        """All keys, withdrawn ones too."""

    def change_key(self, key: ApiKey) -> None:
        """The key as read, changed; raises Stale."""
