"""Write a folder as text files, all or nothing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from vagvisare.strategy_folder import names
from vagvisare.strategy_folder.calibration import calibration_text
from vagvisare.strategy_folder.codec import encode
from vagvisare.strategy_folder.edition_text import edition_text
from vagvisare.strategy_folder.figures import figure_bytes, seal
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.toml_text import Plain, toml_text
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text


def write(folder: Folder, path: Path | str) -> None:
    """Write ``folder`` in its canonical text form into the directory ``path``, replacing what an earlier write left.

    The receipts' number of rows and checksum are computed from the figures written. Files of the text form that
    the value no longer has are removed; other files in the directory are left alone.

    Raises:
        OutputError: when a key cannot be a file name, a value cannot be written, or the disk refuses.
    """
    root = Path(path)
    try:
        files = folder_files(folder)
    except (ValueError, UnicodeError) as error:
        raise OutputError(
            Text(f"Mappen {root} kan inte skrivas ({error}).", f"The folder {root} cannot be written ({error})."),
            remedy=Text("Rätta värdet och skriv igen.", "Correct the value and write again."),
        ) from error
    try:
        _replace(root, files)
    except OSError as error:
        why = error.strerror or error
        raise OutputError(
            Text(f"Mappen {root} kan inte skrivas ({why}).", f"The folder {root} cannot be written ({why})."),
            meaning=Text("Ingen fil är halvskriven.", "No file is half-written."),
            remedy=Text(
                "Kontrollera att platsen finns och att du får skriva där.",
                "Check that the place exists and that you may write there.",
            ),
        ) from error


def folder_files(folder: Folder) -> dict[str, bytes]:
    """Return every file of the folder's text form: path inside the folder → bytes.

    Raises:
        ValueError: when a key cannot be a file name, or a number is not finite.
    """
    strategy = folder.strategy
    texts = {names.STRATEGY: toml_text(_operations(folder) | encode(strategy, frozenset({"editions", "register"})))}
    for edition in strategy.editions:
        texts[f"{names.EDITIONS}/{_safe(edition.key)}.md"] = edition_text(edition)
    for field, (file, table, _) in names.REGISTER_FILES.items():
        texts |= _list_file(file, table, getattr(strategy.register, field))
    texts |= _indicator_file(folder)
    texts |= _list_file(names.EVENTS, "event", folder.events)
    for follow_up in folder.follow_ups:
        texts[f"{names.FOLLOW_UPS}/{_safe(follow_up.key)}.toml"] = toml_text(encode(follow_up))
    if folder.calibration is not None:
        texts[names.CALIBRATION] = calibration_text(folder.calibration)
    files = {file: text.encode() for file, text in texts.items()}
    for figures in map(seal, folder.figures):
        stem = f"{names.FIGURES}/{_safe(figures.receipt.dataset)}"
        files[f"{stem}.csv"] = figure_bytes(figures.cells)
        files[stem + names.RECEIPT] = toml_text(encode(figures.receipt)).encode()
    return files


def _operations(folder: Folder) -> dict[str, Plain]:
    """Return what strategy.toml says of sources and of the store."""
    changed = {name: encode(settings) for name, settings in folder.sources.items()}
    told: dict[str, Plain] = {"store": folder.store} if folder.store else {}
    return told | ({"sources": changed} if changed else {})


def _indicator_file(folder: Folder) -> dict[str, str]:
    lists = {"indicator": folder.indicators, "dataset": folder.datasets}
    told: dict[str, Plain] = {table: [encode(item) for item in items] for table, items in lists.items() if items}
    return {names.INDICATORS: toml_text(told)} if told else {}


def _list_file(file: str, table: str, items: Sequence[Any]) -> dict[str, str]:
    return {file: toml_text({table: [encode(item) for item in items]})} if items else {}


def _safe(key: str) -> str:
    if not names.is_key(key):
        raise ValueError(f"”{key}” kan inte vara ett filnamn; använd a–z, 0–9, - och _")
    return key


def _replace(root: Path, files: dict[str, bytes]) -> None:
    """Write all files under temporary names first, then rename, then remove what is no longer there."""
    for part in (names.EDITIONS, names.FOLLOW_UPS, names.FIGURES):
        if not (root / part).resolve().is_relative_to(root.resolve()):
            raise OSError(f"{part} är en länk som leder ut ur mappen")
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            final = root / name
            final.parent.mkdir(parents=True, exist_ok=True)
            temporary = final.with_name(f".{final.name}.{os.getpid()}.part")
            waiting.append((temporary, final))
            temporary.write_bytes(content)
        for temporary, final in waiting:
            temporary.replace(final)
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    for stale in _own_files(root) - {root / name for name in files}:
        stale.unlink()


def _own_files(root: Path) -> set[Path]:
    registers = (file for file, _, _ in names.REGISTER_FILES.values())
    singles = [names.INDICATORS, names.EVENTS, names.CALIBRATION, *registers]
    patterns = [
        *singles,
        f"{names.EDITIONS}/*.md",
        f"{names.FOLLOW_UPS}/*.toml",
        f"{names.FIGURES}/*.csv",
        f"{names.FIGURES}/*{names.RECEIPT}",
    ]
    return {found for pattern in patterns for found in root.glob(pattern) if found.is_file()}
