"""What the database's refusals mean to the product."""

from collections.abc import Callable
from typing import TypeVar

from botocore.exceptions import BotoCoreError
from pynamodb.exceptions import DoesNotExist, PynamoDBException, TransactWriteError

from chalicelib.domain.errors import Unavailable

T = TypeVar("T")


def guarded(call: Callable[[], T]) -> T:
    """The call's answer; raises Unavailable when the database is away, slow or throttling, and tells no more."""
    try:
        return call()
    except (TransactWriteError, DoesNotExist):
        raise
    except (PynamoDBException, BotoCoreError) as failure:
        raise Unavailable(type(failure).__name__) from None
