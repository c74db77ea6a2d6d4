"""The third-party part of the Lambda package: built once for each set of pins, and kept in build/."""

import hashlib
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from chalice.deploy.packager import DependencyBuilder, MissingDependencyError, PackageDownloadError
from chalice.utils import OSUtils

from infra import bundle

PINS = ("requirements.txt", "requirements-lock.txt", "infra/bundle.py", "infra/dependencies.py",
        "infra/descriptions.py")  # fmt: skip


class DependencyError(Exception):
    """The packages could not be had; the message is one sentence for whoever called make."""


def built(root: Path, *, local: bool) -> Path:
    """The finished zip of the packages in requirements.txt; ``local`` allows this machine's own where Lambda's fail."""
    native = local and not _like_lambda()
    zipped = root / "build" / f"dependencies-{_digest(root, native=native)}.zip"
    if not zipped.exists():
        with tempfile.TemporaryDirectory(prefix="waystation-") as folder:
            site = Path(folder, "site")
            site.mkdir()
            _install(root / "requirements.txt", site, native=native)
            unfinished = Path(folder, "finished.zip")
            bundle.pack(
                {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}, unfinished
            )
            zipped.parent.mkdir(exist_ok=True)
            # Only a whole file may carry the name that says it is done.
            partial = zipped.with_suffix(".part")
            partial.write_bytes(unfinished.read_bytes())
            partial.replace(zipped)
    return zipped


def _digest(root: Path, *, native: bool) -> str:
    total = hashlib.sha256(f"{sys.implementation.cache_tag} {native and platform.platform()}".encode())
    for name in PINS:
        total.update((root / name).read_bytes())
    return total.hexdigest()[:16]


def _like_lambda() -> bool:
    return sys.platform == "linux" and platform.machine() == "x86_64"


def _install(requirements: Path, site: Path, *, native: bool) -> None:
    if native:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(site), "-r", str(requirements)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            raise DependencyError("The Lambda package's wheels could not be fetched: check the network and try again.")
        return
    abi = f"cp{sys.version_info.major}{sys.version_info.minor}"
    try:
        DependencyBuilder(OSUtils()).build_site_packages(abi, str(requirements), str(site))
    except MissingDependencyError as error:
        missing = ", ".join(sorted(package.identifier for package in error.missing))
        raise DependencyError(f"There are no wheels that run on Lambda for: {missing}.") from error
    except PackageDownloadError as error:
        raise DependencyError(
            "The Lambda package's wheels could not be fetched: check the network and try again."
        ) from error
