"""Puts the reference data into a running stack and prints the first admin's sign-in link, if there is no admin yet."""

import sys

from chalicelib.wiring import wiring
from infra.reference.load import load


def main() -> None:
    """Both steps may be repeated: what is there stays as it is."""
    here = wiring()
    load(here.store, examples=here.settings.is_local)
    token = here.gate.links.first_admin()
    if token:
        sys.stdout.write(f"{here.settings.public_base}/console/setup/{token}\n")


if __name__ == "__main__":
    main()
