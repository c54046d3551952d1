"""How an outcome is printed: a table for people, Markdown for a mail, JSON for programs."""

from __future__ import annotations

import io
import json

from rich.console import Console
from rich.table import Table

from vagvisare.cli.arguments import Format
from vagvisare.followups.outcome import Outcome
from vagvisare.publications.material import Material
from vagvisare.publications.opendata_description import findings_document
from vagvisare.terms.language import Language, Text
from vagvisare.terms.territory import TERRITORIES

_HEAD = (Text("Fynd", "Finding"), Text("Bedömning", "Verdict"), Text("Id", "Id"))
_SAID = (Text("Sagt {day}", "Said {day}"), Text("Enligt siffrorna då", "By the figures then"), Text("I dag", "Today"))


def printed(material: Material, form: Format, language: Language) -> str:
    """Return the whole print-out."""
    if form is Format.JSON:
        return json.dumps(findings_document(material), ensure_ascii=False, indent=2) + "\n"
    result = material.outcome
    return _markdown(result, language) if form is Format.MARKDOWN else _table(result, language)


def heading(result: Outcome, language: Language) -> str:
    """Return whose strategy, which place, which day, and whether that is reconstructed."""
    place = TERRITORIES[result.territory].name_in(language)
    known = Text(f"så som det var känt {result.as_of}", f"as known on {result.as_of}").to(language)
    tail = Text(" (rekonstruerat)", " (rekonstruerat: reconstructed)").to(language) if result.reconstructed else ""
    return f"{result.strategy.title.to(language)} · {place} · {known}{tail}"


def _rows(result: Outcome, language: Language) -> list[tuple[str, str, str]]:
    return [(f.sentence.to(language), f.verdict, f.id) for f in result.findings]


def _table(result: Outcome, language: Language) -> str:
    buffer = io.StringIO()
    console = Console(file=buffer, width=_width(), highlight=False, color_system=None)
    console.print(heading(result, language), style="bold", markup=False)
    if not result.findings:
        console.print(Text("Inga fynd: inga siffror var kända.", "No findings: no figures were known.").to(language))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for head in _HEAD:
        table.add_column(head.to(language), overflow="fold", ratio=6 if head is _HEAD[0] else 2)
    for row in _rows(result, language):
        table.add_row(*row)
    console.print(table)
    if result.replay:
        console.print()
        console.print(_replay_table(result, language))
    return buffer.getvalue()


def _replay_table(result: Outcome, language: Language) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    day = result.replay[0].then.as_of.isoformat()
    for head in _SAID:
        table.add_column(head.to(language).format(day=day), overflow="fold")
    for each in result.replay:
        said = each.statement.text if language is Language.SV else each.statement.english or each.statement.text
        table.add_row(f"”{said}”", each.then.verdict.value, each.now.verdict.value)
    return table


def _markdown(result: Outcome, language: Language) -> str:
    lines = [f"# {heading(result, language)}", ""]
    lines += [f"- {sentence} *{verdict}* `{ident}`" for sentence, verdict, ident in _rows(result, language)]
    if result.replay:
        heads = [head.to(language).format(day=result.replay[0].then.as_of) for head in _SAID]
        lines += ["", f"| {' | '.join(heads)} |", "|---|---|---|"]
        for each in result.replay:
            said = each.statement.text if language is Language.SV else each.statement.english or each.statement.text
            lines.append(f"| ”{said}” | {each.then.verdict.value} | {each.now.verdict.value} |")
    return "\n".join(lines) + "\n"


def _width() -> int:
    import shutil

    return max(60, min(shutil.get_terminal_size((120, 40)).columns, 160))
