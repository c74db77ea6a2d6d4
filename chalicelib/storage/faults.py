"""What the database's refusals mean to the product."""

import logging
from collections.abc import Callable
from typing import TypeVar

from botocore.exceptions import BotoCoreError
from pynamodb.exceptions import DoesNotExist, PynamoDBException, TransactWriteError

from chalicelib.domain.errors import Unavailable

T = TypeVar("T")
log = logging.getLogger(__name__)


def guarded(call: Callable[[], T]) -> T:
    """The call's answer; raises Unavailable when the database is away, slow or throttling, and tells no more."""
    try:
        return call()
    except (TransactWriteError, DoesNotExist):
        raise
    except (PynamoDBException, BotoCoreError) as failure:
        log.warning("database refused: %s %s", type(failure).__name__, code_of(failure))
        raise Unavailable(type(failure).__name__) from None


def code_of(failure: BaseException) -> str:
    """DynamoDB's code of a refusal, or "" without an answer: PynamoDB's own property fails then."""
    return str(getattr(failure, "cause_response_code", None) or "")
