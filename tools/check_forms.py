"""Every form speaks every language of the pages: nothing missing, left over, untranslated, or with other placeholders.

What is signed changes only with its version: forms/<form>/<version>/signed.toml holds the digest of each text, and
``--write`` adds those of new ones.
"""

import string
import sys
import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from chalicelib.web.language import LANGUAGES
from tools.generated import ROOT

FORMS = ROOT / "forms"
SIGNED = "signed.toml"
HEAD = "# What travellers signed, by language, text and version: its SHA-256. A line is added, and never changed.\n"
LONGEST_ALIKE = 3
"""Words: a longer text that is the same in two languages was not translated."""
Words = Mapping[str, Any]


def faults(forms: Path = FORMS) -> Iterator[str]:
    """What is wrong with the text files of forms and with the names of countries."""
    for folder in sorted(path.parent for path in forms.glob("*/v*/form.toml")):
        yield from of_form(folder)
    first = _read(forms / "countries" / "en.toml")
    for tag in LANGUAGES:
        path = forms / "countries" / f"{tag}.toml"
        names = _read(path) if path.is_file() else {}
        yield from (f"{_name(path)}: missing: {code}" for code in sorted(first.keys() - names.keys()))


def of_form(folder: Path) -> Iterator[str]:
    """What is wrong with one version of a form. The newest speaks all languages, an older one those of its time."""
    languages = _read(folder / "form.toml")["languages"]
    if folder == max(folder.parent.glob("v*"), key=lambda path: int(path.name[1:])):
        yield from (f"{_name(folder / 'form.toml')}: languages: no {tag}" for tag in LANGUAGES if tag not in languages)
    unread = [fault for tag in languages for fault in _unread(folder / f"{tag}.toml")]
    yield from unread or _of_texts(folder, languages)


def _unread(path: Path) -> Iterator[str]:
    try:
        _read(path)
    except (FileNotFoundError, tomllib.TOMLDecodeError) as wrong:
        yield f"{_name(path)}: {'missing' if isinstance(wrong, FileNotFoundError) else wrong}"


def _of_texts(folder: Path, languages: list[str]) -> Iterator[str]:
    texts = {tag: flat(_read(folder / f"{tag}.toml")) for tag in languages}
    for tag in languages[1:]:
        found = compared(texts[languages[0]], texts[tag])
        yield from (f"{_name(folder / f'{tag}.toml')}: {fault}" for fault in found)
    yield from _of_signed(folder)


def compared(first: Words, words: Words) -> Iterator[str]:
    """What is wrong with a language's texts beside those of the first. A hint may be in one language alone."""
    for key in sorted(first.keys() ^ words.keys()):
        if not key.endswith("/hint"):
            yield f"{key}: {'missing' if key in first else 'not in the first language'}"
    for key in sorted(first.keys() & words.keys()):
        ours, theirs = str(words[key]), str(first[key])
        if not ours.strip():
            yield f"{key}: empty"
        if holes(ours) != holes(theirs):
            yield f"{key}: other placeholders than in the first language"
        if ours == theirs and len(ours.split()) > LONGEST_ALIKE:
            yield f"{key}: not translated"


def holes(text: str) -> set[str]:
    """The placeholders of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def flat(tree: Words, prefix: str = "") -> dict[str, Any]:
    """Texts by path: ``field/symptoms/choices/fever``."""
    found: dict[str, Any] = {}
    for key, value in tree.items():
        found |= flat(value, f"{prefix}{key}/") if isinstance(value, dict) else {prefix + key: value}
    return found


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each text to be signed: ``fr/consent/1``."""
    found = {}
    for tag in _read(folder / "form.toml")["languages"]:
        for name, signing in _read(folder / f"{tag}.toml").get("signed", {}).items():
            found[f"{tag}/{name}/{signing['version']}"] = sha256(signing["text"].strip().encode()).hexdigest()
    return found


def _of_signed(folder: Path) -> Iterator[str]:
    path = folder / SIGNED
    kept = _read(path) if path.is_file() else {}
    for text, digest in digests(folder).items():
        if text not in kept:
            yield f"{_name(path)}: {text}: missing: run `python -m tools.check_forms --write`"
        elif kept[text] != digest:
            yield f"{_name(path)}: {text}: the text changed: raise its version"


def write(folder: Path) -> None:
    """Add the digests of new texts; those of known ones stay."""
    path = folder / SIGNED
    kept = {**digests(folder), **(_read(path) if path.is_file() else {})}
    path.write_text(HEAD + "".join(f'"{text}" = "{kept[text]}"\n' for text in sorted(kept)), encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def main() -> int:
    """1 when something is found."""
    if "--write" in sys.argv[1:]:
        for path in FORMS.glob("*/v*/form.toml"):
            write(path.parent)
    found = list(faults())
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
