"""Connections to a source: kept open between calls, straight or through the operator's proxy, guarded and bounded."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import IPv4Address, ip_address
from urllib.parse import urlsplit

import httpcore

from vagvisare.sources.http import sentences
from vagvisare.sources.http.addresses import Origin, is_public, origin_of, shown
from vagvisare.sources.http.guard import (
    CertificateError,
    GuardedBackend,
    NoNameError,
    Resolver,
    TooLongError,
    Watch,
    resolve,
)
from vagvisare.sources.http.limits import Limits
from vagvisare.sources.http.proxies import Proxy, proxy_for
from vagvisare.sources.http.retry import SetbackError

_AT_ONCE = 16
_IDLE = 30.0
_Pool = httpcore.ConnectionPool


class Connections:
    """Makes one call at a time for each thread that asks. ``trusted`` hosts may lie in a private network."""

    def __init__(
        self,
        watch: Watch,
        limits: Limits,
        trusted: frozenset[tuple[str, int]],
        environ: Mapping[str, str],
        resolver: Resolver = resolve,
    ) -> None:
        self._watch, self._limits, self._trusted = watch, limits, trusted
        self._environ, self._resolver = environ, resolver
        self._pools: dict[Proxy | None, _Pool] = {}
        self._lock = threading.Lock()

    @contextmanager
    def call(
        self, method: str, url: str, headers: Mapping[bytes | str, bytes | str], content: bytes | None
    ) -> Iterator[httpcore.Response]:
        """Make one call, and yield the answer with its body still to be read, within the time for a whole answer.

        Raises:
            SetbackError: when it fails in passing, now or while the body is read.
            SourceError: when it fails for good.
        """
        limits = self._limits
        timeouts = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.reply}
        with self._watch.until(limits.reply), _in_sentences(shown(url), limits):
            pool = self._pool(url)
            with pool.stream(
                method, url, headers=headers, content=content, extensions={"timeout": timeouts}
            ) as response:
                yield response

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            pool.close()

    def _pool(self, url: str) -> _Pool:
        origin = origin_of(url)
        proxy = proxy_for(origin, self._environ)
        if proxy and (origin.host, origin.port) not in self._trusted and _is_private_number(origin):
            raise sentences.forbidden(shown(url), sentences.PRIVATE)
        with self._lock:
            if proxy not in self._pools:
                self._pools[proxy] = self._proxied(proxy) if proxy else self._direct()
            return self._pools[proxy]

    def _direct(self) -> _Pool:
        backend = GuardedBackend(self._watch, self._trusted, self._resolver)
        return httpcore.ConnectionPool(
            httpcore.default_ssl_context(),
            max_connections=_AT_ONCE,
            keepalive_expiry=_IDLE,
            network_backend=backend,
        )

    def _proxied(self, proxy: Proxy) -> _Pool:
        origin = proxy.origin
        return httpcore.HTTPProxy(
            f"{origin.scheme}://{origin.netloc}",
            proxy_auth=(proxy.user.encode(), proxy.password.encode()) if proxy.user else None,
            ssl_context=httpcore.default_ssl_context(),
            max_connections=_AT_ONCE,
            keepalive_expiry=_IDLE,
            # The operator chose the proxy; it may well lie in a private network.
            network_backend=GuardedBackend(self._watch, frozenset({(origin.host, origin.port)}), self._resolver),
        )


def _is_private_number(origin: Origin) -> bool:
    """Tell whether a host is written in numbers, in any form that resolvers take, and is not public."""
    try:
        return not is_public(ip_address(origin.host))
    except ValueError:
        pass
    try:
        return not is_public(IPv4Address(socket.inet_aton(origin.host)))
    except OSError:
        return False


@contextmanager
def _in_sentences(url: str, limits: Limits) -> Iterator[None]:
    """Turn what the network layer raises into setbacks that carry a sentence."""
    try:
        yield
    except NoNameError as error:
        raise SetbackError(sentences.no_name(url, urlsplit(url).hostname or ""), unheard=True) from error
    except TooLongError as error:
        raise SetbackError(sentences.too_slow(url, limits.reply)) from error
    except CertificateError as error:
        raise sentences.bad_certificate(url) from error
    except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.ProxyError, httpcore.PoolTimeout) as error:
        raise SetbackError(sentences.no_connection(url), unheard=True) from error
    except (httpcore.ReadTimeout, httpcore.WriteTimeout) as error:
        raise SetbackError(sentences.too_slow(url, limits.read)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise SetbackError(sentences.cut_off(url)) from error
