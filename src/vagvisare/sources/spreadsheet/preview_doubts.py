"""What in a delivery to look at twice: told, never put right in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import numpy as np

from vagvisare.sources.query import Role
from vagvisare.sources.spreadsheet.delivery import Understood
from vagvisare.sources.spreadsheet.delivery_keys import likely_code
from vagvisare.sources.spreadsheet.layout_numbers import Numbers
from vagvisare.sources.spreadsheet.layout_read import PERCENT, PLAIN, Reading
from vagvisare.sources.spreadsheet.layout_rows import SUMS
from vagvisare.terms.language import Language, Text, number
from vagvisare.terms.territory import TERRITORIES

_TOLD = 8


def doubts_of(part: Understood) -> Iterator[Text]:
    """Yield every doubt about one part of a delivery, the gravest first."""
    reading = part.reading
    yield from reading.told
    if reading.numbers is not None:
        yield from _percent(part)
        yield from _decimals(reading.numbers)
    yield from _unread(reading)
    yield from _territories(part)
    yield from _codes(reading)
    yield from _twins(part)


def exact(value: float, language: Language) -> str:
    """Write a number with every decimal it has (at most six), as people read it."""
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return number(value, language, decimals)


def counted(count: int) -> Text:
    """Return a number of figures in words."""
    return Text(f"{count} {'siffra' if count == 1 else 'siffror'}", f"{count} {'figure' if count == 1 else 'figures'}")


def _percent(part: Understood) -> Iterator[Text]:
    """Tell that a number formatted as per cent is read as it shows, and of a column that is only partly so."""
    measure, place = part.keys.index[Role.MEASURE], part.keys.index[Role.TERRITORY]
    figure = np.array([name == "value" for name in part.keys.names[Role.MEASURE]])[measure] & (place >= 0)
    written = np.asarray(part.reading.written, np.int8)
    percent, plain = (np.flatnonzero(figure & (written == how)) for how in (PERCENT, PLAIN))
    if not len(percent):
        return
    first = int(percent[0])
    cell, value = part.reading.where(first), part.reading.long.values[first].as_py()
    stored = {language: exact(value / 100, language) for language in Language}
    read = {language: exact(value, language) for language in Language}
    yield Text(
        f"Cellerna är formaterade som procent: {stored[Language.SV]} läses som {read[Language.SV]} (cell {cell}).",
        f"The cells are formatted as per cent: {stored[Language.EN]} is read as {read[Language.EN]} (cell {cell}).",
    )
    if len(plain):
        other = part.reading.where(int(plain[0]))
        yield Text(
            f"Bara en del av siffrorna är formaterade som procent: {cell} är det, men inte {other} "
            f"({counted(len(plain)).sv}). Kontrollera att alla menas på samma sätt.",
            f"Only some of the figures are formatted as per cent: {cell} is, but not {other} "
            f"({counted(len(plain)).en}). Check that all are meant in the same way.",
        )


def _decimals(numbers: Numbers) -> Iterator[Text]:
    if numbers.other_decimals:
        some, count = next(iter(numbers.other_decimals)), counted(numbers.other_decimals.total())
        yield Text(
            f"Decimaltecknen är blandade: {count.sv} har ett annat än ”{numbers.decimal}” (till exempel ”{some}”).",
            f"Decimal marks are mixed: {count.en} with another than “{numbers.decimal}” (for example “{some}”).",
        )


def _unread(reading: Reading) -> Iterator[Text]:
    if reading.unread:
        rows = _ranges(reading.unread)
        yield Text(
            f"Under tabellens slut finns rader som ser ut som siffror men inte har lästs (rad {rows}). "
            "Hör de till tabellen, sätt last_row.",
            f"Under the table's end there are rows that look like figures but were not read (row {rows}). "
            "If they belong to the table, set last_row.",
        )
    for row, words in reading.between[:_TOLD]:
        yield Text(
            f"Rad {row + 1} (”{words[:60]}”) står mellan siffrorna men har inte lästs.",
            f"Row {row + 1} (“{words[:60]}”) stands between the figures but was not read.",
        )


def _territories(part: Understood) -> Iterator[Text]:
    for said, count in part.keys.unknown.most_common(_TOLD):
        yield _territory(said, counted(count))
    more = len(part.keys.unknown) - _TOLD
    if more > 0:
        yield Text(f"Ytterligare {more} områden känns inte igen.", f"{more} more territories are not recognised.")


def _territory(said: str, figures: Text) -> Text:
    if said.casefold() in SUMS:
        return Text(
            f"”{said}” är en summa och har inte lästs ({figures.sv}).",
            f"“{said}” is a sum and was not read ({figures.en}).",
        )
    code, sv, en = likely_code(said), "", ""
    if code:
        name = TERRITORIES[code].name
        sv, en = f" Menas {code} ({name.sv})?", f" Is {code} ({name.en}) meant?"
    return Text(
        f"Området ”{said}” känns inte igen och har inte lästs ({figures.sv}).{sv}",
        f"The territory “{said}” is not recognised and was not read ({figures.en}).{en}",
    )


def _codes(reading: Reading) -> Iterator[Text]:
    for name, codes in reading.absent.items():
        if codes:
            every = ", ".join(codes[:_TOLD]) + (" …" if len(codes) > _TOLD else "")
            near = _nearest(codes[:_TOLD], [code for where, code in reading.left_out if where == name])
            sv = f" Filen har i stället ”{near}”." if near else ""
            en = f" The file has “{near}” instead." if near else ""
            yield Text(
                f"Efterfrågade koder i ”{name}” finns inte i filen: {every}.{sv}",
                f"Codes asked for of “{name}” are not in the file: {every}.{en}",
            )
    if reading.zeros:
        some = "; ".join(change for _, change in list(reading.zeros)[:_TOLD])
        yield Text(
            f"Koder som har tappat en inledande nolla har fått tillbaka den: {some}.",
            f"Codes that had lost a leading zero were given it back: {some}.",
        )
    if reading.days:
        yield Text(
            f"Tiden är skriven som datum ({reading.days} celler); året har lästs.",
            f"The time is written as days ({reading.days} cells); the year was read.",
        )


def _nearest(asked: Iterable[str], there: list[str]) -> str:
    """Return a code of the file that is nearly one of those asked for, or ""."""
    close = (get_close_matches(code, there[:500], n=1, cutoff=0.8) for code in asked if len(code) > 2)
    return next((found[0] for found in close if found), "")


def _twins(part: Understood) -> Iterator[Text]:
    if part.keys.twins:
        one, other = part.keys.twins[0]
        cells = [part.reading.where(each) or str(each + 1) for each in (one, other)]
        count = counted(len(part.keys.twins))
        yield Text(
            f"{count.sv} står två gånger med samma värde, till exempel {cells[0]} och {cells[1]}.",
            f"{count.en} given twice with the same value, for example {cells[0]} and {cells[1]}.",
        )


def _ranges(rows: list[int]) -> str:
    """Write rows as people count them: 14–20, 25."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    told = [str(a + 1) if a == b else f"{a + 1}–{b + 1}" for a, b in spans[:_TOLD]]
    return ", ".join(told) + (" …" if len(spans) > _TOLD else "")
