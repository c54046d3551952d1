"""``vagvisare calibrate``: measure how far projections have missed, and keep that in the folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from vagvisare.cli.arguments import Folder
from vagvisare.cli.language import language, say

if TYPE_CHECKING:
    from vagvisare.assessment.outlook.conformal import Calibration, Horizon

HELP = say(
    "Mät hur prognoser har träffat på mappens siffror, och spara måttet i mappen.",
    "Measure how projections have held on the folder's figures, and keep the measure in the folder.",
)

_NAME, _NUMBER = 29, 6


def command(folder: Folder) -> None:
    """Run the command."""
    from vagvisare import flow

    with _progress() as told:
        made, written = flow.calibrate(folder, told)
    typer.echo(printed(made))
    if written:
        typer.echo(say(f"Skrivet till {folder}/calibration.toml.", f"Written to {folder}/calibration.toml."), err=True)
    else:
        typer.echo(
            say(f"{folder}/calibration.toml är redan aktuell.", f"{folder}/calibration.toml is up to date."), err=True
        )


def printed(made: Calibration) -> str:
    """Return the measured coverage as two small tables, one for each band."""
    from vagvisare.terms.language import number

    forecasts = sum(made.overall(each.years)[0] for each in made.whole.horizons)
    many, sets = number(forecasts, language()), len(made.used)
    return "\n".join(
        [
            say(
                f"{many} prognoser prövade mot utfall, på siffror från {sets} datamängder så som de var {made.day}.",
                f"{many} projections held against outcomes, on figures from {sets} data sets as of {made.day}.",
            ),
            say(
                "Varje band är draget utan de mått det prövas på; mått av samma sak räknas som ett.",
                "Each band is drawn without the measures it is tested on; measures of one thing count as one.",
            ),
            "",
            *_table(made, 80),
            "",
            *_table(made, 95),
            "",
            say(
                "Mått = skilda mått ett år fram. * = utanför 75–85 procent (80-bandet), under 90 procent (95-bandet).",
                "Kinds = distinct measures one year ahead. * = outside 75–85 per cent (80 band), below 90 (95 band).",
            ),
        ]
    )


def _table(made: Calibration, band: int) -> list[str]:
    """Return the share of outcomes inside one band, per class of units and years ahead."""
    from vagvisare.findings.closer.outlook import CLASSES

    head = say(f"Procent av utfallen inom {band}-bandet", f"Per cent of outcomes inside the {band} band")
    years = "".join(f"{each.years:>{_NUMBER}}" for each in made.whole.horizons)
    titles = f"{say('Mått', 'Kinds'):>{_NUMBER}}{years} {say('år fram', 'years ahead')}"
    rows = [f"{head}:", f"{'':{_NAME}}{titles}"]
    overall = [made.overall(each.years)[1 if band == 80 else 2] for each in made.whole.horizons]
    rows.append(_row(say("alla", "all"), made.whole.horizons[0].families, [_marked(each, band) for each in overall]))
    for each in made.classes[1:]:
        own = [horizon if horizon.checked == each.unit_class else None for horizon in each.horizons]
        name = CLASSES[each.unit_class].to(language())
        rows.append(_row(name, own[0].families if own[0] else 0, [_cell(horizon, band) for horizon in own]))
    return rows


def _row(name: str, families: int, cells: list[str]) -> str:
    return f"{name:{_NAME}}{families:>{_NUMBER}}" + "".join(f"{cell:>{_NUMBER}}" for cell in cells)


def _cell(horizon: Horizon | None, band: int) -> str:
    if horizon is None:
        return "–"
    return _marked(horizon.coverage_80 if band == 80 else horizon.coverage_95, band)


def _marked(share: float, band: int) -> str:
    from vagvisare.findings.closer.outlook import GOOD
    from vagvisare.terms.language import number

    low, high = GOOD if band == 80 else (0.90, 1.0)
    if low <= share <= high:
        return f"{share * 100:.0f} "
    # Rounded, 74.6 would stand as 75 and be marked as outside 75–85.
    seems_good = low * 100 <= round(share * 100) <= high * 100
    return f"{number(share * 100, language(), 1) if seems_good else f'{share * 100:.0f}'}*"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Show how far the work has come where somebody watches a terminal; say nothing in a log."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("Prövar prognoser", "Testing projections"), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
