"""Accounts, sessions, links and keys in the table ``access``.

pk             sk           holds
officer#<id>   account      the account; its names sealed
officer#<id>   session#<d>  a session, by the SHA-256 of its secret; TTL
username#<d>   -            whose username it is, by its digest
attempts#<d>   -            sign-ins tried with a username; TTL
link#<d>       -            a one-time link; TTL
officers       <id>         the roster: which accounts there are
keys           <id>         the keys of programs
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec
from pynamodb.connection import Connection
from pynamodb.exceptions import DeleteError, PutError, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.domain.errors import Conflict, NotFound, Stale, Unavailable
from chalicelib.domain.officers import ATTEMPTS_LAST, Account, ApiKey, Attempts, Link, Session
from chalicelib.storage.access_rows import AccessRows
from chalicelib.storage.faults import code_of, guarded
from chalicelib.storage.sealing import STANDING, KeyRing
from chalicelib.storage.tables import Row

T = TypeVar("T")
REFUSED = "ConditionalCheckFailed"


def _guarded(call: Callable[[], T]) -> T:
    """``call``, with a refused condition as Stale and everything else of the database as Unavailable."""
    try:
        return guarded(call)
    except Unavailable as failure:
        cause = failure.__context__
        if isinstance(cause, PutError | DeleteError) and code_of(cause) == f"{REFUSED}Exception":
            raise Stale from None
        raise


class AccessTable:
    """The port ``AccessStore`` over DynamoDB."""

    def __init__(self, connection: Connection, model: type[Row], ring: KeyRing) -> None:
        self._connection = connection
        self._row = model
        self._rows = AccessRows(model, ring)
        self._ring = ring

    def _digest(self, username: str) -> str:
        """A keyed digest: usernames can be guessed, and whoever reads the table is not to try them out."""
        return self._ring.digest(STANDING, "username", username)

    def account(self, officer_id: str) -> Account | None:
        return self._rows.account(self._get(f"officer#{officer_id}", "account"))

    def officer_id_of(self, username: str) -> str | None:
        row = self._get(f"username#{self._digest(username)}", "-")
        return None if row is None else str(msgspec.json.decode(row.document))

    def accounts(self) -> tuple[Account, ...]:
        roster = _guarded(lambda: list(self._row.query("officers", consistent_read=True)))
        keys = [(f"officer#{row.sk}", "account") for row in roster]
        rows = _guarded(lambda: list(self._row.batch_get(keys, consistent_read=True))) if keys else []
        return tuple(account for account in map(self._rows.account, rows) if account)

    def add_account(self, account: Account) -> None:
        transaction = TransactWrite(connection=self._connection)
        roster = self._rows.new("officers", account.officer.officer_id, {})
        for row in (self._rows.of_account(account), roster):
            transaction.save(row, condition=self._row.pk.does_not_exist())
        if self._refused(transaction):
            raise Conflict("officer_exists")

    def change_account(self, account: Account) -> None:
        self._put(self._rows.of_account(account), self._row.row_version == account.version)

    def add_link(self, link: Link) -> None:
        row = self._rows.new(f"link#{link.digest}", "-", link)
        row.expires_at = link.expires_at.timestamp()
        self._put(row, self._row.pk.does_not_exist())

    def link(self, digest: str) -> Link | None:
        return self._rows.read(Link, self._get(f"link#{digest}", "-"))

    def take_link(self, link: Link, account: Account, now: datetime) -> None:
        transaction = TransactWrite(connection=self._connection)
        open_still = self._row.pk.exists() & (self._row.expires_at > now.timestamp())
        transaction.delete(self._row(f"link#{link.digest}", "-"), condition=open_still)
        transaction.save(self._rows.of_account(account), condition=self._row.row_version == account.version)
        officer_id = account.officer.officer_id
        username = self._rows.new(f"username#{self._digest(account.officer.username)}", "-", officer_id)
        transaction.save(username, condition=self._row.pk.does_not_exist() | (self._row.document == username.document))
        refused = self._refused(transaction)
        if refused:
            raise (NotFound("link"), Stale(), Conflict("username_taken"))[refused[0]]

    def open_session(self, session: Session) -> None:
        self._put(self._rows.of_session(session), self._row.pk.does_not_exist())

    def session(self, officer_id: str, digest: str) -> tuple[Session, Account] | None:
        pk = f"officer#{officer_id}"
        keys = [(pk, "account"), (pk, f"session#{digest}")]
        rows = {row.sk: row for row in _guarded(lambda: list(self._row.batch_get(keys, consistent_read=True)))}
        account = self._rows.account(rows.get("account"))
        session = self._rows.read(Session, rows.get(f"session#{digest}"))
        return (session, account) if session and account else None

    def touch_session(self, session: Session) -> None:
        try:
            self._put(self._rows.of_session(session), self._row.pk.exists())
        except Stale:
            return

    def end_session(self, officer_id: str, digest: str) -> None:
        row = self._row(f"officer#{officer_id}", f"session#{digest}")
        self._delete_if_there(row)

    def attempts(self, username: str) -> Attempts:
        return self._rows.read(Attempts, self._get(f"attempts#{self._digest(username)}", "-")) or Attempts()

    def record_attempts(self, username: str, attempts: Attempts, now: datetime) -> None:
        row = self._rows.new(f"attempts#{self._digest(username)}", "-", attempts)
        row.expires_at = (now + ATTEMPTS_LAST).timestamp()
        self._put(row, self._unchanged(attempts.version))

    def clear_attempts(self, username: str) -> None:
        self._delete_if_there(self._row(f"attempts#{self._digest(username)}", "-"))

    def add_key(self, key: ApiKey) -> None:
        self._put(self._rows.new("keys", key.key_id, key), self._row.pk.does_not_exist())

    def key(self, key_id: str) -> ApiKey | None:
        return self._rows.read(ApiKey, self._get("keys", key_id))

    def keys(self) -> tuple[ApiKey, ...]:
        rows = _guarded(lambda: list(self._row.query("keys", consistent_read=True)))
        return tuple(key for key in (self._rows.read(ApiKey, row) for row in rows) if key)

    def change_key(self, key: ApiKey) -> None:
        self._put(self._rows.new("keys", key.key_id, key), self._unchanged(key.version))

    def _get(self, pk: str, sk: str) -> Row | None:
        try:
            return _guarded(lambda: self._row.get(pk, sk, consistent_read=True))
        except self._row.DoesNotExist:
            return None

    def _put(self, row: Row, condition: Condition) -> None:
        _guarded(lambda: row.save(condition=condition))

    def _delete_if_there(self, row: Row) -> None:
        try:
            _guarded(lambda: row.delete(condition=self._row.pk.exists()))
        except Stale:
            return

    def _unchanged(self, version: int) -> Condition:
        condition: Condition = self._row.row_version == version if version else self._row.pk.does_not_exist()
        return condition

    def _refused(self, transaction: TransactWrite) -> tuple[int, ...]:
        """Which writes of the transaction were refused by their conditions; empty when it was done."""
        try:
            _guarded(transaction._commit)
        except TransactWriteError as failure:
            reasons = failure.cancellation_reasons or []
            refused = tuple(place for place, reason in enumerate(reasons) if reason and reason.code == REFUSED)
            if not refused:
                raise Unavailable(code_of(failure)) from failure
            return refused
        return ()
