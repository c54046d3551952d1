"""A PX file as a table: variables with codes, every figure, and the table's shape."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pyarrow as pa

from vagvisare.sources.arrange import Long
from vagvisare.sources.contract import Axis, Shape
from vagvisare.sources.px_file.figures import Figures, read_figures, read_keyed
from vagvisare.sources.px_file.header import Header, read_header
from vagvisare.sources.px_file.wording import shown, unreadable
from vagvisare.terms.language import Text

MOST_CELLS = 20_000_000
"""Cells of a table; it is checked before anything is made room for."""

_STAMP = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[ T](\d{1,2}):(\d{2}))?")
_TIME_LIST = re.compile(r'\s*TLIST\s*\(\s*([AHQMWD])1\s*(?:,\s*"(\d{4,8})"\s*-\s*"(\d{4,8})"\s*)?\)(.*)', re.DOTALL)
_PARTS = {"H": "H", "Q": "K", "M": "M", "W": "V"}
"""How Statistics Sweden writes half-years, quarters, months and weeks in its own codes."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: its name in the file, its code, and codes and labels of its values.

    ``total`` is the code of the value that stands for all of them (ELIMINATION), "" when none does.
    """

    name: str
    code: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    total: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A whole file: its keywords, its variables and every figure, the last variable fastest."""

    header: Header
    variables: tuple[Variable, ...]
    figures: Figures

    def long(self) -> Long:
        """Return the figures one a row, with the codes of every variable."""
        sizes = [len(variable.codes) for variable in self.variables]
        codes = {}
        for place, variable in enumerate(self.variables):
            inner, outer = math.prod(sizes[place + 1 :]), math.prod(sizes[:place])
            indices = pa.array(np.tile(np.repeat(np.arange(sizes[place], dtype=np.int32), inner), outer))
            codes[variable.code] = pa.DictionaryArray.from_arrays(indices, pa.array(variable.codes, pa.string()))
        return Long(codes, self.figures.values, self.figures.status)

    def shape(self) -> Shape:
        """Return how the file describes its table."""
        header = self.header
        units = {keyword.text() for keyword in header.every("UNITS")} - {""}
        axes = (
            Axis(variable.code, variable.name, tuple(zip(variable.codes, variable.labels, strict=True)))
            for variable in self.variables
        )
        return Shape(
            table=header.text("TABLEID") or header.text("MATRIX"),
            title=header.text("TITLE") or header.text("DESCRIPTION") or header.text("CONTENTS"),
            definition=" ".join(text for text in (note.text() for note in header.notes) if text),
            unit=units.pop() if len(units) == 1 else "",
            updated=max((_stamp(keyword.text()) for keyword in header.every("LAST-UPDATED")), default=""),
            next_release=_day(header.text("NEXT-UPDATE")),
            axes=tuple(axes),
        )


def read_table(raw: bytes, name: str) -> Table:
    """Read a PX file.

    A variable goes by its VARIABLECODE, or else its name; its values by CODES, or for time by TIMEVAL, or else by
    VALUES. Everything is in the file's own language.

    Args:
        raw: the file.
        name: what to call it in sentences.

    Raises:
        UnreadableError: when it is no PX file or a broken one; the sentence names the line.
    """
    header = read_header(raw, name)
    stub, heading = header.texts("STUB"), header.texts("HEADING")
    if not stub and not heading:
        why = Text(
            "Den har inga variabler: varken STUB eller HEADING.", "It has no variables: neither STUB nor HEADING."
        )
        raise unreadable(name, 0, why)
    variables = tuple(_variable(header, called) for called in [*stub, *heading])
    _all_different(header, [variable.name for variable in variables])
    _all_different(header, [variable.code for variable in variables])
    sizes = [len(variable.codes) for variable in variables]
    if math.prod(sizes) > MOST_CELLS:
        raise unreadable(name, 0, _too_many(math.prod(sizes)))
    keyed = _keyed(header, variables[: len(stub)])
    width = math.prod(sizes[len(stub) :])
    figures = read_figures(header, sizes) if keyed is None else read_keyed(header, keyed, width)
    return Table(header, variables, figures)


