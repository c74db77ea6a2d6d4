"""Names what a reader of a language stumbles over, in every form and on every page: marks of another script, signs that
turn round among letters written from the right, the familiar address, a second word for one thing.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chalicelib.web.language import LANGUAGES
from tools.translations import LOCALE, TRAVELLERS, po_path, read

FORMS = Path("forms")
HAN, ARABIC = r"[\u3040-\u30ff\u4e00-\u9fff]", r"[\u0600-\u06ff]"
HALF = rf"{HAN}[,:;?!]|[,:;?!]{HAN}"
WRONG = {
    "zh-Hans": rf"{HALF}|(?<!内地)(?<!大陆)通行证",
    "zh-Hant": HALF,
    "ja": rf"{HALF}|旅券",
    "ar": rf"{ARABIC} ?[,;?]|(?<!\u200e)(?:\+|<|\{{phone\}})|(?<![\u200e\d.])[\d.]+ °",
    "fr": r" [:;?!»]|« |\b(?:tu|ton|tes|tape[sz]?)\b",
    "es": r"\b(?:tú|tus?)\b",
    "pt": r"\b(?:você|tua|teu)\b",
    "ru": r"\b(?:ты|твой|анкет\w*)\b",
    "ko": r"당신",
    "th": r"ใบแจ้ง|(?<!หมาย)เลขอ้างอิง",
    "vi": r"\bbạn\b|\bhãy\b",
}
"""By language. U+200E stands before a plus, a `<` or a number of degrees in Arabic, U+00A0 before a colon in French."""


def words(value: Any) -> Iterator[str]:
    """Every text of a form's file but the signed ones, whose digests are kept."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from words(inner) if name != "signed" else ()


def said(language: str, forms: Path = FORMS) -> Iterator[tuple[Path, str]]:
    """Every sentence that travellers are shown in a language, with its file."""
    for path in sorted([*forms.glob(f"*/v*/{language}.toml"), *forms.glob(f"explanations/**/{language}.toml")]):
        yield from ((path, text) for text in words(tomllib.loads(path.read_text("utf-8"))))
    locale = LANGUAGES[language].catalogue
    for area in TRAVELLERS if (LOCALE / locale).exists() else ():
        for one in filter(lambda message: message.id, read(locale, area)):
            texts = one.string if isinstance(one.string, tuple) else (str(one.string),)
            yield from ((po_path(locale, area), text) for text in texts)


def faults(forms: Path = FORMS) -> Iterator[str]:
    """A line for each text with something in it that its language does without."""
    for language, wrong in WRONG.items():
        for path, text in said(language, forms):
            if found := re.search(wrong, text, re.IGNORECASE):
                yield f"{path}: not written so: {found[0]!r} in {text!r}"


def main() -> int:
    """1 when something is found."""
    found = list(faults())
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
