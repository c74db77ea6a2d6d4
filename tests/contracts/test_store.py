"""The contract of the port ``Store``: what holds for the database holds for the store in memory."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest

from chalicelib.actions.ports import Owe, Remove, Save, Store, View
from chalicelib.domain.audit import Deed, Head, chained
from chalicelib.domain.case import Case, FamilyContact, PastDeclaration, Personal, Quarantine
from chalicelib.domain.checkin import Checkin
from chalicelib.domain.dispatch import Dispatch, DispatchState, Passenger
from chalicelib.domain.errors import NotFound, Stale
from chalicelib.domain.finding import Finder
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.work import PlannedRelease
from tests.contracts.entities import all_of, new_case, new_message, refused
from tests.domain.cases import NOW, TODAY, dispatch
from tests.wired import fresh


def checkin(case_id: str, day: int, number: int) -> Checkin:
    return Checkin(
        case_id=case_id, day=date(2026, 12, day), number=number, at=NOW, form="quarantine_checkin", form_version=1,
        language="en", sealed_with="CKG#2026-11-23", personal=Personal({"temperature": "36.6"}),
    )  # fmt: skip


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
