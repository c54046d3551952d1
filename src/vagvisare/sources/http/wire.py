"""The wire: every call a client makes of a source, paced, retried, bounded and remembered."""

from __future__ import annotations

import hashlib
import json
import os
import random
import threading
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any, Self

import httpcore

from vagvisare.sources.errors import LimitedError
from vagvisare.sources.http import sentences
from vagvisare.sources.http.addresses import is_absolute, joined, origin_of, secrets_of, shown
from vagvisare.sources.http.body import BrokenPackingError, CutOffError, TooLargeError, read_body, start_of
from vagvisare.sources.http.calls import MOVED, Call, headers_of, is_page, moved, promised, quietly
from vagvisare.sources.http.connections import Connections
from vagvisare.sources.http.guard import Resolver, Watch, resolve
from vagvisare.sources.http.keeper import Keeper, request_key
from vagvisare.sources.http.limits import Clock, Limits, RealClock
from vagvisare.sources.http.pace import Pace
from vagvisare.sources.http.proxies import proxy_for
from vagvisare.sources.http.quoting import said_in
from vagvisare.sources.http.retry import IN_PASSING, SetbackError, asked_wait, next_wait
from vagvisare.sources.http.sentences import StoppedError
from vagvisare.sources.wire import Reply
from vagvisare.terms.errors import SourceError

Progress = Callable[[int, int], None]
"""Told, from whichever thread, how many bytes and how many whole replies have come since it was last told."""


