"""`make package`: the Lambda package and its template, as build/STAGE/deployment.zip and build/STAGE/template.json."""

import argparse
import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra import bundle, dependencies, template
from infra.dependencies import DependencyError
from infra.local.environment import ROOT, Addresses, application, child, stage_settings

LOCAL_STAGES = ("local", "drill")
SHIPPED = ("app.py", "chalicelib", "vendor", ".chalice/config.json")
DECIDING = (".chalice/policy-*.json", "requirements*.txt", "infra/*.yaml", "infra/*.py")
NOT_SHIPPED = ("__pycache__", "styles", "scripts", "*.pyc")


class PackageError(Exception):
    """Packaging failed; the message is for whoever called make."""


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
    with _alone(folder), tempfile.TemporaryDirectory(prefix="waystation-") as scratch:
        if made_of.is_file() and made_of.read_text() == package.digest:
            return package
        made_of.unlink(missing_ok=True)
        try:
            _package(package, root, Path(scratch))
        except DependencyError as error:
            raise PackageError(str(error)) from error
        made_of.write_text(package.digest)
    return package


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two test workers, or a run and a test, package one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(root: Path = ROOT) -> str:
    """A hash over every file that decides what the package holds, and the Python that compiled it."""
    total = hashlib.sha256(sys.implementation.cache_tag.encode())
    for name, path in sorted(_inputs(root)):
        total.update(f"{name}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _package(package: Package, root: Path, scratch: Path) -> None:
    project, raw, ours = scratch / "project", scratch / "raw", scratch / "ours"
    _copy_project(root, project)
    _chalice_package(package.stage, project, raw)
    with zipfile.ZipFile(raw / "deployment.zip") as zipped:
        zipped.extractall(ours)
    _compile_templates(package.stage, project, ours / "chalicelib/web/compiled")
    files = {file.relative_to(ours).as_posix(): file for file in ours.rglob("*") if file.is_file()}
    base = dependencies.built(root, local=package.stage in LOCAL_STAGES)
    bundle.append(files, base, package.code)
    shutil.copyfile(raw / "sam.json", package.template)


def _copy_project(root: Path, project: Path) -> None:
    """What Chalice packages, without requirements: they come from a zip that was built once, not at each change."""
    project.mkdir()
    for name in SHIPPED:
        source, target = root / name, project / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
        elif source.exists():
            shutil.copyfile(source, target)
    for policy in root.glob(DECIDING[0]):
        shutil.copyfile(policy, project / ".chalice" / policy.name)
    (project / "requirements.txt").touch()


def _chalice_package(stage: str, project: Path, raw: Path) -> None:
    extras = project.parent / "additions.json"
    extras.write_text(json.dumps(template.additions(stage_settings(stage)["TABLE_PREFIX"])))
    code = "import sys; from chalice.cli import main; sys.exit(main())"
    arguments = ["--template-format", "json", "--merge-template", str(extras), str(raw)]
    otherwise = "Chalice could not make the Lambda package"
    _in_project(stage, project, otherwise, code, "package", "--stage", stage, *arguments)


def _compile_templates(stage: str, project: Path, target: Path) -> None:
    """So that the first page of a cold function does not wait for Jinja's compiler."""
    code = "import sys; from pathlib import Path; from chalicelib.web import rendering; "
    code += "rendering.compile_templates(Path(sys.argv[1]))"
    _in_project(stage, project, "The templates could not be compiled", code, str(target))


def _in_project(stage: str, project: Path, otherwise: str, code: str, *arguments: str) -> None:
    """Run ``code`` in a Python of its own, in the project as it is packaged; raises PackageError."""
    # Importing the application reads settings; nothing is called, so the addresses only have to be well-formed.
    env = child(application(stage, Addresses("", "https://packaging.invalid")))
    env |= {"PYTHONPATH": str(project), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["no reason was given"]
        raise PackageError(f"{otherwise}: {lines[-1].strip()}")


def _inputs(root: Path) -> Iterator[tuple[str, Path]]:
    for name in SHIPPED:
        for path in _files(root / name):
            yield path.relative_to(root).as_posix(), path
    for pattern in DECIDING:
        yield from ((path.relative_to(root).as_posix(), path) for path in root.glob(pattern))


def _files(path: Path) -> Iterator[Path]:
    """Every file in it that ships; the forms come in by a link, which rglob would not follow."""
    if path.is_file():
        yield path
    elif path.is_dir() and path.name not in NOT_SHIPPED:
        for entry in path.iterdir():
            yield from _files(entry)


def main() -> int:
    """Package the stage that is asked for, and say where the files are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", default="local")
    stage = parser.parse_args().stage
    try:
        package = build(stage)
    except KeyError:
        print(f"There is no stage {stage} in .chalice/config.json.", file=sys.stderr)
        return 1
    except PackageError as error:
        print(f"Nothing was packaged. {error}", file=sys.stderr)
        return 1
    size = package.code.stat().st_size / 1e6
    print(f"{package.code.relative_to(ROOT)} ({size:.1f} MB) and {package.template.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
