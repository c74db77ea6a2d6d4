"""A declaration is kept once and only once; a known document tells nothing of its holder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest

from chalicelib.actions.person_rows import SAME_ARRIVAL
from chalicelib.actions.ports import AlreadyThere, Change
from chalicelib.actions.submit_declaration import Receipt, submit_declaration
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Conflict, Invalid, KeyReused, NotFound
from chalicelib.domain.finding import Finder, Identity, Linked
from chalicelib.domain.identifiers import case_id_of
from chalicelib.domain.states import State
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import OWN, World, daughter, declaration, person


def ids(receipt: Receipt) -> list[str]:
    return [line.traveller_id for line in receipt.party]


def test_what_is_kept_of_one_person(world: World) -> None:
    receipt = world.declare("key")
    case = world.case(receipt.declaration_id)
    assert (case.state, case.flight, case.zone, case.district) == (State.DECLARED, "CA406", "01", "yuzhong")
    assert [(line.reference, line.zone) for line in receipt.party] == [(case.reference, "01")]
    assert case_id_of(case.reference) == case.case_id
    (entry,) = world.kept(AuditEntry)
    assert (entry.verb, entry.actor, entry.after, entry.number) == ("declare", "traveller", "declared", 1)
    assert {finder.kind for finder in world.kept(Finder)} == {"phone", "document"}
    assert world.tasks() == []


def test_a_party_is_a_case_for_each_person(world: World) -> None:
    receipt = world.declare(companions=[daughter(), daughter("E2", given_names="LAN")])
    cases = [world.case(case_id) for case_id in ids(receipt)]
    assert all(case.party == tuple(ids(receipt)) for case in cases)
    assert [case.answers["given_names"] for case in cases] == ["XIAOMING", "MEI", "LAN"]
    assert [finder.case_id for finder in world.kept(Finder) if finder.kind == "phone"] == [cases[0].case_id]


@pytest.mark.parametrize("key", ["", "a key"])
def test_the_same_again_is_the_first_receipt(world: World, key: str) -> None:
    first = world.declare(key, companions=[daughter()])
    world.clock.forward(hours=1)
    again = world.declare(key, companions=[daughter()])
    assert (again.repeated, ids(again), again.declaration_id) == (True, ids(first), first.declaration_id)
    assert len(world.kept(Case)) == 2


def test_the_same_answers_under_another_key_are_the_first_receipt(world: World) -> None:
    assert ids(world.declare("one")) == ids(world.declare("other"))
    assert len(world.kept(Case)) == 1


def test_ten_at_once_are_one(world: World) -> None:
    receipts: list[Receipt] = []
    threads = [Thread(target=lambda: receipts.append(world.declare("key"))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(r.declaration_id, tuple(ids(r))) for r in receipts} == {
        (receipts[0].declaration_id, tuple(ids(receipts[0])))
    }
    assert len(receipts) == 10
    assert len(world.kept(Case)) == 1


def test_one_key_is_not_for_two_declarations(world: World) -> None:
    world.declare("key")
    with pytest.raises(KeyReused):
        world.declare("key", family_name="WANG")
    assert len(world.kept(Case)) == 1


def test_other_answers_for_a_known_document_are_kept_apart(world: World) -> None:
    first = world.declare()
    before = world.case(first.declaration_id)
    stranger = world.declare(phone="+8613700137000", family_name="WANG")
    assert set(ids(stranger)).isdisjoint(ids(first))
    assert world.case(first.declaration_id) == before, "nothing of the first is changed"
    linked = world.case(stranger.declaration_id)
    assert (linked.linked_to, linked.state) == (first.declaration_id, State.DECLARED)
    (link,) = world.kept(Linked)
    assert (link.case_id, link.linked_id, link.reason) == (first.declaration_id, linked.case_id, "same_document")
    assert len(world.kept(Identity)) == 1


def test_a_linked_declaration_is_kept_once_too(world: World) -> None:
    world.declare()
    one = world.declare(family_name="WANG")
    again = world.declare("with a key", family_name="WANG")
    assert (ids(again), again.repeated) == (ids(one), True)
    assert len(world.kept(Case)) == 2


def test_a_known_companion_is_linked_and_the_others_are_not(world: World) -> None:
    child = world.declare(**person("E87654321", given_names="MEI"))
    receipt = world.declare(companions=[daughter()])
    assert [world.case(case_id).linked_to for case_id in ids(receipt)] == [None, child.declaration_id]


def test_a_document_is_somebody_new_after_three_days(world: World) -> None:
    first = world.declare()
    world.clock.forward(days=SAME_ARRIVAL.days)
    assert world.case(world.declare(family_name="WANG").declaration_id).linked_to == first.declaration_id
    world.clock.forward(days=1)
    later = world.case(world.declare(arrival_date="2026-11-27").declaration_id)
    assert (later.linked_to, later.case_id != first.declaration_id) == (None, True)


def test_without_a_document_an_officer_decides(world: World) -> None:
    nameless = {"document_number": None, "document_country": None, "document_type": None}
    one, other = world.declare("one", **nameless), world.declare("other", **nameless, family_name="WANG")
    assert ids(one) != ids(other)
    assert world.kept(Identity) == []


class TestMonthBoundary:
    """Digests are keyed by month: on 1 December the identity of 30 November still counts."""

    LAST = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)

    @pytest.fixture
    def first(self, world: World) -> Receipt:
        world.clock.now = self.LAST  # 23:00 in Chongqing
        return world.declare()

    def test_the_same_is_the_first_receipt(self, world: World, first: Receipt) -> None:
        world.clock.forward(hours=2)
        assert ids(world.declare()) == ids(first)
        assert ids(world.declare("a key")) == ids(first)
        assert len(world.kept(Case)) == 1

    def test_other_answers_are_linked(self, world: World, first: Receipt) -> None:
        world.clock.forward(hours=2)
        assert world.case(world.declare(family_name="WANG").declaration_id).linked_to == first.declaration_id

    def test_the_key_finds_its_declaration(self, world: World) -> None:
        world.clock.now = self.LAST
        first = world.declare("key", document_number=None)
        world.clock.forward(hours=2)
        assert ids(world.declare("key", document_number=None)) == ids(first)
        with pytest.raises(KeyReused):
            world.declare("key", document_number=None, family_name="WANG")

    def test_after_three_days_it_is_somebody_new(self, world: World, first: Receipt) -> None:
        world.clock.forward(days=3)
        assert world.case(world.declare(family_name="WANG").declaration_id).linked_to == first.declaration_id
        world.clock.forward(days=1)
        assert world.case(world.declare(family_name="ZHAO").declaration_id).linked_to is None


def test_an_id_that_somebody_else_has_by_chance_is_another_id(world: World) -> None:
    taken = world.case(world.declare("key").declaration_id)
    assert isinstance(world.store, MemoryStore)
    stranger = replace(taken, key_digest="somebody else", answers_digest="other", version=0)
    place = ("cases", taken.case_id, "case")
    world.store.rows = {place: stranger}
    receipt = world.declare("key")
    assert receipt.declaration_id != taken.case_id
    assert world.store.rows[place] == stranger


@pytest.mark.parametrize(
    ("answers", "tasks"),
    [
        ({"symptoms": ["fever"], "no_symptoms": None}, 1),
        ({"symptoms": ["dry_cough"]}, 1),
        ({"positive_test_14d": "yes"}, 1),
        ({"contact_with_case": "yes"}, 0),
    ],
)
def test_what_alarms_shows_on_the_on_site_desk_at_once(world: World, answers: dict[str, Any], tasks: int) -> None:
    case_id = world.declare(**answers).declaration_id
    assert [(task.desk, task.traveller_id) for task in world.tasks("signs")] == [("onsite", case_id)] * tasks


def test_one_document_for_two_of_a_party_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.declare(companions=[daughter(), daughter("E12345678")])
    assert [(e.field, e.code) for e in refused.value.errors] == [("companions.1.document_number", "repeated")]
    assert world.kept(Case) == []


@pytest.mark.parametrize(
    ("registration", "zone"), [("yuzhong", "01"), ("wushan", "20"), ("elsewhere", "30"), ("none", "40")]
)
def test_the_zone_goes_by_household_registration(world: World, registration: str, zone: str) -> None:
    assert world.declare(household_registration=registration).party[0].zone == zone


def test_an_unknown_point_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        submit_declaration(world.ports, declaration(point="XXX"))


def test_a_store_that_always_finds_somebody_gives_up(world: World) -> None:
    class Crowded(MemoryStore):
        def commit(self, changes: Sequence[Change]) -> None:
            raise AlreadyThere([None])

    with pytest.raises(Conflict, match="try_again"):
        submit_declaration(replace(world.ports, store=Crowded()), declaration())


def test_the_intake_day_is_the_servers_whatever_the_traveller_says(world: World) -> None:
    case = world.case(world.declare(arrival_date="2026-11-25").declaration_id)
    assert (str(case.intake_date), str(case.arrival_date)) == ("2026-11-23", "2026-11-25")
    assert case.sealed_with == "CKG#2026-11-23"
    assert case.answers["phone"] == OWN
    assert world.clock.now - case.declared_at == timedelta(0)
