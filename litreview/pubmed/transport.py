"""Sends what Bio.Entrez builds to the address of our settings, once, with a timeout."""

import http.client
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import wraps
from typing import Any

from Bio import Entrez

from litreview.pubmed.settings import OFFICIAL, Settings

_LARGEST_BODY = 1 << 30
_CHUNK = 1 << 16

_settings: ContextVar[Settings | None] = ContextVar("eutils_settings", default=None)
_hooking = threading.Lock()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: `status` is 0 where nothing did, and `trouble` then says what happened instead.

    `retry_after` is the server's wish in seconds.
    """

    status: int
    body: bytes = b""
    trouble: str = ""
    retry_after: float | None = None


def send(
    tool: str,
    params: dict[str, Any],
    settings: Settings,
    *,
    monotonic: Callable[[], float],
    now: Callable[[], datetime],
) -> Reply:
    """Ask one E-utility (`esearch`, `efetch`, `epost`, `elink`) once; no failure of the network raises."""
    deadline = monotonic() + 10 * settings.timeout
    try:
        with _redirected(settings), _call(tool, params, settings) as response:
            return Reply(response.status, _read(response, lambda: monotonic() > deadline))
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, _some(error), f"HTTP {error.code}", _retry_after(error.headers, now()))
    except urllib.error.URLError as error:
        return Reply(0, trouble=_said(error.reason))
    except (OSError, http.client.HTTPException) as error:
        return Reply(0, trouble=_said(error))


def _call(tool: str, params: dict[str, Any], settings: Settings) -> Any:
    asked = dict(params, email=settings.email, tool=settings.tool, api_key=settings.api_key or None)
    return getattr(Entrez, tool)(**asked)


@contextmanager
def _redirected(settings: Settings) -> Iterator[None]:
    """While open, and in this thread only, Bio.Entrez talks to our address."""
    _hook()
    token = _settings.set(settings)
    try:
        yield
    finally:
        _settings.reset(token)


def _hook() -> None:
    """Put our opener in front of Biopython's.

    Biopython's own has no base address and no timeout, retries without pause and keeps its rate without a lock. Other
    users of Bio.Entrez in this process still get it. The copied attributes hold the `previous` that it keeps time by.
    """
    with _hooking:
        theirs = Entrez._open
        if getattr(theirs, "is_litreview", False):
            return

        @wraps(theirs)
        def ours(request: urllib.request.Request) -> Any:
            settings = _settings.get()
            return theirs(request) if settings is None else _open(request, settings)

        ours.is_litreview = True  # type: ignore[attr-defined]
        setattr(Entrez, "_open", ours)  # noqa: B010 - Biopython types it as its own wrapper


def _open(request: urllib.request.Request, settings: Settings) -> Any:
    request.full_url = settings.url(request.full_url.removeprefix(OFFICIAL))
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if settings.is_loopback:
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers).open(request, timeout=settings.timeout)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would lose its ids, and a redirect may carry the key to another host."""

    def redirect_request(self, *_: object) -> None:
        return None


def _read(response: Any, late: Callable[[], bool]) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if late() or size > _LARGEST_BODY:
            raise TimeoutError("the answer did not end")
    promised = response.headers.get("Content-Length", "")
    if promised.isdigit() and size < int(promised):
        raise http.client.IncompleteRead(b"", int(promised) - size)
    return b"".join(parts)


def _some(error: urllib.error.HTTPError) -> bytes:
    """The beginning of an error's body, for what it says about the cause."""
    try:
        return error.read(_CHUNK)
    except (OSError, http.client.HTTPException):
        return b""


def _retry_after(headers: Message, now: datetime) -> float | None:
    """Seconds that the server wants us to wait, said as a number or as an HTTP date."""
    said = (headers.get("Retry-After") or "").strip()
    if re.fullmatch(r"\d+(\.\d+)?", said):
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())


def _said(reason: object) -> str:
    """A short word on a failure; never its address, which may hold the key."""
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, http.client.IncompleteRead):
        return "the answer was cut short"
    if isinstance(reason, ConnectionRefusedError):
        return "connection refused"
    if isinstance(reason, ConnectionError | http.client.HTTPException):
        return "the connection was closed"
    return str(getattr(reason, "strerror", None) or type(reason).__name__)