def _variable(header: Header, name: str) -> Variable:
    values = header.get("VALUES", name)
    if values is None:
        why = Text(f"Variabeln ”{shown(name)}” har inga värden.", f"The variable “{shown(name)}” has no values.")
        raise unreadable(header.name, 0, why)
    labels = values.texts()
    declared = header.get("CODES", name)
    codes = declared.texts() if declared else _times(header, name, labels) or labels
    if len(codes) != len(labels):
        raise unreadable(
            header.name, declared.line if declared else values.line, _unequal(name, len(codes), len(labels))
        )
    if len(set(codes)) != len(codes):
        raise unreadable(header.name, (declared or values).line, _repeated(name, codes))
    # ELIMINATION may also say YES: sum them up. That is right for counts and wrong for shares, so it is not done here.
    total = dict(zip(labels, codes, strict=True)).get(header.text("ELIMINATION", name), "")
    return Variable(name, header.text("VARIABLECODE", name) or name, tuple(codes), tuple(labels), total)


def _times(header: Header, name: str, labels: list[str]) -> list[str]:
    """Return the codes TIMEVAL gives, written as Statistics Sweden writes them; none when there are not as many."""
    found = header.get("TIMEVAL", name)
    parsed = _TIME_LIST.match(found.raw) if found else None
    if parsed is None:
        return []
    scale, first, last, rest = parsed.groups()
    if first and last:
        listed = [str(year) for year in range(int(first), int(last) + 1)] if scale == "A" and len(first) == 4 else []
        listed = listed if len(listed) < 10_000 else []
    else:
        listed = re.findall(r'"(\d{4,8})"', rest)
    mark = _PARTS.get(scale, "")
    codes = [time[:4] + mark + time[4:] if mark else time for time in listed]
    return codes if len(codes) == len(labels) and len(set(codes)) == len(codes) else []


def _keyed(header: Header, stub: Sequence[Variable]) -> list[dict[str, int]] | None:
    """Return where each key of the stub leads, or None when the file tells every row in order."""
    if not any(header.get("KEYS", variable.name) for variable in stub):
        return None
    places = []
    for variable in stub:
        by_label = header.text("KEYS", variable.name).upper() == "VALUES"
        words = variable.labels if by_label else variable.codes
        places.append({word: place for place, word in enumerate(words)})
        if len(places[-1]) != len(words):
            raise unreadable(header.name, 0, _repeated(variable.name, list(words)))
    return places


def _stamp(text: str) -> str:
    """Return ``20240501 09:30`` as ``2024-05-01T09:30``; what cannot be a moment as it stands."""
    found = _STAMP.match(text)
    if found is None:
        return shown(text)
    year, month, day, hour, minute = found.groups()
    return f"{year}-{month}-{day}" + (f"T{int(hour):02}:{minute}" if hour else "")


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(_stamp(text)).date() if text else None
    except ValueError:
        return None


def _all_different(header: Header, names: list[str]) -> None:
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        why = Text(f"Variabeln ”{shown(twice)}” står två gånger.", f"The variable “{shown(twice)}” stands twice.")
        raise unreadable(header.name, 0, why)


def _unequal(name: str, codes: int, labels: int) -> Text:
    return Text(
        f"Variabeln ”{shown(name)}” har {codes} koder men {labels} värden.",
        f"The variable “{shown(name)}” has {codes} codes but {labels} values.",
    )


def _repeated(name: str, codes: list[str]) -> Text:
    seen: set[str] = set()
    twice = next(code for code in codes if code in seen or seen.add(code))  # type: ignore[func-returns-value]
    return Text(
        f"Variabeln ”{shown(name)}” har ”{shown(twice)}” två gånger.",
        f"The variable “{shown(name)}” has “{shown(twice)}” twice.",
    )


def _too_many(cells: int) -> Text:
    return Text(
        f"Variablerna ger {cells} siffror, fler än de {MOST_CELLS} som läses.",
        f"The variables make {cells} figures, more than the {MOST_CELLS} that are read.",
    )
