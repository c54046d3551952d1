"""The status of a strategy folder as text: one line an indicator, then what somebody must look at."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from vagvisare.intake.status import Row, in_order_of_need
from vagvisare.intake.words import counted, day, days
from vagvisare.sources.query import Standing
from vagvisare.terms.language import NO_BREAK_SPACE, Language, Text

WIDTH = 100
"""Columns of the table; the source and the indicator's name are cut to fit."""

_HEADS = (
    Text("Indikator", "Indicator"),
    Text("Senast", "Latest"),
    Text("Hämtad", "Fetched"),
    Text("Nästa", "Next"),
    Text("Källa", "Source"),
    Text("Läge", "State"),
)

_STANDING = {
    Standing.TO_VERIFY: Text("att kontrollera", "to verify"),
    Standing.DOCUMENTATION: Text("enligt dokumentation", "by documentation"),
    Standing.LIVE: Text("prövad", "proven live"),
}

_NAME, _SOURCE = 0, 4
"""Which columns are cut."""
_LEAST = {_NAME: 16, _SOURCE: 13}
"""What is left of them however little room there is."""
_NO_INDICATORS = Text(
    "Mappen har inga indikatorer. Lägg till den första med vagvisare indicator add.",
    "The folder has no indicators. Add the first with vagvisare indicator add.",
)
_NO_SOURCES = Text(
    "Ingen indikator hämtas från en källa; siffrorna läses ur mappens filer. "
    "Skriv [[dataset]] i indicators.toml, eller kör vagvisare indicator add.",
    "No indicator is fetched from a source; figures are read from the folder's files. "
    "Write [[dataset]] in indicators.toml, or run vagvisare indicator add.",
)
_NOTHING_YET = Text(
    "Inget är hämtat än. Kör vagvisare fetch MAPP.", "Nothing has been fetched yet. Run vagvisare fetch FOLDER."
)
_ALL_WELL = Text("Inget väntar på någon.", "Nothing is waiting for anybody.")


def as_table(rows: Sequence[Row], language: Language) -> str:
    """Return the status as text: a table, then a paragraph for each row that needs somebody."""
    if not rows:
        return _NO_INDICATORS.to(language)
    lines = _table(rows, language)
    if not any(row.source for row in rows):
        return "\n".join([*lines, "", *_wrap(_NO_SOURCES.to(language), "")])
    pressing = in_order_of_need(rows)
    if not any(row.fetched or row.checked for row in rows):
        lines += ["", *_wrap(_NOTHING_YET.to(language), "")]
    elif not pressing:
        lines += ["", _ALL_WELL.to(language)]
    told: set[str] = set()
    for row in pressing:
        if row.dataset not in told:
            told.add(row.dataset)
            lines += ["", *_wrap(f"{row.title.to(language)} ({row.dataset})", "")]
            lines += [line for text in _needs(row) for line in _wrap(text.to(language), "  ")]
    return "\n".join(lines)


def _table(rows: Sequence[Row], language: Language) -> list[str]:
    cells = [[text.to(language) for text in _HEADS]]
    cells += [[text.to(language) for text in _cells(row)] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADS))]
    room = WIDTH - sum(widths) + widths[_NAME] + widths[_SOURCE] - 2 * (len(widths) - 1)
    widths[_SOURCE] = min(widths[_SOURCE], max(_LEAST[_SOURCE], room - min(widths[_NAME], 2 * _LEAST[_NAME])))
    widths[_NAME] = min(widths[_NAME], max(_LEAST[_NAME], room - widths[_SOURCE]))
    lines = []
    for line in cells:
        parts = [*line]
        parts[_NAME] = _cut(parts[_NAME], widths[_NAME])
        parts[_SOURCE] = _middle_out(parts[_SOURCE], widths[_SOURCE])
        lines.append("  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip())
    lines.insert(1, "  ".join("─" * width for width in widths))
    return lines


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"


def _middle_out(words: str, width: int) -> str:
    """Cut an address in its middle: it begins with the source and ends with the table."""
    tail = (width - 1) // 2
    return words if len(words) <= width else f"{words[: width - 1 - tail]}…{words[-tail:]}"


def _cells(row: Row) -> tuple[Text, ...]:
    nothing = Text("–", "–")
    latest = nothing if row.latest is None else _plain(row.latest.label)
    recorded = nothing if row.recorded is None else _plain(row.recorded.isoformat())
    source = _plain(f"{row.source} {row.table}".strip()) if row.source else Text("mappens fil", "file in folder")
    return row.title, latest, recorded, _next(row), source, _state(row)


def _plain(words: str) -> Text:
    return Text(words, words)


def _next(row: Row) -> Text:
    late = row.late
    if late:
        return Text(f"försenad {days(late).sv}", f"{days(late).en} late")
    return Text("–", "–") if row.due is None else _plain(row.due.day.isoformat())


def _state(row: Row) -> Text:
    parts = []
    if row.held:
        parts.append(Text("i karantän", "in quarantine"))
    if row.failures:
        parts.append(Text(f"misslyckades{NO_BREAK_SPACE}×{row.failures}", f"failed{NO_BREAK_SPACE}×{row.failures}"))
    if row.questions:
        parts.append(counted(len(row.questions), Text("fråga", "question"), Text("frågor", "questions")))
    if row.standing is not None and not parts:
        parts.append(_STANDING[row.standing])
    # Three would not fit on a line; what is asked is told below the table all the same.
    parts = parts[:2]
    return Text(", ".join(part.sv for part in parts), ", ".join(part.en for part in parts))


def _needs(row: Row) -> Iterator[Text]:
    for objections in row.held:
        yield Text(
            "I karantän; de senast godkända siffrorna används.", "In quarantine; the last good figures are used."
        )
        for objection in objections:
            if objection.holds:
                yield Text("! " + objection.sentence(Language.SV), "! " + objection.sentence(Language.EN))
    if row.failures:
        times = counted(row.failures, Text("gång", "time"), Text("gånger", "times"))
        why = row.error or Text("", "")
        yield Text(
            f"Hämtningen har misslyckats {times.sv} i rad. {why.sv}".strip(),
            f"Fetching has failed {times.en} in a row. {why.en}".strip(),
        )
    if row.late and row.due is not None:
        when, late = day(row.due.day), days(row.late)
        yield Text(f"Väntades {when.sv}, försenad {late.sv}.", f"Expected {when.en}, {late.en} late.")
    for question in row.questions:
        yield Text(
            f"? {question.text.sv} {question.to_do.sv} [{question.id}]".replace("  ", " "),
            f"? {question.text.en} {question.to_do.en} [{question.id}]".replace("  ", " "),
        )


def _wrap(words: str, indent: str) -> list[str]:
    return [
        line
        for part in words.splitlines()
        for line in textwrap.wrap(
            part, 100, initial_indent=indent, subsequent_indent=indent + "  " * bool(indent), break_on_hyphens=False
        )
    ]
