"""Every link of a document leads somewhere, and every file and command that it names exists."""

import re
from pathlib import Path

import pytest

from infra.local.environment import ROOT
from tests.documents.making import fault_of_make
from tests.documents.reading import anchors, blocks, documents, links, name_of, spans

OUTSIDE = re.compile(r"(https?|mailto):")
FILE = re.compile(r"(?:app|chalicelib|docs|forms|infra|tests|tools|vendor|\.chalice|\.ci)(?:/[\w.\-]+)+/?|Makefile")


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    dead = []
    for link in links(document):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if OUTSIDE.match(link):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_files_that_are_named_exist(document: Path) -> None:
    made = [block.target for block in blocks(document) if block.deed]
    named = {span for span in spans(document) if FILE.fullmatch(span) and not any(one.startswith(span) for one in made)}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_make_targets_that_are_named_exist(document: Path) -> None:
    named = [span for span in spans(document) if re.match(r"make [a-z]", span)]
    assert [(name, fault) for name in named if (fault := fault_of_make(name))] == []


def test_every_document_can_be_reached() -> None:
    seen, open_ends = set(), [ROOT / "README.md"]
    while open_ends:
        document = open_ends.pop()
        seen.add(document)
        inside = [link.partition("#")[0] for link in links(document) if not OUTSIDE.match(link)]
        found = {(document.parent / path).resolve() for path in inside}
        found |= {page for folder in found if folder.is_dir() for page in folder.glob("*.md")}
        open_ends += [target for target in found - seen if target.suffix == ".md"]
    assert sorted(name_of(one) for one in set(documents()) - seen) == []
