"""Places among counties and municipalities, and riket's figure, as Spark windows: ``peers`` in Spark's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyspark.sql import Window
from pyspark.sql import functions as f

from vagvisare.assessment.definition import Direction
from vagvisare.engines.layout import KEYS, RESULT
from vagvisare.engines.peers import ENOUGH
from vagvisare.terms.series import NATION

MEASURE = ("indicator", "sex", "background")


def with_peers(answers: Any, rows: Any, directions: Sequence[tuple[str, int]]) -> Any:
    """Join the judgements with each series' place in its latest year, and with riket's figure the same year.

    Args:
        answers: one row a series, ``layout.JUDGED``.
        rows: one row a figure, whole indicators.
        directions: which way is better, by indicator.
    """
    latest = _places(rows, directions)
    nation = rows.where(f.col("territory") == NATION).select(*MEASURE, "period", f.col("value").alias("nation"))
    beside = latest.join(nation, [*MEASURE, "period"], "left").drop("period")
    joined = answers.join(beside, list(KEYS), "left").withColumn("nation_difference", f.col("value") - f.col("nation"))
    return joined.select(*(column.name for column in RESULT)).sortWithinPartitions(*KEYS)


def _places(rows: Any, directions: Sequence[tuple[str, int]]) -> Any:
    """Return a row a series: its latest year, its place there, how many share it, among how many."""
    spark = rows.sparkSession
    better = f.broadcast(spark.createDataFrame(list(directions), "indicator string, direction int"))
    kind = (
        f.when((f.length("territory") == 2) & (f.col("territory") != NATION), "county")
        .when(f.length("territory") == 4, "municipality")
        .otherwise("")
    )
    signed = f.when(f.col("direction") == int(Direction.LOWER), f.col("value")).otherwise(-f.col("value"))
    field = Window.partitionBy(*MEASURE, "kind", "period")
    placed = (
        rows.join(better, "indicator")
        .withColumn("kind", kind)
        .withColumn("signed", signed + f.lit(0.0))
        .withColumn("ends", f.max("period").over(Window.partitionBy(*KEYS)))
        .withColumn("rank", f.rank().over(field.orderBy("signed")))
        .withColumn("of", f.count("*").over(field))
        .withColumn("shared", f.count("*").over(Window.partitionBy(*MEASURE, "kind", "period", "signed")))
        .where(f.col("period") == f.col("ends"))
    )
    county, municipality = f.col("kind") == "county", f.col("kind") == "municipality"
    enough = f.col("of") >= ENOUGH
    return placed.select(
        *KEYS,
        "period",
        *(
            f.when(where, value).cast("smallint").alias(name)
            for name, where, value in (
                ("rank_counties", county & enough, f.col("rank")),
                ("of_counties", county, f.col("of")),
                ("rank_municipalities", municipality & enough, f.col("rank")),
                ("of_municipalities", municipality, f.col("of")),
                ("tied", (county | municipality) & enough, f.col("shared")),
            )
        ),
    )
