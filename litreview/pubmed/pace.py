"""Keeps requests apart in time, over all threads and all processes of this user."""

import contextlib
import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: requests are kept apart within this process only
    fcntl = None  # type: ignore[assignment]

# NCBI counts arrivals, and the network brings requests closer together than they were sent.
_MARGIN = 1.1


class Pace:
    """A turnstile that lets one request through per interval."""

    def __init__(
        self,
        requests_per_second: float,
        *,
        shared: Path | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`shared` is a small file through which processes keep apart; without it only threads do."""
        self._interval = _MARGIN / requests_per_second
        self._shared = shared
        self._monotonic = monotonic
        self._sleep = sleep
        self._lock = threading.Lock()
        self._last = float("-inf")

    def wait(self) -> None:
        """Return when the next request may be sent."""
        with self._lock, _stamp(self._shared) as stamp:
            now = self._monotonic()
            # A stamp from the future was written before this machine was started.
            last = max((seen for seen in (self._last, stamp.read()) if seen <= now), default=now - self._interval)
            pause = last + self._interval - now
            if pause > 0:
                self._sleep(pause)
            self._last = max(now, last + self._interval, self._monotonic())
            stamp.write(self._last)


def shared_file(host: str) -> Path:
    """The file through which this user's processes keep apart when they ask `host`."""
    digest = hashlib.sha256(host.encode()).hexdigest()[:12]
    user = os.getuid() if hasattr(os, "getuid") else 0
    return Path(tempfile.gettempdir()) / f"litreview-{user}-{digest}.pace"


class _Stamp:
    """The time of the last request of any process, in a locked file."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def read(self) -> float:
        if self._descriptor is None:
            return float("-inf")
        try:
            return float(os.pread(self._descriptor, 40, 0).decode("ascii"))
        except (ValueError, OSError):
            return float("-inf")

    def write(self, moment: float) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.pwrite(self._descriptor, f"{moment:<40.6f}".encode("ascii"), 0)


@contextlib.contextmanager
def _stamp(path: Path | None) -> Iterator[_Stamp]:
    descriptor = _locked(path) if path else None
    try:
        yield _Stamp(descriptor)
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _locked(path: Path) -> int | None:
    """An open, locked descriptor; `None` where the file cannot be had: this process then keeps its own pace only."""
    if fcntl is None:
        return None
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
