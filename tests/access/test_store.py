"""The contract of the port: what holds for the table holds for the store in memory, and the other way round."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.access.ports import AccessStore
from chalicelib.access.tokens import digest, new_id, new_secret
from chalicelib.domain.errors import Conflict, NotFound, Stale
from chalicelib.domain.officers import Account, ApiKey, Attempts, Link, Officer, Session
from tests.web.browser import NOW


def invited(store: AccessStore, name: str = "") -> Account:
    officer = Officer(officer_id=new_id(), display_name=name, desks=frozenset({"onsite", "hotel"}), language="zh-Hans")
    store.add_account(Account(officer=officer))
    found = store.account(officer.officer_id)
    assert found
    return found


def linked(store: AccessStore, account: Account, hours: int = 24) -> Link:
    link = Link(
        digest=digest(new_secret()), officer_id=account.officer.officer_id, expires_at=NOW + timedelta(hours=hours)
    )
    store.add_link(link)
    return link


def session_of(account: Account) -> Session:
    return Session(
        officer_id=account.officer.officer_id, digest=digest(new_secret()), credential=0, opened_at=NOW, seen_at=NOW
    )


def test_an_account_is_kept_as_it_was(store: AccessStore) -> None:
    account = invited(store, "陈警官")
    assert account == Account(officer=account.officer, version=1)
    assert account.officer.display_name == "陈警官"
    assert account in store.accounts()


def test_an_account_is_added_once(store: AccessStore) -> None:
    account = invited(store)
    with pytest.raises(Conflict):
        store.add_account(account)


def test_nobody_is_none(store: AccessStore) -> None:
    assert store.account("nobody") is None
    assert store.officer_id_of("nobody.at.all") is None
    assert store.session("nobody", "digest") is None
    assert store.key("none") is None
    assert store.link("none") is None


def test_a_stale_account_is_not_written(store: AccessStore) -> None:
    account = invited(store)
    store.change_account(replace(account, active=False))
    with pytest.raises(Stale):
        store.change_account(replace(account, active=True))
    found = store.account(account.officer.officer_id)
    assert found
    assert (found.active, found.version) == (False, 2)


def test_a_link_is_taken_once_and_claims_the_username(store: AccessStore) -> None:
    account = invited(store)
    link, name = linked(store, account), f"chen.{new_id()}"
    store.take_link(link, account.with_password(name, "hash"), NOW)
    assert store.officer_id_of(name) == account.officer.officer_id
    assert store.link(link.digest) is None
    standing = store.account(account.officer.officer_id)
    assert standing
    with pytest.raises(NotFound):
        store.take_link(link, standing.with_password(name, "other"), NOW)


def test_a_link_that_is_over_changes_nothing(store: AccessStore) -> None:
    account = invited(store)
    link = linked(store, account)
    with pytest.raises(NotFound):
        store.take_link(link, account.with_password(f"late.{new_id()}", "hash"), NOW + timedelta(hours=24))
    assert store.account(account.officer.officer_id) == account


def test_a_username_belongs_to_one(store: AccessStore) -> None:
    first, second, name = invited(store), invited(store), f"li.{new_id()}"
    store.take_link(linked(store, first), first.with_password(name, "hash"), NOW)
    link = linked(store, second)
    with pytest.raises(Conflict, match="username_taken"):
        store.take_link(link, second.with_password(name, "hash"), NOW)
    assert store.link(link.digest) == link
    assert store.officer_id_of(name) == first.officer.officer_id


def test_the_same_officer_may_take_another_link(store: AccessStore) -> None:
    account, name = invited(store), f"wu.{new_id()}"
    store.take_link(linked(store, account), account.with_password(name, "hash"), NOW)
    again = store.account(account.officer.officer_id)
    assert again
    store.take_link(linked(store, again), again.with_password(name, "another"), NOW)
    last = store.account(account.officer.officer_id)
    assert last
    assert (last.password_hash, last.credential) == ("another", 2)


def test_a_session_comes_with_its_account_until_it_is_ended(store: AccessStore) -> None:
    account = invited(store)
    session = session_of(account)
    store.open_session(session)
    later = replace(session, seen_at=NOW + timedelta(hours=1))
    store.touch_session(later)
    assert store.session(session.officer_id, session.digest) == (later, account)
    store.end_session(session.officer_id, session.digest)
    store.touch_session(later)
    store.end_session(session.officer_id, session.digest)
    assert store.session(session.officer_id, session.digest) is None


def test_a_session_is_opened_once(store: AccessStore) -> None:
    session = session_of(invited(store))
    store.open_session(session)
    with pytest.raises(Stale):
        store.open_session(session)


def test_attempts_count_one_by_one(store: AccessStore) -> None:
    name = f"guess.{new_id()}"
    assert store.attempts(name) == Attempts()
    store.record_attempts(name, Attempts(tried=1), NOW)
    with pytest.raises(Stale):
        store.record_attempts(name, Attempts(tried=1), NOW)
    until = NOW + timedelta(seconds=30)
    store.record_attempts(name, replace(store.attempts(name), tried=2, until=until), NOW)
    assert store.attempts(name) == Attempts(2, until, 2)
    store.clear_attempts(name)
    store.clear_attempts(name)
    assert store.attempts(name) == Attempts()


def test_a_key_is_kept_and_changed_as_read(store: AccessStore) -> None:
    key = ApiKey(key_id=new_id(), digest="d", desk="district", district="yuzhong", made_at=NOW, made_by="boss")
    store.add_key(key)
    found = store.key(key.key_id)
    assert found == replace(key, version=1)
    every = store.keys()
    assert found in every
    store.change_key(replace(found, active=False))
    with pytest.raises(Stale):
        store.change_key(found)
    with pytest.raises(Stale):
        store.add_key(key)
