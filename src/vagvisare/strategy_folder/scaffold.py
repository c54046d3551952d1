"""Start a folder for another county: the bundled figures and indicators, and an edition that says it is an example."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from vagvisare.assessment.definition import Indicator
from vagvisare.editions.address import nearest
from vagvisare.editions.document import Edition, LevelName, Node, Source
from vagvisare.editions.registers import Register, Strategy
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.reading import read
from vagvisare.strategy_folder.writing import write
from vagvisare.terms.errors import OutputError, UnknownError
from vagvisare.terms.language import Text
from vagvisare.terms.series import NATION
from vagvisare.terms.territory import COUNTIES, TERRITORIES

MARK = Text("Exempel – ersätt med er strategis ord", "Example – replace with your strategy's words")
_SOURCE = Source("exempel")
_EDITION = "exempel"

_LEVELS = (
    LevelName("vision", Text("Vision", "Vision"), Text("Visioner", "Visions")),
    LevelName("effect_goal", Text("Effektmål", "Effect goal"), Text("Effektmål", "Effect goals")),
)


def scaffold(path: Path | str, territory: str, bundled: Path) -> Folder:
    """Create the folder ``path`` for the county ``territory`` out of the bundled folder, and return it as read back.

    Figures with receipts, the indicators that have figures for the county, and declared events come along. Targets,
    follow-ups and registers are another region's and do not; each indicator watches an example goal named after it,
    until somebody says what it really watches. The comparison set is kept only for the bundled folder's own territory.

    Raises:
        UnknownError: when ``territory`` is no county code.
        OutputError: when ``path`` holds something already, or cannot be written.
        FolderError: when the bundled folder has mistakes.
    """
    target, code = Path(path).absolute(), territory.strip()
    if code not in COUNTIES:
        raise _unknown(code)
    _refuse_occupied(target)
    folder = example(read(bundled), code)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise _cannot(target, error) from error
    try:
        write(folder, temporary)
        made = read(temporary)
        temporary.chmod(0o755)
        temporary.replace(target)
    except OSError as error:
        raise _cannot(target, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return made


def example(bundled: Folder, territory: str) -> Folder:
    """Return the example folder of another county as a value."""
    own = bundled.strategy.territory == territory
    county = TERRITORIES[territory].name
    originals = _with_figures(bundled, territory)
    indicators = tuple(_example_indicator(indicator, own=own) for indicator in originals)
    strategy = Strategy(
        key=TERRITORIES[territory].slug,
        owner=county,
        title=Text(f"{MARK.sv}: {county.sv}", f"{MARK.en}: {county.en}"),
        territory=territory,
        languages=("sv", "en"),
        comparison=bundled.strategy.comparison if own else (),
        levels=_LEVELS,
        current=_EDITION,
        editions=(_example_edition(indicators, originals),),
        register=Register(),
        synthetic=True,
        notes=(
            Text(
                "Mappen är ett exempel. Siffrorna är verkliga; målen är det inte.",
                "This folder is an example. The figures are real; the goals are not.",
            ),
        ),
    )
    return Folder(strategy, indicators, bundled.events, (), bundled.figures, bundled.calibration)


def _with_figures(bundled: Folder, territory: str) -> tuple[Indicator, ...]:
    """Return the indicators that have figures for the county, without references to those that have not."""
    there = {
        table.receipt.dataset for table in bundled.figures if any(cell.territory == territory for cell in table.cells)
    }
    kept = [indicator for indicator in bundled.indicators if indicator.dataset in there]
    keys = {"", *(indicator.key for indicator in kept)}
    return tuple(
        replace(indicator, siblings=tuple(sibling for sibling in indicator.siblings if sibling.key in keys))
        for indicator in kept
    )


def _goal(indicator: Indicator) -> str:
    return "effektmal/exempel-" + indicator.key.replace("_", "-").replace(".", "-")


def _example_indicator(indicator: Indicator, *, own: bool) -> Indicator:
    watches = (_goal(indicator),) if indicator.watches else ()
    comparison = indicator.comparison if own else ()
    return replace(indicator, watches=watches, targets=(), comparison=comparison)


def _example_edition(indicators: tuple[Indicator, ...], originals: tuple[Indicator, ...]) -> Edition:
    vision = Node("vision", "vision", f"{MARK.sv}: vision", _SOURCE, english=f"{MARK.en}: vision")
    goals = tuple(
        Node(
            _goal(indicator),
            "effect_goal",
            f"{MARK.sv}: {original.title.sv}",
            _SOURCE,
            parent=vision.address,
            english=f"{MARK.en}: {original.title.en}",
            working_name=True,
        )
        for indicator, original in zip(indicators, originals, strict=True)
        if indicator.watches
    )
    return Edition(
        key=_EDITION,
        title=MARK.sv,
        status="exempel",
        dated=None,
        source=_SOURCE,
        partial=True,
        nodes=(vision, *goals),
        note=f"{MARK.sv}. {MARK.en}.",
    )


def _unknown(code: str) -> UnknownError:
    names = {TERRITORIES[c].name.sv: c for c in COUNTIES} | {TERRITORIES[c].name.en: c for c in COUNTIES}
    short = {name.removesuffix(" län").removesuffix("s"): c for name, c in names.items()}
    by_name = {name.lower(): c for name, c in (short | names).items()}
    municipality = TERRITORIES.get(code)
    guess = by_name.get(nearest(code.lower(), by_name), "")
    if municipality and code != NATION:
        guess = municipality.county
    names_of = [TERRITORIES[c].name for c in COUNTIES]
    every = Text(
        ", ".join(f"{c} {name.sv}" for c, name in zip(COUNTIES, names_of, strict=True)),
        ", ".join(f"{c} {name.en}" for c, name in zip(COUNTIES, names_of, strict=True)),
    )
    if guess:
        name = TERRITORIES[guess].name
        remedy = Text(f"Menade du {guess} ({name.sv})?", f"Did you mean {guess} ({name.en})?")
    else:
        remedy = Text(f"Välj bland: {every.sv}.", f"Choose among: {every.en}.")
    return UnknownError(Text(f"”{code}” är ingen länskod.", f"“{code}” is no county code."), remedy=remedy)


def _refuse_occupied(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OutputError(
            Text(f"{target} finns redan och är ingen mapp.", f"{target} exists already and is no folder."),
            remedy=Text("Välj ett annat namn.", "Choose another name."),
        )
    try:
        occupied = target.exists() and any(target.iterdir())
    except OSError as error:
        raise _cannot(target, error) from error
    if occupied:
        raise OutputError(
            Text(f"{target} finns redan och är inte tom.", f"{target} exists already and is not empty."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text(
                "Välj ett annat namn, eller töm mappen först.", "Choose another name, or empty the folder first."
            ),
        )


def _cannot(target: Path, error: OSError) -> OutputError:
    why = error.strerror or error
    return OutputError(
        Text(f"{target} kan inte skapas ({why}).", f"{target} cannot be created ({why})."),
        remedy=Text(
            "Kontrollera att platsen finns och att du får skriva där.",
            "Check that the place exists and that you may write there.",
        ),
    )
