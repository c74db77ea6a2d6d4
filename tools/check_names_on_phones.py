"""The names by which the phone's chooser finds a country; without ``--write`` it compares."""

import json
import sys
import tomllib
from pathlib import Path

from chalicelib.intake import countries
from tools.generated import ROOT, main

TARGET = Path("chalicelib/web/scripts/choosers/countries.js")
SEARCH = ROOT / "forms" / "search" / "countries.toml"


def script() -> str:
    """By code: the name in English, in Chinese, in pinyin, and what else it is called, parted by bars."""
    search = tomllib.loads(SEARCH.read_text("utf-8"))
    english, chinese = countries.names("en"), countries.names("zh-Hans")
    table = {
        code: "|".join([english[code], chinese[code], search["pinyin"][code], *search["also"].get(code, ())])
        for code in sorted(english)
    }
    return f"""// Generated from forms/countries and forms/search by `python -m tools.check_names_on_phones --write`.
export const COUNTRIES = {json.dumps(table, ensure_ascii=False, separators=(",", ":"))};
"""


if __name__ == "__main__":
    sys.exit(main(TARGET, script(), "check_names_on_phones"))
