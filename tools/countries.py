"""Writes forms/countries/<language>.toml from the names of the Unicode CLDR: `python -m tools.countries fr de`.

Made once for a language and then kept by hand: a name that a country asked for stays when the CLDR does not have it.
The codes are those of the English file; the order is how the language sorts, which Node's ICU knows.
"""

import json
import subprocess
import sys
from collections.abc import Iterable

from babel import Locale

from chalicelib.intake.countries import codes
from tools.generated import ROOT

HEAD = "# ISO 3166-1 alpha-2 codes and names, after the Unicode CLDR; in the order of the page, by name.\n"
SORTING = """const [tag, names] = JSON.parse(process.argv[1]);
console.log(JSON.stringify(names.sort(new Intl.Collator(tag).compare)));"""


def names(tag: str) -> dict[str, str]:
    """Names by code, in the order of the language. Raises babel.UnknownLocaleError, or KeyError for an unnamed one."""
    known = Locale.parse(tag, sep="-").territories
    found = {known[code]: code for code in codes()}
    return {found[name]: name for name in _sorted(tag, found)}


def _sorted(tag: str, found: Iterable[str]) -> list[str]:
    asked = json.dumps([tag, list(found)])
    done = subprocess.run(["node", "-e", SORTING, asked], capture_output=True, text=True, check=True)
    ordered: list[str] = json.loads(done.stdout)
    return ordered


def written(tag: str) -> str:
    """The file as TOML."""
    return HEAD + "".join(f"{code} = {json.dumps(name, ensure_ascii=False)}\n" for code, name in names(tag).items())


if __name__ == "__main__":
    for one in sys.argv[1:]:
        (ROOT / "forms" / "countries" / f"{one}.toml").write_text(written(one), encoding="utf-8")
