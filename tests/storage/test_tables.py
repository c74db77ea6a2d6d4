"""The tables as the code sees them are the tables that are deployed."""

from pathlib import Path
from typing import Any

import pytest

from chalicelib.storage.layouts import LAYOUTS
from chalicelib.storage.tables import INDEXES, range_key_of
from chalicelib.wiring import Wiring
from infra import template

TABLES: dict[str, dict[str, Any]] = {
    resource["Properties"]["TableName"]["Fn::Sub"].removeprefix("${Prefix}-"): resource["Properties"]
    for resource in template.resources()["Resources"].values()
    if resource["Type"] == "AWS::DynamoDB::Table"
}


def schema(hash_key: str, range_key: str) -> list[dict[str, str]]:
    return [{"AttributeName": hash_key, "KeyType": "HASH"}, {"AttributeName": range_key, "KeyType": "RANGE"}]


def test_the_same_tables() -> None:
    assert set(TABLES) == set(INDEXES)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_same_keys_and_indexes_and_nothing_but_keys_in_them(table: str, here: Wiring) -> None:
    deployed = TABLES[table]
    assert deployed["KeySchema"] == schema("pk", "sk")
    indexes = {index["IndexName"]: index for index in deployed.get("GlobalSecondaryIndexes", [])}
    assert {name: index["KeySchema"] for name, index in indexes.items()} == {
        name: schema(hash_key, range_key_of(name)) for name, hash_key in INDEXES[table].items()
    }
    assert all(index["Projection"] == {"ProjectionType": "KEYS_ONLY"} for index in indexes.values())
    model = here._tables[1][table]
    assert {name: index.Meta.projection.projection_type for name, index in model._indexes.items()} == dict.fromkeys(
        indexes, "KEYS_ONLY"
    )


def test_what_a_table_defines_is_what_its_keys_use() -> None:
    for table, deployed in TABLES.items():
        keyed = {"pk", "sk", *INDEXES[table].values(), *map(range_key_of, INDEXES[table])}
        assert {
            each["AttributeName"]: each["AttributeType"] for each in deployed["AttributeDefinitions"]
        } == dict.fromkeys(keyed, "S")


def test_at_most_three_indexes_on_the_case() -> None:
    assert len(INDEXES["cases"]) <= 3


def test_rows_that_end_do_so_in_tables_that_let_them() -> None:
    ending = {LAYOUTS[kind].table for kind in LAYOUTS if "expires_at" in kind.__dataclass_fields__}  # type: ignore[attr-defined]
    ending.add("access")
    assert {name for name, table in TABLES.items() if "TimeToLiveSpecification" in table} == ending


def test_only_the_keys_have_no_backups_and_they_are_always_protected() -> None:
    for name, table in TABLES.items():
        recovery = table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
        assert (recovery is False) == (name == "keys")
        assert (table["DeletionProtectionEnabled"] is True) == (name == "keys")


def test_every_kind_lies_in_a_table_that_is_there() -> None:
    assert {layout.table for layout in LAYOUTS.values()} <= set(TABLES)


def test_the_reference_names_every_table_index_and_kind_of_row() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/reference/tables.md").read_text("utf-8")
    sections = {part.split("\n", 1)[0]: part for part in page.split("\n## ")}
    for table, indexes in INDEXES.items():
        assert [index for index in indexes if f"`{index}`" not in sections[table]] == []
    words = {"audit#", "declaration#", "linked#", "message#", "fanout#", "release#", "digest#", "identity#", "phone#",
             "plate#", "once#", "flights#", "tasks#", "`lines`", "text#", "escalation#", "told#", "handover#",
             "inbound#", "exchange#", "optout#", "checkin#"}  # fmt: skip
    assert [word for word in words if word not in page] == []
