"""The states of machine-readable lines as the phone's script has them; without ``--write`` it compares."""

import sys
from pathlib import Path

from chalicelib.intake.mrz.reading import states
from tools.generated import main

TARGET = Path("chalicelib/web/scripts/lines/states.js")
WIDTH = 3


def script() -> str:
    """Five characters for each: the code in the lines, filled up with blanks, and its alpha-2."""
    table = "".join(f"{code:<{WIDTH}}{alpha2}" for code, alpha2 in states().items())
    return f"""// Generated from intake/mrz/states.toml by `python -m tools.check_states_on_phones --write`.
const TABLE = "{table}";

/** The alpha-2 code of a state by its code in the lines, else nothing. */
export function stateOf(code) {{
  for (let at = 0; at < TABLE.length; at += 5) {{
    if (TABLE.slice(at, at + 3).trim() === code) return TABLE.slice(at + 3, at + 5);
  }}
  return "";
}}
"""


if __name__ == "__main__":
    sys.exit(main(TARGET, script(), "check_states_on_phones"))