class HttpWire:
    """The way to one source, for many threads at once; implements ``sources.wire.Wire``.

    Args:
        base: the source's address, http or https; "" for a source that has none, which can then not be asked.
        pace: how often it may be asked; shared with other wires of the same source.
        configured: the operator gave ``base``: its host and port may lie in a private network.
        limits: how long we wait, how much we take, how often we try.
        keeper: remembers replies of calls with ``kept``.
        stop: when set, every wait ends at once with a StoppedError.
        progress: told of bytes and replies as they come.
        clock, draw, resolver, environ: time, chance, names and proxies; replaced in tests.
    """

    def __init__(
        self,
        base: str,
        pace: Pace,
        *,
        configured: bool = False,
        limits: Limits | None = None,
        keeper: Keeper | None = None,
        stop: threading.Event | None = None,
        progress: Progress | None = None,
        clock: Clock | None = None,
        draw: Callable[[float, float], float] = random.uniform,
        resolver: Resolver = resolve,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.base = base.rstrip("/")
        self.pace, self.limits = pace, limits or Limits()
        self.keeper, self.stop = keeper, stop or threading.Event()
        self.seen: list[str] = []
        """Checksums of every reply given to a client, kept ones too, in the order they came."""
        self._progress = progress or (lambda _bytes, _replies: None)
        self._clock, self._draw = clock or RealClock(), draw
        self._origin = origin_of(self.base) if self.base else None
        if self._origin:
            # A proxy that is none is said when the wire is opened, not in the middle of a fetch.
            proxy_for(self._origin, environ)
        trusted = {(self._origin.host, self._origin.port)} if configured and self._origin else set()
        self._connections = Connections(Watch(self.stop), self.limits, frozenset(trusted), environ, resolver)
        self._agent = f"Vagvisare/{version('vagvisare')}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()

    def tighten(self, calls: int, seconds: float) -> None:
        """Slow down to what the source itself says it allows; never speed up."""
        self.pace.tighten(calls, seconds)

    def get(
        self,
        address: str,
        params: Mapping[str, str | int] | None = None,
        *,
        kept: bool = False,
        accept: str = "application/json",
        accept_status: frozenset[int] = frozenset(),
    ) -> Reply:
        """Ask with GET; see ``sources.wire.Wire``.

        Raises:
            SourceError: one of its kinds.
        """
        call = Call("GET", self._address(address, params), None, accept, accept_status)
        return self._ask(call, request_key("GET", call.url), kept=kept)

    def post(
        self,
        address: str,
        body: Mapping[str, Any],
        params: Mapping[str, str | int] | None = None,
        *,
        kept: bool = False,
        accept: str = "application/json",
        accept_status: frozenset[int] = frozenset(),
    ) -> Reply:
        """Ask with POST, the body as JSON; see ``sources.wire.Wire``.

        Raises:
            SourceError: one of its kinds.
        """
        content = json.dumps(body).encode()
        call = Call("POST", self._address(address, params), content, accept, accept_status)
        return self._ask(call, request_key("POST", call.url, body), kept=kept)

    def _address(self, address: str, params: Mapping[str, str | int] | None) -> str:
        """Return the whole address of a call.

        Raises:
            ForbiddenAddressError: when it does not lead to the source.
        """
        if self._origin is None:
            raise sentences.forbidden(shown(address), sentences.NOWHERE)
        try:
            url = joined(self.base, address, {name: str(value) for name, value in (params or {}).items()})
            origin = origin_of(url)
        except ValueError:
            raise sentences.forbidden(shown(address), sentences.NOT_HTTP) from None
        if is_absolute(address) and not self._origin.allows(origin):
            raise sentences.forbidden(shown(url), sentences.ELSEWHERE)
        return url

    def _ask(self, call: Call, key: str, *, kept: bool) -> Reply:
        if self.stop.is_set():
            raise StoppedError.now()
        found = self.keeper.kept(key) if kept and self.keeper else None
        reply = found or self._persist(call)
        if kept and self.keeper and found is None and reply.status < 400:
            self.keeper.keep(key, reply)
        self.seen.append(reply.sha256)
        return reply

    def _persist(self, call: Call) -> Reply:
        """Make the call, and make it again when it fails in passing.

        What one thread learns of the source holds for all: that it asks for a pause, or cannot be reached at all.
        """
        began, tried = self._clock.now(), 0
        while True:
            shut = self.pace.shut_for()
            if shut:
                raise sentences.limited(shown(call.url), shut)
            try:
                reply = self._once(call)
            except SetbackError as setback:
                tried += 1
                wait = next_wait(self.limits, tried, self._clock.now() - began, setback, self._draw)
                if wait is None or (setback.unheard and self.pace.unheard):
                    self.pace.unheard = setback.unheard
                    if (setback.asked_wait or 0.0) > self.limits.longest_asked_wait:
                        self.pace.shut(setback.asked_wait or 0.0)
                    raise setback.error from None
                if isinstance(setback.error, LimitedError) or setback.asked_wait:
                    self.pace.hold(wait)
                self._clock.wait(wait, self.stop)
            else:
                self.pace.unheard = False
                return reply

    def _once(self, call: Call) -> Reply:
        """Make the call, following the source where it refers us."""
        for _ in range(self.limits.redirects + 1):
            self.pace.take(self.stop)
            headers: dict[bytes | str, bytes | str] = {
                "User-Agent": self._agent,
                "Accept": call.accept,
                "Accept-Encoding": "gzip",
            }
            if call.content is not None:
                headers["Content-Type"] = "application/json"
            with self._connections.call(call.method, call.url, headers, call.content) as response:
                heads = headers_of(response)
                if response.status not in MOVED or response.status in call.accept_status:
                    return self._reply(call, response, heads)
            call = moved(call, response.status, heads.get("location", ""))
        raise sentences.circling(shown(call.url))

    def _reply(self, call: Call, response: httpcore.Response, headers: Mapping[str, str]) -> Reply:
        status, url = response.status, shown(call.url)
        if not 200 <= status < 300 and status not in call.accept_status:
            raise self._refusal(call, response, headers)
        packing, limit = headers.get("content-encoding", ""), self.limits.body
        if promised(headers) > limit:
            raise sentences.too_large(url, limit)
        try:
            body = read_body(response.iter_stream(), packing, limit, lambda count: self._progress(count, 0))
        except TooLargeError:
            raise sentences.too_large(url, limit) from None
        except BrokenPackingError:
            raise sentences.badly_packed(url) from None
        except CutOffError:
            raise SetbackError(sentences.cut_off(url)) from None
        kind = headers.get("content-type", "")
        if 200 <= status < 300 and is_page(body, kind, call.accept):
            raise sentences.web_page(url)
        self._progress(0, 1)
        return Reply(url, status, kind, body, hashlib.sha256(body).hexdigest(), headers)

    def _refusal(
        self, call: Call, response: httpcore.Response, headers: Mapping[str, str]
    ) -> SourceError | SetbackError:
        """Return what to raise for a status that is no answer."""
        status, url = response.status, shown(call.url)
        wait = asked_wait(headers, self._clock.today())
        if status == 429:
            return SetbackError(sentences.limited(url, wait), wait)
        if status in IN_PASSING:
            return SetbackError(sentences.trouble(url, status), wait)
        if status in (404, 410):
            return sentences.gone(url)
        if 400 <= status < 500:
            start = start_of(quietly(response), headers.get("content-encoding", ""))
            return sentences.refused(url, status, said_in(start, secrets_of(call.url)))
        return sentences.circling(url) if status < 400 else sentences.trouble(url, status)
