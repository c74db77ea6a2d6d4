"""Where a list goes on, as something opaque: sealed, because the keys of rows are nobody's business."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.storage.sealing import STANDING
from chalicelib.wiring import wiring

_PLACE = "cursor"


def sealed(position: Mapping[str, Any] | None, of_list: str = "") -> str | None:
    """The cursor of a position, or None at the end of the list; it opens with the same ``of_list`` only."""
    if position is None:
        return None
    raw = wiring().ring.seal(STANDING, _PLACE + of_list, json.dumps(dict(position)).encode())
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def opened(cursor: str, of_list: str = "") -> dict[str, Any] | None:
    """The position of a cursor, None for an empty one; raises Invalid for one that was not made for this list."""
    if not cursor:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        position: dict[str, Any] = json.loads(wiring().ring.unseal(STANDING, _PLACE + of_list, raw))
    except (ValueError, binascii.Error):
        raise Invalid((FieldError("cursor", "not_a_cursor"),)) from None
    return position
