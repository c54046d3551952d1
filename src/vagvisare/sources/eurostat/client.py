"""The client of Eurostat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from vagvisare.sources.bounds import Bounds
from vagvisare.sources.contract import Ask, Delivery, Found, News, NewsState, Shape, note_news
from vagvisare.sources.eurostat import asking, contents, pull
from vagvisare.sources.eurostat.asking import Question
from vagvisare.sources.eurostat.wording import later, updated_meanwhile
from vagvisare.sources.jsonstat import described
from vagvisare.sources.wire import Wire

_LAST_RELEASE = time(23)
"""Eurostat updates at 11 and at 23, its own time."""


class Eurostat:
    """Figures from Eurostat, https://ec.europa.eu/eurostat.

    A query's ``table`` is the code of a data set; its dimensions are named as Eurostat names them, in lower case
    (``geo``, ``time``, ``unit``, ``sex``). Territories are NUTS codes unless the dimension says otherwise. What fits is
    asked of API Statistics, in pieces of at most 50 named categories; what does not is read from the whole table.
    """

    kind = "eurostat"

    def news(self, asks: Sequence[Ask], wire: Wire) -> Mapping[str, News]:
        """Return what is new, from one call: the table of contents tells the day each data set was last updated.

        A data set updated at 11 can be so again the same night under the same date, so until it has been looked at on a
        later day the answer is that Eurostat cannot tell.

        Raises:
            SourceError: when Eurostat does not answer as it should.
        """
        if not asks:
            return {}
        known = self._contents(wire)
        found: dict[str, News] = {}
        for ask in asks:
            entry = known.get(ask.query.table.strip().lower())
            state = NewsState.GONE if entry is None else _state(ask, entry.updated)
            note_news(found, ask.dataset, News(state))
        return found

    def fetch(self, ask: Ask, wire: Wire) -> Delivery:
        """Return every figure the query asks for.

        Raises:
            SourceError: when Eurostat does not answer as it should, has no figures of what was asked for, or
                updates the table while it is being read.
        """
        question = asking.question(ask.query)
        parts = asking.pieces(question)
        for anew in (False, True):
            try:
                if parts is not None:
                    delivery = pull.by_pieces(ask.query, question, parts, wire, anew=anew)
                else:
                    delivery = pull.from_bulk(ask.query, question, wire, anew=anew)
            except pull.TooMuchError:
                parts, delivery = None, pull.from_bulk(ask.query, question, wire, anew=anew)
            if delivery is not None:
                return delivery
        raise updated_meanwhile(question.dataset)

    def shape(self, table: str, wire: Wire) -> Shape:
        """Return how Eurostat describes a data set: every dimension and code it has in its latest period.

        Raises:
            SourceError: when there is no such data set, or Eurostat does not answer as it should.
        """
        question = Question(asking.dataset_of(table), (), Bounds(last=1))
        try:
            reply = pull.statistics(question, wire, kept=False)
        except pull.TooMuchError:
            raise later(question.dataset) from None
        return pull.shape_of(question.dataset, [described(reply)])

    def find(self, words: str, wire: Wire, limit: int = 20) -> Iterable[Found]:
        """Search codes and titles in the table of contents: data sets that have every word, shortest title first.

        Raises:
            SourceError: when Eurostat does not answer as it should.
        """
        wanted = words.casefold().split()
        if not wanted:
            return []
        hits = [
            entry
            for entry in self._contents(wire).values()
            if all(word in f"{entry.code} {entry.title}".casefold() for word in wanted)
        ]
        hits.sort(key=lambda entry: (entry.code.casefold() not in wanted, len(entry.title), entry.code))
        return [Found("", entry.code, entry.title, entry.first, entry.last) for entry in hits[:limit]]

    @staticmethod
    def _contents(wire: Wire) -> dict[str, contents.Entry]:
        return contents.entries(wire.get(contents.ADDRESS, {"lang": "en"}, accept="text/plain"))


def _state(ask: Ask, updated: date | None) -> NewsState:
    """Return whether a data set that was last updated on a day is new to someone who has a stamp."""
    had = _moment(ask.updated)
    if not ask.updated:
        return NewsState.NEW
    if updated is None or had is None:
        return NewsState.UNKNOWN
    if updated != had.date():
        # An older date than ours would be a correction of the contents: look, rather than trust either.
        return NewsState.NEW if updated > had.date() else NewsState.UNKNOWN
    settled = had.time() >= _LAST_RELEASE or (ask.checked is not None and ask.checked > updated)
    return NewsState.SAME if settled else NewsState.UNKNOWN


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp)
    except ValueError:
        return None
