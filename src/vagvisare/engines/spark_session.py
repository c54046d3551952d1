"""A Spark session for the cluster engine: what must be installed, which cluster, and what it says when it fails."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

MASTER = "VAGVISARE_SPARK_MASTER"
MASTERS = ("local", "spark://", "yarn", "k8s://")
"""What the address of a cluster begins with."""

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    "spark.sql.parquet.compression.codec": "zstd",
}


def check() -> None:
    """Refuse at once, in plain words, where Spark cannot run.

    Raises:
        UserError: when pyspark or Java is not installed, or the cluster's address is none.
    """
    try:
        import pyspark  # noqa: F401, PLC0415  only those who ask for a cluster need it
    except ImportError:
        raise _missing(
            Text("Python-paketet pyspark är inte installerat.", "The Python package pyspark is not installed."),
            Text("Installera det med pip install 'vagvisare[spark]'", "Install it with pip install 'vagvisare[spark]'"),
        ) from None
    home = os.environ.get("JAVA_HOME")
    if not (home and Path(home, "bin", "java").exists()) and shutil.which("java") is None:
        raise _missing(
            Text("Java finns inte på den här datorn.", "There is no Java on this machine."),
            Text("Installera Java 17 eller senare", "Install Java 17 or later"),
        )
    if _master() and not _master().startswith(MASTERS):
        raise UserError(
            Text(f"{MASTER} kan inte vara ”{_master()}”.", f"{MASTER} cannot be “{_master()}”."),
            meaning=Text("Det är inget Spark-kluster.", "That is no Spark cluster."),
            remedy=Text(
                "Skriv till exempel spark://dator:7077, yarn eller local[2].",
                "Write for example spark://machine:7077, yarn or local[2].",
            ),
        )


def _master() -> str:
    return os.environ.get(MASTER, "").strip()


class Session:
    """A Spark session: the one that is there already, or one of ours that ends with us."""

    def __init__(self) -> None:
        from pyspark.sql import SparkSession  # noqa: PLC0415

        there = SparkSession.getActiveSession()
        self.ours = there is None
        # Workers run the same Python, and so find the same package.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("vagvisare")
        if _master():
            builder = builder.master(_master())
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        try:
            # A session within the session: what we set is ours alone.
            self.whole = there or builder.getOrCreate()
            self.spark = self.whole.newSession()
        except Exception as error:  # no master, no memory, another Java: all of them mean that there is no cluster
            raise failed(error) from error

    def close(self) -> None:
        """End the session if it is ours."""
        if self.ours:
            self.whole.stop()


def failed(error: Exception) -> UserError:
    """Return what a cluster answered wrongly as a sentence; what Java says after its first line is for its makers."""
    lines: Sequence[str] = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = (lines[0] if lines else type(error).__name__).rstrip(".:")
    return UserError(
        Text(f"Spark svarade inte som det skulle: {told}.", f"Spark did not answer as it should: {told}."),
        meaning=Text("De delar som redan är klara står kvar.", "The parts already finished remain."),
        remedy=Text(
            "Kontrollera klustret och kör samma kommando igen, eller kör med --engine local.",
            "Check the cluster and run the same command again, or run with --engine local.",
        ),
    )


def _missing(what: Text, remedy: Text) -> UserError:
    return UserError(
        what,
        meaning=Text("Då går det inte att räkna på ett Spark-kluster.", "A Spark cluster cannot be used without it."),
        remedy=Text(f"{remedy.sv}, eller kör med --engine local.", f"{remedy.en}, or run with --engine local."),
    )
