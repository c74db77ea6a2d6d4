"""One-time links: how an officer, the first admin too, comes to a password that nobody else ever knew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.access import tokens
from chalicelib.access.passwords import Passwords, check_choice, normal_username
from chalicelib.access.ports import AccessStore
from chalicelib.domain.desks import DESKS
from chalicelib.domain.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.domain.officers import LINK_LASTS, Account, Link, Officer

FIRST_ADMIN = "first-admin"


class Links:
    """Invites officers, and lets them choose a password, the first one or a new one."""

    def __init__(self, store: AccessStore, clock: Callable[[], datetime], passwords: Passwords) -> None:
        self._store = store
        self._clock = clock
        self._passwords = passwords

    def invite(self, officer: Officer) -> str:
        """A new account, and the token of its first link. Raises Invalid for its desks, Conflict when it exists."""
        check_desks(officer)
        self._store.add_account(Account(officer=officer))
        return self.issue(officer.officer_id)

    def issue(self, officer_id: str) -> str:
        """The token of a new link for an account that exists: lost link, lost password. Raises NotFound."""
        token, account = tokens.new_secret(), self._store.account(officer_id)
        if account is None:
            raise NotFound("officer")
        link = Link(
            digest=tokens.digest(token), officer_id=officer_id, expires_at=self._clock() + LINK_LASTS,
            credential=account.credential,
        )  # fmt: skip
        self._store.add_link(link)
        return token

    def first_admin(self) -> str | None:
        """The token for the first admin, or None once there is one."""
        account = self._store.account(FIRST_ADMIN)
        if account is None:
            return self.invite(Officer(officer_id=FIRST_ADMIN, desks=frozenset({"admin", "coordination"})))
        return self.issue(FIRST_ADMIN) if account.invited else None

    def look(self, token: str) -> Account:
        """Whose link it is; looking uses nothing up. Raises NotFound("link")."""
        return self._open_link(token)[1]

    def _open_link(self, token: str) -> tuple[Link, Account]:
        link = self._store.link(tokens.digest(token))
        if link is None or link.expires_at <= self._clock():
            raise NotFound("link")
        account = self._store.account(link.officer_id)
        if account is None or not account.active or account.credential != link.credential:
            raise NotFound("link")
        return link, account

    def accept(self, token: str, username: str, password: str, again: str) -> Account:
        """The account with its new password; ends its sessions. A username that stands is kept.

        Raises NotFound("link"), Invalid.
        """
        link, account = self._open_link(token)
        name = account.officer.username or normal_username(username)
        check_choice(name, password, again)
        chosen = account.with_password(name, self._passwords.hash(password))
        try:
            self._store.take_link(link, chosen, self._clock())
        except Conflict as taken:
            raise Invalid((FieldError("username", taken.code),)) from taken
        return replace(chosen, version=chosen.version + 1)


def check_desks(officer: Officer) -> None:
    """Raise Invalid unless the desks exist and the desk ``district`` comes with a district."""
    if not officer.desks or officer.desks - set(DESKS):
        raise Invalid((FieldError("desks", "required" if not officer.desks else "unknown"),))
    if ("district" in officer.desks) != bool(officer.district):
        code = "required" if not officer.district else "not_for_this_desk"
        raise Invalid((FieldError("district", code),))
