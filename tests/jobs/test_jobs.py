"""What queue and schedules start, on real parts: the times they work at, what fails and comes again."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from subprocess import run
from typing import Any

import pytest

from chalicelib.domain.messages import Message
from chalicelib.domain.states import State
from chalicelib.wiring import Wiring, override
from infra.local.stack import Stack, scheduled_event
from tests.actions.carrier import Carrier
from tests.actions.world import Nudges, World, local
from tests.wired import fresh, wired


@dataclass(frozen=True)
class Desk(Wiring):
    """The real adapters with a carrier and a queue that remember."""

    carrier: Any = None
    nudges: Any = None

    @property
    def provider(self) -> Any:
        """Who takes the texts."""
        return self.carrier

    @property
    def ports(self) -> Any:
        """The real ones, with the queue that remembers."""
        return replace(super().ports, queue=self.nudges)


@dataclass
class Running:
    """A world over real tables, and the wiring that jobs find."""

    world: World
    desk: Desk

    def send(self, *records: dict[str, str] | str) -> Any:
        """The job of the queue, with these bodies."""
        from chalicelib.jobs.send_messages import send_messages

        bodies = [record if isinstance(record, str) else json.dumps(record) for record in records]
        event = {"Records": [{"messageId": str(n), "body": body} for n, body in enumerate(bodies)]}
        return send_messages(event, None)["batchItemFailures"]

    def job(self, name: str, now: str | None = None) -> Any:
        """A scheduled one."""
        from chalicelib.jobs import release_due, sweep

        return {"sweep": sweep.sweep, "release_due": release_due.release_due}[name](scheduled_event(now), None)


@pytest.fixture
def running(settings_env: Stack) -> Iterator[Running]:
    here = wired(settings_env)
    world = World(here.store, here.ring)
    desk = Desk(here.settings, world.clock, Carrier(), world.queue)
    with override(desk):
        yield Running(world, desk)


def owed(running: Running) -> str:
    running.world.queue.taken.clear()
    running.world.departed(running.world.registered(fresh()), key=fresh())
    return next(key for kind, key in running.world.queue.taken if kind == "message")


def test_what_fails_comes_again_and_the_others_do_not(running: Running) -> None:
    message_id = owed(running)
    failures = running.send(
        {"kind": "message", "id": message_id}, "no JSON", {"kind": "party", "id": "x"}, {"id": "x"},
        {"kind": "message", "id": "nothing"},
    )  # fmt: skip
    assert failures == [{"itemIdentifier": str(n)} for n in (1, 2, 3)]
    assert running.world.store.get(Message, message_id).state == "sent"


def test_a_mended_account_is_read_without_an_end_of_what_runs(settings_env: Stack) -> None:
    from chalicelib.actions.switchboard import Switchboard
    from chalicelib.domain.lines import Line, held

    here, secrets = wired(settings_env), settings_env.client("secretsmanager")
    known, name = settings_env.provider_secret(), f"{settings_env.prefix}-provider"
    first = here.switchboard
    here.look_again()
    assert here.switchboard is first, "nothing is read again while all is well"
    stopped = held(Line(name="twilio"), "20003", "+8613900139000", here.clock())
    here.__dict__["switchboard"] = Switchboard([(stopped, here.provider)])
    try:
        secrets.put_secret_value(SecretId=name, SecretString=json.dumps({**known, "auth_token": "mended"}))
        here.look_again()
        assert here.provider_account["auth_token"] == "mended"
        assert not here.switchboard.is_stopped
    finally:
        secrets.put_secret_value(SecretId=name, SecretString=json.dumps(known))


def test_the_same_work_twice_in_a_batch_is_sent_once(running: Running) -> None:
    message_id = owed(running)
    assert running.send(*[{"kind": "message", "id": message_id}] * 3) == []
    assert running.desk.carrier.sent == [message_id]


def test_the_sweep_finds_what_the_queue_lost(running: Running) -> None:
    running.world.queue.away = True
    case_id = running.world.registered(fresh())
    dispatch_id = running.world.departed(case_id, key=fresh())
    running.world.queue.away = False
    counts = running.job("sweep")
    assert counts["fanout"] >= 1
    assert counts["message"] >= 1
    assert ("fanout", f"{dispatch_id}#departed") in running.world.queue.taken
    running.send(*[{"kind": kind, "id": key} for kind, key in running.world.queue.taken if dispatch_id in key])
    assert running.world.case(case_id).state == State.DISPATCHED


def test_release_due_by_the_time_it_is_asked_for(running: Running) -> None:
    case_id = running.world.quarantined(fresh())
    end = running.world.case(case_id).quarantine.end_date  # type: ignore[union-attr]
    assert running.job("release_due", (local(end, 8) - timedelta(seconds=1)).isoformat())["job"] == "release_due"
    assert running.world.case(case_id).state == State.IN_QUARANTINE
    answer = running.job("release_due", local(end, 8).isoformat())
    assert answer["released"] >= 1
    assert running.world.case(case_id).state == State.RELEASED
    assert ("digest", f"CKG#yuzhong#{end}") in running.world.queue.taken


def test_without_a_time_it_is_the_clocks(running: Running) -> None:
    running.world.clock.now = local(date(1999, 1, 1), 8)
    assert running.job("release_due")["now"] == running.world.clock.now.isoformat()


def test_a_time_needs_its_offset(running: Running) -> None:
    with pytest.raises(ValueError, match="offset"):
        running.job("sweep", "2026-12-07T08:10:00")


def test_only_local_stages_choose_their_time(running: Running) -> None:
    real = replace(running.desk, settings=replace(running.desk.settings, stage="production"))
    with override(real), pytest.raises(ValueError, match="local stages"):
        running.job("release_due", "2026-12-07T08:10:00+08:00")


def test_a_job_loads_neither_pages_nor_forms(settings_env: Stack) -> None:
    script = (
        "import sys, chalicelib.jobs.send_messages, chalicelib.jobs.sweep, chalicelib.jobs.release_due;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'jinja2', 'twilio', 'segno', 'phonenumbers'}))"
    )
    done = run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == "[]"


def test_a_queue_of_these_tests_remembers() -> None:
    assert Nudges(away=True).nudge("message", "x") is False
