"""`make package`: the Lambda package and its template, as build/STAGE/deployment.zip and build/STAGE/template.json."""

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra import bundle, template
from infra.local.environment import REGION, ROOT, Addresses, application, child, stage_settings

INPUTS = ("app.py", "chalicelib", "forms", ".chalice/config.json", "infra/resources.yaml", "infra/functions.yaml")
INPUT_PATTERNS = (".chalice/policy-*.json", "requirements*.txt", "infra/*.py")
NOT_SHIPPED = {"__pycache__", "styles"}


@dataclass(frozen=True)
class Package:
    """What is deployed: ``digest`` names the sources it was made of."""

    stage: str
    code: Path
    template: Path
    digest: str

    def body(self) -> dict[str, Any]:
        """The template as data."""
        loaded: dict[str, Any] = json.loads(self.template.read_text(encoding="utf-8"))
        return loaded


def build(stage: str, root: Path = ROOT) -> Package:
    """Package ``stage``, or take what lies in build/ when it was made of the same sources; raises PackageError."""
    folder = root / "build" / stage
    package = Package(stage, folder / "deployment.zip", folder / "template.json", digest(root))
    made_of = folder / "digest"
    if made_of.is_file() and made_of.read_text() == package.digest:
        return package
    made_of.unlink(missing_ok=True)
    raw = _chalice_package(stage, folder, root)
    bundle.finish(raw / "deployment.zip", package.code)
    package.template.write_text((raw / "sam.json").read_text(encoding="utf-8"), encoding="utf-8")
    made_of.write_text(package.digest)
    return package


class PackageError(Exception):
    """Packaging failed; the message is for whoever called make."""


def digest(root: Path = ROOT) -> str:
    """A hash over every file that decides what the package holds, and the Python that compiled it."""
    total = hashlib.sha256(sys.implementation.cache_tag.encode())
    for path in sorted(_inputs(root)):
        total.update(f"{path.relative_to(root)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _inputs(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = root / name
        yield from ([path] if path.is_file() else (file for file in path.rglob("*") if _ships(file, root)))
    for pattern in INPUT_PATTERNS:
        yield from root.glob(pattern)


def _ships(path: Path, root: Path) -> bool:
    return path.is_file() and not NOT_SHIPPED.intersection(path.relative_to(root).parts)


def _chalice_package(stage: str, folder: Path, root: Path) -> Path:
    raw = folder / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    extras = folder / "additions.json"
    extras.write_text(json.dumps(template.additions(stage_settings(stage)["TABLE_PREFIX"])))
    command = [sys.executable, "-c", "from chalice.cli import main; main()", "package", "--stage", stage]
    command += ["--template-format", "json", "--merge-template", str(extras), str(raw)]
    # Importing the application reads settings; nothing is called, so the addresses only have to be well-formed.
    env = child({**application(stage, Addresses("", "https://packaging.invalid")), "AWS_DEFAULT_REGION": REGION})
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PackageError(_reason(done.stderr))
    return raw


def _reason(stderr: str) -> str:
    lines = [line for line in stderr.strip().splitlines() if line.strip()] or ["no reason was given"]
    if "onnection" in stderr or "Could not find a version" in stderr:
        return f"the Lambda package needs the network to fetch its wheels once ({lines[-1].strip()})"
    return f"chalice could not make the Lambda package: {lines[-1].strip()}"


def main() -> int:
    """Package the stage that is asked for, and say where the files are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", default="local")
    stage = parser.parse_args().stage
    try:
        package = build(stage)
    except (PackageError, KeyError) as error:
        print(f"Nothing was packaged: {error}", file=sys.stderr)
        return 1
    size = package.code.stat().st_size / 1e6
    print(f"{package.code.relative_to(ROOT)} ({size:.1f} MB) and {package.template.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
