"""The bytes that Lambda gets: Chalice's zip without what nobody calls, with bytecode, the same for the same input."""

import py_compile
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from infra.descriptions import lightened

BOTOCORE_SERVICES = ("dynamodb", "kms", "secretsmanager", "sns", "sqs", "sts")
DROPPED = re.compile(
    "|".join(
        (
            r"(^|/)(__pycache__|tests)/",
            r"\.(pyi|pyx|pxd|c|h|scss)$",
            r"\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json|licenses/.*)$",
            rf"^botocore/data/(?!({'|'.join(BOTOCORE_SERVICES)})/)[^/]+/",
            r"^(boto3|botocore)/examples/|^boto3/data/(?!dynamodb/|sqs/)[^/]+/",
            # Sending and asking for a text message is all that is called of the provider's client.
            r"^twilio/(twiml/|rest/(?!api/|__init__\.py)[^/]+)",
            # Where a number is from in words, and whose network it is: not needed to read and check one.
            r"^phonenumbers/(geodata|carrierdata|tzdata)/",
            r"(^|/)pytest_plugin\.py$",
        )
    )
)
EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(files: Mapping[str, Path], target: Path) -> None:
    """Write ``target`` with the files, named as in it: pruned, sorted, dated 1980, each module with its bytecode."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        _fill(out, files)


def append(files: Mapping[str, Path], base: Path, target: Path) -> None:
    """Write ``target`` as the zip ``base`` with the files after what it holds; ``base`` stays as it is."""
    target.write_bytes(base.read_bytes())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as out:
        _fill(out, files)


def _fill(out: zipfile.ZipFile, files: Mapping[str, Path]) -> None:
    for name in sorted(kept(files)):
        content = lightened(name, files[name].read_bytes(), BOTOCORE_SERVICES)
        _add(out, name, content)
        if name.endswith(".py"):
            _add(out, bytecode_name(name), bytecode(name, content))


def kept(names: Iterable[str]) -> Iterator[str]:
    """The names of ``names`` that something at run time reads."""
    return (name for name in names if not DROPPED.search(name))


def bytecode_name(name: str) -> str:
    """Where Python looks for the bytecode of the module file ``name``."""
    folder, _, stem = name.removesuffix(".py").rpartition("/")
    return f"{folder}/__pycache__/{stem}.{sys.implementation.cache_tag}.pyc".removeprefix("/")


def bytecode(name: str, source: bytes) -> bytes:
    """Compile without a date in it: all files of the package carry 1980, which would void a dated one."""
    with tempfile.TemporaryDirectory() as folder:
        file, compiled = Path(folder, "module.py"), Path(folder, "module.pyc")
        file.write_bytes(source)
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(file), str(compiled), dfile=name, doraise=True, invalidation_mode=mode)
        return compiled.read_bytes()


def _add(out: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    out.writestr(entry, content)
