"""Where results are written: whole parts only, each saying what it was made from, so that a run can be taken up again.

A part gets its name when it is complete. A run that was killed leaves parts and perhaps something hidden behind; the
next run keeps every part whose digest still holds, makes the others, and removes what no longer belongs.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from vagvisare.engines.plan import Piece, Plan
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text

MANIFEST = "_assessed.json"
MADE_FROM = "made_from"
SERIES = "series"
WRITING = ".writing"


class Part(NamedTuple):
    """One finished part: its name in the folder, what it was made from, its series, and whether it was there before."""

    name: str
    made_from: str
    series: int
    kept: bool = False


def part_name(piece: Piece) -> str:
    """Return the name a piece's part has when it is complete."""
    return f"part-{piece.number:05d}.parquet"


def prepare(out: Path, folder: Path, engine: str, plan: Plan) -> None:
    """Make the folder, and mark it as ours.

    Raises:
        OutputError: when it is among the figures, holds something we did not write, or cannot be made.
    """
    there, source = out.resolve(), folder.resolve()
    if there == source or source in there.parents or there in source.parents:
        raise OutputError(
            Text(
                f"Av mapparna {out} och {folder} ligger den ena i den andra.",
                f"Of the folders {out} and {folder} one lies in the other.",
            ),
            meaning=Text("Inget har skrivits.", "Nothing was written."),
            remedy=Text("Välj en mapp bredvid siffrorna med --out.", "Choose a folder beside the figures with --out."),
        )
    with refusals(out, fresh=not (out / MANIFEST).exists()):
        if out.exists() and not out.is_dir():
            raise OutputError(
                Text(f"{out} är en fil, inte en mapp.", f"{out} is a file, not a folder."),
                meaning=Text("Inget har skrivits.", "Nothing was written."),
                remedy=Text("Välj en ny eller tom mapp med --out.", "Choose a new or empty folder with --out."),
            )
        out.mkdir(parents=True, exist_ok=True)
        if not (out / MANIFEST).exists() and any(out.iterdir()):
            raise OutputError(
                Text(f"{out} innehåller redan annat.", f"{out} already holds other things."),
                meaning=Text(
                    "Det är inte skrivet av assess och har inte rörts.", "assess did not write it and left it alone."
                ),
                remedy=Text("Välj en ny eller tom mapp med --out.", "Choose a new or empty folder with --out."),
            )
        _write_manifest(out, engine, plan.note, (), complete=False)


def finished(out: Path, piece: Piece, made_from: str) -> Part | None:
    """Return the part of a piece if it is there and still holds; else None."""
    path = out / part_name(piece)
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (OSError, pa.ArrowException):
        return None
    if metadata.get(MADE_FROM.encode(), b"").decode() != made_from:
        return None
    return Part(path.name, made_from, int(metadata[SERIES.encode()]), kept=True)


def write(out: Path, piece: Piece, made_from: str, rows: pa.Table) -> Part:
    """Write the part of a piece; it appears under its name when it is whole.

    Raises:
        OutputError: when the disk is full or says no.
    """
    own = {MADE_FROM: made_from, SERIES: str(rows.num_rows)}
    metadata = {**(rows.schema.metadata or {}), **{key.encode(): value.encode() for key, value in own.items()}}
    path = out / part_name(piece)
    hidden = out / f".{path.name}{WRITING}"
    with refusals(out):
        pq.write_table(rows.replace_schema_metadata(metadata), hidden, compression="zstd", write_statistics=True)
        hidden.replace(path)
    return Part(path.name, made_from, rows.num_rows)


def conclude(out: Path, engine: str, plan: Plan, parts: Iterable[Part]) -> int:
    """Remove what does not belong, write the manifest, and return how many series there are."""
    kept = sorted(parts)
    names = {part.name for part in kept}
    with refusals(out):
        for path in [*out.glob("part-*"), *out.glob(f".part-*{WRITING}")]:
            if path.name in names:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        _write_manifest(out, engine, plan.note, kept, complete=True)
    return sum(part.series for part in kept)


@contextmanager
def refusals(out: Path, *, fresh: bool = False) -> Iterator[None]:
    """Turn the machine's refusal to write into a sentence that says how to go on; ``fresh``: nothing is there yet."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            Text(
                f"Det gick inte att skriva till {out}: {error.strerror or error}.",
                f"{out} could not be written to: {error.strerror or error}.",
            ),
            meaning=Text("Inget har skrivits.", "Nothing was written.")
            if fresh
            else Text(
                "De delar som redan är klara står kvar och är hela.",
                "The parts already finished remain, and are whole.",
            ),
            remedy=Text(
                "Gör plats, ge tillstånd eller välj en annan mapp.", "Make room, give permission or choose another."
            )
            if fresh
            else Text(
                "Gör plats eller ge tillstånd, och kör samma kommando igen; det fortsätter där det var.",
                "Make room or give permission, and run the same command again; it goes on where it was.",
            ),
        ) from error


def _write_manifest(out: Path, engine: str, note: str, parts: Sequence[Part], *, complete: bool) -> None:
    listed = [{"name": part.name, MADE_FROM: part.made_from, SERIES: part.series} for part in parts]
    told = {
        "made_by": f"vagvisare {version('vagvisare')}",
        "engine": engine,
        "complete": complete,
        "series": sum(part.series for part in parts),
        "note": note,
        "parts": listed,
    }
    hidden = out / f".{MANIFEST}{WRITING}"
    hidden.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    hidden.replace(out / MANIFEST)
