"""A day's messages are counted once in a while; looking at the figures costs the same whatever was sent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.actions.figure_day import ask_for_figures, figure_day, read_figures
from chalicelib.actions.ports import Save
from chalicelib.actions.quarantine import Placement, hold_case, start_quarantine
from chalicelib.actions.send_message import send_message
from chalicelib.actions.work_off import work_off
from chalicelib.domain.errors import NotFound, NotPermitted
from chalicelib.domain.figures import DayFigures, Delays
from chalicelib.domain.officers import Officer
from tests.actions.test_ceiling import Phones
from tests.actions.world import COORDINATOR, YUZHONG, World, local

DAY = date(2026, 11, 23)


def test_what_was_owed_and_sent_that_day(world: World) -> None:
    world.settle(world.departed(world.registered()), "departed")
    world.clock.forward(seconds=12)
    for message in world.messages()[:2]:
        send_message(world.ports, Phones(), message.message_id)
    row = figure_day(world.ports, "CKG", DAY)
    assert dict(row.states) == {"sent": 2, "owed": 1}
    assert (row.sent, row.delivered) == (Delays(12, 12), None)
    price = world.ports.prices.each("+8613800000000")
    assert (row.micros, row.open_micros) == (int(2 * price * 10**6), int(price * 10**6))
    figure_day(world.ports, "CKG", DAY)
    assert len(world.kept(DayFigures)) == 1


def test_the_releases_that_a_day_still_plans_are_in_its_forecast(world: World) -> None:
    """Whoever is held, or of a drill, or ends on another day is not; once released, the texts themselves are."""
    for number in range(2):
        world.quarantined(f"E{number}")
    world.quarantined("E2", days=13)
    hold_case(world.ports, COORDINATOR, world.quarantined("E3"), "unclear", None)
    world.ports.store.commit([Save(replace(world.case(world.quarantined("E4")), drill=True))])
    end = DAY + timedelta(days=14)
    before = figure_day(world.ports, "CKG", end)
    each = world.ports.prices.each("+8613800000000")
    assert (before.planned, before.planned_micros) == (2, int(4 * each * 10**6)), "family and traveller, of each"
    assert before.forecast == before.planned_micros
    world.clock.now = local(end, 8)
    world.release_due(world.clock())
    after = figure_day(world.ports, "CKG", end)
    assert (after.planned, after.planned_micros) == (0, 0)
    assert after.open_micros >= before.planned_micros, "with the day before's and the drill's own"


def test_a_night_that_has_to_be_kept_is_no_delay(world: World) -> None:
    case_id = world.registered()
    world.received(case_id)
    world.clock.now = local(DAY, 23)
    start_quarantine(world.ports, COORDINATOR, case_id, Placement("home", "x"), None)
    world.clock.now = local(DAY + timedelta(days=1), 7, 31)
    for message in world.messages("quarantine_started"):
        send_message(world.ports, Phones(), message.message_id)
    row = figure_day(world.ports, "CKG", DAY)
    assert row.sent == Delays(60, 60)


def test_thirty_days_and_no_more_are_read_over_a_change_of_month(world: World) -> None:
    for back in range(40):
        day = DAY - timedelta(days=back)
        world.store.commit([Save(DayFigures(point="CKG", day=day, made_at=world.clock(), messages=back, segments=1))])
    rows = read_figures(world.ports, COORDINATOR, world.ports.places.point("CKG"))
    assert [row.messages for row in rows] == list(reversed(range(30)))


def test_every_ten_minutes_each_points_day_and_the_one_before_are_counted_anew(world: World) -> None:
    points = world.ports.places.points()
    assert ask_for_figures(world.queue, points, local(DAY, 10, 9)) == 0
    assert ask_for_figures(world.queue, points, local(DAY, 10, 10)) == 2
    assert world.queue.taken[-2:] == [("figures", "CKG#2026-11-23"), ("figures", "CKG#2026-11-22")]
    work_off(world.ports, Phones(), *world.queue.taken[-1])
    assert [row.day for row in world.kept(DayFigures)] == [DAY - timedelta(days=1)]


def test_who_may_look(world: World) -> None:
    point = world.ports.places.point("CKG")
    with pytest.raises(NotPermitted):
        read_figures(world.ports, YUZHONG, point)
    both = Officer(officer_id="x", desks=frozenset({"district", "report"}), district="yuzhong")
    with pytest.raises(NotFound):
        read_figures(world.ports, both, point)
