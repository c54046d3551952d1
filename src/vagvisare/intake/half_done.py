"""What an interrupted fetch had already been answered, so that the next one goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from vagvisare.observations.papers import UNDER_WAY
from vagvisare.observations.store import Store
from vagvisare.sources.wire import Reply
from vagvisare.terms.errors import FigureError

FRESH = timedelta(hours=24)
"""Older answers are not mixed with new ones: the source may have published another edition in between."""


class HalfDone:
    """The keeper of one data set's data calls: each reply is in the store before it is read.

    ``stamp`` is the edition the source said it would answer from; answers from another one are not used.
    """

    def __init__(self, store: Store, dataset: str, stamp: str, now: Callable[[], datetime]) -> None:
        self._store, self._dataset, self._stamp, self._now = store, dataset, stamp, now
        self.resumed = 0

    def keep(self, request_key: str, reply: Reply) -> None:
        """Keep a reply; when this returns it outlives the process."""
        sha = self._store.replies.keep(reply.body)
        document = {
            "sha256": sha,
            "url": reply.url,
            "status": reply.status,
            "content_type": reply.content_type,
            "headers": dict(reply.headers),
            "stamp": self._stamp,
            "at": self._now().isoformat(),
        }
        self._store.papers.put(UNDER_WAY, self._dataset, request_key, document)

    def kept(self, request_key: str) -> Reply | None:
        """Return the reply kept for a call when it is whole, fresh and of the same edition; else None."""
        try:
            noted = self._store.papers.get(UNDER_WAY, self._dataset, request_key)
            if noted is None or noted["stamp"] != self._stamp:
                return None
            if self._now() - datetime.fromisoformat(noted["at"]) > FRESH:
                return None
            body = self._store.replies.get(noted["sha256"])
            headers = {str(name): str(value) for name, value in noted["headers"].items()}
            reply = Reply(noted["url"], int(noted["status"]), noted["content_type"], body, noted["sha256"], headers)
        except (FigureError, KeyError, TypeError, ValueError, AttributeError):
            return None
        self.resumed += 1
        return reply

    def forget(self) -> None:
        """Forget the answers: the fetch is done, or must begin anew. The raw replies themselves stay."""
        self._store.papers.clear(UNDER_WAY, self._dataset)
