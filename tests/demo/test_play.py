"""A small arrival day on the running product: what the closing table says is what the API says."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest

from chalicelib.actions.desk_tasks import list_tasks
from chalicelib.domain.officers import Officer
from chalicelib.domain.work import Task
from chalicelib.settings import Settings
from chalicelib.wiring import Wiring
from infra.demo.client import Client
from infra.demo.day import planned
from infra.demo.figures import Figures, figures
from infra.demo.perform import deeds, perform
from infra.demo.play import POINT, Play, spoken
from infra.local.environment import ROOT, child
from infra.local.plan import free_port
from tests.conftest import Live
from tests.journey.steps import eventually, make_key, today

HEADS, SEED = 30, 11
COORDINATOR = Officer(
    officer_id="t", username="t", display_name="t", desks=frozenset({"coordination"}), district=None, language=""
)


@dataclass
class Played:
    """One play of the day and what it found in the end; ``told`` are the scenes that it told of."""

    play: Play
    found: Figures
    told: list[str] = field(default_factory=list)

    def place(self, what: str) -> str:
        """The id of the one who is to be looked at for ``what``."""
        (seat,) = [(key, place) for name, key, place in self.play.day.specials if name == what]
        return self.play.id_of(seat)

    def people(self) -> list[dict[str, Any]]:
        """Every line of the day's flights, linked declarations too."""
        numbers = [one.number for one in self.found.flights]
        everybody = self.play.desk.every("/travellers", point=POINT, date=str(self.play.day.date))
        return [line for line in everybody if line["flight_number"] in numbers]


def test_nobody_declares_in_a_language_that_the_form_lacks() -> None:
    """A point's languages are data, and may be ahead of the form's."""
    assert spoken({"languages": ["en", "tlh", "zh-Hans"]}) == ["en", "zh-Hans"]


@pytest.fixture(scope="module")
def played(live: Live) -> Played:
    told: list[str] = []
    desk = Client(live.url, make_key(live.stack, "coordination"))
    day = planned(SEED, today(), HEADS, spoken(desk.get(f"/points/{POINT}").body))
    play = Play(day, Client(live.url), desk, told.append)
    return Played(play, perform(play, patience=0), told)


def test_the_figures_are_the_plan_and_what_the_api_counts(played: Played) -> None:
    planned_states, found = played.play.day.states(), played.found
    assert found.states == planned_states
    assert found.states["referred"] == 2
    assert found.states.total() == HEADS == len([one for one in played.people() if not one["linked_to"]])
    for flight in found.flights:
        counts = played.play.desk.get(f"/flights/{POINT}/{played.play.day.date}/{flight.number}").body["counts"]
        assert counts["by_state"] == dict(flight.states)
        assert (counts["declared"], counts["expected"]) == (flight.declared, flight.expected)
        assert flight.declared == flight.states.total() - flight.states["void"]
    assert [flight.late for flight in found.flights] == [False, False, True]
    assert sum(flight.families for flight in found.flights) == sum(
        party.heads > 1 for party in played.play.day.parties.values()
    )


def test_the_bar_is_full_when_the_day_has_ended(played: Played) -> None:
    assert len(played.told) == deeds(played.play.day)
    assert list(dict.fromkeys(played.told)) == [
        "Flights", "Declarations", "Gate and hall", "Vehicles", "Quarantine", "Texts",
    ]  # fmt: skip


def test_one_declared_twice_and_an_officer_has_to_look(played: Played) -> None:
    first = played.place("declared twice, with different answers")
    (second,) = [line for line in played.people() if line["linked_to"]]
    assert (second["linked_to"], second["reference"]) == (first, *played.play.seconds.values())
    linked = played.play.desk.get(f"/travellers/{first}").body["linked"]
    assert linked == [{"traveller_id": second["traveller_id"], "reason": "same_document"}]
    assert sum(flight.linked for flight in played.found.flights) == 1


