"""Every form is whole: its definition, its words in each language, and the versions that pages hand out."""

import sys
from collections.abc import Iterator
from pathlib import Path

from chalicelib.intake.forms import Form
from tools.form_definition import check_definition
from tools.form_files import FORMS, Fault, every_form, read, versions
from tools.form_texts import check_alike, check_shape, check_texts


def faults(forms: Path = FORMS) -> Iterator[Fault]:
    """What is wrong with any form."""
    for form_id in every_form(forms):
        yield from faults_of(form_id, forms)
    yield from _current(forms)


def faults_of(form_id: str, forms: Path = FORMS) -> Iterator[Fault]:
    """What is wrong with one form, in all of its versions."""
    if not versions(form_id, forms):
        yield Fault(forms / form_id, 1, "there is no such form")
    for folder in versions(form_id, forms):
        yield from _version(folder)


def _version(folder: Path) -> Iterator[Fault]:
    """A definition that cannot be read is mended first: what the words must be follows from it."""
    source = read(folder / "form.toml")
    file = check_definition(source)
    yield from source.faults
    if file is None:
        return
    texts = {language: read(folder / f"{language}.toml") for language in file.languages}
    readable = {language for language, text in texts.items() if check_shape(text)}
    form = Form(file, folder)
    for language in file.languages:
        if language in readable:
            check_texts(texts[language], form, language)
        if language in readable and not texts[language].faults and file.languages[0] in readable:
            check_alike(texts[language], texts[file.languages[0]])
        yield from texts[language].faults
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in {"form", *file.languages}:
            yield Fault(path, 1, f'"{path.stem}" is none of the languages of {folder / "form.toml"}')


def _current(forms: Path) -> Iterator[Fault]:
    source = read(forms / "current.toml")
    for form_id, version in source.raw.items():
        if f"v{version}" not in {path.name for path in versions(form_id, forms)}:
            source.blame(f'"{form_id}" has no version {version}', form_id)
    for form_id in every_form(forms):
        if form_id not in source.raw:
            source.blame(f'which version of "{form_id}" do pages hand out?')
    yield from source.faults


def main() -> int:
    """1 when something is found."""
    found = [str(fault) for fault in faults()]
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
