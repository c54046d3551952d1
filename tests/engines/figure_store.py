"""Folders of figures for the tests, and what the judgement of one series at a time says of them."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vagvisare.assessment.comparison import is_county, is_municipality
from vagvisare.assessment.definition import Collection, Contrast, Direction, Group, Indicator, Target, TargetKind
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import Judgement
from vagvisare.engines.assess import assess
from vagvisare.terms.language import Text
from vagvisare.terms.series import NATION, Panel, SeriesKey

NOBODY = Text("", "")
WOMEN_AND_MEN = Contrast(Group("K", "", NOBODY), Group("M", "", NOBODY))


def indicator(key, unit="percent", direction=Direction.HIGHER, target=None, **more):
    """A contract with the gap between women and men, and one level to reach where a target is given."""
    targets = () if target is None else (Target(TargetKind.ABSOLUTE, "", "", target[0], year=target[1]),)
    return Indicator(
        key,
        key,
        NOBODY,
        NOBODY,
        unit,
        direction,
        Collection.REGISTER,
        NOBODY,
        targets=targets,
        contrasts=(WOMEN_AND_MEN,),
        **more,
    )


def figures(panel: Panel) -> pa.Table:
    """The rows of a panel, in the order the engines ask for."""
    rows = [
        (key.indicator, key.territory, key.sex, key.background, period.start, value)
        for key, series in panel.items()
        for period, value in series
    ]
    names = ("indicator", "territory", "sex", "background", "period", "value")
    columns = zip(*sorted(rows), strict=True) if rows else [[]] * 6
    types = (pa.string(), pa.string(), pa.string(), pa.string(), pa.int32(), pa.float64())
    return pa.table({n: pa.array(list(c), t) for n, c, t in zip(names, columns, types, strict=True)})


def contracts(indicators) -> pa.Table:
    """The contracts of some indicators as a table."""
    return pa.Table.from_pylist([_contract(each) for each in indicators], schema=CONTRACTS)


CONTRACTS = pa.schema(
    [
        ("indicator", pa.string()),
        ("unit_class", pa.string()),
        ("direction", pa.int8()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("smallest_change", pa.float64()),
        ("breaks", pa.list_(pa.int32())),
        ("drawn_breaks", pa.list_(pa.int32())),
        ("target", pa.float64()),
        ("target_year", pa.int32()),
    ]
)


def _contract(each: Indicator) -> dict[str, object]:
    levels = [target for target in each.targets if target.kind is TargetKind.ABSOLUTE]
    target = levels[0] if levels else None
    low, high = each.limits or (None, None)
    return {
        "indicator": each.key,
        "unit_class": str(each.unit_words.unit_class),
        "direction": int(each.direction),
        "low": low,
        "high": high,
        "smallest_change": each.smallest_change,
        "breaks": [b.at.start for b in each.breaks if b.cuts],
        "drawn_breaks": [b.at.start for b in each.breaks if not b.cuts],
        "target": None if target is None else target.value,
        "target_year": None if target is None else target.year,
    }


def write(folder: Path, panel: Panel, indicators, rows_a_group=500) -> Path:
    """A folder of figures and contracts."""
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(figures(panel), folder / "figures.parquet", row_group_size=rows_a_group)
    pq.write_table(contracts(indicators), folder / "contracts.parquet")
    return folder


def rows_of(out: Path) -> dict[SeriesKey, dict[str, object]]:
    """The result by series."""
    return by_series(pq.read_table(out))


def by_series(table: pa.Table) -> dict[SeriesKey, dict[str, object]]:
    """The rows of a result by series, none of which stands twice."""
    rows = table.to_pylist()
    found = {SeriesKey(r["indicator"], r["territory"], r["sex"], r["background"]): r for r in rows}
    assert len(found) == len(rows)
    return found


def assessed(folder: Path, out: Path, engine="local") -> dict[SeriesKey, dict[str, object]]:
    """Judge a folder and return the result by series."""
    done = assess(folder, out, engine)
    found = rows_of(out)
    assert done.series == len(found)
    return found


def assert_same(rows, panel: Panel, indicators) -> int:
    """Hold every row to the judgement of its series; return how many were held."""
    known = {each.key: each for each in indicators}
    judged = judge_all(panel, known)
    years: dict[object, dict[str, float]] = defaultdict(dict)
    for key, series in panel.items():
        for period, value in series:
            years[key.at(NATION), period][key.territory] = value
    assert list(rows) == sorted(judged)
    for key, judgement in judged.items():
        _same(rows[key], judgement, known[key.indicator], years[key.at(NATION), judgement.level.period])
    return len(judged)


def _same(row, judgement: Judgement, contract: Indicator, year: dict[str, float]) -> None:
    key, trend, compared = judgement.key, judgement.trend, judgement.comparison
    told = {
        "period": judgement.level.period.start,
        "value": judgement.level.value,
        "points": trend.window.n,
        "scale": str(trend.scale),
        "verdict": str(trend.verdict),
        "movement": str(trend.movement),
        "reason": str(trend.reason),
        "p": trend.p,
        **{name: getattr(trend, name) for name in ("slope", "slope_low", "slope_high", "level_start", "level_end")},
        **{name: getattr(trend, name) for name in ("change", "change_low", "change_high")},
        "run_movement": judgement.run and str(judgement.run.movement),
        "run_length": judgement.run and judgement.run.length,
        "run_since": judgement.run and judgement.run.since.start,
        "reversal": judgement.reversal and judgement.reversal.size.name.lower(),
        "reversal_change": judgement.reversal and judgement.reversal.change,
        "nation": compared.nation,
        "nation_difference": None if compared.nation is None else compared.value - compared.nation,
        "rank_counties": compared.rank,
        "of_counties": compared.of if is_county(key.territory) else None,
        **_paced(judgement),
        **_gapped(judgement),
        **_among_municipalities(key, judgement.level.value, contract, year),
    }
    for name, value in told.items():
        wanted = None if isinstance(value, float) and math.isnan(value) else value
        wanted = pytest.approx(wanted, rel=1e-9, abs=1e-9) if isinstance(wanted, float) else wanted
        assert row[name] == wanted, (key, name, row[name], value)


def _paced(judgement: Judgement) -> dict[str, object]:
    paces = [pace for pace in judgement.paces if pace.target.kind is TargetKind.ABSOLUTE]
    if not paces:
        return {"pace": None, "pace_needed": None, "pace_ratio": None}
    pace = paces[0]
    return {
        "pace": str(pace.verdict),
        "pace_needed": pace.needed,
        "pace_achieved": pace.achieved,
        "pace_low": pace.achieved_low,
        "pace_high": pace.achieved_high,
        "pace_ratio": pace.ratio,
    }


def _gapped(judgement: Judgement) -> dict[str, object]:
    gaps = {(gap.contrast.a.sex, gap.contrast.b.sex): gap for gap in judgement.gaps if not gap.contrast.a.background}
    gap, sign = (gaps["K", "M"], 1) if ("K", "M") in gaps else (gaps.get(("M", "K")), -1)
    if gap is None:
        return {"gap": None, "gap_period": None, "gap_verdict": None, "levelling_down": None}
    return {
        "gap_period": gap.period.start,
        "gap": sign * gap.difference,
        "gap_first_period": gap.first_period.start,
        "gap_first": sign * gap.first_difference,
        "gap_verdict": str(gap.verdict),
        "gap_p": gap.trend.p,
        "levelling_down": gap.levelling_down,
    }


def _among_municipalities(key: SeriesKey, value: float, contract: Indicator, year: dict[str, float]):
    """Rank by counting, written anew: how many are better, how many have a figure, how many have the same."""
    if not is_municipality(key.territory):
        return {"rank_municipalities": None, "of_municipalities": None}
    others = [figure for territory, figure in year.items() if is_municipality(territory)]
    lower_first = contract.direction is Direction.LOWER
    better = sum(figure < value if lower_first else figure > value for figure in others)
    enough = len(others) >= 15
    return {
        "rank_municipalities": better + 1 if enough else None,
        "of_municipalities": len(others),
        "tied": others.count(value) if enough else None,
    }
