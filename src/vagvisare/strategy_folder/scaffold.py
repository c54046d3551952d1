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

    Figures with receipts, indicators and declared events come along. Targets, follow-ups and registers are another
    region's and do not; each indicator watches an example goal named after it, until somebody says what it really
    watches. The comparison set is kept only for the bundled folder's own territory.

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
    indicators = tuple(_example_indicator(indicator, own=own) for indicator in bundled.indicators)
    strategy = Strategy(
        key=TERRITORIES[territory].slug,
        owner=county,
        title=Text(f"{MARK.sv}: {county.sv}", f"{MARK.en}: {county.en}"),
        territory=territory,
        languages=("sv", "en"),
        comparison=bundled.strategy.comparison if own else (),
        levels=_LEVELS,
        current=_EDITION,
        editions=(_example_edition(indicators, bundled.indicators),),
        register=Register(),
        synthetic=True,
        notes=(
            Text(
                "Mappen är ett exempel. Siffrorna är verkliga; målen är det inte.",
                "This folder is an example. The figures are real; the goals are not.",
            ),
        ),
    )
    return Folder(strategy, indicators, bundled.events, (), bundled.figures)


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
    near = nearest(code.lower(), by_name)
    if TERRITORIES.get(code) and code != "00":
        near, guess = "county", TERRITORIES[code].county
    else:
        guess = by_name.get(near, "")
    hint = f"Menade du {guess} ({TERRITORIES[guess].name.sv})?" if near else ""
    every = ", ".join(f"{c} {TERRITORIES[c].name.sv}" for c in COUNTIES)
    return UnknownError(f"”{code}” är ingen länskod.", remedy=hint or f"Välj bland: {every}.")


def _refuse_occupied(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OutputError(f"{target} finns redan och är ingen mapp.", remedy="Välj ett annat namn.")
    try:
        occupied = target.exists() and any(target.iterdir())
    except OSError as error:
        raise _cannot(target, error) from error
    if occupied:
        raise OutputError(
            f"{target} finns redan och är inte tom.",
            meaning="Ingenting har ändrats.",
            remedy="Välj ett annat namn, eller töm mappen först.",
        )


def _cannot(target: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{target} kan inte skapas ({error.strerror or error}).",
        remedy="Kontrollera att platsen finns och att du får skriva där.",
    )
