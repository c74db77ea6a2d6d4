"""What the queue and the schedules do, each led to by a story."""

import json
from dataclasses import replace

from chalicelib.actions.change_plan import PlanChange, change_plan
from chalicelib.actions.opt_out import stop
from chalicelib.actions.ports import Save
from chalicelib.actions.send_message import send_message
from chalicelib.actions.stop_messages import stop_vehicle
from chalicelib.domain.messages import claimed
from chalicelib.domain.work import FanOut
from tests.actions.world import COORDINATOR
from tests.killed.story import Story, family_text
from tests.killed.trial import Act, Deed


def _entry(story: Story, kind: str, key: str = "") -> Act:
    """One entry of the queue, which comes until it is worked off."""
    body = json.dumps({"kind": kind, "id": key or family_text(story).message_id})
    return lambda: story.scene.work([body])


def _fan_out(story: Story) -> Act:
    (known,) = (
        stage for stage in ("departed", "acknowledged") if story.ports.store.find(FanOut, story.dispatch, stage)
    )
    return _entry(story, "fanout", f"{story.dispatch}#{known}")


def _replanned(story: Story) -> Act:
    change_plan(story.ports, COORDINATOR, story.dispatch, PlanChange("breakdown", "because"))
    return _entry(story, "fanout", f"{story.dispatch}#plan-1")


def _batch_stopped(story: Story) -> Act:
    stop_vehicle(story.ports, COORDINATOR, story.dispatch, "because")
    return _entry(story.later(minutes=1), "stop", f"vehicle#{story.dispatch}")


def _unanswered(story: Story) -> Act:
    """The provider took the text and its answer was lost; minutes later it is asked."""
    text, phones = family_text(story.departed()), story.scene.phones.simulator.chance
    silent, phones.faults = phones.faults, replace(phones.faults, drop_response=1.0)
    send_message(story.ports, story.scene.here.provider, text.message_id)
    phones.faults = silent
    return _entry(story.later(minutes=3), "message", text.message_id)


def _expired(story: Story) -> Act:
    """Whoever claimed the text was killed before it was sent."""
    text = family_text(story.departed())
    claim = claimed(text, "lost", story.ports.clock())
    story.ports.store.commit([Save(claim)])
    return _entry(story.later(minutes=3), "message", text.message_id)


def _digest(story: Story) -> Act:
    story.housed().later(hours=22, minutes=10).scene.job("release_due")
    return _entry(story, "digest", f"CKG#yuzhong#{story.today}")


def _job(story: Story, name: str) -> Act:
    return lambda: story.scene.job(name)


def _stopped(story: Story) -> Act:
    """A text that has waited, to a number that wants none by now."""
    text = family_text(story.departed())
    story.ports.store.commit(stop(story.ports, text.personal.to, ""))
    story.later(minutes=6)
    return _entry(story, "message", text.message_id)


def _unacknowledged(story: Story) -> Act:
    """Ten minutes on the road, and nobody of the district answered."""
    return _entry(story.departed().later(minutes=10), "escalation", f"{story.dispatch}#departed#next_contact")


JOBS: tuple[Deed, ...] = (
    Deed("send_messages: a text", "send_messages", lambda story: _entry(story.departed(), "message")),
    Deed(
        "send_messages: a text, in a cold process",
        "send_messages",
        lambda story: _entry(story.departed(), "message"),
        cold=True,
    ),
    Deed("send_messages: a send without an answer", "send_messages", _unanswered),
    Deed("send_messages: a lease that ran out", "send_messages", _expired),
    Deed("send_messages: fan-out of a departure", "send_messages", lambda s: _fan_out(s.departed(settled=False))),
    Deed("send_messages: fan-out of a hand-over", "send_messages", lambda s: _fan_out(s.received(settled=False))),
    Deed("send_messages: fan-out of a change of plan", "send_messages", lambda s: _replanned(s.departed())),
    Deed("send_messages: a batch that was stopped", "send_messages", lambda s: _batch_stopped(s.departed())),
    Deed("send_messages: a text that is not wanted", "send_messages", _stopped),
    Deed("send_messages: a district that does not answer", "send_messages", _unacknowledged),
    Deed("send_messages: a district's digest", "send_messages", _digest),
    Deed("sweep", "sweep", lambda story: _job(story.departed(settled=False), "sweep")),
    Deed("release_due", "release_due", lambda story: _job(story.housed().later(hours=22, minutes=10), "release_due")),
)
