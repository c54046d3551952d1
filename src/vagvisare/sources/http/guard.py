"""The last gate before a connection: names are looked up here, every address is checked, and the checked one is used.

A check made any earlier would trust that the name still leads to the same place when the connection is made.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

import httpcore

from vagvisare.sources.http import sentences
from vagvisare.sources.http.addresses import is_public
from vagvisare.sources.http.sentences import StoppedError

Resolver = Callable[[str, int], list[str]]
"""Returns the addresses of a name, as numbers; raises OSError when there are none."""

_DAY = 86_400.0
_SLICE = 0.25
"""Seconds of waiting for data before looking whether to stop."""


class NoNameError(httpcore.ConnectError):
    """A name leads nowhere."""


class CertificateError(httpcore.ConnectError):
    """A host could not prove who it is."""


class TooLongError(httpcore.ReadTimeout):
    """A whole answer took longer than it may."""


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a name, in the order it prefers them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Watch:
    """When the call that this thread is making must be over; and whether everything must stop."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self._own = threading.local()

    @contextmanager
    def until(self, seconds: float) -> Iterator[None]:
        """Bound everything this thread reads meanwhile."""
        self._own.deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            self._own.deadline = None

    def left(self) -> float:
        """Return the seconds left.

        Raises:
            StoppedError: when everything must stop.
            TooLongError: when none are left.
        """
        if self.stop.is_set():
            raise StoppedError.now()
        deadline = getattr(self._own, "deadline", None)
        left = _DAY if deadline is None else deadline - time.monotonic()
        if left <= 0:
            raise TooLongError
        return left


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses, and to the hosts and ports in ``trusted`` wherever they are.

    Every address a name leads to must be public: one that is not means that somebody plays with the name.
    """

    def __init__(
        self, watch: Watch, trusted: frozenset[tuple[str, int]] = frozenset(), resolver: Resolver = resolve
    ) -> None:
        self.watch, self.trusted, self.resolver = watch, trusted, resolver
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the name up, check every address, and connect to the first that answers.

        Raises:
            ForbiddenAddressError: when the name leads into a private network.
        """
        try:
            found = self.resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise NoNameError(host) from error
        if (host.lower().rstrip("."), port) not in self.trusted:
            for address in found:
                if not is_public(ip_address(address)):
                    raise sentences.forbidden(host, sentences.PRIVATE)
        failure: httpcore.ConnectError | httpcore.ConnectTimeout = NoNameError(host)
        for address in found:
            wait = min(self.watch.left(), timeout if timeout is not None else _DAY)
            try:
                stream = self._inner.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Watched(stream, self.watch)
        raise failure


class _Watched(httpcore.NetworkStream):
    """A connection that looks up now and then while it waits."""

    def __init__(self, inner: httpcore.NetworkStream, watch: Watch) -> None:
        self._inner, self._watch = inner, watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        patience = time.monotonic() + (timeout if timeout is not None else _DAY)
        while True:
            wait = min(self._watch.left(), patience - time.monotonic(), _SLICE)
            try:
                return self._inner.read(max_bytes, max(wait, 0.001))
            except httpcore.ReadTimeout:
                if time.monotonic() >= patience:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, min(self._watch.left(), timeout if timeout is not None else _DAY))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = min(self._watch.left(), timeout if timeout is not None else _DAY)
        try:
            secured = self._inner.start_tls(ssl_context, server_hostname, wait)
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise CertificateError(server_hostname) from error
            raise
        return _Watched(secured, self._watch)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
