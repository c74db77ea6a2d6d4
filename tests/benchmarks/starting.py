"""A cold function: from a fresh process to its first answer, from source and from the package's bytecode."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import botocore

from infra import package
from infra.local.environment import child
from infra.local.stack import Stack
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.gateway import BARE_ROUTE, event
from tests.benchmarks.measuring import Spread, ratio
from tests.benchmarks.submitting import PATH
from tests.journey.steps import declaration
from tests.wired import fresh

MOST_OVER_BARE, MOST_OF_SOURCE = 1.3, 0.7
BARE_APP = '''"""The least that takes a declaration."""
import json, os, uuid
import boto3
from chalice import Chalice

app = Chalice(app_name="bare")
table = os.environ["TABLE_PREFIX"] + "-cases"
client = boto3.client("dynamodb", region_name=os.environ["AWS_REGION"], endpoint_url=os.environ["AWS_ENDPOINT_URL"])


@app.route("/declarations", methods=["POST"])
def post():
    key = str(uuid.uuid4())
    row = {"pk": {"S": key}, "sk": {"S": "-"}, "document": {"S": json.dumps(app.current_request.json_body)}}
    client.put_item(TableName=table, Item=row, ConditionExpression="attribute_not_exists(pk)")
    return {"id": key}
'''
LIBRARIES = """import msgspec, phonenumbers, pynamodb.models, pynamodb.transactions
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
"""
# In the fresh process: nothing but the package and Python itself, and one event on standard input.
STARTER = """
import sys, time
began = time.perf_counter(), time.process_time()
sys.path.insert(0, sys.argv[1])
import json
event = json.load(sys.stdin)
from app import app
imported = time.perf_counter(), time.process_time()
answer = app(event, None)
assert answer["statusCode"] in (200, 201), answer["body"]
ended = time.perf_counter(), time.process_time()
print(json.dumps([(ended[i] - began[i]) * 1000 for i in (0, 1)] + [(imported[0] - began[0]) * 1000]))
"""
Start = tuple[float, float, float]


def measure(stack: Stack, effort: Effort) -> Figure:
    """All ways of starting in turns, each in processes of its own."""
    taken: dict[str, list[Start]] = {}
    with tempfile.TemporaryDirectory(prefix="waystation-") as folder:
        ways = _ways(Path(folder))
        for number in range(effort.starts + 1):
            for name, (root, path) in ways.items():
                start = _started(root, path, stack.environment)
                if number:  # the first brings the files into the machine's memory
                    taken.setdefault(name, []).append(start)
        own = [file.read_text("utf-8").count("\n") for file in (Path(folder) / "source/chalicelib").rglob("*.py")]
    return _figure(taken, len(own), sum(own))


def _ways(folder: Path) -> Mapping[str, tuple[Path, str]]:
    """Where each way of starting lies, and what it is asked; the bare ones have botocore's data as it comes."""
    packed, source = folder / "packed", folder / "source"
    with zipfile.ZipFile(package.build("local").code) as zipped:
        zipped.extractall(packed)
    shutil.copytree(packed, source, ignore=shutil.ignore_patterns("__pycache__", "compiled"))
    ways = {"product": (packed, PATH), "product, source": (source, PATH)}
    for suffix, whole in (("", packed), (", source", source)):
        for name, code in (("bare", BARE_APP), ("libraries", LIBRARIES + BARE_APP)):
            ways[name + suffix] = (_bare(folder / (name + suffix), whole, code), BARE_ROUTE)
    return ways


def _bare(root: Path, whole: Path, code: str) -> Path:
    (root / "botocore").mkdir(parents=True)
    for entry in (*whole.iterdir(), *(whole / "botocore").iterdir()):
        if entry.name not in ("app.py", "__pycache__", "chalicelib", "forms", "botocore", "data"):
            (root / entry.relative_to(whole)).symlink_to(entry)
    (root / "botocore" / "data").symlink_to(Path(botocore.__file__).parent / "data")
    (root / "app.py").write_text(code, "utf-8")
    return root


def _started(root: Path, path: str, environment: Mapping[str, str]) -> Start:
    """Wall and CPU milliseconds until the first answer, and wall milliseconds of the import alone."""
    # Nothing is written beside the sources: a second start would find what the first one compiled.
    command = [sys.executable, "-I", "-S", "-B", "-c", STARTER, str(root)]
    said = json.dumps(event(path, declaration(document_number=f"E{fresh(8)}")))
    done = subprocess.run(
        command, env=child({**environment}), input=said, capture_output=True, text=True, check=False, cwd=os.sep
    )
    assert done.returncode == 0, done.stderr
    wall, cpu, imported = json.loads(done.stdout)
    return wall, cpu, imported


def _figure(taken: dict[str, list[Start]], modules: int, lines: int) -> Figure:
    cpu = {name: [start[1] for start in starts] for name, starts in taken.items()}
    wall = {name: [start[0] for start in starts] for name, starts in taken.items()}
    over = ratio(cpu["product, source"], cpu["bare, source"])
    packed, shrunk = ratio(cpu["product"], cpu["bare"]), ratio(cpu["product"], cpu["product, source"])
    libraries = ratio(cpu["libraries, source"], cpu["bare, source"])
    deployed = ratio(cpu["product"], cpu["bare, source"])
    return Figure(
        name="start",
        title="A cold function",
        measured="A fresh Python with nothing but the unpacked package imports the API function and answers its first"
        " declaration. A bare Chalice application with a boto3 client puts what it gets; another one imports the"
        " libraries too that a declaration needs: PynamoDB, phonenumbers, msgspec, cryptography.",
        goals=[
            Goal("from source ÷ bare from source, CPU", over.median, MOST_OVER_BARE, over.said()),
            Goal("with bytecode ÷ from source, CPU", shrunk.median, MOST_OF_SOURCE, shrunk.said()),
        ],
        parts=[
            Table(
                ("", "CPU ÷ bare", "CPU ms", "wall ms", "of which import, wall ms"),
                [_row(name, taken) for name in taken],
            ),
            f"As it is deployed, with bytecode, it takes {deployed.said()} of what a bare application takes as Chalice"
            f" packages it, without; with bytecode in both it takes {packed.said()}. From source, every cold function"
            f" compiles what it imports: the libraries make {libraries.said()} of bare, the rest are Waystation's own"
            f" {modules} modules with {lines:,} lines. Only the package's bytecode spares that.",
        ],
        data={name: {"cpu": cpu[name], "wall": wall[name]} for name in taken},
    )


def _row(name: str, taken: dict[str, list[Start]]) -> tuple[str, ...]:
    kind, _, source = name.partition(", ")
    named = {"product": "Waystation", "bare": "bare", "libraries": "bare with the libraries"}[kind]
    cpu = [start[1] for start in taken[name]]
    bare = [start[1] for start in taken["bare, source" if source else "bare"]]
    return (
        f"{named}, {'from source' if source else 'with bytecode'}", f"{ratio(cpu, bare).median:.2f}",
        Spread.of(cpu).said(0), *(Spread.of([start[part] for start in taken[name]]).said(0) for part in (0, 2)),
    )  # fmt: skip
