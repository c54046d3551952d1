"""``vagvisare deliver``: see how a delivered file is understood, and record it once it is right."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli.arguments import Folder, Lang, StoreAddress, spoken_language
from vagvisare.cli.language import printable, say
from vagvisare.terms.errors import FigureError, SourceError, UnknownError, UserError, did_you_mean
from vagvisare.terms.language import Language, Text

if TYPE_CHECKING:
    import pyarrow as pa

    from vagvisare.sources.query import Dataset, Query
    from vagvisare.sources.spreadsheet.delivery import FileDelivery
    from vagvisare.sources.spreadsheet.layout_guess import Guess
    from vagvisare.strategy_folder.folder import Folder as StrategyFolder

HELP = say(
    "Granska en levererad fil (XLSX, CSV, PX) och läs in den som ny årgång.",
    "Look through a delivered file (XLSX, CSV, PX) and record it as a new vintage.",
)
SOURCE = "spreadsheet"
"""The source of data sets that come in files."""

_File = Annotated[
    Path, typer.Argument(metavar="FILE", help=say("Den levererade filen.", "The delivered file."), show_default=False)
]
_Key = Annotated[
    str,
    typer.Argument(
        metavar="DATASET",
        help=say("Datamängdens nyckel i indicators.toml.", "The data set's key in indicators.toml."),
        show_default=False,
    ),
]
_Accept = Annotated[
    bool, typer.Option("--accept", help=say("Läs in siffrorna som en årgång.", "Record the figures as a vintage."))
]
_By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="NAME",
        help=say("Vem som har granskat; krävs med --accept.", "Who looked it through; needed with --accept."),
        show_default=False,
    ),
]
_Guess = Annotated[
    bool,
    typer.Option("--guess", help=say("Föreslå en layout att bekräfta.", "Propose a layout, to be confirmed.")),
]


def command(
    folder: Folder,
    dataset: _Key,
    file: _File,
    *,
    accept: _Accept = False,
    by: _By = "",
    guess: _Guess = False,
    lang: Lang = "",
    store: StoreAddress = "",
) -> None:
    """Run the command."""
    from vagvisare import flow
    from vagvisare.sources.spreadsheet.delivery import deliver
    from vagvisare.sources.spreadsheet.texts import file_bytes

    language = spoken_language(lang)
    _together(accept=accept, by=by, guess=guess)
    raw = file_bytes(file)
    read = flow.read_folder(folder)
    if guess:
        _propose(read, dataset, raw, file, language)
        return
    wanted = _defined(read, dataset, file)
    delivery = deliver(raw, file.name, wanted)
    _show(delivery, wanted, _standing(folder, read, dataset, store), language)
    if accept:
        from vagvisare.flow import live

        receipt = live.deliver(folder, dataset, raw, file.name, by=by.strip(), url=store)
        when, count, who = receipt.recorded, receipt.rows, by.strip()
        done = Text(
            f"Inläst {when} som en årgång av {dataset}: {count} siffror, granskade av {who}.",
            f"Recorded {when} as a vintage of {dataset}: {count} figures, looked through by {who}.",
        )
    else:
        done = Text(
            "Stämmer det? Kör samma kommando igen med --accept --by ”DITT NAMN”, så läses siffrorna in.",
            "Is it right? Run the same command again with --accept --by “YOUR NAME”, and the figures are recorded.",
        )
    typer.echo(printable(done.to(language)))


def _together(*, accept: bool, by: str, guess: bool) -> None:
    """Refuse options that do not go together.

    Raises:
        UserError: when nobody answers for what is recorded, or a guess is to be recorded.
    """
    if guess and accept:
        raise UserError(
            Text("--guess och --accept går inte ihop.", "--guess and --accept do not go together."),
            meaning=Text(
                "Ett förslag måste först bekräftas av någon.", "A proposal must first be confirmed by somebody."
            ),
            remedy=Text("Kör --guess för sig, och skriv in layouten.", "Run --guess by itself, and write the layout."),
        )
    if accept and not by.strip():
        raise UserError(
            Text("--accept kräver --by.", "--accept needs --by."),
            meaning=Text(
                "Kvittot ska säga vem som har granskat siffrorna.",
                "The receipt is to say who looked the figures through.",
            ),
            remedy=Text("Lägg till --by ”DITT NAMN”.", "Add --by “YOUR NAME”."),
        )


def _defined(read: StrategyFolder, key: str, file: Path) -> Dataset:
    """Return the data set's definition, when it is one of files and says how they are laid out.

    Raises:
        UnknownError: when the folder has none by that name.
        UserError: when it is fetched from elsewhere, or has no layout yet.
    """
    from vagvisare.editions.address import nearest

    known = {each.key: each for each in read.datasets}
    if key not in known:
        near = did_you_mean(nearest(key, known))
        propose = _how_to_guess(key, file)
        raise UnknownError(
            Text(f"Mappen har ingen datamängd ”{key}” att läsa in.", f"The folder has no data set “{key}” to record."),
            remedy=near if near.sv else propose,
        )
    found = known[key]
    if found.source != SOURCE:
        raise UserError(
            Text(
                f"{key} hämtas från {found.source}, inte ur filer.",
                f"{key} is fetched from {found.source}, not from files.",
            ),
            meaning=Text("Inget har lästs in.", "Nothing was recorded."),
            remedy=Text(f"Kör vagvisare fetch MAPP --only {key}.", f"Run vagvisare fetch FOLDER --only {key}."),
        )
    if file.suffix.lower() != ".px" and any(query.layout is None for query in found.queries):
        raise UserError(
            Text(f"{key} säger inte hur bladet är uppställt.", f"{key} does not say how the sheet is laid out."),
            meaning=Text("Inget har lästs in.", "Nothing was recorded."),
            remedy=_how_to_guess(key, file),
        )
    return found


def _how_to_guess(key: str, file: Path) -> Text:
    return Text(
        f"Få ett förslag med: vagvisare deliver MAPP {key} {file.name} --guess",
        f"Have one proposed with: vagvisare deliver FOLDER {key} {file.name} --guess",
    )


def _standing(path: Path, read: StrategyFolder, key: str, url: str) -> pa.Table | None:
    """Return the figures that now stand: the latest vintage where figures have been fetched, else the folder's own."""
    from vagvisare import flow
    from vagvisare.observations.vintage import to_figures

    store = flow.kept_store(path, read, url)
    latest = None if store is None else store.latest(key)
    if store is not None and latest is not None:
        return store.figures(latest)
    own = next((table for table in read.figures if table.receipt.dataset == key), None)
    return None if own is None else to_figures(own)


