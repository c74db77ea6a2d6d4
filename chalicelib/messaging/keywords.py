"""The words by which people stop, start, ask for help or say yes, in the languages of the form."""

import tomllib
from functools import cache
from pathlib import Path

from chalicelib.domain.replies import Keywords

FILE = Path(__file__).parent / "keywords.toml"


@cache
def keywords() -> Keywords:
    """All of them, by meaning and language."""
    return tomllib.loads(FILE.read_text("utf-8"))
