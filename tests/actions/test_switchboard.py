"""Lines while texts go: held by one alarm and drained by themselves, chosen by country and health, cheap when well."""

from datetime import timedelta

import pytest

from chalicelib.actions.keep_lines import read_lines
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.send_message import send_message
from chalicelib.actions.switchboard import Switchboard
from chalicelib.domain.failures import SendingFailure, TemporaryFailure, Unknown, failure
from chalicelib.domain.lines import MANY, PROBE_EVERY, Line
from chalicelib.domain.messages import SETTLE_AFTER, Message, MessageState
from chalicelib.domain.work import Task
from tests.actions.traffic import Counter, Traffic, states, to
from tests.actions.world import Clock

M = MessageState

CHINA, KOREA, SINGAPORE = "+8613900139000", "+821012345678", "+6581234567"


def alarms(traffic: Traffic) -> list[Task]:
    return [task for task in traffic.world.kept(Task) if task.kind == "texts_held"]


class TestHeld:
    @pytest.fixture
    def traffic(self, clock: Clock) -> Traffic:
        self.provider = Counter(clock)
        return Traffic([(Line(name="twilio", rate=10), self.provider)], clock)

    def broken(self, code: str = "20003", status: int = 401) -> None:
        self.provider.fails = lambda _: failure(code, status)

    def test_the_queue_waits_with_one_alarm_and_drains_by_itself(self, traffic: Traffic) -> None:
        self.broken()
        ids = traffic.owe(200, "quarantine_started")
        for key in ids:
            traffic.queue.nudge("message", key)
        traffic.run(30 * 60)
        assert states(traffic) == {"owed": 200}
        assert {row.attempts for row in traffic.world.kept(Message)} == {0}, "a fault of ours costs no try"
        points = traffic.ports.places.points()
        assert sorted(task.point for task in alarms(traffic)) == sorted(points)
        assert {(task.desk, task.personal.about) for task in alarms(traffic)} == {("coordination", "twilio 20003")}
        first = self.provider.tried[0][0] + timedelta(seconds=10)
        assert len([at for at, _ in self.provider.tried if at > first]) <= 30, "one text a minute tries"
        self.provider.fails = lambda _: None
        traffic.run(3 * 60)
        assert states(traffic) == {"sent": 200}
        assert len(self.provider.sent) == 200
        assert not read_lines(traffic.ports)["twilio"].holds

    def test_each_time_is_an_alarm_of_its_own(self, traffic: Traffic) -> None:
        for opened in (1, 2):
            self.broken()
            traffic.owe(3, "dispatched")
            traffic.run(120)
            assert len({task.created_at for task in alarms(traffic)}) == opened
            self.provider.fails = lambda _: None
            traffic.run(180)
        assert states(traffic) == {"sent": 6}

    def test_what_waits_until_it_is_of_no_use_is_called(self, traffic: Traffic) -> None:
        self.broken()
        traffic.owe(3, "dispatched")
        traffic.run(4 * 3600 + 180, step=1)
        assert states(traffic) == {"failed": 3}
        assert len(traffic.world.tasks("undeliverable")) == 3

    def test_permission_for_one_country_holds_no_other(self, traffic: Traffic) -> None:
        self.provider.fails = lambda number: failure("21408") if number == KOREA else None
        traffic.owe(20, "dispatched")
        traffic.owe(20, "quarantine_started", personal=to(KOREA))
        traffic.run(10 * 60)
        assert states(traffic) == {"sent": 20, "owed": 20}
        assert {task.personal.about for task in alarms(traffic)} == {"twilio 21408 +82"}

    def test_filtered_in_numbers_is_a_fault_of_ours(self, traffic: Traffic) -> None:
        ids = traffic.owe(MANY, "dispatched")
        traffic.run(60)
        for key in ids:
            assert not alarms(traffic)
            record_receipt(traffic.ports, key, "undelivered", "", "30007")
        assert {task.personal.about for task in alarms(traffic)} == {"twilio 30007 +86"}
        assert len(traffic.world.tasks("undeliverable")) == MANY
        traffic.owe(5, "dispatched")
        traffic.work()
        assert states(traffic)["owed"] == 5

    def test_of_many_who_could_try_one_does(self, clock: Clock) -> None:
        self.provider = Counter(clock)
        self.broken()
        traffic = Traffic([(Line(name="twilio", rate=10), self.provider)], clock)
        ids = traffic.owe(10, "dispatched")
        boards = [Switchboard([(Line(name="twilio", rate=10), self.provider)]) for _ in ids]
        send_message(traffic.ports, boards[0], ids[0])
        clock.now += PROBE_EVERY
        tried = len(self.provider.tried)

        def meanwhile(_: str) -> SendingFailure:
            self.broken()
            for board, key in zip(boards[2:], ids[2:], strict=True):
                send_message(traffic.ports, board, key)
            return failure("20003", 401)

        self.provider.fails = meanwhile
        send_message(traffic.ports, boards[1], ids[1])
        assert len(self.provider.tried) == tried + 1

    def test_a_text_that_is_refused_for_its_own_sake_mends_the_line_too(self, traffic: Traffic) -> None:
        self.broken()
        traffic.owe(2, "dispatched")
        traffic.run(60)
        assert read_lines(traffic.ports)["twilio"].holds
        self.provider.fails = lambda _: failure("21614")
        traffic.run(180)
        assert not read_lines(traffic.ports)["twilio"].holds
        assert states(traffic) == {"failed": 2}


