"""The CloudFormation template: what keeps data, what Chalice writes, and what is laid over it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
Template = dict[str, Any]


def resources() -> Template:
    """Tables, queue, key and secret: a template of its own, which tests deploy alone."""
    return _read("resources.yaml")


def additions(prefix: str) -> Template:
    """What Chalice's template lacks: the resources and the functions' extras, their names starting with ``prefix``."""
    merged = deep_merge(resources(), _read("functions.yaml"))
    responses = merged["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]
    responses["MISSING_AUTHENTICATION_TOKEN"]["ResponseTemplates"]["text/html"] = not_found_page()
    merged["Parameters"]["Prefix"]["Default"] = prefix
    merged["Description"] = "Waystation"
    return merged


def not_found_page() -> str:
    """What a browser is shown for an address that no route has, in every language at once.

    API Gateway reads dollar and number signs as its own: there are none. Nor is there a link, which would need the
    public base: a response that changes with it has the local AWS put a new API, at a new address, in its place.
    """
    return (HERE / "not_found.html").read_text(encoding="utf-8")


def deep_merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> Template:
    """Both mappings as one, ``over`` winning; lists are replaced, as Chalice's own merge does it."""
    merged = dict(base)
    for key, value in over.items():
        known = merged.get(key)
        both = isinstance(known, Mapping) and isinstance(value, Mapping)
        merged[key] = deep_merge(known, value) if both and isinstance(known, Mapping) else value
    return merged


def _read(name: str) -> Template:
    loaded: Template = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return loaded
