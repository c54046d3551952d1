"""A small made-up folder whose figures have been fetched a few times over. Every figure here is invented for tests.

Loaded by path (``runpy``) from the tests of what readers see of fetched figures.
"""

import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from vagvisare import flow
from vagvisare.flow import Recorded
from vagvisare.intake.objection import Gravity, Kind, Objection
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage
from vagvisare.sources.contract import FIGURES, Receipt
from vagvisare.sources.query import Dataset
from vagvisare.strategy_folder.folder import Folder
from vagvisare.terms.language import Text

SYNTHETIC = runpy.run_path(str(Path(__file__).parents[1] / "web" / "synthetic.py"))
PLACES = ("00", "18", "19", "20", "1880", "1860")
YEARS = range(2012, 2026)
SAID = Text("Siffrorna är tusen gånger större än förut.", "The figures are a thousand times larger than before.")


def indicator(key="share", unit="percent", **more):
    return replace(SYNTHETIC["indicator"](key, unit), **({"dataset": key} | more))


def dataset(key="share", unit="percent"):
    return Dataset(key, "kolada", title=f"Påhittad {key}", producer="Provmyndigheten", unit=unit, queries=())


def share(place, year, sex="T"):
    """A share made up by rule."""
    return round(50 + PLACES.index(place) * 3 + (year - 2012) * 0.4 + "TKM".index(sex) * 0.1, 1)


def figures(changes=(), value=share, years=YEARS, last="", sexes="TKM"):
    """Return figures; ``changes`` are (territory, year, sex) → value, None to take one away; ``last`` a status."""
    told = {(place, year, sex): value(place, year, sex) for place in PLACES for year in years for sex in sexes}
    told |= dict(changes)
    rows = [
        dict.fromkeys(FIGURES.names)
        | {"territory": place, "start": year, "end": year, "sex": sex, "background": "", "value": figure}
        | {"status": last if year == max(years) else ""}
        for (place, year, sex), figure in told.items()
    ]
    return pa.Table.from_pylist(rows, schema=FIGURES)


class Kept:
    """A folder and its store of vintages, to which tests add what was fetched."""

    def __init__(self, indicators=None, datasets=None, root=None, figures=()):
        self.folder = Folder(
            strategy=SYNTHETIC["_strategy"](),
            indicators=tuple(indicators or (indicator(),)),
            events=(),
            follow_ups=(),
            figures=tuple(figures),
            datasets=tuple(datasets or (dataset(),)),
        )
        self.store = Store(root)

    @property
    def recorded(self):
        return Recorded(self.folder, self.store)

    def receipt(self, day, key="share", **more):
        told = next(each for each in self.folder.datasets if each.key == key)
        fields = {
            "dataset": key,
            "title": told.title,
            "producer": told.producer,
            "source_id": f"kolada:{key}",
            "licence": "CC0",
            "unit": told.unit,
            "recorded": date.fromisoformat(day),
            "read_from": "",
            "typical_release": "",
            "rows": 0,
            "sha256": "",
            "source": "kolada",
            "fetched": f"{day}T06:30:00+00:00",
            "query": "q1",
        }
        return Receipt(**(fields | more))

    def publish(self, day, *changes, key="share", table=None, **more):
        table = figures(changes) if table is None else table
        assert self.store.publish(Vintage(self.receipt(day, key, **more), table))

    def hold(self, day, *changes, key="share", said=SAID, table=None):
        kinds = list(Kind)
        remark = Objection.of(kinds[0], Gravity.NOTE, Text("En anmärkning.", "A remark."), Text("", ""))
        stop = Objection.of(kinds[0], Gravity.HOLD, said, Text("", ""))
        report = {"objections": [remark.document(), stop.document()]}
        self.store.hold(Vintage(self.receipt(day, key), figures(changes) if table is None else table), report)

    def material(self, day="", **more):
        as_of = date.fromisoformat(day) if day else None
        return flow.material(self.recorded, as_of=as_of, history=False, **more)


def other_question(kept, day, *changes):
    """Publish a vintage that answers another query."""
    kept.publish(day, *changes, query="q0", source_id="prov:annan")


def with_outcome(material, **more):
    """Return the material with something else in its outcome."""
    return replace(material, outcome=replace(material.outcome, **more))
