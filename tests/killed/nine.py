"""kill -9 of real processes: a client that asks everything again after each death, with the same keys."""

import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from typing import Any

from chalicelib.actions.ports import View
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.handover import STEPS, Escalation, HandoverCode
from chalicelib.domain.messages import Message
from chalicelib.domain.work import FanOut, PlannedRelease, ReleaseDigest, Task
from chalicelib.settings import Settings
from tests.actions.world import Clock
from tests.killed.promises import End, broken, portrait, texts_of
from tests.killed.scene import Scene, Stage
from tests.killed.story import Story

LONGEST = 1.2
"""Seconds until a process is killed, at the most: about as long as one needs that nobody kills."""
KILLS = 3
MINUTES = 3
"""That pass between one process and the next: leases end."""
NIGHT = timedelta(hours=22, minutes=10)
_PROCESSES = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["app", "tests.killed.scene", "tests.killed.story", "tests.killed.nine"])


@dataclass(frozen=True)
class Errand:
    """What a process is told: all of it again and again. ``body`` is the declaration, ``name`` starts every key."""

    settings: Settings
    key: str
    now: datetime
    body: dict[str, Any]
    name: str


def run(errand: Errand) -> None:
    """The whole journey of one traveller, by the API and the jobs, as far as this process lives."""
    logging.disable(logging.CRITICAL)
    scene = Scene(settings=errand.settings, clock=Clock(errand.now), key=errand.key)
    Client(scene, errand).journey()


@dataclass
class Client:
    """Does each step under a key of its own; an answer below 300 is the only one that lets it go on."""

    scene: Scene
    errand: Errand

    def journey(self) -> None:
        """From the declaration to release."""
        said = self._asked("declare", "/declarations", self.errand.body, Authorization="")
        case = said["declaration_id"]
        for verb in ("verify", "register"):
            self._verb(case, verb)
        vehicle = {"plate": "渝A12345", "kind": "bus", "capacity": 40}
        escort = {"name": "王强", "phone": "138 0013 8111"}
        asked = {"district": "yuzhong", "vehicle": vehicle, "escort": escort, "traveller_ids": [case]}
        dispatch = f"/dispatches/{self._asked('open', '/dispatches', asked)['dispatch_id']}"
        self._asked("board", f"{dispatch}/board", {"traveller_id": case})
        self._asked("depart", f"{dispatch}/depart", {})
        self._worked()
        self._asked("arrive", f"{dispatch}/arrive", {"present": [case]})
        self._asked("acknowledge", f"{dispatch}/acknowledge", {})
        self._verb(case, "quarantine", {"kind": "hotel", "place": "滨江酒店", "days": 1})
        self._worked()
        for _ in range(3):  # a text whose sender was killed is asked about within minutes, long before the night
            self.scene.clock.forward(minutes=MINUTES)
            self._worked()
        self.scene.clock.now += NIGHT
        self.scene.job("release_due")
        self._worked()

    def _verb(self, case: str, verb: str, body: Any = None) -> None:
        etag = self.scene.api("GET", f"/travellers/{case}").etag
        self._asked(verb, f"/travellers/{case}/{verb}", body, If_Match=etag)

    def _asked(self, step: str, path: str, body: Any, **headers: str) -> Any:
        reply = self.scene.api("POST", path, body, Idempotency_Key=f"{self.errand.name}-{step}", **headers)
        assert reply.status < 300, (step, reply.status, reply.body)
        return reply.body

    def _worked(self) -> None:
        self.scene.work(self.scene.queued())
        self.scene.job("sweep")
        self.scene.work(self.scene.queued())


def lived(scene: Stage, seed: int, kills: int = KILLS) -> tuple[int, End]:
    """How often the processes of a journey were killed, and how it ended once one was left alone."""
    scene.begin()
    start, chance = scene.clock.now, random.Random(seed)
    body = Story(scene).body()
    killed = 0
    for life in range(kills + 1):
        now = start + timedelta(minutes=MINUTES * life)
        errand = Errand(scene.settings, scene.key, now, body, f"{start:%Y%m%d}")
        process = _PROCESSES.Process(target=run, args=(errand,))
        process.start()
        process.join(chance.uniform(0.02, LONGEST) if life < kills else None)
        if process.is_alive():
            process.kill()
            process.join()
            killed += 1
        elif process.exitcode:
            raise AssertionError(f"a process gave up in its life {life}")
        process.close()
    return killed, _finished(scene, start)


def _finished(scene: Stage, start: datetime) -> End:
    scene.clock.now = start + NIGHT + timedelta(hours=1)  # after every process: time never goes back
    for _ in range(4):
        scene.clock.forward(minutes=MINUTES)
        scene.job("sweep")
        scene.work(scene.queued())
    return End(tuple(_rows(scene, start)), texts_of(scene), start)


def _rows(scene: Stage, start: datetime) -> Iterator[Any]:
    """Everything about a day and the next, by the lists that officers have."""
    store, days = scene.judge.store, [start.date(), start.date() + timedelta(days=1)]
    cases = [*_all(scene, View(Case, "by_day", f"CKG#{days[0]}"))]
    dispatches = [*_all(scene, View(Dispatch, "by_day", f"CKG#{days[0]}"))]
    yield from (*cases, *dispatches)
    for subject in [case.case_id for case in cases] + [dispatch.dispatch_id for dispatch in dispatches]:
        yield from _all(scene, View(AuditEntry, "", subject, prefix="audit#"))
        found = [store.find(FanOut, subject, stage) for stage in ("departed", "acknowledged")]
        yield from (row for row in (*found, store.find(PlannedRelease, subject)) if row)
    for dispatch in dispatches:
        stages = [store.find(Escalation, dispatch.dispatch_id, stage) for stage in STEPS]
        yield from (row for row in (*stages, store.find(HandoverCode, dispatch.district, dispatch.code)) if row)
    for day in days:
        yield from _all(scene, View(Message, "by_day", f"CKG#{day}"))
        yield from (row for n in (1, 2) if (row := store.find(ReleaseDigest, "CKG", "yuzhong", day, n)))
        for desk in ("onsite", "hotel", "coordination"):
            yield from _all(scene, View(Task, "", f"tasks#CKG#{desk}#{day}"))


def _all(scene: Stage, view: View) -> tuple[Any, ...]:
    return scene.judge.store.page(view, 100).items


def faults(end: End, undisturbed: End) -> list[str]:
    """What a journey that was killed has against it."""
    was, ended = portrait(undisturbed), portrait(end)
    return [
        *broken(end, ()),
        *(f"{part}: {ended[part]} is not {was[part]}" for part in was if ended[part] != was[part]),
    ]