class TestRouting:
    @pytest.fixture
    def traffic(self, clock: Clock) -> Traffic:
        self.one, self.two = Counter(clock, "one"), Counter(clock, "two")
        lines = [(Line(name="one", rate=50), self.one), (Line(name="two", rate=50, prefixes=("+86", "+65")), self.two)]
        return Traffic(lines, clock)

    def parts(self, traffic: Traffic, minutes: int, **changes: object) -> list[float]:
        found = []
        for _ in range(minutes):
            before = len(self.one.tried), len(self.two.tried)
            for key in traffic.owe(100, "dispatched", **changes):
                traffic.queue.nudge("message", key)
            traffic.run(60)
            one, two = len(self.one.tried) - before[0], len(self.two.tried) - before[1]
            found.append(one / (one + two))
        return found

    def test_texts_are_shared_and_leave_a_line_that_fails_and_come_back(self, traffic: Traffic) -> None:
        assert self.parts(traffic, 1) == [pytest.approx(0.5, abs=0.1)]
        self.one.fails = lambda _: Unknown("no_answer_in_time")
        down = self.parts(traffic, 14)
        assert down[0] > 0.3
        assert down[-1] < 0.2
        assert read_lines(traffic.ports)["one"].weight < 0.3
        self.one.fails = lambda _: None
        back = self.parts(traffic, 30)
        assert sum(back[-10:]) / 10 == pytest.approx(0.5, abs=0.05)

    def test_a_slow_line_loses_too(self, traffic: Traffic, clock: Clock) -> None:
        def slowly(_: str) -> None:
            clock.now += timedelta(seconds=4)

        ids = iter(traffic.owe(40, "dispatched"))
        board = next(traffic.boards)
        self.one.fails = slowly
        for key in ids:
            send_message(traffic.ports, board, key)
        traffic.run(60)
        lines = read_lines(traffic.ports)
        assert lines["one"].weight < 1
        assert lines["two"].weight == 1

    def test_a_line_whose_texts_arrive_late_is_told_so(self, traffic: Traffic, clock: Clock) -> None:
        (key,) = traffic.owe(1, "dispatched", personal=to(KOREA))
        send_message(traffic.ports, next(traffic.boards), key)
        clock.now += timedelta(minutes=6)
        record_receipt(traffic.ports, key, "delivered", "one-1", "")
        assert read_lines(traffic.ports)["one"].bad == 1

    def test_nobody_is_sent_by_a_line_that_does_not_serve_their_country(self, traffic: Traffic) -> None:
        assert self.parts(traffic, 3, personal=to(KOREA)) == [1.0] * 3

    def test_what_no_line_reaches_is_called(self, clock: Clock) -> None:
        traffic = Traffic([(Line(name="two", rate=1, prefixes=("+65",)), Counter(clock, "two"))], clock)
        (key,) = traffic.owe(1, "dispatched")
        assert send_message(traffic.ports, next(traffic.boards), key) == M.FAILED
        assert traffic.ports.store.get(Message, key).code == "no_line"
        assert len(traffic.world.tasks("undeliverable")) == 1

    def test_while_one_is_held_the_other_carries_all(self, traffic: Traffic) -> None:
        self.one.fails = lambda _: failure("20003", 401)
        for key in traffic.owe(60, "dispatched"):
            traffic.queue.nudge("message", key)
        traffic.run(180)
        assert states(traffic) == {"sent": 60}
        assert len(self.two.sent) == 60
        assert {task.personal.about for task in alarms(traffic)} == {"one 20003"}

    def test_what_one_could_not_take_goes_by_the_other(self, traffic: Traffic) -> None:
        self.one.fails = lambda _: TemporaryFailure("no_connection")
        for key in traffic.owe(60, "dispatched"):
            traffic.queue.nudge("message", key)
        traffic.run(90)
        assert states(traffic) == {"sent": 60}
        assert max(row.attempts for row in traffic.world.kept(Message)) == 2

    def test_who_took_a_text_is_asked_about_it(self, traffic: Traffic, clock: Clock) -> None:
        (key,) = traffic.owe(1, "dispatched", personal=to(KOREA))
        self.one.fails = lambda _: Unknown("no_answer_in_time")
        assert send_message(traffic.ports, next(traffic.boards), key) == M.UNKNOWN
        assert traffic.ports.store.get(Message, key).provider == "one"
        self.one.sent.append((clock.now, key))
        self.two.find = lambda *_: pytest.fail("asked another")  # type: ignore[method-assign]
        clock.now += SETTLE_AFTER
        assert send_message(traffic.ports, next(traffic.boards), key) == M.SENT
