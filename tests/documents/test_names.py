"""What officers are told to press and to look for is what the pages say, in both languages."""

import re

from infra.local.environment import ROOT
from tools.translations import AREAS, read

NAMED = re.compile(r"\*{1,2}([^*\n]+(?:\n[^*\n]+)?)\*{1,2}\s\(([^()]*[\u4e00-\u9fff][^()]*)\)")
HOLE = re.compile(r"%\(\w+\)s|…")


def shown() -> dict[str, str]:
    """Every sentence of a page with its translation; what is filled in at a page is a hole."""
    found = {}
    for area in AREAS:
        for one in read("zh_Hans", area):
            if isinstance(one.id, str) and isinstance(one.string, str):
                found[_plain(one.id)] = _plain(one.string)
    return found


def _plain(text: str) -> str:
    return " ".join(HOLE.sub("…", text).split())


def test_names_are_those_of_the_pages() -> None:
    text, pages = (ROOT / "docs" / "how-to" / "officer.md").read_text("utf-8"), shown()
    named = [(_plain(english), _plain(chinese)) for english, chinese in NAMED.findall(text)]
    assert len(named) > 40
    assert [(english, chinese, pages.get(english)) for english, chinese in named if pages.get(english) != chinese] == []
