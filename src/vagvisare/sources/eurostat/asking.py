"""From a query to what Eurostat is asked: filters by dimension, and bounds in time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from vagvisare.sources.bounds import WHOLE, Bounds, bounds_of, is_expression
from vagvisare.sources.errors import RefusedError
from vagvisare.sources.eurostat.wording import refused
from vagvisare.sources.query import Dimension, Query, Role, Scheme
from vagvisare.sources.territories import expand
from vagvisare.terms.language import Text

MOST_CATEGORIES = 50
"""Categories that one call may name, by Eurostat's own message («Maximum is 50»)."""

MOST_PIECES = 12
"""Calls we make before taking the whole table is kinder to the source."""

TIME = "time"
"""What API Statistics calls the dimension that the bulk files call TIME_PERIOD."""

_TIME_NAMES = frozenset({"time", "TIME", "TIME_PERIOD", "Time"})
_DATASET = re.compile(r"^[A-Za-z0-9_$-]{2,64}$")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one data set.

    ``filters`` has the wanted codes by dimension, as the source names it; a dimension that is not there is wanted
    whole. Single periods are a filter like any other; ``time`` has what bounds them.
    """

    dataset: str
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    time: Bounds = WHOLE

    @property
    def named(self) -> int:
        """How many categories the question names."""
        return sum(len(codes) for _, codes in self.filters)

    def address(self, *, anew: bool = False) -> str:
        """Return the address of the question in API Statistics; a dimension is named once for each wanted code.

        ``anew`` writes the very same question in another way (the language is read in either case), so that a reply
        remembered from an interrupted fetch is not given again.
        """
        pairs = [("format", "JSON"), ("lang", "en" if anew else "EN")]
        pairs += [(code, value) for code, values in self.filters for value in values]
        bounds = (
            ("sinceTimePeriod", self.time.since),
            ("untilTimePeriod", self.time.until),
            ("lastTimePeriod", self.time.last),
        )
        pairs += [(name, str(value)) for name, value in bounds if value]
        asked = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
        return f"statistics/1.0/data/{self.dataset}?{asked}"

    def wants(self, dimension: str) -> frozenset[str] | None:
        """Return the wanted codes of a dimension, or None when every one is."""
        return next((frozenset(codes) for code, codes in self.filters if code == dimension), None)

    def periods(self, known: Sequence[str]) -> frozenset[str]:
        """Return which of the periods a table has are wanted."""
        named = self.wants(TIME)
        return self.time.within(period for period in known if named is None or period in named)


def dataset_of(table: str) -> str:
    """Return the code of a data set, in lower case as the catalogue has it.

    Raises:
        RefusedError: when it cannot be one.
    """
    if not _DATASET.match(table.strip()):
        raise refused(
            table[:80],
            Text("Det är ingen kod för en tabell hos Eurostat.", "It is no code of a Eurostat data set."),
            Text(
                "Skriv koden ur Eurostats katalog, till exempel demo_r_pjanaggr3.",
                "Write the code from Eurostat's catalogue, such as demo_r_pjanaggr3.",
            ),
        )
    return table.strip()


def question(query: Query) -> Question:
    """Return what a query asks of Eurostat.

    Periods may be codes, ``*``, ``TOP(n)``, ``FROM(2010)``, ``TO(2020)`` or ``RANGE(2010,2020)``; other dimensions
    codes or ``*``. Territories are NUTS codes where the dimension names no other scheme.

    Raises:
        RefusedError: when an expression has no counterpart here.
        UnknownError: when a word for territories is not one.
    """
    found = Question(dataset_of(query.table), ())
    for dimension in query.dimensions:
        if dimension.role is Role.PERIOD:
            found = _in_time(found, dimension)
            continue
        values = dimension.values
        if dimension.role is Role.TERRITORY:
            values = expand(values, dimension.scheme or Scheme.NUTS)
        if values and "*" not in values:
            found = _filtered(found, dimension.code, [_plain(found.dataset, value) for value in values])
    return found


def pieces(whole: Question) -> tuple[Question, ...] | None:
    """Return the question in pieces that each name few enough categories; None when that takes too many calls."""
    done: list[Question] = []
    left = [whole]
    while left:
        part = left.pop()
        if part.named <= MOST_CATEGORIES:
            done.append(part)
            continue
        left += _halves(part)
        if len(done) + len(left) > MOST_PIECES:
            return None
    return tuple(reversed(done))


def sample(whole: Question) -> Question:
    """Return the smallest question that still tells of every dimension: few categories, one period."""
    room = max(1, (MOST_CATEGORIES - 1) // max(1, len(whole.filters)))
    filters = tuple((code, codes[:room]) for code, codes in whole.filters if code != TIME)
    return Question(whole.dataset, filters, Bounds(last=1))


def named_alike(query: Query) -> Callable[[str], str]:
    """Return a function from the source's name of a dimension to the query's: the two names of time are the same."""
    ours = next((each.code for each in query.by_role(Role.PERIOD)), TIME)
    return lambda code: ours if code in _TIME_NAMES else code


def _in_time(found: Question, dimension: Dimension) -> Question:
    try:
        bounds = bounds_of(dimension)
    except ValueError as error:
        raise _no_counterpart(found.dataset, str(error)) from None
    return _filtered(found, TIME, bounds.codes) if bounds.codes else replace(found, time=bounds)


def _plain(dataset: str, value: str) -> str:
    if is_expression(value):
        raise _no_counterpart(dataset, value)
    return value


def _no_counterpart(dataset: str, value: str) -> RefusedError:
    return refused(
        dataset,
        Text(f"”{value[:80]}” går inte att fråga efter.", f"“{value[:80]}” cannot be asked for."),
        Text(
            "Skriv koder, eller för tiden TOP(5), FROM(2010), TO(2020) eller RANGE(2010,2020) ensamt.",
            "Write codes, or for time TOP(5), FROM(2010), TO(2020) or RANGE(2010,2020) alone.",
        ),
    )


def _filtered(found: Question, code: str, values: Iterable[str]) -> Question:
    return replace(found, filters=(*found.filters, (code, tuple(dict.fromkeys(values)))))


def _halves(part: Question) -> list[Question]:
    """Return the question in two, by the dimension that names most; the second half first, for a stack."""
    code, codes = max(part.filters, key=lambda each: len(each[1]))
    middle = len(codes) // 2
    return [
        replace(part, filters=tuple((c, half if c == code else own) for c, own in part.filters))
        for half in (codes[middle:], codes[:middle])
    ]
