"""A small HTTP server on 127.0.0.1 that answers as it is told, faults and all. It knows nothing of any source.

Written by us for the tests; what it says of statistics is whatever the test gave it, and made up.

How a test gets it: ``from replies.server import LocalServer, Response, Script``. That works below ``tests/sources``,
whose conftest makes this folder importable as ``replies``; elsewhere put these lines in a conftest of your own, above
every other import from ``replies``::

    import sys
    from pathlib import Path
    from types import ModuleType

    _replies = sys.modules.setdefault("replies", ModuleType("replies"))
    _replies.__path__ = [str(Path(__file__).parents[1] / "replies")]  # as many parents as it takes to reach tests/

Then::

    def handler(request: Request) -> Response:
        return Response.of({"path": request.path, "year": request.query["year"][0]})

    with LocalServer(handler) as server:
        ...  # server.url, server.log

A handler that raises is answered with 501, and the error is raised again when the server is left, so that an assertion
about a request fails the test that made it.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

_NO_LINGER = struct.pack("ii", 1, 0)
"""Closing a socket with this set sends RST in place of FIN."""

_LARGEST_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked. ``path`` and ``query`` are percent-decoded; ``target`` is as sent; header names lower-case."""

    method: str
    target: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    at: float
    """``time.monotonic()`` when the whole request had come."""

    def json(self) -> Any:
        """Read the body as JSON."""
        return json.loads(self.body)

    def first(self, name: str, otherwise: str = "") -> str:
        """Return the first value of a query parameter."""
        return self.query.get(name, [otherwise])[0]


