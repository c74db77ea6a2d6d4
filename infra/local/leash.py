"""Runs a module so that it never outlives its parent: `python -m infra.local.leash MODULE [ARGUMENT …]`.

Its standard input is a pipe that the parent holds. When the parent ends, however it ends, the pipe closes and the
module gets the SIGTERM that a clean stop would have sent, so the emulator writes its state even then.
"""

import os
import runpy
import signal
import sys
import threading


def _end_with_the_parent() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Watch standard input, and become the module that the arguments name."""
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
