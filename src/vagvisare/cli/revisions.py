"""``vagvisare revisions``: one series through all its vintages, so that every revision is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli.arguments import Folder, StoreAddress, territory
from vagvisare.cli.language import fitted, json_text, language, printable, say
from vagvisare.terms.errors import UnknownError, UserError, did_you_mean
from vagvisare.terms.language import Text, number
from vagvisare.terms.territory import TERRITORIES
from vagvisare.terms.unit import UNITS

if TYPE_CHECKING:
    from vagvisare.observations.revisions import Triangle
    from vagvisare.strategy_folder.folder import Folder as Read

HELP = say(
    "Visa hur siffrorna för en indikator har ändrats från årgång till årgång.",
    "Show how the figures of an indicator have changed from vintage to vintage.",
)
_MOST = 8
"""So many vintages fit side by side; the latest are shown."""


def command(
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help=say("Indikatorn.", "The indicator."), show_default=False)
    ],
    folder: Folder,
    place: Annotated[
        str,
        typer.Option(
            "--territory", metavar="CODE", help=say("Ett annat område.", "Another territory."), show_default=False
        ),
    ] = "",
    sex: Annotated[str, typer.Option("--sex", metavar="T|K|M", help=say("Kön.", "Sex."))] = "T",
    background: Annotated[
        str, typer.Option("--group", metavar="NAME", help=say("En grupp.", "A group."), show_default=False)
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=say("Som JSON.", "As JSON."))] = False,
    store: StoreAddress = "",
) -> None:
    """Run the command."""
    from vagvisare import flow
    from vagvisare.observations.revisions import triangle

    read = flow.read_folder(folder)
    dataset, unit = _dataset(read, indicator)
    recorded = flow.recorded_at(folder, read, store)
    where = territory(place) or read.strategy.territory
    found = triangle(recorded.store, dataset, where, _sex(sex), background)
    typer.echo(_json(found) if as_json else printable(printed(found, unit)))


def printed(found: Triangle, unit: str) -> str:
    """Return the triangle as a table: a row a period, a column a day; marks tell what changed."""
    name = TERRITORIES[found.territory].name_in(language())
    title = f"{found.dataset} · {name}"
    if not found.periods:
        return f"{title}\n" + say("Det finns inga siffror för den serien.", "There are no figures of that series.")
    first = max(0, len(found.columns) - _MOST)
    shown = range(first, len(found.columns))
    wide = max(12, *(len(period.label) for period in found.periods))
    heads = "".join(f"{found.columns[c].receipt.recorded.isoformat():>13}" for c in shown)
    lines = [title, "", f"{say('period', 'period'):{wide}}{heads}"]
    for row, period in enumerate(found.periods):
        cells = "".join(f"{_cell(found, row, column, unit):>13}" for column in shown)
        lines.append(f"{period.label:{wide}}{cells}")
    return "\n".join([*lines, "", *map(fitted, _legend(found, first))])


def _cell(found: Triangle, row: int, column: int, unit: str) -> str:
    value = found.values[row][column]
    if value is None:
        return say("borttagen", "removed") if (row, column) in found.vanished else "–"
    known = UNITS.get(unit)
    divide, decimals = (known.divide, known.decimals) if known else (1, 2)
    marks = ("*" if (row, column) in found.revised else "") + ("p" if (row, column) in found.preliminary else "")
    return number(value / divide, language(), decimals) + (marks or " ")


def _legend(found: Triangle, first: int) -> list[str]:
    lines = []
    if found.revised:
        lines.append(say("* ändrad av källan sedan årgången före", "* changed by the source since the vintage before"))
    else:
        lines.append(say("Ingen äldre siffra har ändrats.", "No older figure has changed."))
    if found.preliminary:
        lines.append(say("p preliminär enligt källan", "p preliminary according to the source"))
    for column in found.columns[first:]:
        if column.another_definition:
            day, source = column.receipt.recorded, column.receipt.source_id
            lines.append(
                say(
                    f"{day}: annan källa eller fråga ({source}); skillnaderna dit är ingen revidering.",
                    f"{day}: another source or query ({source}); differences from it are no revision.",
                )
            )
    if first:
        lines.append(say(f"{first} äldre årgångar visas inte.", f"{first} older vintages are not shown."))
    return lines


def _json(found: Triangle) -> str:
    document = {
        "dataset": found.dataset,
        "territory": found.territory,
        "sex": found.sex,
        "background": found.background,
        "periods": [str(period) for period in found.periods],
        "vintages": [
            {
                "recorded": column.receipt.recorded.isoformat(),
                "source_id": column.receipt.source_id,
                "sha256": column.receipt.sha256,
                "another_definition": column.another_definition,
            }
            for column in found.columns
        ],
        "values": found.values,
        "revised": sorted(found.revised),
        "vanished": sorted(found.vanished),
        "preliminary": sorted(found.preliminary),
    }
    return json_text(document)


def _sex(text: str) -> str:
    """Return T, K or M.

    Raises:
        UserError: when the text is none of them.
    """
    if text.strip().upper() in {"T", "K", "M"}:
        return text.strip().upper()
    raise UserError(
        Text(f"--sex kan inte vara ”{text}”.", f"--sex cannot be “{text}”."),
        remedy=Text("Välj T (båda), K (kvinnor) eller M (män).", "Choose T (both), K (women) or M (men)."),
    )


def _dataset(read: Read, name: str) -> tuple[str, str]:
    """Return the data set of an indicator (or the data set itself) and its unit.

    Raises:
        UnknownError: when there is none by that name.
    """
    from vagvisare.editions.address import nearest

    units = {table.receipt.dataset: table.receipt.unit for table in read.figures}
    units |= {dataset.key: dataset.unit for dataset in read.datasets}
    behind = {indicator.key: indicator.dataset for indicator in read.indicators}
    dataset = behind.get(name, name)
    if dataset not in units:
        raise UnknownError(
            Text(f"Ingen indikator heter ”{name}”.", f"No indicator is called “{name}”."),
            remedy=did_you_mean(nearest(name, [*behind, *units])),
        )
    return dataset, units[dataset]
