"""Amazon SNS text messages behind the provider port: no callbacks, and no list that could be asked."""

from collections.abc import Container
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import boto3
from botocore import exceptions as faults
from botocore.config import Config

from chalicelib.domain.failures import (
    Accepted,
    Kind,
    NobodyToAsk,
    PermanentFailure,
    SendingFailure,
    TemporaryFailure,
    Unknown,
    failure,
)

PATIENCE = timedelta(minutes=15)
"""How long a text without an answer is left alone before it is sent once more (decision 15)."""

_NOT_SENT = (faults.EndpointConnectionError, faults.ConnectTimeoutError, faults.ProxyConnectionError)
_OURS = (
    faults.NoCredentialsError,
    faults.PartialCredentialsError,
    faults.CredentialRetrievalError,
    faults.NoRegionError,
)


class SnsProvider:
    """The account that the functions run in. ``sender`` is a number in E.164, a name of up to 11 letters, or nothing.

    ``connect`` and ``read`` are seconds; ``endpoint_url`` is for a local AWS. Thread-safe.
    """

    name = "sns"

    def __init__(
        self,
        *,
        region: str,
        sender: str = "",
        endpoint_url: str | None = None,
        connect: float = 2.0,
        read: float = 8.0,
        pool: int = 16,
    ) -> None:
        self._where = {"region_name": region, "endpoint_url": endpoint_url}
        self._limits = Config(
            connect_timeout=connect, read_timeout=read, max_pool_connections=pool, retries={"total_max_attempts": 1}
        )
        self._attributes = _attributes(sender)

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Hand over one text; see Provider. What is accepted stays ``sent``: nobody ever tells more."""
        try:
            answer = self._client.publish(PhoneNumber=to, Message=body, MessageAttributes=self._attributes)
        except Exception as fault:
            # Only its kind: the words of an exception may quote the number.
            raise _translated(fault) from None
        return Accepted(str(answer["MessageId"]), "sent")

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: Container[str] = ()) -> Accepted | None:
        """Raises NobodyToAsk: time alone settles what had no answer."""
        raise NobodyToAsk(PATIENCE)

    @cached_property
    def _client(self) -> Any:
        return boto3.client("sns", config=self._limits, **self._where)


def _attributes(sender: str) -> dict[str, dict[str, str]]:
    chosen = {"AWS.SNS.SMS.SMSType": "Transactional"}
    if sender:
        name = "AWS.MM.SMS.OriginationNumber" if sender.startswith("+") else "AWS.SNS.SMS.SenderID"
        chosen[name] = sender
    return {name: {"DataType": "String", "StringValue": value} for name, value in chosen.items()}


def _translated(fault: Exception) -> SendingFailure:
    if isinstance(fault, faults.ClientError):
        status = int(fault.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500))
        if status >= 500:
            return Unknown(f"http_{status}")
        return failure(str(fault.response.get("Error", {}).get("Code") or f"http_{status}"), status)
    if isinstance(fault, _NOT_SENT):
        return TemporaryFailure("no_connection")
    if isinstance(fault, _OURS):
        return TemporaryFailure("no_credentials", kind=Kind.CONFIGURATION)
    if isinstance(fault, faults.ParamValidationError):
        return PermanentFailure("not_a_request")
    # Whatever else went wrong did so after the request left.
    return Unknown("no_answer_in_time" if isinstance(fault, faults.ReadTimeoutError) else "connection_broke")
