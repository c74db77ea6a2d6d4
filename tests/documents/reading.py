"""What a document holds: fenced blocks with what leads to them, links, headings, and words of code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.local.environment import ROOT

AWS = "# needs an AWS account"
"""The first line of a block that only runs with a real account."""
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_DEED = re.compile(r"(Make|Add to the end of|Change)\s+`([^`]+)`[^`\n]*:\s*$")


@dataclass(frozen=True)
class Block:
    """A fenced block; ``deed`` and ``target`` say which file the sentence before it makes, adds to or changes."""

    document: str
    line: int
    language: str
    text: str
    deed: str = ""
    target: str = ""

    @property
    def needs_aws(self) -> bool:
        """Whether it is marked as a block that only runs with a real account."""
        return self.text.startswith(AWS)

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def documents() -> list[Path]:
    """README and everything in docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def name_of(document: Path) -> str:
    """The document's path in the project."""
    return document.relative_to(ROOT).as_posix()


def blocks(document: Path) -> Iterator[Block]:
    """The fenced blocks in their order."""
    text = document.read_text("utf-8")
    for found in _FENCE.finditer(text):
        indent, language, content = found.groups()
        lines = (line.removeprefix(indent) for line in content.splitlines(keepends=True))
        line, lead = text[: found.start()].count("\n") + 1, _DEED.search(text[: found.start()].rstrip())
        deed, target = lead.groups() if lead else ("", "")
        yield Block(name_of(document), line, language, "".join(lines), deed, target)


def prose(document: Path) -> str:
    """The text without its fenced blocks."""
    return _FENCE.sub("", document.read_text("utf-8"))


def links(document: Path) -> list[str]:
    """Where its links and pictures lead."""
    return _LINK.findall(prose(document))


def anchors(document: Path) -> set[str]:
    """The anchors that its headings make, as code hosts make them."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(prose(document)))
    return {heading.replace(" ", "-") for heading in plain}


def spans(document: Path) -> list[str]:
    """What stands between backticks in its sentences."""
    return _SPAN.findall(prose(document))
