"""Makes an API key in the stack that the environment leads to, and prints it."""

import sys

from chalicelib.wiring import wiring


def main() -> None:
    """The desk is the first argument, its district the second, when it has one."""
    desk, *district = sys.argv[1:]
    sys.stdout.write(wiring().gate.keys.make(desk, district[0] if district else None, "command line"))


if __name__ == "__main__":
    main()
