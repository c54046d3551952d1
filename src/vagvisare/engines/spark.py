"""The same kernels on a cluster: Arrow batches of whole indicators to Python workers, peers by Spark's own windows.

The cluster reads the same Parquet and must see the same folders (a shared disk) and have this package installed. Which
cluster: the session that is already there, else ``VAGVISARE_SPARK_MASTER``, else what Spark is configured with.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import warnings
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vagvisare.engines import output
from vagvisare.engines.contracts import Book
from vagvisare.engines.figures import out_of_order, ragged
from vagvisare.engines.judged import judged
from vagvisare.engines.layout import JUDGED
from vagvisare.engines.local import Progress
from vagvisare.engines.plan import Piece, Plan, digest
from vagvisare.engines.spark_session import Session, check, failed

__all__ = ["check", "run", "slices", "whole_indicators"]

NAME = "spark"
SLICE_ROWS = 10_000_000
"""A slice, which is what a stopped run takes up again from, is closed at this many rows."""

AT_ONCE = 200_000
"""Rows a worker gathers before it judges."""

MADE_FROM = "_made_from.json"


class Slice(NamedTuple):
    """Neighbouring pieces that are judged in one job and written as one part."""

    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """The name of the folder the part gets when it is whole."""
        return f"part-{self.pieces[0].number:05d}"

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(piece.rows for piece in self.pieces)


def run(plan: Plan, book: Book, out: Path, progress: Progress) -> list[output.Part]:
    """Judge every slice that is not there already, and return all parts.

    Args:
        plan: the pieces.
        book: the contracts.
        out: a folder from ``output.prepare``, seen by every worker.
        progress: told of each finished slice.

    Raises:
        UserError: when the cluster cannot be reached, or fails.
    """
    parts: list[output.Part] = []
    session: Session | None = None
    try:
        for each in slices(plan):
            made_from = _digest(each, book)
            part = _finished(out, each, made_from)
            if part is None:
                session = session or Session()
                part = _write(session.spark, each, book, out, made_from)
            parts.append(part)
            progress(each.rows, part.series)
    finally:
        if session is not None:
            session.close()
    return parts


def slices(plan: Plan) -> list[Slice]:
    """Gather neighbouring pieces into slices of ``SLICE_ROWS`` rows or a little more."""
    gathered, found = 0, []
    own: list[Piece] = []
    for piece in plan.pieces:
        own.append(piece)
        gathered += piece.rows
        if gathered >= SLICE_ROWS:
            found.append(Slice(tuple(own)))
            own, gathered = [], 0
    return [*found, Slice(tuple(own))] if own else found


def _write(spark: Any, each: Slice, book: Book, out: Path, made_from: str) -> output.Part:
    """Judge a slice and write its part; the folder gets its name when everything in it is whole."""
    from vagvisare.engines.spark_peers import with_peers  # noqa: PLC0415

    hidden = out / f".{each.name}{output.WRITING}"
    try:
        rows = _rows(spark, each).persist()
        with warnings.catch_warnings():
            # Spark warns of the version of pandas, which nothing here goes through.
            warnings.simplefilter("ignore", FutureWarning)
            answers = rows.mapInArrow(_judge(book), _fields())
        directions = [(name, int(direction)) for name, direction in zip(book.indicators, book.direction, strict=True)]
        with_peers(answers, rows, directions).write.mode("overwrite").parquet(str(hidden.resolve()))
        rows.unpersist()
    except Exception as error:  # whatever a cluster throws, here or on a worker, is a sentence to the user
        if "FigureError" in str(error):
            raise out_of_order(str(each.pieces[0].path.parent)) from None
        raise failed(error) from error
    series = sum(pq.read_metadata(file).num_rows for file in hidden.glob("*.parquet"))
    told = {output.MADE_FROM: made_from, output.SERIES: series}
    with output.refusals(out):
        (hidden / MADE_FROM).write_text(json.dumps(told), encoding="utf-8")
        shutil.rmtree(out / each.name, ignore_errors=True)
        hidden.replace(out / each.name)
    return output.Part(each.name, made_from, series)


def _rows(spark: Any, each: Slice) -> Any:
    """Return the figures of a slice, whole indicators together and in order within each partition."""
    from pyspark.sql import functions as f  # noqa: PLC0415

    frames = []
    for path, own in groupby(each.pieces, key=lambda piece: piece.path):
        names = [name for piece in own for name in piece.indicators]
        frame = spark.read.parquet(str(path.resolve())).where(f.col("indicator").between(names[0], names[-1]))
        background = f.col("background") if "background" in frame.columns else f.lit("")
        frames.append(
            frame.select(
                *(f.col(name).cast("string").alias(name) for name in ("indicator", "territory", "sex")),
                background.cast("string").alias("background"),
                f.col("period").cast("int").alias("period"),
                f.col("value").cast("double").alias("value"),
            )
        )
    whole = frames[0]
    for frame in frames[1:]:
        whole = whole.union(frame)
    finite = whole.where(f.col("value").isNotNull() & ~f.isnan("value") & (f.abs("value") < np.inf))
    indicators = sum(len(piece.indicators) for piece in each.pieces)
    partitions = max(1, min(indicators, 4 * spark.sparkContext.defaultParallelism))
    # Everything compared lies within an indicator: told so, Spark moves each row between machines once.
    spark.conf.set("spark.sql.shuffle.partitions", partitions)
    spark.conf.set("spark.sql.requireAllClusterKeysForCoPartition", "false")
    spark.conf.set("spark.sql.adaptive.enabled", "false")
    return finite.repartition(partitions, "indicator").sortWithinPartitions(
        "indicator", "territory", "sex", "background", "period"
    )


def _fields() -> str:
    """Return the columns that the workers answer with, as Spark writes a schema."""
    words = {pa.int16(): "smallint", pa.float64(): "double", pa.bool_(): "boolean"}
    return ", ".join(f"`{column.name}` {words.get(column.type, 'string')}" for column in JUDGED)


def _judge(book: Book) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return what a worker does with the batches of a partition."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for whole in whole_indicators(batches):
            answers = judged(ragged(whole, NAME), book, threads=1)
            plain = pa.schema([(c.name, pa.string() if pa.types.is_dictionary(c.type) else c.type) for c in JUDGED])
            yield from answers.replace_schema_metadata(None).cast(plain).to_batches()

    return work


def whole_indicators(batches: Iterator[pa.RecordBatch], rows: int = AT_ONCE) -> Iterator[pa.Table]:
    """Gather batches, in order of indicator, into tables in which every indicator is whole.

    A batch may end in the middle of an indicator, or of a series: its last indicator is held until the next begins.
    """
    complete: list[pa.RecordBatch] = []
    held: list[pa.RecordBatch] = []
    gathered = 0
    for batch in batches:
        if not batch.num_rows:
            continue
        names = batch.column("indicator")
        last = names[batch.num_rows - 1].as_py()
        begins = pc.index(names, last).as_py()
        if held and (begins or held[-1].column("indicator")[0].as_py() != last):
            complete += [*held, batch.slice(0, begins)]
            gathered += sum(each.num_rows for each in held) + begins
            held = []
        elif begins:
            complete.append(batch.slice(0, begins))
            gathered += begins
        held.append(batch.slice(begins))
        if gathered >= rows:
            yield pa.Table.from_batches(complete)
            complete, gathered = [], 0
    if complete or held:
        yield pa.Table.from_batches([*complete, *held])


def _digest(each: Slice, book: Book) -> str:
    whole = hashlib.sha256()
    for piece in each.pieces:
        whole.update(digest(piece, book, NAME).encode())
    return whole.hexdigest()


def _finished(out: Path, each: Slice, made_from: str) -> output.Part | None:
    try:
        told = json.loads((out / each.name / MADE_FROM).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if told.get(output.MADE_FROM) != made_from:
        return None
    return output.Part(each.name, made_from, int(told[output.SERIES]), kept=True)
