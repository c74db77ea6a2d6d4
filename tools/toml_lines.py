"""Where things stand in a TOML file: tomllib reads values and forgets their lines."""

import tomllib
from collections.abc import Mapping
from typing import Any

Path = tuple[str | int, ...]
"""Keys from the top; a table of an array counts from 0."""


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of every table and key of a valid file."""
    found: dict[Path, int] = {(): 1}
    table, arrays = Path(), dict[Path, int]()
    pending, start = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if not pending and line.lstrip()[:1] in ("", "#"):
            continue
        pending, start = (f"{pending}\n{line}", start) if pending else (line, number)
        read = _read(pending)
        if read is None:  # a string or a list that goes on
            continue
        path = _path(read)
        if pending.lstrip().startswith("["):
            path = _numbered(path, read, arrays)
            table = path
        else:
            path = table + path
        found.setdefault(path, start)
        pending = ""
    return found


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that is there."""
    return next(lines[path[:length]] for length in range(len(path), -1, -1) if path[:length] in lines)


def _read(statement: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return None


def _path(read: Mapping[str, Any]) -> Path:
    """The keys of one statement: all that it opens, down to its value."""
    ((key, value),) = read.items()
    inner = value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else value
    return (key, *(_path(inner) if isinstance(inner, dict) and len(inner) == 1 else ()))


def _numbered(path: Path, read: Mapping[str, Any], arrays: dict[Path, int]) -> Path:
    """``[[rule]]`` is the next of its kind."""
    if not isinstance(next(iter(read.values())), list):
        return path
    arrays[path] = arrays.get(path, -1) + 1
    return (*path, arrays[path])
