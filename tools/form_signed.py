"""What travellers sign changes only with its version: signed.toml of each form holds the digest of every text."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from tools.form_files import Source, read

SIGNED = "signed.toml"
HEAD = "# What travellers signed, by language, text and version: its SHA-256. A line is added, and never changed.\n"
Texts = Mapping[str, Source]
"""The text files of one version of a form, by language."""


def check_signed(folder: Path, texts: Texts) -> Source:
    """The kept digests, with what is wrong: a text that none is kept of, and one that changed."""
    source, signed = _kept(folder), digests(texts)
    for name, digest in signed.items():
        if name not in source.raw:
            source.blame(f"no digest of {name} yet: run `python -m tools.check_forms --write`")
        elif source.raw[name] != digest:
            source.blame(f"the text of {name} changed: raise its version", name)
    return source


def write(folder: Path, texts: Texts) -> None:
    """Add the digests of new texts; those of known ones stay. A form that asks for no signature has none."""
    kept = {**digests(texts), **_kept(folder).raw}
    if kept:
        lines = (f'"{text}" = "{kept[text]}"\n' for text in sorted(kept))
        (folder / SIGNED).write_text(HEAD + "".join(lines), encoding="utf-8")


def digests(texts: Texts) -> dict[str, str]:
    """The SHA-256 of each text to be signed: ``fr/consent/1``."""
    return {
        f"{tag}/{name}/{signing['version']}": sha256(signing["text"].strip().encode()).hexdigest()
        for tag, source in texts.items()
        for name, signing in source.raw.get("signed", {}).items()
    }


def _kept(folder: Path) -> Source:
    path = folder / SIGNED
    return read(path) if path.is_file() else Source(path)
