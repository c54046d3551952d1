"""JSON-stat 2.0, as PxWeb and Eurostat answer: from bytes to numbers with the source's codes, without a loop per cell.

The format: https://json-stat.org/full/. Only the dataset class is read; a reply may describe a table without figures.
"""

from __future__ import annotations

from vagvisare.sources.jsonstat.cells import figures, joined
from vagvisare.sources.jsonstat.cube import Cube, described, read
from vagvisare.sources.jsonstat.status import EUROSTAT, PXWEB

__all__ = ["EUROSTAT", "PXWEB", "Cube", "described", "figures", "joined", "read"]
