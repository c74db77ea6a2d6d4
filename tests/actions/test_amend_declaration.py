"""The holder of the pass declares anew, an officer corrects: nothing is lost, nobody is doubled."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest

from chalicelib.actions.amend_declaration import amend_declaration
from chalicelib.actions.ports import Change
from chalicelib.actions.read_history import read_history
from chalicelib.actions.read_links import read_links
from chalicelib.actions.rewrite import correct_declaration
from chalicelib.actions.submit_declaration import Receipt
from chalicelib.domain.case import Case, PastDeclaration
from chalicelib.domain.errors import Conflict, Invalid, NotFound, NotInState, NotPermitted, Stale
from chalicelib.domain.states import State
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import COORDINATOR, JIANGBEI, World, daughter, declaration, person


def ids(receipt: Receipt) -> list[str]:
    return [line.traveller_id for line in receipt.party]


def amend(world: World, case_id: str, **answers: Any) -> Receipt:
    return amend_declaration(world.ports, case_id, declaration(**answers))


def test_new_answers_stand_and_the_old_ones_are_kept(world: World) -> None:
    case_id = world.declare().declaration_id
    receipt = amend(world, case_id, household_registration="jiangbei", flight_number="CA407")
    case = world.case(case_id)
    assert (case.flight, case.district, case.zone, case.declarations) == ("CA407", "jiangbei", "03", 2)
    assert receipt.party[0].zone == "03"
    (past,) = world.kept(PastDeclaration)
    assert (past.number, past.personal.answers["flight_number"]) == (1, "CA406")
    history = read_history(world.ports, COORDINATOR, case_id)
    assert [(entry.verb, entry.facts.get("fields")) for entry in history.entries] == [
        ("declare", None), ("amend", ["flight_number", "household_registration"]),
    ]  # fmt: skip
    assert history.intact


def test_the_same_answers_change_nothing(world: World) -> None:
    case_id = world.declare(companions=[daughter()]).declaration_id
    before = world.case(case_id)
    receipt = amend(world, case_id, companions=[daughter()])
    assert (receipt.repeated, world.case(case_id)) == (True, before)


def test_a_companions_fever_is_an_amendment_too(world: World) -> None:
    receipt = world.declare(companions=[daughter()])
    amend(world, receipt.declaration_id, companions=[daughter(symptoms=["fever"], no_symptoms=None)])
    child = world.case(ids(receipt)[1])
    assert child.signs == ("fever",)
    assert [task.traveller_id for task in world.tasks("signs")] == [child.case_id]


def test_companions_are_added_and_withdrawn(world: World) -> None:
    receipt = world.declare(companions=[daughter()])
    declarer, child = ids(receipt)
    after = amend(world, declarer, companions=[daughter("E2", given_names="LAN", symptoms=["fever"])])
    assert ids(after) == [declarer, ids(after)[1]]
    newcomer = world.case(ids(after)[1])
    assert (newcomer.answers["given_names"], newcomer.party, newcomer.state) == ("LAN", tuple(ids(after)), "declared")
    assert world.case(child).state == State.VOID
    assert world.case(declarer).party == tuple(ids(after))
    assert [task.traveller_id for task in world.tasks("signs")] == [newcomer.case_id]
    assert all(
        read_history(world.ports, COORDINATOR, case_id).intact for case_id in (declarer, child, newcomer.case_id)
    )


def test_who_joins_with_an_amendment_is_on_the_flight_and_in_the_zone_that_it_names(world: World) -> None:
    declarer = world.declare().declaration_id
    after = amend(
        world, declarer, companions=[daughter()], flight_number="CA407", arrival_date="2026-11-24",
        household_registration="jiangbei",
    )  # fmt: skip
    newcomer = world.case(ids(after)[1])
    assert (newcomer.flight, str(newcomer.arrival_date)) == ("CA407", "2026-11-24")
    assert (newcomer.district, newcomer.zone) == ("jiangbei", world.case(declarer).zone)


def test_who_was_left_out_by_mistake_can_be_named_again(world: World) -> None:
    receipt = world.declare(companions=[daughter()])
    declarer, child = ids(receipt)
    for _ in range(2):
        amend(world, declarer)
        again = amend(world, declarer, companions=[daughter()])
        newcomer = world.case(ids(again)[1])
        assert (newcomer.state, newcomer.case_id != child) == (State.DECLARED, True)
    assert [case.state for case in world.kept(Case)].count(State.DECLARED) == 2


def test_a_companions_mistyped_document_is_put_right_in_the_same_case(world: World) -> None:
    receipt = world.declare(companions=[daughter("E87654321")])
    after = amend(world, receipt.declaration_id, companions=[daughter("E87654312")])
    assert ids(after) == ids(receipt)
    assert world.case(ids(after)[1]).answers["document_number"] == "E87654312"


def test_companions_without_documents_stay_who_they_are(world: World) -> None:
    papers: dict[str, Any] = {"document_number": None, "document_country": None, "document_type": None}
    names = ("MEI", "LAN")
    receipt = world.declare(companions=[daughter(**papers, given_names=name) for name in names])
    after = amend(world, receipt.declaration_id, companions=[
        daughter(**papers, given_names=name, seat="1A") for name in reversed(names)
    ])  # fmt: skip
    assert sorted(ids(after)) == sorted(ids(receipt))
    assert [world.case(case_id).answers["given_names"] for case_id in ids(after)[1:]] == ["LAN", "MEI"]


def test_once_an_officer_looked_new_answers_stand_beside_the_case(world: World) -> None:
    case_id = world.declare().declaration_id
    world.move(case_id, "verify")
    receipt = amend(world, case_id, seat="2B")
    assert ids(receipt) != [case_id]
    assert world.case(case_id).answers.get("seat") is None
    linked = world.case(receipt.declaration_id)
    assert linked.linked_to == case_id
    assert [link.case.case_id for link in read_links(world.ports, COORDINATOR, world.case(case_id))] == [linked.case_id]
    assert [link.reason for link in read_links(world.ports, COORDINATOR, linked)] == ["first"]
    assert ids(amend(world, case_id, seat="2B")) == ids(receipt), "once"


def test_once_an_officer_looked_at_a_companion_the_party_is_not_rewritten(world: World) -> None:
    receipt = world.declare(companions=[daughter()])
    world.move(ids(receipt)[1], "verify")
    after = amend(world, receipt.declaration_id, companions=[daughter(seat="9C")])
    assert [world.case(case_id).linked_to for case_id in ids(after)] == ids(receipt)


def test_a_companions_pass_does_not_amend(world: World) -> None:
    receipt = world.declare(companions=[daughter()])
    with pytest.raises(NotPermitted):
        amend(world, ids(receipt)[1])


def test_somebody_elses_document_is_not_taken(world: World) -> None:
    world.declare(**person("E999"))
    case_id = world.declare().declaration_id
    before = world.case(case_id)
    with pytest.raises(Conflict, match="document_known"):
        amend(world, case_id, document_number="E999")
    with pytest.raises(Conflict, match="document_known"):
        amend(world, case_id, companions=[daughter("E999")])
    assert world.case(case_id) == before


def test_one_document_for_two_of_a_party_is_refused(world: World) -> None:
    case_id = world.declare().declaration_id
    with pytest.raises(Invalid):
        amend(world, case_id, companions=[daughter("E12345678")])


def test_the_same_amendment_ten_times_at_once_is_one(world: World) -> None:
    case_id = world.declare(companions=[daughter()]).declaration_id
    receipts: list[Receipt] = []
    threads = [
        Thread(target=lambda: receipts.append(amend(world, case_id, companions=[daughter(seat="7A")])))
        for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({tuple(ids(receipt)) for receipt in receipts}) == 1
    assert len(receipts) == 10
    assert world.case(case_id).declarations == 2


@pytest.mark.parametrize(("times", "stale"), [(2, False), (9, True)])
def test_an_amendment_that_meets_another_reads_again(world: World, times: int, stale: bool) -> None:
    class Met(MemoryStore):
        left = times

        def commit(self, changes: Sequence[Change]) -> None:
            self.left -= 1
            if self.left >= 0:
                raise Stale
            super().commit(changes)

    case_id, met = world.declare().declaration_id, Met()
    assert isinstance(world.store, MemoryStore)
    met.rows = world.store.rows
    world.ports = replace(world.ports, store=met)
    if stale:
        with pytest.raises(Stale):
            amend(world, case_id, seat="7A")
    else:
        assert not amend(world, case_id, seat="7A").repeated


class TestCorrection:
    def test_an_officer_corrects_with_a_reason_on_record(self, world: World) -> None:
        case_id = world.registered()
        answers = person("E5", household_registration="jiangbei", flight_number="CA9", arrival_date="2026-11-22")
        case = correct_declaration(world.ports, COORDINATOR, case_id, answers, "heard it", None)
        assert (case.state, case.flight, str(case.arrival_date)) == (State.REGISTERED, "CA9", "2026-11-22")
        entry = read_history(world.ports, COORDINATOR, case_id).entries[-1]
        assert (entry.verb, entry.actor, entry.personal.facts) == ("correct", "coordinator", {"reason": "heard it"})

    def test_a_document_is_corrected_and_back_again(self, world: World) -> None:
        case_id = world.declare().declaration_id
        answers = dict(world.case(case_id).answers)
        for number in ("E12345679", "E12345678", "E12345679"):
            correct_declaration(world.ports, COORDINATOR, case_id, {**answers, "document_number": number}, "", None)
        assert world.case(case_id).answers["document_number"] == "E12345679"

    def test_a_document_of_the_same_party_is_not_taken(self, world: World) -> None:
        receipt = world.declare(companions=[daughter()])
        child = world.case(ids(receipt)[1])
        with pytest.raises(Conflict, match="document_known"):
            correct_declaration(
                world.ports, COORDINATOR, child.case_id, {**child.answers, "document_number": "E12345678"}, "", None
            )

    def test_fever_that_an_officer_writes_down_shows_too(self, world: World) -> None:
        case_id = world.declare().declaration_id
        answers = {**world.case(case_id).answers, "symptoms": ["fever"]}
        correct_declaration(world.ports, COORDINATOR, case_id, answers, "", None)
        assert [task.traveller_id for task in world.tasks("signs")] == [case_id]

    def test_a_new_sign_is_an_alarm_of_its_own_on_the_day_it_was_told(self, world: World) -> None:
        case_id = world.declare(symptoms=["headache"], no_symptoms=None).declaration_id
        answers = dict(world.case(case_id).answers)
        correct_declaration(world.ports, COORDINATOR, case_id, {**answers, "seat": "1A"}, "", None)
        world.clock.forward(days=3)
        answers |= {"positive_test_14d": "yes"}
        correct_declaration(world.ports, COORDINATOR, case_id, answers, "", None)
        assert [str(task.day) for task in world.tasks("signs")] == ["2026-11-23", "2026-11-26"]

    def test_who_is_on_a_vehicle_keeps_its_district(self, world: World) -> None:
        case_id = world.registered()
        world.opened(case_id)
        answers = {**world.case(case_id).answers, "household_registration": "jiangbei"}
        assert correct_declaration(world.ports, COORDINATOR, case_id, answers, "", None).district == "yuzhong"

    def test_refusals(self, world: World) -> None:
        case_id = world.declare().declaration_id
        answers = world.case(case_id).answers
        with pytest.raises(Stale):
            correct_declaration(world.ports, COORDINATOR, case_id, answers, "", "0")
        with pytest.raises(NotFound):
            correct_declaration(world.ports, JIANGBEI, case_id, answers, "", None)
        world.move(case_id, "void")
        with pytest.raises(NotInState):
            correct_declaration(world.ports, COORDINATOR, case_id, answers, "", None)
