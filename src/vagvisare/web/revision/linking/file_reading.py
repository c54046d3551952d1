"""What a filled-in sheet says of a matrix, cell by cell, and what in it is not understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from vagvisare.editions.contributions import MUTUAL
from vagvisare.editions.document import Node
from vagvisare.terms.language import Text
from vagvisare.web.registers.sheets import is_formula
from vagvisare.web.registers.tables import Filled, FilledRow, place
from vagvisare.web.revision.linking.export import HOW, NOT_ITSELF
from vagvisare.web.revision.linking.grids import BETWEEN, MARKS, WORDS
from vagvisare.web.revision.writing.keeping import LONGEST_NOTE

SHORT = {"yes": ("j", "y", "x"), "partly": ("d", "p"), "no": ("n",), "unknown": ("",)}
"""What people write beside the words themselves; a cross is a yes."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stand:
    """What is said of a cell, and how; None where nothing is told of how."""

    answer: str = "unknown"
    how: str | None = None

    def seen_as(self, other: Stand) -> Stand:
        """Return this one as far as the other tells anything; how many blanks there are is no difference."""
        return replace(self, how=None if other.how is None else " ".join((self.how or "").split()))


@dataclass(frozen=True, slots=True)
class Board:
    """A matrix that a sheet is held against.

    ``matrix`` is a kind of link or "screening". ``names`` finds rows and columns of a sheet without addresses by what
    they are called there. ``leading`` columns of the sheet say what a row is about; the last of them is its name.
    """

    matrix: str
    rows: Mapping[str, Node]
    columns: Mapping[str, Node]
    names: Callable[[Node], Iterable[str]]
    now: Mapping[Pair, Any]
    answers: tuple[str, ...]
    may: Callable[[str], bool]
    leading: int = 1

    def stand(self, pair: Pair) -> Stand:
        """Return what stands in a cell now."""
        row = self.now.get(pair)
        return Stand() if row is None else Stand(row.answer, getattr(row, "how", None))

    def cell(self, pair: Pair) -> Pair | frozenset[str]:
        """Return what is the same for the same cell: some kinds say the same in both directions."""
        return frozenset(pair) if self.matrix in MUTUAL else pair


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the sheet that is not understood: where, and what to do."""

    where: Text
    said: Text


def said(board: Board, filled: Filled, remarks: list[Remark]) -> Iterator[tuple[Node, Node, Text, Stand]]:
    """Return what the sheet says, cell by cell; what is not understood goes to the remarks."""
    columns = _columns(board, filled, remarks)
    by_name, found = _by_name(board.rows.values(), board.names), set[str]()
    for line in filled.rows:
        row = _row(board, line, by_name)
        if row is None or row.address in found:
            remarks.append(
                Remark(place(line.line, board.leading - 1), _no_row(_name(board, line), again=row is not None))
            )
            continue
        found.add(row.address)
        for node, at, how in columns:
            text = line.texts[at] if at < len(line.texts) else ""
            where = place(line.line, at)
            if node is row:
                if text not in ("", NOT_ITSELF, "-"):
                    remarks.append(Remark(where, _ITSELF))
                continue
            words = None if how is None else line.texts[how] if how < len(line.texts) else ""
            stand = _read(board, text, words)
            if isinstance(stand, Text):
                remarks.append(Remark(where, stand))
            else:
                yield row, node, where, stand


def _columns(board: Board, filled: Filled, remarks: list[Remark]) -> list[tuple[Node, int, int | None]]:
    """Return the columns that the matrix knows: node, place of the answer, and place of how (or none)."""
    by_name = _by_name(board.columns.values(), board.names)
    answers, hows = dict[str, int](), dict[str, int]()
    for at in range(board.leading, len(filled.head)):
        name, address = filled.head[at], filled.addresses[at] if at < len(filled.addresses) else ""
        stem, _, how = address.partition(BETWEEN)
        if not address:
            stem = by_name.get(_folded(name), "")
            for end in (": hur", ": how"):
                if not stem and name.casefold().endswith(end):
                    stem, how = by_name.get(_folded(name[: -len(end)]), ""), HOW
        kept = hows if how else answers
        if stem in board.columns and stem not in kept:
            kept[stem] = at
        elif any(at < len(line.texts) and line.texts[at] for line in filled.rows):
            remarks.append(Remark(place(1, at), _no_column(name, again=stem in board.columns)))
    return [(board.columns[stem], at, hows.get(stem)) for stem, at in answers.items()]


def _by_name(nodes: Iterable[Node], names: Callable[[Node], Iterable[str]]) -> dict[str, str]:
    """Return the addresses of nodes by what they are called, those left out that share a name."""
    found: dict[str, str] = {}
    for node in nodes:
        for name in {_folded(name) for name in names(node)}:
            found[name] = node.address if name not in found else ""
    return found


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _name(board: Board, line: FilledRow) -> str:
    return line.texts[board.leading - 1] if len(line.texts) >= board.leading else ""


def _row(board: Board, line: FilledRow, by_name: Mapping[str, str]) -> Node | None:
    return board.rows.get(line.address or by_name.get(_folded(_name(board, line)), ""))


def _read(board: Board, text: str, how: str | None) -> Stand | Text:
    """Return what a cell says, or what is wrong with it."""
    if is_formula(text) or (how is not None and is_formula(how)):
        return Text(
            "Formler läses inte in. Skriv svaret som det är.", "Formulas are not read. Write the answer itself."
        )
    said = text.casefold().rstrip(".!")
    answer = next((each for each in (*board.answers, "unknown") if said in _words(each)), None)
    if answer is None:
        return _no_answer(text, board.answers)
    if answer == "unknown" and how:
        return Text("Det står hur men inget svar. Skriv svaret i kolumnen före.",
                    "It says how but gives no answer. Write the answer in the column before.")  # fmt: skip
    if how is not None and len(how) > LONGEST_NOTE:
        return Text(f"Texten är längre än {LONGEST_NOTE} tecken. Korta den.",
                    f"The text is longer than {LONGEST_NOTE} characters. Shorten it.")  # fmt: skip
    return Stand(answer, how)


def _words(answer: str) -> set[str]:
    return {WORDS[answer].sv, WORDS[answer].en, MARKS[answer].sv, MARKS[answer].en, *SHORT[answer]}


def _no_answer(text: str, answers: tuple[str, ...]) -> Text:
    sv, en = ([WORDS[each].sv for each in answers], [WORDS[each].en for each in answers])
    short = text if len(text) <= 40 else f"{text[:39]}…"
    return Text(
        f"”{short}” är inget svar. Skriv {', '.join(sv[:-1])} eller {sv[-1]}, eller lämna rutan tom.",
        f"“{short}” is no answer. Write {', '.join(en[:-1])} or {en[-1]}, or leave the cell empty.",
    )


_ITSELF = Text(
    "En sak kan inte länkas till sig själv. Lämna rutan tom.", "A thing cannot be linked to itself. Leave it empty."
)


def twice(first: Stand, other: Stand) -> Text:
    """Say that a sheet answers the same cell in two ways."""
    one, two = WORDS[first.answer], WORDS[other.answer]
    return Text(
        f"Filen säger både {one.sv} och {two.sv} om samma par. Skriv samma svar åt båda hållen.",
        f"The file says both {one.en} and {two.en} of the same pair. Write the same answer both ways.",
    )


def _no_row(name: str, *, again: bool) -> Text:
    if again:
        return Text(f"Raden ”{name}” står två gånger. Ta bort den ena.",
                    f"The row “{name}” stands twice. Remove one of them.")  # fmt: skip
    return Text(f"Raden ”{name}” finns inte i matrisen. Ta ut tabellen på nytt och fyll i den.",
                f"The row “{name}” is not in the matrix. Export the table again and fill that in.")  # fmt: skip


def _no_column(name: str, *, again: bool) -> Text:
    if again:
        return Text(f"Kolumnen ”{name}” står två gånger. Ta bort den ena.",
                    f"The column “{name}” stands twice. Remove one of them.")  # fmt: skip
    return Text(f"Kolumnen ”{name}” finns inte i matrisen, och läses inte.",
                f"The column “{name}” is not in the matrix, and is not read.")  # fmt: skip
