"""`make run` as the person at the terminal meets it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.local import environment
from infra.local.plan import Plan, free_port, is_free
from infra.local.process import StartError, answers
from infra.local.stack import Stack, prefix_of

Terminal = subprocess.Popen[str]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return Plan(web_port=free_port(), aws_port=free_port(), sms_port=free_port(), home=tmp_path / "home")


def environ(plan: Plan) -> dict[str, str]:
    ports = {"PORT": plan.web_port, "AWS_PORT": plan.aws_port, "SMS_PORT": plan.sms_port, "WAYSTATION_HOME": plan.home}
    return environment.child({name: str(value) for name, value in ports.items()} | {"HOST": "127.0.0.1"})


def start(plan: Plan) -> Terminal:
    return subprocess.Popen(
        [sys.executable, "-m", "infra.local.run"],
        cwd=environment.ROOT,
        env=environ(plan),
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def up(plan: Plan) -> Iterator[Terminal]:
    """A run that has shown its addresses; stopped by Ctrl-C at the end."""
    with start(plan) as run:
        assert run.stderr
        shown = [run.stderr.readline()]
        while shown[-1] and "phones  " not in shown[-1]:
            shown.append(run.stderr.readline())
        assert shown[-1], "".join(shown)
        try:
            yield run
        finally:
            run.send_signal(signal.SIGINT)
            run.wait(60)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def all_free(plan: Plan) -> bool:
    return all(is_free("127.0.0.1", port) for port in (plan.web_port, plan.aws_port, plan.sms_port))


def product(plan: Plan) -> Stack:
    return Stack("local", plan.running(), prefix_of("local"))


def test_what_was_entered_survives_and_a_second_run_leaves_the_first_alone(plan: Plan) -> None:
    row = {"pk": {"S": "test#1"}, "sk": {"S": "-"}}
    with up(plan) as first:
        table = f"{prefix_of('local')}-desk"
        product(plan).client("dynamodb").put_item(TableName=table, Item=row)
        with start(plan) as second:
            _, said = second.communicate(timeout=60)
        assert (second.returncode, said.count("\n")) == (1, 1)
        assert f"already runs here at {plan.public_base}" in said
        assert answers(f"{plan.public_base}/healthz")
        assert status(f"{plan.public_base}/no/such/path") == 404
    assert first.returncode == 0
    assert all_free(plan)
    with up(plan):
        kept = product(plan).client("dynamodb").get_item(TableName=table, Key=row)
        assert kept["Item"] == row


def test_a_run_that_is_killed_leaves_nothing_running_and_its_data_written(plan: Plan) -> None:
    written = plan.home / "aws" / "state" / "dynamodb.json"
    with up(plan) as run:
        assert not written.exists()
        run.kill()
        run.wait(10)
        assert eventually(lambda: all_free(plan) and written.exists(), seconds=20)


def eventually(check: Callable[[], bool], seconds: float) -> bool:
    """Whether ``check`` holds before the time is over; asked again every twentieth of a second."""
    pause, deadline = threading.Event(), time.monotonic() + seconds
    while not check() and time.monotonic() < deadline:
        pause.wait(0.05)
    return check()


@pytest.mark.parametrize(("port", "what"), [("web_port", "the web"), ("aws_port", "local AWS"), ("sms_port", "SMS")])
def test_a_taken_port_is_a_sentence_that_says_what_to_do(plan: Plan, port: str, what: str) -> None:
    with socket.create_server(("127.0.0.1", getattr(plan, port))):
        with start(plan) as run:
            _, said = run.communicate(timeout=60)
        assert run.returncode == 1
        assert said.count("\n") == 1
        assert what in said
        assert "make run" in said


def test_a_port_that_is_none_is_refused() -> None:
    with pytest.raises(StartError, match="PORT=http is no port"):
        Plan.from_environment({"PORT": "http"})


@pytest.mark.parametrize(
    ("module", "arguments", "sentence"),
    [
        ("redrive", ["--stage", "nowhere"], "There is no stage nowhere"),
        ("redrive", ["--stage", "local"], "Nothing runs here yet"),
        ("local.key", ["--desk", "coordination"], "Nothing runs here yet"),
        ("local.key", ["--desk", "kitchen"], "Name a desk"),
        ("local.key", ["--desk", "district"], "needs its district"),
        ("local.job", ["--name", "sweep"], "Nothing runs here yet"),
        ("local.job", ["--name", "dance"], "Name a job"),
        ("local.job", ["--name", "sweep", "--now", "2026-12-07"], "no time with an offset"),
    ],
)
def test_commands_say_what_they_miss(tmp_path: Path, module: str, arguments: list[str], sentence: str) -> None:
    env = environment.child({"WAYSTATION_HOME": str(tmp_path)})
    command = [sys.executable, "-m", f"infra.{module}", *arguments]
    done = subprocess.run(command, cwd=environment.ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert sentence in done.stderr


def test_make_alone_lists_the_commands() -> None:
    env = {**os.environ, "MAKEFLAGS": ""}
    done = subprocess.run(["make"], cwd=environment.ROOT, env=env, capture_output=True, text=True, check=True)
    for command in ("run", "test", "check", "key", "job", "package", "redrive"):
        assert f"make {command} " in done.stdout
