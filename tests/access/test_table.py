"""What only the real table can show: nothing of an officer is readable in it, and what ends has a time to go."""

from typing import Any

import boto3
import pytest

from chalicelib.access.gate import Gate
from chalicelib.access.ports import AccessStore
from chalicelib.access.tokens import new_id
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.officers import Officer
from chalicelib.settings import Settings
from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.web.browser import PASSWORD, QUICK, Clock


def rows(aws: Stack) -> list[dict[str, Any]]:
    settings = Settings.from_env()
    client = boto3.client("dynamodb", region_name=settings.region, endpoint_url=settings.endpoint_url)
    found: list[dict[str, Any]] = client.scan(TableName=f"{settings.table_prefix}-access")["Items"]
    return found


def test_nothing_of_an_officer_is_readable(table: AccessStore, aws: Stack) -> None:
    gate, name = Gate(table, Clock(), QUICK), f"chen.wei.{new_id()}"
    officer = Officer(officer_id=new_id(), display_name="陈伟警官", desks=frozenset({"onsite"}))
    token = gate.links.invite(officer)
    opened = gate.accept(token, name, PASSWORD, PASSWORD)
    key = gate.keys.make("hotel", None, "boss")
    raw = repr(rows(aws))
    for secret in (name, "陈伟", PASSWORD, token, opened.cookie.partition(".")[2], key.split("_", 2)[-1]):
        assert secret not in raw


def test_what_ends_has_a_time_to_go(table: AccessStore, aws: Stack) -> None:
    gate = Gate(table, Clock(), QUICK)
    officer = Officer(officer_id=new_id(), desks=frozenset({"onsite"}))
    gate.accept(gate.links.invite(officer), f"li.{new_id()}", PASSWORD, PASSWORD)
    gate.links.issue(officer.officer_id)
    for row in rows(aws):
        ends = row["pk"]["S"].startswith(("link#", "attempts#")) or row["sk"]["S"].startswith("session#")
        assert ("N" in row.get("expires_at", {})) == ends


def test_the_whole_way_on_the_real_table(table: AccessStore) -> None:
    clock = Clock()
    gate, name = Gate(table, clock, QUICK), f"wu.{new_id()}"
    officer = Officer(officer_id=new_id(), desks=frozenset({"hotel"}))
    gate.accept(gate.links.invite(officer), name, PASSWORD, PASSWORD)
    cookie = gate.sign_in(name, PASSWORD).cookie
    resumed = gate.resume(cookie)
    assert resumed
    assert (resumed.username, resumed.desks) == (name, frozenset({"hotel"}))
    gate.sign_out(cookie)
    assert gate.resume(cookie) is None


def test_the_database_away_is_said(settings_env: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    gate = Wiring(Settings.from_env()).gate
    with pytest.raises(Unavailable):
        gate.resume("somebody.secret")
