"""A draft's matrices and goal conflicts as tables to send: contributions and screening can come back filled in."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.editions.contributions import AREA, DIRECTION, Matrix
from vagvisare.editions.document import Node
from vagvisare.editions.screening import Screened
from vagvisare.terms.language import Language, Text
from vagvisare.web.registers.tables import EMPTY, Return, Table, told
from vagvisare.web.revision.linking.desk import Desk, title_of
from vagvisare.web.revision.linking.grids import BETWEEN, WORDS
from vagvisare.web.revision.models import Screening

HOW = "how"
"""Follows the address of a column that says how, after a bar."""
SCREENING = "screening"
"""Stands where a kind of link stands in the state of a sheet of contributions."""
NOT_ITSELF = "–"
"""Stands in the cell where a thing would be held against itself."""


def about(desk: Desk, what: Text, *more: Text) -> Text:
    """Say in one line what a table is, of which draft or edition, and from which day."""
    draft = desk.draft
    home = Text(f"i utkastet ”{draft.title}”", f"in the draft “{draft.title}”")
    if draft.sealed_as:
        home = Text(f"i utgåvan {draft.sealed_as}", f"in the edition {draft.sealed_as}")
    return told(what, home, *more)


def capital(words: Text) -> Text:
    """Return words as they stand in a heading."""
    return Text(words.sv[:1].upper() + words.sv[1:], words.en[:1].upper() + words.en[1:])


def contributions(
    desk: Desk, laid: Matrix, name: Text, levels: tuple[str, str], number: int, language: Language
) -> Table:
    """Lay out a matrix of links: a row for each node of one level, a column for each of another."""
    rows = [[_line(row, language), *(_answer(laid, row, column, language) for column in laid.columns)]
            for row in laid.rows]  # fmt: skip
    words = [WORDS[answer].to(language) for answer in ("yes", "no")]
    back = Return(
        [row.address for row in laid.rows],
        ["", *(column.address for column in laid.columns)],
        [desk.draft.key, laid.kind, *levels, str(number)],
        dict.fromkeys(range(1, len(laid.columns) + 1), words),
    )
    what, below, across = capital(name), desk.level(levels[0]), desk.level(levels[1])
    named = Text(f"{what.sv}, {below.sv} och {across.sv},", f"{what.en}, {below.en} and {across.en},")
    head = [capital(below).to(language), *(_line(column, language) for column in laid.columns)]
    fill = Text("Skriv ja eller nej.", "Write yes or no.")
    return Table(f"{desk.draft.key}-{laid.kind}", what, head, rows, about(desk, named, fill, EMPTY), back=back)


def _answer(laid: Matrix, row: Node, column: Node, language: Language) -> str:
    cell = laid.cell(row.address, column.address)
    return NOT_ITSELF if cell is None else word(cell.answer.value, language)


def word(answer: str, language: Language) -> str:
    """Return the word of an answer, nothing where nobody has answered."""
    return "" if answer == "unknown" else WORDS[answer].to(language)


def _line(node: Node, language: Language) -> str:
    return title_of(node).to(language)


def screening(
    desk: Desk, laid: Screened, rows: Mapping[tuple[str, str], Screening], number: int, language: Language
) -> Table:
    """Lay out the screening: a row for each direction, answer and how for each perspective."""
    how = Text("hur", "how").to(language)
    head, columns = [capital(desk.level(each)).to(language) for each in (AREA, DIRECTION)], ["", ""]
    for node in laid.perspectives:
        head += [_line(node, language), f"{_line(node, language)}: {how}"]
        columns += [node.address, f"{node.address}{BETWEEN}{HOW}"]
    lines = []
    for row in laid.rows:
        area = desk.edition.by_address.get(laid.area_of[row.address])
        text = row.english if language is Language.EN and row.english else row.text
        line = ["" if area is None else _line(area, language), " ".join(f"{row.number} {text}".split())]
        for node in laid.perspectives:
            known = rows.get((row.address, node.address))
            line += ["", ""] if known is None else [word(known.answer, language), known.how]
        lines.append(line)
    words = [WORDS[answer].to(language) for answer in ("yes", "partly", "no")]
    asked = range(2, len(head), 2)
    state = [desk.draft.key, SCREENING, DIRECTION, "perspective", str(number)]
    back = Return([row.address for row in laid.rows], columns, state, dict.fromkeys(asked, words))
    fill = Text("Skriv ja, delvis eller nej.", "Write yes, partly or no.")
    said = about(desk, Text("Perspektiv", "Perspectives"), fill, EMPTY)
    wide = frozenset(at + 1 for at in asked)
    return Table(f"{desk.draft.key}-perspektiv", Text("Perspektiv", "Perspectives"), head, lines, said, 2, wide,
                 back=back)  # fmt: skip