def test_who_is_to_be_looked_at_is_as_the_table_says(played: Played) -> None:
    listed = {line["reference"]: line for line in played.people()}
    for what, reference, state in played.found.specials[:-1]:
        assert listed[reference]["state"] == state
        assert bool(listed[reference]["special_care"]) == what.startswith("care")
        assert ("fever" in listed[reference]["signs"]) == what.startswith("fever")
    assert sum(bool(line["special_care"]) for line in listed.values()) == 10
    assert (
        "no_family_contact" in played.play.desk.get(f"/travellers/{played.place('no family contact')}").body["answers"]
    )


def test_vehicles_are_left_at_every_stage(played: Played) -> None:
    assert Counter(one["state"] for one in played.found.vehicles) == {
        "boarding": 1, "departed": 1, "arrived": 2, "acknowledged": 3,
    }  # fmt: skip
    assert [one["missing"] for one in played.found.vehicles if one["discrepancy"]] == [
        [played.place("missing on arrival")]
    ]
    (boarding,) = [one for one in played.found.vehicles if one["state"] == "boarding"]
    assert len(boarding["traveller_ids"]) - len(boarding["boarded"]) == 2
    told = Counter(text["dispatch_id"] for text in played.play.desk.every("/messages", point=POINT))
    assert all(told[one["dispatch_id"]] for one in played.found.vehicles if one["state"] != "boarding")


def test_somebody_has_to_call_the_family_with_a_landline(played: Played, live: Live) -> None:
    elder = played.place("care: elderly; family has a landline only")
    calls = eventually(lambda: [task for task in tasks(live, "hotel") if task.traveller_id == elder])
    assert {(task.kind, task.personal.phone[:5]) for task in calls} == {("call", "+8623")}
    alarms = [task.kind for task in tasks(live, "coordination") if task.district == "shapingba"]
    assert "missing_on_arrival" in alarms


def tasks(live: Live, desk: str) -> list[Task]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in live.stack.environment.items():
            patch.setitem(os.environ, name, value)
        ports = Wiring(Settings.from_env()).ports
        return list(list_tasks(ports, COORDINATOR, POINT, desk, today(), 100).items)


def test_the_same_command_again_answers_the_same_and_doubles_nothing(
    played: Played, live: Live, tmp_path: Path
) -> None:
    before, vehicles = len(played.people()), len(list(played.play.desk.every("/dispatches", point=POINT)))
    (tmp_path / "running.json").write_text(json.dumps(asdict(live.stack.addresses)))
    said = demo(tmp_path, "--seed", str(SEED), "--heads", str(HEADS), "--patience", "0")
    assert (said.returncode, said.stderr) == (0, "")
    for what, reference, state in played.found.specials:
        assert any({what, reference, state.replace("_", " ")} <= cells(line) for line in said.stdout.splitlines()), what
    for name in {party.answers["family_name"] for party in played.play.day.parties.values()}:
        assert f" {name} " not in said.stdout
    assert len(played.people()) == before
    assert len(list(played.play.desk.every("/dispatches", point=POINT))) == vehicles
    again = figures(played.play)
    assert (again.flights, again.specials, again.vehicles) == (
        played.found.flights, played.found.specials, played.found.vehicles,
    )  # fmt: skip


def cells(line: str) -> set[str]:
    """What stands between the lines of a table's row."""
    return {cell.strip() for cell in line.split("│")}


@pytest.mark.parametrize(
    ("arguments", "running", "said"),
    [
        ((), False, "Nothing runs here yet: start it with `make run` in another terminal."),
        ((), True, "does not answer."),
        (("--seed", "soon"), True, "SEED=soon is no number."),
    ],
)
def test_a_stack_that_does_not_run_gets_a_sentence(
    arguments: tuple[str, ...], running: bool, said: str, tmp_path: Path
) -> None:
    if running:
        nobody = f"http://127.0.0.1:{free_port()}"
        (tmp_path / "running.json").write_text(json.dumps({"aws": nobody, "public_base": nobody, "provider": nobody}))
    ended = demo(tmp_path, *arguments)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.strip().endswith(said)


def demo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `make demo` runs, in a terminal of 100 signs."""
    env = child({"WAYSTATION_HOME": str(home), "COLUMNS": "100"})
    command = [sys.executable, "-m", "infra.demo", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
