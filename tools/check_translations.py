"""Every sentence of a page is translated, and none stands outside the catalogues, as far as that can be seen."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from tools.translations import WEB, faults

TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-dismiss|data-label)="([^"{]*[^\W\d_]{2,}[^"{]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")
NOT_WORDS = re.compile(r"&\w+;|\bws[a-z-]*--[a-z-]+")
"""Entities, and the classes that a block gives to the page's frame."""
HOLE = "\x00"
SPEAKERS = {"say": 0, "redirect": 1}
"""Methods of a visit whose argument at this place is shown."""


def in_templates(web: Path = WEB) -> Iterator[str]:
    """Text between tags, and attributes that are read out, that no `_()` wraps."""
    lexer = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
    for path in sorted(web.glob("templates/**/*.html")):
        text, translated = "", False
        for _, kind, value in lexer.lex(path.read_text(encoding="utf-8")):
            if kind == "name" and value in ("trans", "endtrans"):
                translated = value == "trans"
            text += value if kind == "data" and not translated else HOLE
        for attribute in SPOKEN.findall(text):
            yield f"{path}: not in gettext: {attribute!r}"
        for piece in TAGS.sub("\n", text).replace(HOLE, "\n").splitlines():
            if WORD.search(NOT_WORDS.sub("", piece)):
                yield f"{path}: not in gettext: {piece.strip()!r}"


def in_code(web: Path = WEB) -> Iterator[str]:
    """Sentences given to a visit as they stand."""
    for path in sorted(web.glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SPEAKERS:
                shown = node.args[SPEAKERS[node.func.attr] :][:1]
                if shown and isinstance(shown[0], ast.Constant) and shown[0].value:
                    yield f"{path}:{node.lineno}: not in gettext: {shown[0].value!r}"


def main() -> int:
    """1 when something is found."""
    found = [*faults(), *in_templates(), *in_code()]
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
