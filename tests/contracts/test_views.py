"""What a store answers for a view, and figures that many add to."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from chalicelib.actions.ports import Add, Save, Store, View
from chalicelib.domain.audit import Deed, Head, chained
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Stale
from chalicelib.domain.messages import Message
from chalicelib.domain.spending import Spent
from chalicelib.domain.urgency import lane
from chalicelib.domain.work import FanOut, PlannedRelease, Task
from chalicelib.storage.layouts import due_shards, message_lane, shard_of, stamp
from tests.contracts.entities import all_of, new_case, new_message
from tests.domain.cases import NOW, case
from tests.wired import fresh


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
