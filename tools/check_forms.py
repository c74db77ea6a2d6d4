"""Every form is whole: its definition, its words in each language, what is signed, and the versions handed out.

``--write`` adds the digests of new texts to sign. ``make form FORM=…`` judges one form by the same rules.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from chalicelib.intake.definition import FormFile
from chalicelib.intake.forms import Form
from tools.form_definition import check_definition
from tools.form_files import FORMS, Fault, Source, every_form, read, versions
from tools.form_languages import check_alike, check_countries, check_explanations, check_spoken
from tools.form_signed import SIGNED, check_signed, write
from tools.form_texts import check_shape, check_texts

OTHERS = ("form", Path(SIGNED).stem)
"""Files of a form that are no language."""


def faults(forms: Path = FORMS) -> Iterator[Fault]:
    """What is wrong with any form, with the names of countries and with the explanations."""
    for form_id in every_form(forms):
        yield from faults_of(form_id, forms)
    yield from _current(forms)
    for source in (*check_countries(forms), *check_explanations(forms)):
        yield from source.faults


def faults_of(form_id: str, forms: Path = FORMS) -> Iterator[Fault]:
    """What is wrong with one form, in all of its versions."""
    folders = versions(form_id, forms)
    if not folders:
        yield Fault(forms / form_id, 1, "there is no such form")
    for folder in folders:
        yield from _version(folder, newest=folder == folders[-1])


def _version(folder: Path, *, newest: bool) -> Iterator[Fault]:
    """A definition that cannot be read is mended first: what the words must be follows from it."""
    source = read(folder / "form.toml")
    file = check_definition(source)
    if file and newest:
        check_spoken(source, file.languages)
    yield from source.faults
    if file:
        yield from _words(folder, file)


def _words(folder: Path, file: FormFile) -> Iterator[Fault]:
    texts = texts_of(folder, file.languages)
    readable = {language: text for language, text in texts.items() if check_shape(text)}
    form, first = Form(file, folder), readable.get(file.languages[0])
    for language, text in readable.items():
        check_texts(text, form, language)
        if first and text is not first and not text.faults:
            check_alike(text, first)
    for text in texts.values():
        yield from text.faults
    yield from check_signed(folder, readable).faults
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in (*OTHERS, *file.languages):
            yield Fault(path, 1, f'"{path.stem}" is none of the languages of form.toml')


def texts_of(folder: Path, languages: tuple[str, ...]) -> dict[str, Source]:
    """The text files of a version of a form."""
    return {language: read(folder / f"{language}.toml") for language in languages}


def _current(forms: Path) -> Iterator[Fault]:
    source = read(forms / "current.toml")
    for form_id, version in source.raw.items():
        if f"v{version}" not in {path.name for path in versions(form_id, forms)}:
            source.blame(f'"{form_id}" has no version {version}', form_id)
    for form_id in every_form(forms):
        if form_id not in source.raw:
            source.blame(f'which version of "{form_id}" do pages hand out?')
    yield from source.faults


def write_all(forms: Path = FORMS) -> None:
    """Add the digests of every text to sign that none is kept of."""
    for form_id in every_form(forms):
        for folder in versions(form_id, forms):
            write(folder, texts_of(folder, tuple(read(folder / "form.toml").raw["languages"])))


def main() -> int:
    """1 when something is found."""
    if "--write" in sys.argv[1:]:
        write_all()
    found = [str(fault) for fault in faults()]
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
