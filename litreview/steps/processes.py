"""Further processes beside this one: how they begin, and that they end with it."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from threading import Thread
from types import ModuleType


@contextmanager
def main_out_of_sight() -> Iterator[None]:
    """A spawned process would begin by running the script that called us once more; ours needs nothing of it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def stay_with_parent() -> None:
    """For a process to call at its beginning: it leaves Ctrl-C to its parent, and does not outlive that when killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
