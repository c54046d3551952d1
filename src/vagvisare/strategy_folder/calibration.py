"""The folder's calibration: ``calibration.toml``, made by ``vagvisare calibrate`` and never by hand."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from vagvisare.assessment.outlook.calibration import METHOD
from vagvisare.assessment.outlook.conformal import ALL, PROBABILITIES, Calibration, ClassMisses, Horizon
from vagvisare.strategy_folder import names
from vagvisare.strategy_folder.codec import decode, encode
from vagvisare.strategy_folder.documents import read_toml
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.report import Place, Report
from vagvisare.strategy_folder.toml_text import toml_text
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text

_HEAD = (
    "# Hur långt prognoser har missat, mätt på mappens siffror. Görs om med: vagvisare calibrate MAPP\n"
    "# How far projections have missed, measured on the folder's figures. Made anew with: vagvisare calibrate FOLDER\n"
)
_AGAIN = Text("Gör om den med vagvisare calibrate MAPP.", "Make it anew with vagvisare calibrate FOLDER.")


def read_calibration(root: Path, report: Report) -> Calibration | None:
    """Read the folder's calibration, noting every mistake; None where it has none, or none that can be read."""
    if not (root / names.CALIBRATION).exists() and not (root / names.CALIBRATION).is_symlink():
        return None
    document = read_toml(root, names.CALIBRATION, report)
    if document is None:
        return None
    place = Place(document)
    read: Calibration | None = decode(Calibration, document.data, place, report)
    if read is None:
        return None
    if read.method != METHOD:
        what = Text(
            f"Kalibreringen är gjord med metod {read.method}, och här gäller {METHOD}.",
            f"The calibration was made by method {read.method}, and here {METHOD} applies.",
        )
        report.add(place.at("method"), what, _AGAIN)
        return read
    for steps, what in _wrong(read):
        report.add(place.at(*steps), what, _AGAIN)
    return read


def calibration_text(calibration: Calibration) -> str:
    """Return the canonical text of a calibration; the same value always gives the same text."""
    return _HEAD + toml_text(encode(calibration))


def write_calibration(calibration: Calibration, path: Path | str) -> bool:
    """Write the calibration into the folder ``path``; return False when the very same is there already.

    It is written beside and renamed when whole.

    Raises:
        OutputError: when the disk refuses.
    """
    final = Path(path) / names.CALIBRATION
    content = calibration_text(calibration).encode()
    temporary = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        if final.is_file() and final.read_bytes() == content:
            return False
        try:
            temporary.write_bytes(content)
            temporary.replace(final)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or error
        raise OutputError(
            Text(f"{final} kan inte skrivas ({why}).", f"{final} cannot be written ({why})."),
            meaning=Text("Den förra kalibreringen är orörd.", "The former calibration is untouched."),
            remedy=Text("Kontrollera att du får skriva i mappen.", "Check that you may write in the folder."),
        ) from error
    return True


def outdated(folder: Folder) -> tuple[str, ...]:
    """Return the data sets that have changed, come or gone since the folder was calibrated; none where it never was."""
    if folder.calibration is None:
        return ()
    then = {each.dataset: each.sha256 for each in folder.calibration.used}
    now = {table.receipt.dataset: table.receipt.sha256 for table in folder.figures}
    wanted = {name for each in folder.indicators for name in (each.dataset, each.per) if name in now}
    return tuple(sorted(name for name in wanted | set(then) if then.get(name) != now.get(name)))


def _wrong(read: Calibration) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """Return what cannot be right in a calibration, and where."""
    if not read.classes or read.classes[0].unit_class != ALL:
        yield (
            ("class",),
            Text(f"Det första stycket ska vara klassen ”{ALL}”.", f"The first section should be the class “{ALL}”."),
        )
    for number, each in enumerate(read.classes):
        yield from _wrong_in_class(each, ("class", number))


def _wrong_in_class(each: ClassMisses, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    for number, horizon in enumerate(each.horizons):
        here = (*path, "horizon", number)
        if horizon.years != number + 1:
            yield (
                (*here, "years"),
                Text(f"Här ska år {number + 1} stå.", f"Year {number + 1} should stand here."),
            )
        shares = (horizon.coverage_80, horizon.coverage_95, horizon.lowest_80, horizon.borrowed)
        if not all(0 <= share <= 1 for share in shares):
            yield here, Text("En andel ligger inte mellan 0 och 1.", "A share does not lie between 0 and 1.")
        if not _is_grid(horizon):
            yield (
                (*here, "misses"),
                Text(
                    f"Här ska {len(PROBABILITIES)} tal stå, från det minsta till det största.",
                    f"{len(PROBABILITIES)} numbers should stand here, from the smallest to the largest.",
                ),
            )


def _is_grid(horizon: Horizon) -> bool:
    misses = horizon.misses
    return len(misses) == len(PROBABILITIES) and misses[0] >= 0 and all(a <= b for a, b in itertools.pairwise(misses))
