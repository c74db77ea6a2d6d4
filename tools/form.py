"""`make form FORM=arrival`: a form's definition and words are judged, then it is put into pages to be looked at."""

import argparse
import sys

from chalicelib.intake.forms import load
from infra.local.environment import ROOT
from tools.check_forms import faults_of
from tools.form_files import every_form, versions
from tools.form_preview import write_preview

TARGET = ROOT / ".local" / "forms"


def main() -> int:
    """1 when something is to be mended: each fault on a line of its own, file and line first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--form", default="", help="a folder of forms/")
    form_id = parser.parse_args().form
    if not versions(form_id):
        print(f"FORM= names a form: {', '.join(every_form())}", file=sys.stderr)
        return 1
    found = [str(fault) for fault in faults_of(form_id)]
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    if found:
        return 1
    for folder in versions(form_id):
        form = load(form_id, int(folder.name[1:]))
        for page in write_preview(form, TARGET / form_id / folder.name):
            print(page.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