def _show(delivery: FileDelivery, dataset: Dataset, previous: pa.Table | None, language: Language) -> None:
    from vagvisare.sources.spreadsheet.preview import understood
    from vagvisare.sources.spreadsheet.preview_text import rendered

    typer.echo(rendered(understood(delivery, dataset, previous), language, shutil.get_terminal_size().columns))


def _propose(read: StrategyFolder, key: str, raw: bytes, file: Path, language: Language) -> None:
    """Print a proposed definition, and what reading the file by it would give."""
    from vagvisare.sources.spreadsheet.delivery import deliver
    from vagvisare.sources.spreadsheet.layout_guess import guess

    proposed = guess(raw, file.name)
    dataset = _proposed(read, key, proposed.query)
    typer.echo(printable(_definition(dataset, proposed, language)))
    try:
        _show(deliver(raw, file.name, dataset), dataset, None, language)
    except (FigureError, SourceError) as error:
        typer.echo(
            printable(
                say("Så som förslaget står går filen inte att läsa:", "As the proposal stands the file cannot be read:")
                + "\n"
                + error.message(language)
            )
        )


def _proposed(read: StrategyFolder, key: str, query: Query) -> Dataset:
    from dataclasses import replace

    from vagvisare.sources.query import Dataset

    found = next((each for each in read.datasets if each.key == key), None)
    told = next((table.receipt for table in read.figures if table.receipt.dataset == key), None)
    if found is not None:
        return replace(found, source=SOURCE, queries=(query,))
    if told is not None:
        return Dataset(key, SOURCE, told.title, told.producer, told.unit, (query,))
    return Dataset(key, SOURCE, "", "", "", (query,))


def _definition(dataset: Dataset, proposed: Guess, language: Language) -> str:
    """Return a definition as it would stand in indicators.toml, with what is to be confirmed as remarks."""
    from vagvisare.strategy_folder.codec import encode
    from vagvisare.strategy_folder.toml_text import toml_text

    head = Text(
        "# Förslag, att bekräfta: lägg in det i indicators.toml när det stämmer.",
        "# A proposal, to be confirmed: put it in indicators.toml when it is right.",
    )
    remarks = [f"# - {each.to(language)}" for each in proposed.confirm]
    return "\n".join([head.to(language), *remarks, toml_text({"dataset": [encode(dataset)]})])
