"""Every call of a fetch, kept with its reply, so that a vintage can be read anew from its source's own words.

``Recording`` stands between a client and its wire and notes what is asked and answered; ``Replaying`` answers the same
questions from what was kept, without a network.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from threading import Lock
from typing import Any

from vagvisare.observations.store import Store
from vagvisare.sources.errors import GoneError
from vagvisare.sources.http import request_key
from vagvisare.sources.query import Dataset, Dimension, Layout, Query, Role, Scheme, Yearly
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.language import Text


class Recording:
    """A wire that keeps every reply, and remembers which call it answered.

    Args:
        wire: the wire that asks; its keeper keeps the replies of data calls in the same store.
        store: where replies are kept.
    """

    def __init__(self, wire: Wire, store: Store) -> None:
        self._wire, self._store, self._lock = wire, store, Lock()
        self._answers: dict[str, dict[str, Any]] = {}

    @property
    def base(self) -> str:
        """The source's address."""
        return self._wire.base

    @property
    def replies(self) -> tuple[str, ...]:
        """Checksums of every reply, each once."""
        return tuple(dict.fromkeys(answer["sha256"] for answer in self._answers.values()))

    def tighten(self, calls: int, seconds: float) -> None:
        """Slow down."""
        self._wire.tighten(calls, seconds)

    def get(self, address: str, params: Mapping[str, str | int] | None = None, **how: Any) -> Reply:
        """Ask, and keep the answer."""
        return self._noted(_key("GET", address, params), self._wire.get(address, params, **how), **how)

    def post(
        self, address: str, body: Mapping[str, Any], params: Mapping[str, str | int] | None = None, **how: Any
    ) -> Reply:
        """Ask, and keep the answer."""
        return self._noted(_key("POST", address, params, body), self._wire.post(address, body, params, **how), **how)

    def kept(self, dataset: Dataset) -> str:
        """Keep the list of calls with the question they belong to, and return its checksum."""
        document = {"base": self.base, "dataset": question(dataset), "calls": self._answers}
        return self._store.replies.keep(json.dumps(document, ensure_ascii=False, sort_keys=True).encode())

    def _noted(self, key: str, reply: Reply, *, kept: bool = False, **_: Any) -> Reply:
        """Remember what answered a call; a data call that was answered has been kept by the wire's keeper already."""
        sha = reply.sha256 if kept and reply.status < 400 else self._store.replies.keep(reply.body)
        with self._lock:
            self._answers[key] = {
                "sha256": sha,
                "url": reply.url,
                "status": reply.status,
                "content_type": reply.content_type,
                "headers": dict(reply.headers),
            }
        return reply


class Replaying:
    """A wire that answers from what was kept.

    Args:
        document: what ``Recording.kept`` kept.
        store: where the replies are.
    """

    def __init__(self, document: Mapping[str, Any], store: Store) -> None:
        self._document, self._store = document, store
        self.base = str(document["base"])

    def tighten(self, calls: int, seconds: float) -> None:
        """Do nothing: nobody is asked."""

    def get(self, address: str, params: Mapping[str, str | int] | None = None, **_: Any) -> Reply:
        """Answer as then.

        Raises:
            GoneError: when this was not asked then.
        """
        return self._answer(_key("GET", address, params), address)

    def post(
        self, address: str, body: Mapping[str, Any], params: Mapping[str, str | int] | None = None, **_: Any
    ) -> Reply:
        """Answer as then.

        Raises:
            GoneError: when this was not asked then.
        """
        return self._answer(_key("POST", address, params, body), address)

    def _answer(self, key: str, address: str) -> Reply:
        noted = self._document["calls"].get(key)
        if noted is None:
            raise GoneError(
                Text(f"{address} frågades inte när siffrorna hämtades.", f"{address} was not asked for when fetched."),
                meaning=Text("Årgången kan inte läsas om.", "The vintage cannot be read anew."),
                remedy=Text("Hämta datamängden på nytt.", "Fetch the data set anew."),
            )
        body = self._store.replies.get(noted["sha256"])
        return Reply(
            noted["url"], noted["status"], noted["content_type"], body, noted["sha256"], dict(noted["headers"])
        )


def _key(
    method: str, address: str, params: Mapping[str, str | int] | None, body: Mapping[str, Any] | None = None
) -> str:
    told = "&".join(f"{name}={value}" for name, value in sorted((params or {}).items()))
    return request_key(method, f"{address}?{told}" if told else address, body)


def question(dataset: Dataset) -> dict[str, Any]:
    """Return what of a definition the figures depend on, as plain values."""
    return {"key": dataset.key, "source": dataset.source, "queries": [asdict(query) for query in dataset.queries]}


def queries_of(document: Mapping[str, Any]) -> tuple[Query, ...]:
    """Read the queries of a question written by ``question``.

    Raises:
        KeyError, TypeError, ValueError: when it is none.
    """
    return tuple(_query(told) for told in document["queries"])


def _query(told: Mapping[str, Any]) -> Query:
    layout = told["layout"]
    return Query(
        told["table"],
        tuple(_dimension(each) for each in told["dimensions"]),
        float(told["scale"]),
        Yearly(told["yearly"]),
        None if layout is None else _layout(layout),
    )


def _layout(told: Mapping[str, Any]) -> Layout:
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Layout(**plain)


def _dimension(told: Mapping[str, Any]) -> Dimension:
    return Dimension(
        told["code"],
        Role(told["role"]),
        tuple(told["values"]),
        tuple(told["ours"]),
        told["codelist"],
        None if told["scheme"] is None else Scheme(told["scheme"]),
    )
