"""Documents that are generated: written on ``--write``, else compared."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MARK = "<!-- What follows is generated. -->\n"
"""In a document of which only the rest is generated."""


def below_the_mark(target: Path, content: str) -> str:
    """The document as it stands down to the mark, with ``content`` after it."""
    written, mark, _ = (ROOT / target).read_text(encoding="utf-8").partition(MARK)
    return f"{written}{mark or MARK}\n{content.strip()}\n"


def main(target: Path, content: str, tool: str) -> int:
    """1 when the document is not what it would be now."""
    path = ROOT / target
    if "--write" in sys.argv[1:]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return 0
    if path.is_file() and path.read_text(encoding="utf-8") == content:
        return 0
    print(f"{target} is out of date: run `python -m tools.{tool} --write`", file=sys.stderr)
    return 1
