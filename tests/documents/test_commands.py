"""What documents tell to type is typed: in a copy of the project, with the product running beside."""

import re
from collections.abc import Iterator

import pytest

from tests.documents.aws import faults_of_aws
from tests.documents.guest import Guest, patched
from tests.documents.making import fault_of_make
from tests.documents.reading import AWS, Block, blocks, documents

SHOWN_ONLY = {"mermaid"}
"""Languages of blocks that tell nothing to do."""
EVERY = [block for document in documents() for block in blocks(document)]
WITH_AWS = [block for block in EVERY if block.needs_aws]
FOLLOWED = sorted({one.document for one in EVERY if not one.needs_aws and (one.deed or one.language == "sh")})
SHELL = re.compile(r"(#|for |done$|export |git |cd |read )")
"""Lines of a marked block that are no call of AWS."""


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guest]:
    one = Guest(tmp_path_factory.mktemp("guest"))
    try:
        one.start()
        yield one
    finally:
        one.stop()


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_document_can_be_followed(name: str, guest: Guest) -> None:
    for block in EVERY:
        if block.document == name and not block.needs_aws:
            guest.follow(block)


def test_no_block_is_left_out() -> None:
    known = {"sh", *SHOWN_ONLY}
    assert [str(one) for one in EVERY if not one.deed and one.language not in known] == []


@pytest.mark.parametrize("block", WITH_AWS, ids=str)
def test_what_needs_an_account_could_be_sent(block: Block) -> None:
    """Services, operations and options that AWS has; targets, variables, files and names that the project has."""
    lines = block.text.removeprefix(AWS).replace("\\\n", " ").splitlines()
    assert [f"{line.strip()}: {fault}" for line in lines for fault in faults(line)] == []


def faults(line: str) -> Iterator[str]:
    command = re.sub(r"^\w+=\$\((.*)\)$", r"\1", line.strip())
    if command.startswith("aws "):
        yield from faults_of_aws(command)
    elif command.startswith("make "):
        yield from filter(None, [fault_of_make(command)])
    elif command and not SHELL.match(command):
        yield "a command that no test knows"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("aws dynamodb describe-table --table-name waystation-production-cases", None),
        ("id=$(aws sts get-caller-identity --query Account --output text)", None),
        ("aws dynamodb describe-tabel --table-name x", "dynamodb has no describe-tabel"),
        ("aws dynamodb describe-table", "--table-name is missing"),
        ("aws dynamodb describe-table --table-name x --loudly", "unknown option --loudly"),
        ("aws dynamodb describe-table --table-name waystation-production-nothing", "the template names nothing"),
        ("aws dynamodb wait table-exists --table-name x", None),
        ("aws dynamodb wait for-godot --table-name x", "dynamodb has no for-godot"),
        ("aws sleep now", "no service sleep"),
        ("aws iam create-policy --policy-name x --policy-document file://infra/nothing.json", "no such file"),
        ("make deploy STAGE=production BASE=https://x.example", None),
        ("make deploi", "unknown to the Makefile: deploi"),
        ("make deploy STAIRS=production", "unknown to the Makefile: STAIRS"),
        ("curl http://x.example", "no test knows"),
    ],
)
def test_a_wrong_line_is_found(line: str, said: str | None) -> None:
    found = list(faults(line))
    assert (found == []) if said is None else (len(found) == 1 and said in found[0])


def test_a_change_applies_where_its_old_lines_stand_once() -> None:
    assert patched("a\nb\nc\n", " a\n-b\n+d\n") == "a\nd\nc\n"
    with pytest.raises(AssertionError, match="2 times"):
        patched("a\na\n", "-a\n+b\n")
