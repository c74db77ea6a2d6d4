"""The contract of the port ``Store``: what holds for the database holds for the store in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from chalicelib.actions.ports import Add, AlreadyThere, Change, Claim, Owe, Remove, Save, Store, View
from chalicelib.domain.audit import Deed, Head, chained
from chalicelib.domain.case import Case, FamilyContact, PastDeclaration, Personal, Quarantine
from chalicelib.domain.checkin import Checkin
from chalicelib.domain.dispatch import Dispatch, DispatchState, Passenger
from chalicelib.domain.errors import NotFound, Stale
from chalicelib.domain.finding import Finder, Identity
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.spending import Spent
from chalicelib.domain.urgency import lane
from chalicelib.domain.work import FanOut, PlannedRelease, Task
from chalicelib.storage.layouts import due_shards, message_lane, shard_of, stamp
from tests.domain.cases import NOW, TODAY, case, dispatch, message
from tests.wired import fresh


@pytest.fixture
def day() -> date:
    """A day that no other test has rows on."""
    return date(1970, 1, 1) + timedelta(days=int(fresh(5), 36) % 2_000_000)


def new_case(**changes: Any) -> Case:
    return case(fresh(), **changes)


def new_message(**changes: Any) -> Message:
    return message(message_id=fresh(20), **changes)


def identity(digest: str = "", **changes: Any) -> Identity:
    start: dict[str, Any] = {
        "digest": digest or fresh(32), "month": "2026-11", "case_id": fresh(), "party": ("P",), "zone": "01",
        "intake_date": TODAY, "answers_digest": "a", "expires_at": 2**31,
    }  # fmt: skip
    return Identity(**{**start, **changes})


def checkin(case_id: str, day: int, number: int) -> Checkin:
    return Checkin(
        case_id=case_id, day=date(2026, 12, day), number=number, at=NOW, form="quarantine_checkin", form_version=1,
        language="en", sealed_with="CKG#2026-11-23", personal=Personal({"temperature": "36.6"}),
    )  # fmt: skip


def refused(store: Store, *changes: Change) -> tuple[Any, ...]:
    with pytest.raises(AlreadyThere) as met:
        store.commit(changes)
    return met.value.found


def all_of(store: Store, view: View, limit: int = 2) -> list[Any]:
    return [entity for page in pages(store, view, limit) for entity in page]


def pages(store: Store, view: View, limit: int) -> Iterator[tuple[Any, ...]]:
    cursor = None
    while True:
        page = store.page(view, limit, cursor)
        assert len(page.items) <= limit
        yield page.items
        cursor = page.cursor
        if cursor is None:
            return


class TestSaveAndRead:
    def test_what_is_written_is_read_one_version_on(self, store: Store) -> None:
        written = new_case(
            answers={"family_contacts": [{"name": "李华", "phone": "+861"}], "x": None, "y": [1, True]},
            quarantine=Quarantine("hotel", TODAY, TODAY + timedelta(days=14)), held=True, audit=Head(3, "abc"),
        )  # fmt: skip
        store.commit([Save(written)])
        read = store.get(Case, written.case_id)
        assert read == replace(written, version=1)
        assert read.family_contacts == (FamilyContact("李华", "+861"),)

    def test_every_shape_survives(self, store: Store) -> None:
        bus = dispatch(
            dispatch_id=fresh(16), roster=(Passenger("A", "P"),), state=DispatchState.ARRIVED, arrived_at=NOW
        )
        text = new_message(times={"owed": NOW}, state=MessageState.SENDING, due_at=None)
        _, entry = chained(
            Head(), fresh(), "case",
            Deed(verb="refer", actor="o", at=NOW, before="a", after="b", facts={"n": [1]}, detail={"reason": "热"}),
            "CKG#2026-11-23", "salt",
        )  # fmt: skip
        past = PastDeclaration(
            case_id=fresh(), number=1, replaced_at=NOW, replaced_by="o", sealed_with="CKG#2026-11-23",
            personal=Personal({"a": "b"}, place="p"),
        )  # fmt: skip
        told = checkin(past.case_id, 2, 1)
        store.commit([Save(bus), Save(text), Save(entry), Save(past), Save(told)])
        assert store.get(Checkin, told.case_id, told.day, 1) == replace(told, version=1)
        assert store.get(Dispatch, bus.dispatch_id) == replace(bus, version=1)
        assert store.get(Message, text.message_id) == replace(text, version=1)
        assert store.get(type(entry), entry.subject, 1) == replace(entry, version=1)
        assert store.get(PastDeclaration, past.case_id, 1) == replace(past, version=1)

    def test_the_check_ins_of_a_case_stand_in_order_and_a_days_last_is_found(self, store: Store) -> None:
        who = fresh()
        told = [checkin(who, *place) for place in ((10, 1), (2, 2), (2, 1), (10, 10), (10, 9))]
        store.commit([Save(one) for one in told])
        view = View(Checkin, "", who, prefix="checkin#")
        ordered = [(one.day.day, one.number) for one in all_of(store, view)]
        assert ordered == [(2, 1), (2, 2), (10, 1), (10, 9), (10, 10)]
        last = View(Checkin, "", who, prefix="checkin#2026-12-10#", newest_first=True)
        assert [one.number for one in store.page(last, 1).items] == [10]
        assert refused(store, Save(checkin(who, 2, 2))) == (replace(told[1], version=1),)

    def test_nothing_is_none_or_not_found(self, store: Store) -> None:
        assert store.find(Case, fresh()) is None
        with pytest.raises(NotFound) as missing:
            store.get(Case, fresh())
        assert missing.value.kind == "case"

    def test_many_are_those_that_exist(self, store: Store) -> None:
        cases = [new_case() for _ in range(3)]
        store.commit([Save(each) for each in cases])
        keys = [(each.case_id,) for each in cases] + [(fresh(),), (cases[0].case_id,)]
        found = store.many(Case, keys)
        assert found == {(each.case_id,): replace(each, version=1) for each in cases}
        assert store.many(Case, []) == {}

    def test_a_hundred_at_once(self, store: Store) -> None:
        finders = [Finder(kind="phone", digest=fresh(32), case_id="A", expires_at=1) for _ in range(100)]
        store.commit([Save(each) for each in finders])
        assert len(store.many(Finder, [("phone", each.digest, "A") for each in finders])) == 100


class TestConditions:
    def test_a_change_of_what_was_read(self, store: Store) -> None:
        store.commit([Save(first := new_case())])
        read = store.get(Case, first.case_id)
        store.commit([Save(replace(read, flight="CA1"))])
        assert (store.get(Case, first.case_id).flight, store.get(Case, first.case_id).version) == ("CA1", 2)
        with pytest.raises(Stale):
            store.commit([Save(replace(read, flight="CA2"))])
        assert store.get(Case, first.case_id).flight == "CA1"

    def test_a_change_of_what_is_not_there_is_stale(self, store: Store) -> None:
        with pytest.raises(Stale):
            store.commit([Save(new_case(version=1))])

    def test_a_new_entity_meets_what_stands_there(self, store: Store) -> None:
        store.commit([Save(first := new_case())])
        assert refused(store, Save(replace(first, flight="CA1"))) == (replace(first, version=1),)

    def test_all_or_nothing(self, store: Store) -> None:
        store.commit([Save(standing := new_case())])
        other, text = new_case(), new_message()
        assert refused(store, Save(other), Owe(text), Save(standing)) == (replace(standing, version=1),)
        with pytest.raises(Stale):
            store.commit([Save(other), Owe(text), Save(replace(standing, version=9))])
        assert (store.find(Case, other.case_id), store.find(Message, text.message_id)) == (None, None)

    def test_stale_is_said_before_already_there(self, store: Store) -> None:
        store.commit([Save(standing := new_case())])
        with pytest.raises(Stale):
            store.commit([Save(standing), Save(new_case(version=1))])

    def test_remove(self, store: Store) -> None:
        store.commit([Save(row := PlannedRelease(case_id=fresh(), due_at=NOW))])
        with pytest.raises(Stale):
            store.commit([Remove(replace(row, version=2))])
        other = new_case()
        store.commit([Save(other), Remove(replace(row, version=1))])
        assert store.find(PlannedRelease, row.case_id) is None
        assert store.find(Case, other.case_id)
        with pytest.raises(Stale):
            store.commit([Remove(replace(row, version=1))])

    def test_one_row_twice_in_a_transaction_is_a_mistake(self, store: Store) -> None:
        row = new_case()
        with pytest.raises(ValueError, match="two changes of one row"):
            store.commit([Save(row), Save(row)])
        assert store.find(Case, row.case_id) is None

    def test_of_many_at_once_one_wins(self, store: Store) -> None:
        store.commit([Save(first := new_case())])
        read, barrier, outcomes = store.get(Case, first.case_id), Barrier(6), list[str]()

        def change(name: str) -> None:
            barrier.wait()
            try:
                store.commit([Save(replace(read, flight=name))])
                outcomes.append("won")
            except Stale:
                outcomes.append("stale")

        threads = [Thread(target=change, args=(f"CA{n}",)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["stale"] * 5 + ["won"]
        assert store.get(Case, first.case_id).version == 2


class TestOwing:
    def test_owing_twice_writes_one_row(self, store: Store) -> None:
        text = new_message()
        for body in ("first", "second"):
            store.commit([Save(new_case()), Owe(replace(text, personal=replace(text.personal, body=body)))])
        assert store.get(Message, text.message_id).personal.body == "first"
        assert store.get(Message, text.message_id).version == 1

    def test_what_goes_with_a_repeated_owing_is_written(self, store: Store) -> None:
        old, fresh_one, person = new_message(), new_message(), new_case()
        store.commit([Owe(old)])
        store.commit([Owe(old), Save(person), Owe(fresh_one)])
        assert store.find(Case, person.case_id)
        assert store.find(Message, fresh_one.message_id)

    def test_owing_never_brings_back_what_was_sent(self, store: Store) -> None:
        text = new_message()
        store.commit([Owe(text)])
        store.commit([Save(replace(text, version=1, state=MessageState.SENT))])
        store.commit([Owe(text)])
        assert store.get(Message, text.message_id).state == MessageState.SENT

    def test_a_repeated_owing_beside_a_refusal_is_the_refusal(self, store: Store) -> None:
        text, standing = new_message(), new_case()
        store.commit([Owe(text), Save(standing)])
        assert refused(store, Owe(text), Save(standing)) == (replace(standing, version=1),)
        with pytest.raises(Stale):
            store.commit([Owe(text), Save(replace(standing, version=7))])

    def test_one_thing_owed_twice_in_a_transaction_is_owed_once(self, store: Store) -> None:
        text = new_message()
        store.commit([Owe(text), Owe(replace(text, language="fr"))])
        assert store.get(Message, text.message_id).language == "en"


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


class TestViews:
    def listed(self, store: Store, number: int, **changes: Any) -> list[Case]:
        cases = [new_case(declared_at=NOW + timedelta(minutes=n), **changes) for n in range(number)]
        for each in cases:
            store.commit([Save(each)])
        return [replace(each, version=1) for each in cases]

    @pytest.mark.parametrize("limit", [1, 2, 5, 6, 50])
    def test_an_index_in_order_page_by_page(self, store: Store, day: date, limit: int) -> None:
        cases = self.listed(store, 5, arrival_date=day)
        self.listed(store, 2, arrival_date=day + timedelta(days=1))
        assert all_of(store, View(Case, "by_day", f"CKG#{day}"), limit) == cases
        assert all_of(store, View(Case, "by_day", f"CKG#{day}", newest_first=True), limit) == cases[::-1]

    def test_each_index_of_a_case(self, store: Store, day: date) -> None:
        (one,) = self.listed(store, 1, arrival_date=day, flight="CA1", district="jiangbei")
        for index, partition in [
            ("by_day", f"CKG#{day}"), ("by_flight", f"CKG#{day}#CA1"), ("by_district", f"jiangbei#{day}"),
        ]:  # fmt: skip
            assert all_of(store, View(Case, index, partition)) == [one]
        assert all_of(store, View(Case, "by_flight", f"CKG#{day}#CA2")) == []

    def test_a_row_moves_in_its_index(self, store: Store, day: date) -> None:
        (one,) = self.listed(store, 1, arrival_date=day, flight="CA1")
        store.commit([Save(replace(one, flight="CA2"))])
        assert all_of(store, View(Case, "by_flight", f"CKG#{day}#CA1")) == []
        assert [each.flight for each in all_of(store, View(Case, "by_flight", f"CKG#{day}#CA2"))] == ["CA2"]

    def test_a_prefix_of_a_partition(self, store: Store) -> None:
        head, subject, entries = Head(), fresh(), []
        for _ in range(5):
            deed = Deed(verb="v", actor="o", at=NOW, before="a", after="b")
            head, entry = chained(head, subject, "case", deed, "CKG#2026-11-23", "salt")
            entries.append(replace(entry, version=1))
            store.commit([Save(entry)])
        store.commit([Save(case(subject))])
        view = View(type(entries[0]), "", subject, prefix="audit#")
        assert all_of(store, view) == entries
        assert all_of(store, replace(view, newest_first=True)) == entries[::-1]

    def test_due_up_to_and_including_a_time(self, store: Store) -> None:
        start = NOW.replace(year=1990) + timedelta(seconds=int(fresh(5), 36) % 10**8)
        rows = [PlannedRelease(case_id=fresh(), due_at=start + timedelta(minutes=n)) for n in range(8)]
        for row in rows:
            store.commit([Save(row)])
        ids = {row.case_id for row in rows}

        def due(until: str) -> set[str]:
            views = [View(PlannedRelease, "by_due", shard, until=until) for shard in due_shards("release")]
            return {row.case_id for view in views for row in all_of(store, view, 100)} & ids

        assert due(stamp(start - timedelta(microseconds=1))) == set()
        assert due(stamp(start + timedelta(minutes=3))) == {row.case_id for row in rows[:4]}
        assert due(stamp(start + timedelta(days=99))) == ids

    def test_what_is_due_no_more_leaves_the_index(self, store: Store) -> None:
        text = new_message(due_at=NOW.replace(year=1980))
        view = View(
            Message,
            "by_due",
            shard_of(message_lane(lane(text.event)), text.message_id),
            until=stamp(NOW.replace(year=1981)),
        )
        store.commit([Save(text)])
        assert text.message_id in {row.message_id for row in all_of(store, view, 100)}
        store.commit([Save(replace(text, version=1, due_at=None))])
        assert text.message_id not in {row.message_id for row in all_of(store, view, 100)}

    def test_messages_by_traveller_and_vehicle(self, store: Store) -> None:
        traveller, vehicle = fresh(), fresh(16)
        both = new_message(traveller_id=traveller, dispatch_id=vehicle)
        neither, one = new_message(), new_message(traveller_id=traveller)
        store.commit([Save(both), Save(neither), Save(one)])
        found = {row.message_id for row in all_of(store, View(Message, "by_traveller", traveller))}
        assert found == {both.message_id, one.message_id}
        assert [row.message_id for row in all_of(store, View(Message, "by_dispatch", vehicle))] == [both.message_id]

    def test_an_empty_view(self, store: Store) -> None:
        page = store.page(View(Task, "", f"tasks#{fresh()}"), 10)
        assert (page.items, page.cursor) == ((), None)

    def test_fan_outs_have_a_row_for_each_stage(self, store: Store) -> None:
        vehicle = fresh(16)
        for stage in ("departed", "acknowledged"):
            store.commit([Save(FanOut(dispatch_id=vehicle, stage=stage, due_at=NOW))])
        assert store.find(FanOut, vehicle, "departed") != store.find(FanOut, vehicle, "acknowledged")


def spent(day: date, **figures: int) -> Spent:
    return Spent(point="CKG", day=day, shard="03", **figures)


def test_figures_are_added_whether_or_not_there_is_a_row(store: Store, day: date) -> None:
    store.commit([Add(spent(day, messages=1, segments=2, micros=30))])
    store.commit([Add(spent(day, messages=-1, segments=5)), Save(new_message())])
    store.commit([Add(replace(spent(day, segments=9), shard="lifted"))])
    assert store.find(Spent, "CKG", day, "03") == spent(day, messages=0, segments=7, micros=30)
    rows = all_of(store, View(Spent, "", f"spent#CKG#{day}"))
    assert [(row.shard, row.segments) for row in rows] == [("03", 7), ("lifted", 9)]


def test_a_refused_transaction_counts_nothing(store: Store, day: date) -> None:
    with pytest.raises(Stale):
        store.commit([Add(spent(day, segments=2)), Save(new_message(version=7))])
    assert store.find(Spent, "CKG", day, "03") is None


def test_what_many_add_at_once_is_all_there(store: Store, day: date) -> None:
    gate = Barrier(8)

    def add() -> None:
        gate.wait()
        for _ in range(5):
            store.commit([Add(spent(day, segments=1))])

    threads = [Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = store.find(Spent, "CKG", day, "03")
    assert found is not None
    assert found.segments == 40
