"""How an outcome is printed: a list for people, Markdown for a mail, JSON for programs.

A finding takes its sentence, wrapped to the terminal, and under it a dimmer line with verdict and id. An id is never
broken, so that it can be copied whole.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from itertools import groupby

from vagvisare.cli.arguments import Format
from vagvisare.cli.verdicts import spoken
from vagvisare.followups.outcome import Outcome, Replayed
from vagvisare.publications.material import Material
from vagvisare.publications.opendata_description import findings_document
from vagvisare.terms.language import Language, Text
from vagvisare.terms.territory import TERRITORIES

NARROWEST, WIDEST = 40, 100
"""Columns a sentence is wrapped to; longer lines are hard to read."""

_NOTHING = Text("Inga fynd: inga siffror var kända.", "No findings: no figures were known.")
_COUNT = Text(
    "{n} fynd. Räkna om ett av dem steg för steg: vagvisare explain ID",
    "{n} findings. Recompute one of them step by step: vagvisare explain ID",
)
_REPLAYED = Text(
    "Vad regionen sade {day}, och vad siffrorna för {place} säger",
    "What the region said {day}, and what the figures for {place} say",
)
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
    for finding in result.findings:
        lines += _wrapped(finding.sentence.to(language), columns)
        lines += [*_details(spoken(finding.verdict, language), finding.id, columns, dim=dim), ""]
    if result.findings:
        lines += _wrapped(_COUNT.to(language).format(n=len(result.findings)), columns)
    lines += _replayed(result, language, columns, dim=dim)
    return "\n".join(lines).rstrip("\n") + "\n"


def _replayed(result: Outcome, language: Language, columns: int, *, dim: bool) -> list[str]:
    lines: list[str] = []
    place = TERRITORIES[result.territory].name_in(language)
    for day, said in groupby(result.replay, key=lambda each: each.then.as_of.isoformat()):
        lines += ["", *_wrapped(_REPLAYED.to(language).format(day=day, place=place), columns), ""]
        for each in said:
            lines += _wrapped(_quoted(each, language), columns)
            lines += [_dimmed(f"  {answer}", dim=dim) for answer in _answers(each, language)]
    return lines


def width() -> int:
    """Return how many columns to wrap to here."""
    return max(NARROWEST, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def _details(verdict: str, ident: str, columns: int, *, dim: bool) -> list[str]:
    together = f"  {verdict}  {ident}"
    lines = [together] if len(together) <= columns else [f"  {verdict}", f"  {ident}"]
    return [_dimmed(line, dim=dim) for line in lines]


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
