"""Entity tags: a strong one of a document's bytes, and whether a browser has them already."""

from collections.abc import Mapping
from hashlib import sha256


def tag_of(text: str) -> str:
    """A strong ETag, quotes included."""
    return f'"{sha256(text.encode()).hexdigest()[:32]}"'


def has(tag: str, headers: Mapping[str, str]) -> bool:
    """Whether If-None-Match names ``tag``; who compresses on the way may have made it a weak one."""
    known = headers.get("if-none-match", "").split(",")
    return tag in {one.strip().removeprefix("W/") for one in known}
