"""Measuring how far projections have missed on a folder's own figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vagvisare import strategy_folder
from vagvisare.assessment.measure import measure
from vagvisare.assessment.outlook import calibration
from vagvisare.assessment.outlook.conformal import Calibration, Used
from vagvisare.flow.known import known, record


def calibrate(path: str | Path, progress: Callable[[int, int], None] | None = None) -> tuple[Calibration, bool]:
    """Measure how far projections have missed on a folder's figures, and write that into the folder.

    Args:
        path: the strategy folder; a calibration it holds already is not read, only replaced.
        progress: called with how many indicators are done, and of how many.

    Returns:
        The calibration, and whether anything was written: the same figures give the same bytes.

    Raises:
        FolderError: when the folder has mistakes.
        FigureError: when the figures allow too few forecasts to say anything.
        OutputError: when the disk refuses.
    """
    recorded = record(strategy_folder.read(Path(path), calibration=False))
    folder = recorded.folder
    snapshot, protected = known(recorded, recorded.latest)
    wanted = {name for each in folder.indicators for name in (each.dataset, each.per) if name}
    whole = {name: chosen.receipt.sha256 for name, chosen in snapshot.chosen.items()} | dict(protected.vintages)
    used = [Used(name, whole[name]) for name in whole if name in wanted]
    panel = protected.measured(measure(snapshot.panel, folder.indicators))
    made = calibration.calibrate(panel, folder.indicators, used, recorded.latest, progress)
    return made, strategy_folder.write_calibration(made, path)