@dataclass(frozen=True, slots=True)
class Response:
    """What to answer, and how badly. Faults are off by default and can be combined with any status and body.

    ``delay``: seconds before the first byte. ``cut_after``: promise the whole length, send so many bytes of the body,
    then close. ``reset``: the same, but end with RST. ``drip``: send ``drip_bytes`` of the body, sleep ``drip``
    seconds, and so on. ``chunked``: send the body in chunks of ``chunk`` bytes; ``endless``: chunked, the body over and
    over, never an end. ``hang_up``: close without a word. ``close``: no keep-alive after this.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut_after: int | None = None
    reset: int | None = None
    drip: float = 0.0
    drip_bytes: int = 1
    chunked: bool = False
    chunk: int = 65536
    endless: bool = False
    hang_up: bool = False
    close: bool = False

    @classmethod
    def of(cls, value: Any, status: int = 200, **faults: Any) -> Response:
        """Answer with a value as JSON."""
        return cls(status, json.dumps(value, ensure_ascii=False).encode(), **faults)

    def head(self) -> bytes:
        """Return status line and headers as bytes."""
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Unknown"
        lines = [f"HTTP/1.1 {self.status} {phrase}"]
        if self.content_type:
            lines.append(f"Content-Type: {self.content_type}")
        lines.extend(f"{name}: {value}" for name, value in self.headers.items())
        if self.chunked or self.endless:
            lines.append("Transfer-Encoding: chunked")
        elif self.status not in (204, 304):
            lines.append(f"Content-Length: {len(self.body)}")
        if self.close:
            lines.append("Connection: close")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


Handler = Callable[[Request], Response]
Fault = Response | Callable[[Response], Response]


class Script:
    """A handler that spoils chosen calls, counted from 1 for each path, and otherwise lets ``handler`` answer.

    ``faults`` is {path: {n: fault}}; the path ``*`` counts calls to any path. A fault is a Response that is given
    instead, or a function that spoils the handler's own (``lambda r: replace(r, cut_after=100)``). The key 0 stands for
    every call that has no number of its own.
    """

    def __init__(self, handler: Handler, faults: Mapping[str, Mapping[int, Fault]]) -> None:
        self.handler = handler
        self.faults = faults
        self.calls: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Response:
        fault = self._fault(request.path)
        if isinstance(fault, Response):
            return fault
        answer = self.handler(request)
        return answer if fault is None else fault(answer)

    def _fault(self, path: str) -> Fault | None:
        found = None
        with self._lock:
            for name in (path, "*"):
                self.calls[name] += 1
                own = self.faults.get(name, {})
                found = found or own.get(self.calls[name], own.get(0))
        return found


class LocalServer:
    """Serves ``handler`` on 127.0.0.1 from entering to leaving; one thread a connection, keep-alive, no Nagle.

    With ``context`` it speaks https. ``url`` has no slash at the end. ``log`` holds every request in the order they
    came, ``connections`` how many there have been.
    """

    def __init__(self, handler: Handler, host: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> None:
        self.handler, self.context = handler, context
        self.log: list[Request] = []
        self.connections = 0
        self.errors: list[BaseException] = []
        self._stopped = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server((host, 0), backlog=128)
        self.host, self.port = host, self._listener.getsockname()[1]
        self.url = f"{'https' if context else 'http'}://{host}:{self.port}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.close()
        if kind is None and self.errors:
            raise self.errors[0]

    def close(self) -> None:
        """Stop serving, and cut every connection."""
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            opened, threads = tuple(self._open), tuple(self._threads)
        for connection in opened:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(10)

    def paths(self) -> list[str]:
        """Return the paths asked for, in order."""
        return [request.path for request in self.log]

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        with self._lock:
            self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self.connections += 1
                self._open.add(connection)
            self._start(self._serve, connection)

    def _secured(self, connection: socket.socket) -> socket.socket:
        return self.context.wrap_socket(connection, server_side=True) if self.context else connection

    def _serve(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), plain, self._secured(plain) as connection:
            stream = connection.makefile("rb", buffering=65536)
            with stream:
                while not self._stopped.is_set():
                    request = _read(stream)
                    if request is None or not self._answer(connection, request):
                        break
        with self._lock:
            self._open.discard(plain)

    def _answer(self, connection: socket.socket, request: Request) -> bool:
        """Answer one request; return whether the connection may be used again."""
        with self._lock:
            self.log.append(request)
        try:
            response = self.handler(request)
        except BaseException as error:  # noqa: BLE001 raised again where the test can see it
            self.errors.append(error)
            response = Response(501, traceback.format_exc().encode(), "text/plain; charset=utf-8", close=True)
        if response.delay:
            self._stopped.wait(response.delay)
        if response.hang_up:
            return False
        if response.endless:
            self._send_endlessly(connection, response)
            return False
        if request.method == "HEAD":
            connection.sendall(response.head())
        elif response.cut_after is not None or response.reset is not None:
            self._cut(connection, response)
            return False
        elif response.drip:
            self._drip(connection, response)
        elif response.chunked:
            pieces = range(0, len(response.body), response.chunk)
            chunks = (_chunk(response.body[at : at + response.chunk]) for at in pieces)
            connection.sendall(b"".join([response.head(), *chunks, b"0\r\n\r\n"]))
        elif len(response.body) < 65536:
            connection.sendall(response.head() + response.body)
        else:
            connection.sendall(response.head())
            connection.sendall(response.body)
        return not response.close and request.headers.get("connection", "").lower() != "close"

    def _cut(self, connection: socket.socket, response: Response) -> None:
        sent = response.cut_after if response.cut_after is not None else response.reset
        connection.sendall(response.head() + response.body[:sent])
        if response.reset is not None:
            # Give the client the time to read what was sent: RST throws away what lies unread.
            self._stopped.wait(0.05)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)

    def _drip(self, connection: socket.socket, response: Response) -> None:
        connection.sendall(response.head())
        for at in range(0, len(response.body), response.drip_bytes):
            connection.sendall(response.body[at : at + response.drip_bytes])
            if self._stopped.wait(response.drip):
                return

    def _send_endlessly(self, connection: socket.socket, response: Response) -> None:
        connection.sendall(response.head())
        chunk = _chunk(response.body or b" ")
        while not self._stopped.wait(response.drip):
            connection.sendall(chunk)


def _chunk(piece: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(piece), piece)


def _read(stream: Any) -> Request | None:
    """Read one request; None when the connection was closed between requests."""
    line = stream.readline(_LARGEST_HEAD)
    if not line.strip():
        return None
    method, target, _ = line.decode("latin-1").split(" ", 2)
    headers = {}
    while (line := stream.readline(_LARGEST_HEAD)) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    query = parse_qs(parts.query, keep_blank_values=True)
    return Request(method, target, unquote(parts.path), query, headers, body, time.monotonic())
