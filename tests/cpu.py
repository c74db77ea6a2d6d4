"""What something costs this process, whatever else the machine does."""

import time
from collections.abc import Callable


def spent(act: Callable[[], object]) -> float:
    """Seconds of this process's own time on the processor, its server threads' included."""
    began = time.process_time()
    act()
    return time.process_time() - began


def as_cheap_as(usual: Callable[[], object], act: Callable[[], object], *, times: float = 100.0) -> bool:
    """Whether ``act`` costs at most ``times`` what ``usual`` does; what grows with a square takes far more."""
    return spent(act) <= times * max(spent(usual), 0.001)
