"""Data keys, wrapped by KMS, in a table of their own."""

import logging
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import DoesNotExist, PutError

from chalicelib.domain.errors import Unavailable
from chalicelib.storage.faults import code_of, guarded
from chalicelib.storage.tables import Row

log = logging.getLogger(__name__)


class Kms(Protocol):
    """The two calls of boto3's KMS client that are used."""

    def generate_data_key(self, **arguments: Any) -> dict[str, Any]: ...

    def decrypt(self, **arguments: Any) -> dict[str, Any]: ...


class WrappedKeys:
    """The port ``KeyStore`` over KMS and the keys table; the key's name is the encryption context."""

    def __init__(self, model: type[Row], kms: Kms, kms_key: str) -> None:
        self._model = model
        self._kms = kms
        self._kms_key = kms_key

    def load(self, name: str) -> bytes | None:
        """The unwrapped key, or None; raises Unavailable."""
        try:
            row = guarded(lambda: self._model.get(name, "-", consistent_read=True))
        except DoesNotExist:
            return None
        return self._unwrapped(name, bytes(row.sealed))

    def create(self, name: str) -> bytes:
        """A new key, put once: who comes second reads what the first one put."""
        made = self._asked(self._kms.generate_data_key, KeyId=self._kms_key, KeySpec="AES_256", **_context(name))
        row = self._model(name, "-", document="{}", sealed=made["CiphertextBlob"], row_version=1)
        try:
            guarded_put(row)
        except PutError:
            existing = self.load(name)
            if existing is None:
                raise Unavailable("key") from None
            return existing
        return bytes(made["Plaintext"])

    def _unwrapped(self, name: str, wrapped: bytes) -> bytes:
        answer = self._asked(self._kms.decrypt, CiphertextBlob=wrapped, KeyId=self._kms_key, **_context(name))
        return bytes(answer["Plaintext"])

    def _asked(self, call: Any, **arguments: Any) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = call(**arguments)
        except (BotoCoreError, ClientError) as failure:
            code = (getattr(failure, "response", None) or {}).get("Error", {}).get("Code", "")
            log.warning("key service refused: %s %s", type(failure).__name__, code)
            raise Unavailable(type(failure).__name__) from None
        return answer


def _context(name: str) -> dict[str, Any]:
    return {"EncryptionContext": {"key": name}}


def guarded_put(row: Row) -> None:
    """Put a new row; raises PutError when there is one, Unavailable when the database is away."""
    try:
        row.save(condition=type(row).pk.does_not_exist())
    except PutError as refused:
        if code_of(refused) != "ConditionalCheckFailedException":
            raise Unavailable(code_of(refused)) from None
        raise
