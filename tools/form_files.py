"""A form's files on their way to be checked: what each says, where it says it, and what is wrong with it."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from tools.generated import ROOT
from tools.toml_lines import Path as Keys
from tools.toml_lines import line_of, lines_of

FORMS = ROOT / "forms"
_PLACE = re.compile(r" - at `\$\.?([\w.]*)")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Fault:
    """Something to mend: which file, which line, what."""

    file: Path
    line: int
    said: str

    def __str__(self) -> str:
        inside = self.file.is_relative_to(ROOT)
        return f"{self.file.relative_to(ROOT) if inside else self.file}:{self.line}: {self.said}"


@dataclass
class Source:
    """One TOML file: ``raw`` is what it says, ``faults`` grow while it is looked at."""

    path: Path
    raw: dict[str, Any] = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, said: str, *keys: str | int) -> None:
        """Say what is wrong at a place of the file."""
        self.faults.append(Fault(self.path, line_of(self.lines, keys) if self.lines else 1, said))

    def convert(self, value: Any, kind: Any, *keys: str | int) -> None:
        """Blame what does not have the shape of ``kind``, as near to it as can be told."""
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as wrong:
            place = _PLACE.search(str(wrong))
            inner = tuple(place[1].split(".")) if place and place[1] else ()
            unknown = re.search(r"unknown field `(.+?)`", str(wrong))
            more = (unknown[1],) if unknown and not inner else ()
            self.blame(_PLACE.split(str(wrong))[0], *keys, *inner, *more)


def read(path: Path) -> Source:
    """The file, with a fault when it is missing or no TOML."""
    source = Source(path)
    try:
        text = path.read_text("utf-8")
        source.raw = tomllib.loads(text)
        source.lines = lines_of(text)
    except FileNotFoundError:
        source.blame("this file is missing")
    except UnicodeDecodeError:
        source.blame("this file is not in UTF-8")
    except tomllib.TOMLDecodeError as wrong:
        found = _LINE.search(str(wrong))
        line = int(found[1]) if found else text.count("\n") + 1
        source.faults.append(Fault(path, line, _LINE.sub("", str(wrong)).strip()))
    return source


def versions(form_id: str, forms: Path = FORMS) -> tuple[Path, ...]:
    """The folders of a form's versions, the oldest first."""
    found = [path for path in (forms / form_id).glob("v*") if path.name[1:].isdecimal()]
    return tuple(sorted(found, key=lambda path: int(path.name[1:])))


def every_form(forms: Path = FORMS) -> tuple[str, ...]:
    """The forms there are, by name."""
    return tuple(sorted(path.name for path in forms.iterdir() if versions(path.name, forms)))
