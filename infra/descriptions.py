"""AWS's descriptions of its services as a function needs them: a cold one reads them before its first call."""

import gzip
import json
from collections.abc import Collection
from typing import Any

ENDPOINTS = "botocore/data/endpoints.json"
MODELS = "/service-2.json.gz"


def lightened(name: str, content: bytes, services: Collection[str]) -> bytes:
    """The package's file ``name`` without other services' endpoints and without the words of the reference."""
    if name == ENDPOINTS:
        return _written(_endpoints(json.loads(content), services))
    if name.startswith("botocore/data/") and name.endswith(MODELS):
        # No time in it: the same content gives the same bytes.
        return gzip.compress(_written(_wordless(json.loads(gzip.decompress(content)))), mtime=0)
    return content


def _endpoints(whole: dict[str, Any], services: Collection[str]) -> dict[str, Any]:
    for partition in whole["partitions"]:
        partition["services"] = {name: where for name, where in partition["services"].items() if name in services}
    return whole


def _wordless(described: Any) -> Any:
    """A member may be called documentation too: only words are left out."""
    if isinstance(described, list):
        return [_wordless(each) for each in described]
    if not isinstance(described, dict):
        return described
    return {
        name: _wordless(each)
        for name, each in described.items()
        if not (name == "documentation" and isinstance(each, str))
    }


def _written(described: Any) -> bytes:
    return json.dumps(described, separators=(",", ":")).encode()
