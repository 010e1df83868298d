"""A stand-in for E-utilities on this machine, over a folder of records: what tests and the demonstration talk to."""

import json
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from litreview.pubmed.collection import Collection, load
from litreview.pubmed.programs import Programs, Request, Response

FaultKind = Literal["status", "truncate", "short", "empty", "html", "error", "stall", "reset", "expire"]
_LARGEST_REQUEST = 1 << 26
_HTML = b"<html><head><title>Error</title></head><body><p>The server is busy.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong with one request.

    `status` answers with that status, `text` and `headers`; `truncate` breaks the body off before its promised length,
    `short` without having promised one; `empty` and `html` answer 200; `error` puts `text` into an `<ERROR>`; `stall`
    waits `seconds`; `reset` closes the connection; `expire` forgets the history before answering.
    """

    kind: FaultKind
    status: int = 500
    text: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 1.0


Faults = Iterable[Fault | None] | Callable[[Request], Fault | None]


class Replay:
    """E-utilities over a folder, at `url` while the `with` block lasts.

    `source` is a folder as `collection.load` takes it, or a collection. `rate` is how many requests a second are let
    through, `key_rate` how many with a key; `None` lets all through. `faults` are met one request each, in order, or
    chosen by a function. `requests` are those that came, in order.
    """

    def __init__(
        self,
        source: Path | str | Collection,
        *,
        limit: int = 9_999,
        rate: int | None = None,
        key_rate: int | None = None,
        faults: Faults = (),
        mapping: Mapping[str, str] | None = None,
        narrower: Mapping[str, Iterable[str]] | None = None,
        today: Callable[[], date] = date.today,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        held = source if isinstance(source, Collection) else load(Path(source), narrower=narrower, today=today)
        self.programs = Programs(held, limit=limit, mapping=mapping)
        self.requests: list[Request] = []
        self._allowed = {False: rate, True: key_rate if key_rate is not None else rate}
        self._recent: dict[str, deque[float]] = {}
        self._monotonic = monotonic
        self._fault = faults if callable(faults) else _in_turn(faults)
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> "Replay":
        self._closing.clear()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.replay = self
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closing.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def url(self) -> str:
        """The address to give as `base_url`; `RuntimeError` outside the `with` block."""
        if self._server is None:
            raise RuntimeError("the replay is not running: use it in a with block")
        return f"http://127.0.0.1:{self._server.server_address[1]}/entrez/eutils/"

    def respond(self, request: Request) -> tuple[Response, Fault | None]:
        """The response to one request, with the fault that it meets."""
        with self._lock:
            self.requests.append(request)
            fault = self._fault(request)
            too_many = self._too_many(request)
        if too_many:
            return too_many, None
        if fault and fault.kind == "expire":
            self.programs.history.forget()
        return _spoilt(self.programs.answer(request), fault), fault

    def stall(self, seconds: float) -> None:
        """Wait, but not beyond the end of the `with` block."""
        self._closing.wait(seconds)

    def _too_many(self, request: Request) -> Response | None:
        key = request("api_key")
        allowed = self._allowed[bool(key)]
        if allowed is None:
            return None
        now = self._monotonic()
        recent = self._recent.setdefault(key, deque())
        while recent and recent[0] <= now - 1:
            recent.popleft()
        recent.append(now)
        if len(recent) <= allowed:
            return None
        said = json.dumps({"error": "API rate limit exceeded", "count": str(len(recent))}).encode()
        return Response(429, said, "application/json", (("Retry-After", "2"),))


def _in_turn(faults: Iterable[Fault | None]) -> Callable[[Request], Fault | None]:
    waiting = iter(faults)
    return lambda request: next(waiting, None)


def _spoilt(response: Response, fault: Fault | None) -> Response:
    if fault is None:
        return response
    if fault.kind == "status":
        return Response(fault.status, (fault.text or f"HTTP {fault.status}").encode(), "text/plain", fault.headers)
    if fault.kind == "empty":
        return Response(200, b"")
    if fault.kind == "html":
        return Response(200, _HTML, "text/html")
    if fault.kind == "error":
        return Response(200, f"<eResult><ERROR>{fault.text or 'Search Backend failed'}</ERROR></eResult>".encode())
    return response


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    replay: Replay

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is its own business."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "replay"

    def do_GET(self) -> None:
        """Answer a request whose parameters are in its address."""
        self._answer("GET", urlsplit(self.path).query)

    def do_POST(self) -> None:
        """Answer a request whose parameters are in its body."""
        size = min(int(self.headers.get("Content-Length") or 0), _LARGEST_REQUEST)
        sent = self.rfile.read(size).decode("utf-8", "replace")
        self._answer("POST", "&".join(filter(None, (urlsplit(self.path).query, sent))))

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def _answer(self, method: str, query: str) -> None:
        program = urlsplit(self.path).path.rsplit("/", 1)[-1]
        params: dict[str, Sequence[str]] = dict(parse_qs(query, keep_blank_values=True, max_num_fields=100_000).items())
        replay = self.server.replay
        response, fault = replay.respond(Request(program, method, params))
        if fault and fault.kind == "stall":
            replay.stall(fault.seconds)
        if fault and fault.kind == "reset":
            self._reset()
            return
        self._write(response, fault)

    def _write(self, response: Response, fault: Fault | None) -> None:
        cut = fault is not None and fault.kind in ("truncate", "short")
        promised = None if fault and fault.kind == "short" else len(response.body)
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        for name, value in response.headers:
            self.send_header(name, value)
        if promised is not None:
            self.send_header("Content-Length", str(promised))
        self.end_headers()
        self.wfile.write(response.body[: len(response.body) * 2 // 3] if cut else response.body)

    def _reset(self) -> None:
        """Close so that the other side sees a reset, not an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()
