"""Changes in DynamoDB's own notation: what is written, and on which condition."""

from typing import Any

from chalicelib.actions.ports import Change, Claim
from chalicelib.storage.codec import Codec
from chalicelib.storage.layouts import LAYOUTS
from chalicelib.storage.tables import FIGURES

Write = dict[str, Any]


def put(codec: Codec, change: Change) -> Write:
    """The row of a change, unless somebody was faster, or a claim stands."""
    entity = change.entity
    condition = _gone_or_before(change) if isinstance(change, Claim) else _unchanged(entity)
    return {"TableName": codec.table(type(entity)), "Item": codec.item(entity), **condition}


def removal(codec: Codec, entity: Any) -> Write:
    """Deletes the row of an entity as it was read."""
    return {"TableName": codec.table(type(entity)), "Key": _key(entity), **_unchanged(entity)}


def addition(codec: Codec, entity: Any) -> Write:
    """Adds an entity's figures to what stands there, or to nothing."""
    figures = {name: getattr(entity, name) for name in FIGURES if getattr(entity, name)}
    return {
        "TableName": codec.table(type(entity)), "Key": _key(entity),
        "UpdateExpression": "ADD " + ", ".join(f"#{name} :{name}" for name in figures),
        "ExpressionAttributeNames": {f"#{name}": name for name in figures},
        "ExpressionAttributeValues": {f":{name}": {"N": str(value)} for name, value in figures.items()},
    }  # fmt: skip


def check(codec: Codec, claim: Claim, earlier: Any) -> Write:
    """Holds when ``earlier``, an identity of a month before, does not stand in the way of a claim."""
    return {"TableName": codec.table(type(earlier)), "Key": _key(earlier), **_gone_or_before(claim)}


def _key(entity: Any) -> Write:
    layout = LAYOUTS[type(entity)]
    pk, sk = layout.key(*layout.parts(entity))
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def _gone_or_before(claim: Claim) -> Write:
    return {
        "ConditionExpression": "attribute_not_exists(#pk) OR #last < :since OR #holder = :case",
        "ExpressionAttributeNames": {"#pk": "pk", "#last": "last_intake", "#holder": "holder"},
        "ExpressionAttributeValues": {":since": {"S": str(claim.since)}, ":case": {"S": claim.entity.case_id}},
    }


def _unchanged(entity: Any) -> Write:
    if not entity.version:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "row_version = :version",
        "ExpressionAttributeValues": {":version": {"N": str(entity.version)}},
    }
