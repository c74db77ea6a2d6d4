"""A claim stands for three days, and none is claimed twice."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from chalicelib.actions.ports import AlreadyThere, Claim, Save, Store
from chalicelib.domain.case import Case
from chalicelib.domain.finding import Identity
from tests.contracts.entities import new_case, refused
from tests.domain.cases import TODAY, case
from tests.wired import fresh


def identity(digest: str = "", **changes: Any) -> Identity:
    start: dict[str, Any] = {
        "digest": digest or fresh(32), "month": "2026-11", "case_id": fresh(), "party": ("P",), "zone": "01",
        "intake_date": TODAY, "answers_digest": "a", "expires_at": 2**31,
    }  # fmt: skip
    return Identity(**{**start, **changes})


class TestClaims:
    SINCE = TODAY - timedelta(days=3)

    def test_a_new_document(self, store: Store) -> None:
        mine = identity()
        store.commit([Claim(mine, self.SINCE)])
        assert store.get(Identity, mine.digest) == replace(mine, version=1)

    @pytest.mark.parametrize(("days", "free"), [(0, False), (3, False), (4, True), (40, True)])
    def test_the_window_of_the_same_arrival(self, store: Store, days: int, free: bool) -> None:
        old = identity(intake_date=TODAY - timedelta(days=days))
        store.commit([Claim(old, self.SINCE - timedelta(days=99))])
        mine, person = identity(old.digest), new_case()
        if free:
            store.commit([Save(person), Claim(mine, self.SINCE)])
            assert store.get(Identity, mine.digest).case_id == mine.case_id
        else:
            assert refused(store, Save(person), Claim(mine, self.SINCE)) == (replace(old, version=1),)
        assert (store.find(Case, person.case_id) is not None) == free

    @pytest.mark.parametrize(("days", "free"), [(1, False), (3, False), (4, True)])
    def test_the_month_before_is_looked_at_too(self, store: Store, days: int, free: bool) -> None:
        old = identity(intake_date=TODAY - timedelta(days=days), month="2026-10")
        store.commit([Claim(old, self.SINCE - timedelta(days=99))])
        mine = identity()
        claim = Claim(mine, self.SINCE, (identity(old.digest, case_id=mine.case_id),))
        if free:
            store.commit([claim])
            assert store.find(Identity, mine.digest)
        else:
            assert refused(store, claim) == (replace(old, version=1),)
            assert store.find(Identity, mine.digest) is None

    def test_the_month_before_is_free_when_nobody_came(self, store: Store) -> None:
        mine = identity()
        store.commit([Claim(mine, self.SINCE, (identity(),))])
        assert store.find(Identity, mine.digest)

    def test_a_case_keeps_what_it_claimed(self, store: Store) -> None:
        mine = identity()
        store.commit([Claim(mine, self.SINCE)])
        store.commit([Claim(replace(mine, zone="02"), self.SINCE)])
        assert store.get(Identity, mine.digest).zone == "02"

    def test_a_claim_and_a_new_entity_refused_together(self, store: Store) -> None:
        old, standing = identity(), new_case()
        store.commit([Claim(old, self.SINCE), Save(standing)])
        found = refused(store, Save(standing), Claim(identity(old.digest), self.SINCE), Save(new_case()))
        assert set(map(type, found)) == {Case, Identity}

    def test_of_many_at_once_one_claims(self, store: Store) -> None:
        digest, barrier, outcomes = fresh(32), Barrier(6), list[str]()

        def claim() -> None:
            mine = identity(digest)
            barrier.wait()
            try:
                store.commit([Save(case(mine.case_id)), Claim(mine, self.SINCE)])
                outcomes.append(mine.case_id)
            except AlreadyThere:
                outcomes.append("met")

        threads = [Thread(target=claim) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count("met") == 5
        assert store.get(Identity, digest).case_id in outcomes
