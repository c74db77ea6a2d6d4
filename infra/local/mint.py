"""Makes an API key in the stack that the environment leads to, and prints it."""

import sys

from chalicelib.wiring import wiring


def main() -> None:
    """The desk is the first argument, its district the second, when it has one; one that nobody knows is refused."""
    desk, *districts = sys.argv[1:]
    here, district = wiring(), next(iter(districts), None)
    if district is not None and district not in here.ports.places.districts():
        sys.exit(f"nobody knows the district {district}.")
    sys.stdout.write(here.gate.keys.make(desk, district, "command line"))


if __name__ == "__main__":
    main()
