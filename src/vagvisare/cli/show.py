"""How an outcome is printed: a table for people, Markdown for a mail, JSON for programs.

A row of the table is a verdict and beside it the sentence, wrapped to the terminal, with its id on a line of its own
below: never broken, so that it can be copied whole. Where the terminal is too narrow for two columns, they are stacked.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from itertools import groupby, zip_longest

from vagvisare.cli.arguments import Format
from vagvisare.cli.verdicts import spoken
from vagvisare.findings.finding import Finding
from vagvisare.followups.outcome import Outcome, Replayed
from vagvisare.publications.material import Material
from vagvisare.publications.opendata_description import findings_document
from vagvisare.terms.language import Language, Text
from vagvisare.terms.territory import TERRITORIES

NARROWEST, WIDEST = 40, 100
"""Columns a line is wrapped to; longer ones are hard to read."""
SIDE_BY_SIDE = 72
"""From this width on, verdict and sentence stand beside each other."""
VERDICT, GAP = 20, 2
"""Columns for a verdict, and between two columns."""

_NOTHING = Text("Inga fynd: inga siffror var kända.", "No findings: no figures were known.")
_COUNT = Text(
    "{n} fynd. Räkna om ett av dem steg för steg: vagvisare explain ID",
    "{n} findings. Recompute one of them step by step: vagvisare explain ID",
)
_REPLAYED = Text(
    "Vad regionen sade {day}, och vad siffrorna för {place} säger",
    "What the region said {day}, and what the figures for {place} say",
)
_HEADS = (Text("Bedömning", "Verdict"), Text("Fynd", "Finding"))
_SAID = (Text("Sagt {day}", "Said {day}"), Text("Enligt siffrorna då", "By the figures then"), Text("I dag", "Today"))
_THEN, _NOW, _BOTH = Text("då", "then"), Text("i dag", "today"), Text("då och i dag", "then and today")
_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"


def printed(material: Material, form: Format, language: Language) -> str:
    """Return the whole print-out."""
    if form is Format.JSON:
        return json.dumps(findings_document(material), ensure_ascii=False, indent=2) + "\n"
    result = material.outcome
    return _markdown(result, language) if form is Format.MARKDOWN else listed(result, language, width(), dim=_dims())


def heading(result: Outcome, language: Language) -> str:
    """Return whose strategy, which place, which day, and whether that is reconstructed."""
    place = TERRITORIES[result.territory].name_in(language)
    known = Text(f"så som det var känt {result.as_of}", f"as known on {result.as_of}").to(language)
    tail = Text(" (rekonstruerat)", " (rekonstruerat: reconstructed)").to(language) if result.reconstructed else ""
    return f"{result.strategy.title.to(language)} · {place} · {known}{tail}"


def listed(result: Outcome, language: Language, columns: int, *, dim: bool = False) -> str:
    """Return findings and replay in lines of at most ``columns`` characters, ids excepted; ``dim`` greys details."""
    lines = [*_wrapped(heading(result, language), columns), ""]
    if not result.findings:
        lines += [_NOTHING.to(language), ""]
    if result.findings and columns >= SIDE_BY_SIDE:
        lines += _headed([head.to(language) for head in _HEADS], [VERDICT], columns)
    for finding in result.findings:
        lines += [*_finding(finding, language, columns, dim=dim), ""]
    if result.findings:
        lines += _wrapped(_COUNT.to(language).format(n=len(result.findings)), columns)
    lines += _replayed(result, language, columns, dim=dim)
    return "\n".join(lines).rstrip("\n") + "\n"


def _replayed(result: Outcome, language: Language, columns: int, *, dim: bool) -> list[str]:
    lines: list[str] = []
    place = TERRITORIES[result.territory].name_in(language)
    for day, said in groupby(result.replay, key=lambda each: each.then.as_of.isoformat()):
        lines += ["", *_wrapped(_REPLAYED.to(language).format(day=day, place=place), columns), ""]
        if columns >= SIDE_BY_SIDE:
            heads = [head.to(language).format(day=day) for head in (_SAID[1], _SAID[2], _SAID[0])]
            lines += _headed(heads, [VERDICT, VERDICT], columns)
        for each in said:
            lines += _statement(each, language, columns, dim=dim)
    return lines


def width() -> int:
    """Return how many columns to wrap to here."""
    return max(NARROWEST, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def _finding(finding: Finding, language: Language, columns: int, *, dim: bool) -> list[str]:
    """Return a row: verdict, sentence, and the id below the sentence."""
    verdict, sentence = spoken(finding.verdict, language), finding.sentence.to(language)
    if columns < SIDE_BY_SIDE:
        below = [_dimmed(f"  {line}", dim=dim) for line in (verdict, finding.id)]
        return [*_wrapped(sentence, columns), *below]
    ident = " " * (VERDICT + GAP) + finding.id
    return [*_beside([verdict, sentence], [VERDICT], columns), _dimmed(ident, dim=dim)]


def _statement(each: Replayed, language: Language, columns: int, *, dim: bool) -> list[str]:
    """Return a row: verdict then, verdict now, what was said."""
    if columns < SIDE_BY_SIDE:
        answers = [_dimmed(f"  {answer}", dim=dim) for answer in _answers(each, language)]
        return [*_wrapped(_quoted(each, language), columns), *answers]
    verdicts = [spoken(answer.verdict.value, language) for answer in (each.then, each.now)]
    return [*_beside([*verdicts, _quoted(each, language)], [VERDICT, VERDICT], columns), ""]


def _headed(heads: list[str], widths: list[int], columns: int) -> list[str]:
    rule = ["─" * size for size in (*widths, columns - sum(widths) - GAP * len(widths))]
    return [*_beside(heads, widths, columns), (" " * GAP).join(rule)]


def _beside(cells: list[str], widths: list[int], columns: int) -> list[str]:
    """Return cells beside each other, each wrapped to its own width; the last takes what is left."""
    sizes = [*widths, columns - sum(widths) - GAP * len(widths)]
    wrapped = [_wrapped(cell, size) or [""] for cell, size in zip(cells, sizes, strict=True)]
    rows = zip_longest(*wrapped, fillvalue="")
    return [(" " * GAP).join(f"{cell:<{size}}" for cell, size in zip(row, sizes, strict=True)).rstrip() for row in rows]


def _answers(each: Replayed, language: Language) -> list[str]:
    then, now = (spoken(answer.verdict.value, language) for answer in (each.then, each.now))
    if then == now:
        return [f"{_BOTH.to(language)}: {then}"]
    return [f"{_THEN.to(language)}: {then}", f"{_NOW.to(language)}: {now}"]


def _quoted(each: Replayed, language: Language) -> str:
    text = each.statement.text if language is Language.SV else each.statement.english or each.statement.text
    return Text(f"”{text}”", f"“{text}”").to(language)


def _wrapped(text: str, columns: int) -> list[str]:
    """Wrap at ordinary spaces only: thousands are written with spaces that hold together."""
    return textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False)


def _dimmed(line: str, *, dim: bool) -> str:
    return f"{_DIM}{line}{_PLAIN}" if dim else line


def _dims() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _markdown(result: Outcome, language: Language) -> str:
    lines = [f"# {heading(result, language)}", ""]
    if not result.findings:
        lines.append(_NOTHING.to(language))
    for finding in result.findings:
        verdict = spoken(finding.verdict, language)
        lines.append(f"- {finding.sentence.to(language)} *{verdict}* `{finding.id}`")
    if result.replay:
        heads = [head.to(language).format(day=result.replay[0].then.as_of) for head in _SAID]
        lines += ["", f"| {' | '.join(heads)} |", "|---|---|---|"]
        for each in result.replay:
            then, now = (spoken(answer.verdict.value, language) for answer in (each.then, each.now))
            lines.append(f"| {_quoted(each, language)} | {then} | {now} |")
    return "\n".join(lines) + "\n"
