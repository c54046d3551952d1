"""One query put to PxWeb 1, part by part: in the form the server speaks, at the pace and size it accepts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vagvisare.sources.arrange import Long
from vagvisare.sources.errors import LimitedError, RefusedError, UnreadableError
from vagvisare.sources.pxweb.v1_parts import halves_of, parts_of
from vagvisare.sources.pxweb.v1_reply import Piece, joined, piece_of
from vagvisare.sources.pxweb.v1_selection import Selection
from vagvisare.sources.pxweb.v1_table import Limits, Metadata, metadata_of
from vagvisare.sources.pxweb.v1_wording import refused, shown
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.language import Text

FORMS = ("json-stat2", "json-stat", "json")
"""Forms of answer in the order they are tried. All carry codes; the first is smallest, the last every server has."""

_CELLS = re.compile(r"\bcell|\bvalue|värde|\blarge\b|\bstora?t?\b", re.IGNORECASE)
_CALLS = re.compile(r"\bcalls?\b|\brequests?\b|anrop|\brate\b", re.IGNORECASE)
_HANDLED = frozenset({400, 403, 404, 413})
_FORBIDDEN = frozenset({403})
_MOST_REFUSALS = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """All rows of a query, the source's stamp of the edition, and the checksums of the replies they were read from."""

    long: Long
    updated: str
    replies: tuple[str, ...]


@dataclass(slots=True)
class Asking:
    """One query being put; remembers during that query which form the server speaks and whether it has been slowed.

    Servers say 403 both for too many calls and for too many cells, some without a word of which: what it says decides,
    else the pace is halved, and if that does not help the part is.
    """

    wire: Wire
    table: str
    address: str
    limits: Limits
    codelists: Mapping[str, str]
    first: Sequence[str]
    settled: bool = False
    form: int = 0
    slowed: bool = False
    refusals: int = 0
    replies: list[str] = field(default_factory=list)

    def whole(self, selection: Selection) -> Answer:
        """Return everything asked for, all of one edition.

        Raises:
            SourceError: when a part is refused, or cannot be read, or the edition changed on the way.
        """
        pieces = []
        for part in parts_of(selection, self.limits.cells, self.table, self.first):
            pieces.extend(self._answered(part))
        stamps = {piece.updated for piece in pieces}
        if len(stamps) > 1:
            raise EditionChangedError.of(self.address, _changed())
        return Answer(joined(pieces), stamps.pop(), tuple(dict.fromkeys(self.replies)))

    def _answered(self, part: Selection) -> list[Piece]:
        reply = self._asked(part)
        if reply.status < 400:
            piece = piece_of(reply, part)
            self.settled = True
            self.replies.append(reply.sha256)
            return [piece]
        self.refusals += 1
        said = _message(reply)
        if reply.status in (400, 404):
            if self.settled or self.form + 1 == len(FORMS):
                raise self._refused(said)
            # A server that does not speak a form says the same as of a query it does not understand.
            self.form += 1
            return self._answered(part)
        if self.refusals > _MOST_REFUSALS:
            raise self._given_up(reply, said)
        too_large = reply.status == 413 or _CELLS.search(said) is not None
        if not too_large and not self.slowed:
            self._slow_down()
            return self._answered(part)
        halves = halves_of(part, self.first)
        if not halves or (_CALLS.search(said) is not None and not too_large):
            raise self._given_up(reply, said)
        return [piece for half in halves for piece in self._answered(half)]

    def _asked(self, part: Selection) -> Reply:
        query = [
            {"code": name, "selection": {"filter": self.codelists.get(name, "item"), "values": list(codes)}}
            for name, codes in part.items()
        ]
        body: dict[str, Any] = {"query": query, "response": {"format": FORMS[self.form]}}
        return self.wire.post(self.address, body, kept=True, accept_status=_HANDLED)

    def _slow_down(self) -> None:
        self.slowed = True
        slow_down(self.wire, self.limits)

    def _refused(self, said: str) -> RefusedError:
        words = Text(f" Den säger: ”{said}”.", f" It says: “{said}”.") if said else Text("", "")
        return refused(
            self.table,
            Text(f"källan säger nej till frågan.{words.sv}", f"the source says no to the query.{words.en}"),
            Text(
                "Jämför frågan i indicators.toml med tabellen hos källan.",
                "Compare the query in indicators.toml with the table at the source.",
            ),
        )

    def _given_up(self, reply: Reply, said: str) -> RefusedError | LimitedError:
        if reply.status == 413 or _CELLS.search(said):
            return self._refused(said)
        return _limited(self.table, reply.status, said)


def _limited(table: str, status: int, said: str) -> LimitedError:
    words = Text(f" Den säger: ”{said}”.", f" It says: “{said}”.") if said else Text("", "")
    name = shown(table, 200)
    return LimitedError(
        Text(
            f"Källan säger gång på gång nej ({status}) till frågor om {name}.{words.sv}",
            f"The source says no again and again ({status}) to questions about {name}.{words.en}",
        ),
        meaning=Text(
            "Det som hunnit hämtas är sparat; de senast godkända siffrorna gäller.",
            "What had been fetched is kept; the last good figures stand.",
        ),
        remedy=Text(
            "Vänta en stund och kör samma kommando igen, eller sänk calls för källan i strategy.toml.",
            "Wait a while and run the same command again, or lower calls for the source in strategy.toml.",
        ),
    )


class EditionChangedError(UnreadableError):
    """The source published a new edition while it was being read."""


def slow_to(wire: Wire, limits: Limits) -> None:
    """Hold the wire to a server's own pace, where the wire can be told."""
    tighten = getattr(wire, "tighten", None)
    if tighten is not None:
        tighten(limits.calls, limits.seconds)


def slow_down(wire: Wire, limits: Limits) -> None:
    """Wait out a server's window, and ask half as often from now on, where the wire can be told."""
    slow_to(wire, Limits(calls=max(1, limits.calls // 2), seconds=limits.seconds))
    pace = getattr(wire, "pace", None)
    if pace is not None:
        pace.hold(limits.seconds)


def described(wire: Wire, table: str, address: str, limits: Limits) -> Metadata:
    """Ask for a table's description; a server that says 403 is given time, once.

    Raises:
        SourceError: when there is no such table, or the source does not answer as it should.
    """
    reply = wire.get(address, accept_status=_FORBIDDEN)
    if reply.status == 403:
        slow_down(wire, limits)
        reply = wire.get(address, accept_status=_FORBIDDEN)
    if reply.status == 403:
        raise _limited(table, reply.status, _message(reply))
    return metadata_of(table, reply)


def _message(reply: Reply) -> str:
    """Return what a refusal says, in one line; nothing for a web page."""
    text = reply.body[:4000].decode("utf-8", "replace").strip()
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = text
    if isinstance(said, dict):
        said = next(
            (said[key] for key in ("error", "message", "title", "detail") if isinstance(said.get(key), str)), ""
        )
    return shown(said, 200) if isinstance(said, str) and not said.startswith("<") else ""


def _changed() -> Text:
    return Text(
        "Källan gav ut nya siffror medan de hämtades, så delarna hör inte ihop.",
        "The source published new figures while they were being fetched, so the parts do not belong together.",
    )
