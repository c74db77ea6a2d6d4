"""What can go wrong at one external call, and how that looks to who calls."""

import json
from enum import StrEnum
from typing import Any

from botocore.awsrequest import AWSResponse
from urllib3 import HTTPResponse


class Fault(StrEnum):
    """The kinds, in the order of the table."""

    DIES_BEFORE = "dies before"
    DIES_AFTER = "dies after"
    LOST = "answer lost"
    TIMEOUT = "time-out"
    THROTTLE = "throttle"
    CONFLICT = "conflict"


class Died(BaseException):
    """The process ends here: no ``except Exception`` of the product may survive it."""


_THROTTLES = {
    "dynamodb": "ProvisionedThroughputExceededException", "kms": "ThrottlingException", "sqs": "RequestThrottled",
    "secrets-manager": "ThrottlingException",
}  # fmt: skip
WRITES = ("dynamodb.TransactWriteItems", "dynamodb.PutItem")


def applies(fault: Fault, call: str) -> bool:
    """Whether a call can go wrong like this: writes alone meet others."""
    return fault != Fault.CONFLICT or call in WRITES


def refusal(fault: Fault, call: str) -> AWSResponse:
    """The answer of a service of AWS that throttles, or whose transaction met another."""
    if fault == Fault.CONFLICT and call == "dynamodb.PutItem":
        return _answer("TransactionConflictException")
    if fault == Fault.CONFLICT:
        return _answer("TransactionCanceledException", CancellationReasons=[{"Code": "TransactionConflict"}])
    return _answer(_THROTTLES[call.partition(".")[0]])


def too_many() -> HTTPResponse:
    """The provider's 429."""
    body = json.dumps({"code": 20429, "message": "Too Many Requests", "status": 429})
    return HTTPResponse(body=body.encode(), status=429, headers={"Content-Type": "application/json"})


class _Body:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Any:
        yield self._content


def _answer(kind: str, **body: Any) -> AWSResponse:
    content = json.dumps({"__type": f"com.amazonaws#{kind}", "message": kind, **body}).encode()
    return AWSResponse("http://127.0.0.1", 400, {"content-type": "application/x-amz-json-1.0"}, _Body(content))
