"""Read a folder: every file, every check, then either the whole value or every mistake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from vagvisare.assessment.definition import Event, Indicator
from vagvisare.editions.address import nearest
from vagvisare.editions.document import Edition
from vagvisare.editions.registers import Register, Strategy
from vagvisare.followups.document import FollowUp
from vagvisare.sources.contract import Receipt, Table
from vagvisare.sources.query import Dataset, Settings
from vagvisare.strategy_folder import names
from vagvisare.strategy_folder.calibration import read_calibration
from vagvisare.strategy_folder.checks import check_folder
from vagvisare.strategy_folder.codec import decode
from vagvisare.strategy_folder.documents import read_edition, read_text, read_toml
from vagvisare.strategy_folder.figures import parse_figures
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.report import Document, Place, Report
from vagvisare.terms.errors import FolderError, did_you_mean
from vagvisare.terms.language import Text
from vagvisare.terms.series import NATION


def read(path: Path | str, *, calibration: bool = True) -> Folder:
    """Read the strategy folder at ``path``; without its calibration when that is about to be made anew.

    Raises:
        FolderError: with every mistake in the folder, each with file, line and suggestion; nothing is loaded.
    """
    root = Path(path)
    report = Report()
    if not _is_folder(root, report):
        raise FolderError(str(path), tuple(report.mistakes))
    _refuse_strangers(root, report)
    strategy, sources, store = _strategy(root, report)
    told = _lists(root, names.INDICATORS, {"indicator": Indicator, "dataset": Dataset}, report)
    indicators = told["indicator"]
    events = _list(root, names.EVENTS, "event", Event, report)
    follow_ups = [_whole(root, file, FollowUp, report) for file in _files(root, names.FOLLOW_UPS, ".toml")]
    kept = tuple(follow_up for follow_up in follow_ups if follow_up is not None)
    figures = _figures(root, report)
    folder = Folder(strategy, indicators, events, kept, figures, datasets=told["dataset"], sources=sources, store=store)
    if calibration:
        folder = replace(folder, calibration=read_calibration(root, report))
    check_folder(folder, report)
    if report.mistakes:
        raise FolderError(str(path), tuple(report.mistakes))
    return folder


def _is_folder(root: Path, report: Report) -> bool:
    try:
        wrong = _wrong_with(root)
    except OSError as error:
        what = Text(f"Mappen kan inte läsas ({error.strerror}).", f"The folder cannot be read ({error.strerror}).")
        wrong = (str(root), what, Text("Kontrollera rättigheterna.", "Check the permissions."))
    if wrong is not None:
        file, what, hint = wrong
        report.add_line(file, 1, what, hint)
    return wrong is None


def _wrong_with(root: Path) -> tuple[str, Text, Text] | None:
    """Return the file, what is wrong and what to do when ``root`` is no folder with a strategy in it."""
    if not root.exists():
        what = Text("Mappen finns inte.", "The folder does not exist.")
        return str(root), what, Text("Kontrollera sökvägen.", "Check the path.")
    if not root.is_dir():
        what = Text("Detta är en fil, inte en mapp.", "This is a file, not a folder.")
        return str(root), what, Text("Ange mappen som filen ligger i.", "Name the folder that the file lies in.")
    if not any(root.iterdir()):
        hint = Text(
            "Skapa en ny med: vagvisare new MAPP --territory 18",
            "Make a new one with: vagvisare new FOLDER --territory 18",
        )
        return str(root), Text("Mappen är tom.", "The folder is empty."), hint
    if not (root / names.STRATEGY).exists():
        hint = Text("Varje strategimapp har en strategy.toml.", "Every strategy folder has a strategy.toml.")
        return names.STRATEGY, Text("Filen saknas.", "The file is missing."), hint
    return None


def _refuse_strangers(root: Path, report: Report) -> None:
    """Note files that look like ours but are not: a misspelt name would otherwise silently be nothing."""
    registers = (file for file, _, _ in names.REGISTER_FILES.values())
    known = [names.STRATEGY, names.INDICATORS, names.EVENTS, names.CALIBRATION, *registers]
    for found in sorted(root.glob("*.toml")):
        if found.name not in known:
            near, every = nearest(found.name, known), ", ".join(known)
            hint = did_you_mean(near) if near else Text(f"Kända filer: {every}.", f"Known files: {every}.")
            report.add_line(found.name, 1, Text("Okänd fil.", "Unknown file."), hint)
    for folder, endings in ((names.EDITIONS, (".md",)), (names.FOLLOW_UPS, (".toml",)), (names.FIGURES, ())):
        for found in sorted((root / folder).glob("*")):
            fits = found.name.endswith(endings or (".csv", names.RECEIPT))
            if not fits and found.suffix in (".md", ".toml", ".csv"):
                what = Text(
                    "Filen hör inte hemma i den här undermappen.", "The file does not belong in this subfolder."
                )
                report.add_line(f"{folder}/{found.name}", 1, what)


def _files(root: Path, folder: str, ending: str) -> list[str]:
    return [f"{folder}/{p.name}" for p in sorted((root / folder).glob(f"*{ending}")) if p.name[0] != "."]


def _strategy(root: Path, report: Report) -> tuple[Strategy, dict[str, Settings], str]:
    """Return the strategy, what it changes about sources, and where its vintages are kept.

    Where strategy.toml cannot be read, the strategy is a stand-in that lets the rest be checked.
    """
    read = [_edition(root, file, report) for file in _files(root, names.EDITIONS, ".md")]
    editions = tuple(sorted((e for e in read if e is not None), key=lambda edition: edition.key))
    register = Register(
        **{field: _list(root, file, table, kind, report) for field, (file, table, kind) in names.REGISTER_FILES.items()}
    )
    document = read_toml(root, names.STRATEGY, report)
    given: dict[str, object] = {"editions": editions, "register": register}
    strategy: Strategy | None = None
    settings: dict[str, Settings] = {}
    store = ""
    if document is not None:
        settings, store = _operations(document, report)
        own = {key: value for key, value in document.data.items() if key not in names.OPERATIONS}
        strategy = decode(Strategy, own, Place(document), report, given)
    if strategy is None:
        report.blind |= {"nivå", "utgåva"}
        nobody = Text("", "")
        strategy = Strategy("", nobody, nobody, NATION, (), (), (), "", editions, register)
    return strategy, settings, store


def _operations(document: Document, report: Report) -> tuple[dict[str, Settings], str]:
    """Return what strategy.toml says of sources ([sources.kolada]) and of the store."""
    settings: dict[str, Settings] = {}
    told = document.data.get("sources", {})
    if isinstance(told, dict):
        for name, raw in told.items():
            read = decode(Settings, raw, Place(document, ("sources", name)), report)
            if read is not None:
                settings[name] = read
    else:
        hint = Text(
            "Skriv till exempel [sources.kolada] och url = …", "Write for instance [sources.kolada] and url = …"
        )
        report.add(Place(document, ("sources",)), Text("Här ska en grupp stå.", "This should be a group."), hint)
    store = document.data.get("store", "")
    if not isinstance(store, str):
        hint = Text('Till exempel "s3://arkiv/orebro"', 'For instance "s3://archive/orebro"')
        report.add(Place(document, ("store",)), Text("Här ska en adress stå.", "This should be an address."), hint)
        store = ""
    return settings, store


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
            what = Text(
                f"Nyckeln ”{value.key}” stämmer inte med filens namn.",
                f"The key “{value.key}” does not match the name of the file.",
            )
            report.about(value, ("key",), what, Text(f"Skriv ”{stem}”.", f"Write “{stem}”."))
    return value


def _list(root: Path, file: str, table: str, kind: type, report: Report) -> tuple[Any, ...]:
    return _lists(root, file, {table: kind}, report)[table]


def _lists(root: Path, file: str, kinds: dict[str, type], report: Report) -> dict[str, tuple[Any, ...]]:
    """Return the sections of a file, by the name of their table."""
    if not (root / file).exists() and not (root / file).is_symlink():
        return dict.fromkeys(kinds, ())
    document = read_toml(root, file, report)
    if document is None:
        report.blind |= {names.NAMED[kind][0] if kind in names.NAMED else "" for kind in kinds.values()}
        return dict.fromkeys(kinds, ())
    every = Text(" och ".join(f"[[{table}]]" for table in kinds), " and ".join(f"[[{table}]]" for table in kinds))
    for key in document.data:
        if key not in kinds:
            what = Text(f"Okänt stycke ”{key}”.", f"Unknown section “{key}”.")
            belongs = "belongs" if len(kinds) == 1 else "belong"
            hint = Text(f"Här står bara {every.sv}.", f"Only {every.en} {belongs} here.")
            report.add(Place(document, (key,)), what, hint)
    return {table: _sections(document, table, kind, report) for table, kind in kinds.items()}


def _sections(document: Document, table: str, kind: type, report: Report) -> tuple[Any, ...]:
    items = document.data.get(table, [])
    if not isinstance(items, list):
        what = Text("Här ska stå flera stycken.", "There should be several sections here.")
        hint = Text(f"Skriv [[{table}]] med två klamrar.", f"Write [[{table}]] with double brackets.")
        report.add(Place(document, (table,)), what, hint)
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
        what = Text(f"Kvittot hör till {file}, som saknas.", f"The receipt belongs to {file}, which is missing.")
        hint = Text("Lägg dit filen med siffror.", "Put the file of figures there.")
        report.add_line(receipt_file, 1, what, hint)
        return None
    if "receipt" not in there:
        what = Text("Siffrorna saknar kvitto.", "The figures have no receipt.")
        hint = Text(
            f"Skriv {receipt_file}: varifrån siffrorna kommer.", f"Write {receipt_file}: where the figures come from."
        )
        report.add_line(file, 1, what, hint)
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
        what = Text(
            f"Datamängden ”{receipt.dataset}” stämmer inte med filens namn.",
            f"The data set “{receipt.dataset}” does not match the name of the file.",
        )
        report.about(receipt, ("dataset",), what, Text(f"Skriv ”{stem}”.", f"Write “{stem}”."))
    return receipt


def _compare(receipt: Receipt, rows: int, sha256: str, report: Report) -> None:
    if receipt.rows != rows:
        what = Text(
            f"Kvittot säger {receipt.rows} rader, men filen har {rows}.",
            f"The receipt says {receipt.rows} {'row' if receipt.rows == 1 else 'rows'}, but the file has {rows}.",
        )
        report.about(receipt, ("rows",), what)
    if receipt.sha256 != sha256:
        what = Text(
            "Kontrollsumman stämmer inte: siffrorna har ändrats efter att kvittot skrevs.",
            "The checksum does not match: the figures have changed since the receipt was written.",
        )
        hint = Text(
            f'Hämta siffrorna på nytt, eller skriv sha256 = "{sha256}" om ändringen är avsedd.',
            f'Fetch the figures again, or write sha256 = "{sha256}" if the change is intended.',
        )
        report.about(receipt, ("sha256",), what, hint)
