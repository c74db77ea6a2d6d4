"""Works off what the queue names: messages to send, vehicles to settle, digests to write."""

import json
import logging
from typing import Any

from chalice import Blueprint

from chalicelib.actions.work_off import work_off
from chalicelib.settings import Settings
from chalicelib.wiring import wiring

blueprint = Blueprint(__name__)
log = logging.getLogger(__name__)


@blueprint.on_sqs_message(queue=Settings.from_env().queue_name, name="send_messages")
def send_messages(event: Any) -> dict[str, Any]:
    """Answer the identifiers of the entries that failed, so that only those come again."""
    records = event.to_dict()["Records"]
    left = range(len(records), 0, -1)
    failures = [
        record["messageId"]
        for record, texts in zip(records, left, strict=True)
        if not _worked_off(record["body"], texts)
    ]
    wiring().ports.spending.flush()
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in failures]}


def fault_code(error: Exception) -> str:
    """What AWS says of a refusal: the operation and its code, never its words."""
    code = (getattr(error, "response", None) or {}).get("Error", {}).get("Code", "")
    return f"{getattr(error, 'operation_name', '')} {code}".strip()


def _worked_off(body: str, texts: int) -> bool:
    here = wiring()
    try:
        asked = json.loads(body)
        here.look_again()
        here.switchboard.expect(texts)
        work_off(here.ports, here.switchboard, asked["kind"], asked["id"])
    except Exception as error:
        # The kind only: the words of an exception may hold a name. The queue brings the entry again.
        log.error("work failed: %s %s", type(error).__name__, fault_code(error))
        return False
    return True
