"""Read a folder: every file, every check, then either the whole value or every mistake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vagvisare.assessment.definition import Event, Indicator
from vagvisare.editions.address import did_you_mean
from vagvisare.editions.document import Edition
from vagvisare.editions.registers import Register, Strategy
from vagvisare.followups.document import FollowUp
from vagvisare.sources.contract import Receipt, Table
from vagvisare.strategy_folder import names
from vagvisare.strategy_folder.checks import check_folder
from vagvisare.strategy_folder.codec import decode
from vagvisare.strategy_folder.documents import read_edition, read_text, read_toml
from vagvisare.strategy_folder.figures import parse_figures
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.report import Document, Place, Report
from vagvisare.terms.errors import FolderError
from vagvisare.terms.language import Text
from vagvisare.terms.series import NATION


def read(path: Path | str) -> Folder:
    """Read the strategy folder at ``path``.

    Raises:
        FolderError: with every mistake in the folder, each with file, line and suggestion; nothing is loaded.
    """
    root = Path(path)
    report = Report()
    if not _is_folder(root, report):
        raise FolderError(str(path), tuple(report.mistakes))
    _refuse_strangers(root, report)
    strategy = _strategy(root, report)
    indicators = _list(root, names.INDICATORS, "indicator", Indicator, report)
    events = _list(root, names.EVENTS, "event", Event, report)
    follow_ups = [_whole(root, file, FollowUp, report) for file in _files(root, names.FOLLOW_UPS, ".toml")]
    kept = tuple(follow_up for follow_up in follow_ups if follow_up is not None)
    folder = Folder(strategy, indicators, events, kept, _figures(root, report))
    check_folder(folder, report)
    if report.mistakes:
        raise FolderError(str(path), tuple(report.mistakes))
    return folder


def _is_folder(root: Path, report: Report) -> bool:
    try:
        if not root.exists():
            report.add_line(str(root), 1, "Mappen finns inte.", "Kontrollera sökvägen.")
        elif not root.is_dir():
            report.add_line(str(root), 1, "Detta är en fil, inte en mapp.", "Ange mappen som filen ligger i.")
        elif not any(root.iterdir()):
            report.add_line(str(root), 1, "Mappen är tom.", "Skapa en ny med: vagvisare new MAPP --territory 18")
        elif not (root / names.STRATEGY).exists():
            report.add_line(names.STRATEGY, 1, "Filen saknas.", "Varje strategimapp har en strategy.toml.")
    except OSError as error:
        report.add_line(str(root), 1, f"Mappen kan inte läsas ({error.strerror}).", "Kontrollera rättigheterna.")
    return not report.mistakes


def _refuse_strangers(root: Path, report: Report) -> None:
    """Note files that look like ours but are not: a misspelt name would otherwise silently be nothing."""
    known = [names.STRATEGY, names.INDICATORS, names.EVENTS, *(f for f, _, _ in names.REGISTER_FILES.values())]
    for found in sorted(root.glob("*.toml")):
        if found.name not in known:
            hint = did_you_mean(found.name, known) or f"Kända filer: {', '.join(known)}."
            report.add_line(found.name, 1, "Okänd fil.", hint)
    for folder, endings in ((names.EDITIONS, (".md",)), (names.FOLLOW_UPS, (".toml",)), (names.FIGURES, ())):
        for found in sorted((root / folder).glob("*")):
            fits = found.name.endswith(endings or (".csv", names.RECEIPT))
            if not fits and found.suffix in (".md", ".toml", ".csv"):
                report.add_line(f"{folder}/{found.name}", 1, "Filen hör inte hemma i den här undermappen.")


def _files(root: Path, folder: str, ending: str) -> list[str]:
    return [f"{folder}/{p.name}" for p in sorted((root / folder).glob(f"*{ending}")) if p.name[0] != "."]


def _strategy(root: Path, report: Report) -> Strategy:
    """Return the strategy; where strategy.toml cannot be read, a stand-in that lets the rest be checked."""
    read = [_edition(root, file, report) for file in _files(root, names.EDITIONS, ".md")]
    editions = tuple(sorted((e for e in read if e is not None), key=lambda edition: edition.key))
    register = Register(
        **{field: _list(root, file, table, kind, report) for field, (file, table, kind) in names.REGISTER_FILES.items()}
    )
    document = read_toml(root, names.STRATEGY, report)
    given: dict[str, object] = {"editions": editions, "register": register}
    strategy: Strategy | None = None
    if document is not None:
        strategy = decode(Strategy, document.data, Place(document), report, given)
    if strategy is None:
        report.blind |= {"nivå", "utgåva"}
        nobody = Text("", "")
        return Strategy("", nobody, nobody, NATION, (), (), (), "", editions, register)
    return strategy


def _edition(root: Path, file: str, report: Report) -> Edition | None:
    document = read_edition(root, file, report)
    if document is None:
        report.blind |= {"adress", "utgåva"}
        return None
    edition: Edition | None = _decoded(Edition, document, report)
    return edition


def _whole(root: Path, file: str, kind: type, report: Report) -> Any:
    document = read_toml(root, file, report)
    return None if document is None else _decoded(kind, document, report)


def _decoded(kind: type, document: Document, report: Report) -> Any:
    value = decode(kind, document.data, Place(document), report)
    if value is not None:
        stem = document.file.rpartition("/")[2].rpartition(".")[0]
        if value.key != stem:
            report.about(value, ("key",), f"Nyckeln ”{value.key}” stämmer inte med filens namn.", f"Skriv ”{stem}”.")
    return value


def _list(root: Path, file: str, table: str, kind: type, report: Report) -> tuple[Any, ...]:
    if not (root / file).exists() and not (root / file).is_symlink():
        return ()
    document = read_toml(root, file, report)
    if document is None:
        report.blind.add(names.NAMED[kind][0] if kind in names.NAMED else "")
        return ()
    for key in document.data:
        if key != table:
            report.add(Place(document, (key,)), f"Okänt stycke ”{key}”.", f"Här står bara [[{table}]].")
    items = document.data.get(table, [])
    if not isinstance(items, list):
        report.add(Place(document, (table,)), "Här ska stå flera stycken.", f"Skriv [[{table}]] med två klamrar.")
        return ()
    read = [decode(kind, item, Place(document, (table, n)), report) for n, item in enumerate(items)]
    return tuple(value for value in read if value is not None)


def _figures(root: Path, report: Report) -> tuple[Table, ...]:
    endings = {".csv": "csv", names.RECEIPT: "receipt"}
    stems: dict[str, set[str]] = {}
    for ending, what in endings.items():
        for file in _files(root, names.FIGURES, ending):
            stems.setdefault(file.removesuffix(ending), set()).add(what)
    tables = [_table(root, stem, there, report) for stem, there in sorted(stems.items())]
    report.lost |= {("datamängd", stem.rpartition("/")[2]) for stem in stems}
    return tuple(table for table in tables if table is not None)


def _table(root: Path, stem: str, there: Iterable[str], report: Report) -> Table | None:
    file, receipt_file = stem + ".csv", stem + names.RECEIPT
    if "csv" not in there:
        report.add_line(receipt_file, 1, f"Kvittot hör till {file}, som saknas.", "Lägg dit filen med siffror.")
        return None
    if "receipt" not in there:
        report.add_line(file, 1, "Siffrorna saknar kvitto.", f"Skriv {receipt_file}: varifrån siffrorna kommer.")
    receipt = _receipt(root, receipt_file, report) if "receipt" in there else None
    text = read_text(root, file, report)
    if text is None:
        return None
    cells, mistakes = parse_figures(text, file)
    report.mistakes.extend(mistakes)
    if receipt is None:
        return None
    if not mistakes:
        _compare(receipt, len(cells), hashlib.sha256((root / file).read_bytes()).hexdigest(), report)
    return Table(receipt, cells)


def _receipt(root: Path, file: str, report: Report) -> Receipt | None:
    document = read_toml(root, file, report)
    if document is None:
        return None
    receipt: Receipt | None = decode(Receipt, document.data, Place(document), report)
    stem = file.rpartition("/")[2].removesuffix(names.RECEIPT)
    if receipt is not None and receipt.dataset != stem:
        what = f"Datamängden ”{receipt.dataset}” stämmer inte med filens namn."
        report.about(receipt, ("dataset",), what, f"Skriv ”{stem}”.")
    return receipt


def _compare(receipt: Receipt, rows: int, sha256: str, report: Report) -> None:
    if receipt.rows != rows:
        report.about(receipt, ("rows",), f"Kvittot säger {receipt.rows} rader, men filen har {rows}.")
    if receipt.sha256 != sha256:
        report.about(
            receipt,
            ("sha256",),
            "Kontrollsumman stämmer inte: siffrorna har ändrats efter att kvittot skrevs.",
            f'Hämta siffrorna på nytt, eller skriv sha256 = "{sha256}" om ändringen är avsedd.',
        )
