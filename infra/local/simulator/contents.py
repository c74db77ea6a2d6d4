"""Registered templates, as the provider's Content API keeps them: a text with placeholders behind an id."""

import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from infra.local.simulator.provider import Refusal

_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


class Contents:
    """What was registered since the start."""

    def __init__(self) -> None:
        self._bodies: dict[str, str] = {}

    def register(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Keep a template; its document with the id that it got. Raises Refusal for one without a text."""
        try:
            body = str(document["types"]["twilio/text"]["body"])
        except (KeyError, TypeError):
            raise Refusal(400, 20001, "Invalid parameter: types") from None
        sid = f"HX{secrets.token_hex(16)}"
        self._bodies[sid] = body
        return {**document, "sid": sid}

    def body(self, form: Mapping[str, str]) -> str:
        """The text that a message is sent with, its own or a template's; raises Refusal as the provider does."""
        sid, variables = form.get("ContentSid", ""), form.get("ContentVariables", "")
        if not sid:
            _need(not variables, 21654, "A ContentSid must be specified")
            return form.get("Body", "")
        _need(not form.get("Body"), 35127, "Body and ContentVariables cannot be provided together")
        _need(sid in self._bodies, 21655, "The ContentSid is invalid")
        values = _values(variables)
        wanted = set(_PLACEHOLDER.findall(self._bodies[sid]))
        _need(all(values.get(name) for name in wanted), 21656, "The ContentVariables parameter is invalid")
        return _PLACEHOLDER.sub(lambda match: values[match[1]], self._bodies[sid])


def _need(fine: bool, code: int, message: str) -> None:
    if not fine:
        raise Refusal(400, code, message)


def _values(variables: str) -> dict[str, str]:
    try:
        read = json.loads(variables or "{}")
    except ValueError:
        read = None
    fine = isinstance(read, dict) and all(isinstance(value, str) and value for value in read.values())
    _need(fine, 21656, "The ContentVariables parameter is invalid")
    return dict(read)
