"""Modules of the phone's scripts, bundled for a test that asks them something in the browser."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def module(path: str, name: str) -> str:
    """What a module below scripts/ exports, as a script that makes it the global ``name``."""
    esbuild = ROOT / "node_modules" / "esbuild-wasm" / "bin" / "esbuild"
    command = ["node", str(esbuild), str(ROOT / "chalicelib/web/scripts" / path), "--bundle", f"--global-name={name}"]
    built = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return f"{built.stdout}\nwindow.{name} = {name};"
