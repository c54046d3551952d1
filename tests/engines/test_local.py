"""The local engine says of every series what the judgement of one series at a time says."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from figure_store import assert_same, assessed, contracts, figures, indicator, write

from vagvisare import flow
from vagvisare.assessment.definition import Break, Direction
from vagvisare.engines.layout import RESULT
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Series, SeriesKey
from vagvisare.terms.territory import COUNTIES, municipalities

OREBRO = Path(__file__).parents[2] / "strategies" / "orebro"
NOBODY = Text("", "")
PLACES = (NATION, *COUNTIES, *municipalities("18"), *municipalities("17"))
INDICATORS = (
    indicator("share", target=(62.0, 2036)),
    indicator("bounded", limits=(1.0, 5.0), unit="percent", direction=Direction.LOWER, smallest_change=0.2),
    indicator("amount", unit="persons", direction=Direction.LOWER, target=(150.0, 2024)),
    indicator("money", unit="million_sek", direction=Direction.NEUTRAL, target=(40.0, None)),
    indicator("signed", unit="number", target=(3.0, 2027), smallest_change=0.5),
    indicator(
        "broken",
        breaks=(
            Break(Period.year(2004), NOBODY),
            Break(Period.year(2012), NOBODY),
            Break(Period.year(2019), NOBODY, cuts=False),
            Break(Period.year(2031), NOBODY),
        ),
    ),
)


@cache
def made_up_panel(seed=1):
    """Made-up figures: ragged, with ties, holes, places without some groups, and figures on the limits."""
    rng = random.Random(seed)
    panel = {}
    for each in INDICATORS:
        for place in PLACES:
            for sex, background in (("T", ""), ("K", ""), ("M", ""), ("T", "born abroad")):
                key = SeriesKey(each.key, place, sex, background)
                points = _points(rng, each.key)
                if points and rng.random() > 0.08:
                    panel[key] = Series.of(key, points)
    return dict(sorted(panel.items()))


def _points(rng, kind):
    last = rng.choice([2025, 2025, 2025, 2025, 2025, 2024, 2021])
    length, drift = rng.randint(0, 24), rng.gauss(0, 0.06)
    level = rng.gauss(0, 0.7)
    points = {}
    for year in range(last - length + 1, last + 1):
        if rng.random() < 0.9:
            y = level + drift * (year - 2015) + rng.gauss(0, 0.15)
            points[Period.year(year)] = {
                "share": min(max(round(50 + 30 * y), 0), 100),
                "broken": min(max(round(50 + 12 * y, 1), 1), 99),
                "bounded": min(max(round(3 + y, 1), 1.1), 4.9),
                "amount": max(round(200 * (1 + 0.4 * y)), 0),
                "money": round(30 * 2**y, 2),
                "signed": round(10 * y, 1),
            }[kind]
    return points


def test_every_row_is_the_judgement_of_its_series(tmp_path):
    panel = made_up_panel()
    rows = assessed(write(tmp_path / "in", panel, INDICATORS), tmp_path / "out")
    assert assert_same(rows, panel, INDICATORS) > 900
    verdicts = {row["verdict"] for row in rows.values()}
    assert len(verdicts) == 4, "the panel is to show every verdict"
    assert {row["gap_verdict"] for row in rows.values()} >= {"ökar", "minskar", "går inte att avgöra", None}
    assert {row["pace"] for row in rows.values()} >= {"målet är nått", "i takt", "för långsamt", "fel riktning", None}
    assert any(row["levelling_down"] for row in rows.values())


def test_the_compiled_kernels_give_the_same_rows(tmp_path, monkeypatch):
    """Large pieces go the compiled way; the made-up panel is small, and is sent there on purpose."""
    pytest.importorskip("numba")
    monkeypatch.setattr("vagvisare.assessment.kernels.engine.WORTH_COMPILED", 1)
    panel = made_up_panel()
    rows = assessed(write(tmp_path / "in", panel, INDICATORS), tmp_path / "out")
    assert assert_same(rows, panel, INDICATORS) > 900


def test_the_bundled_figures_give_the_same_as_one_at_a_time(tmp_path):
    outcome = flow.follow_up(flow.read_folder(OREBRO), history=False)
    panel = {
        key: series
        for key, series in outcome.panel.items()
        if key.indicator in outcome.indicators and all(period.years == 1 for period in series.periods)
    }
    indicators = [outcome.indicators[name] for name in sorted({key.indicator for key in panel})]
    single = [key.indicator for key in panel]
    assert len(set(single)) > 15
    rows = assessed(write(tmp_path / "in", panel, indicators), tmp_path / "out")
    assert assert_same(rows, panel, indicators) > 500


@pytest.mark.parametrize("piece_rows", [1, 300, 10**9])
def test_how_the_rows_are_cut_changes_nothing(tmp_path, monkeypatch, piece_rows):
    from vagvisare.engines import plan

    panel = made_up_panel()
    whole = assessed(write(tmp_path / "whole", panel, INDICATORS), tmp_path / "a")
    monkeypatch.setattr(plan, "PIECE_ROWS", piece_rows)
    cut = assessed(write(tmp_path / "cut", panel, INDICATORS, rows_a_group=37), tmp_path / "b")
    assert cut == whole
    parts = len(list((tmp_path / "b").glob("part-*")))
    assert parts == (1 if piece_rows > 1000 else len(INDICATORS))


def test_several_files_dictionaries_and_a_missing_background_are_read_alike(tmp_path):
    panel = {key: series for key, series in made_up_panel().items() if not key.background}
    plain = assessed(write(tmp_path / "plain", panel, INDICATORS), tmp_path / "a")
    folder = tmp_path / "other"
    folder.mkdir()
    rows = figures(panel).drop_columns(["background"])
    indices = [rows.schema.get_field_index(name) for name in ("indicator", "territory", "sex")]
    for index in indices:
        # Dictionaries whose words stand in another order than the alphabet's.
        column = rows.column(index).combine_chunks()
        words = sorted(set(column.to_pylist()), reverse=True)
        codes = pa.array([words.index(word) for word in column.to_pylist()], pa.int16())
        rows = rows.set_column(index, rows.column_names[index], pa.DictionaryArray.from_arrays(codes, words))
    half = rows.filter(pa.compute.less(rows["indicator"].cast(pa.string()), "c"))
    rest = rows.filter(pa.compute.greater_equal(rows["indicator"].cast(pa.string()), "c"))
    pq.write_table(rest.set_column(3, "period", rest["period"].cast(pa.int16())), folder / "a.parquet")
    pq.write_table(half, folder / "b.parquet", row_group_size=211)
    pq.write_table(contracts(INDICATORS), folder / "contracts.parquet")
    assert assessed(folder, tmp_path / "b") == plain


def test_figures_that_are_missing_or_no_numbers_count_as_absent(tmp_path):
    panel = made_up_panel()
    folder = write(tmp_path / "in", panel, INDICATORS)
    clean = assessed(folder, tmp_path / "a")
    rows = figures(panel).to_pylist()
    lone = {"indicator": "share", "territory": "99", "sex": "T", "background": "", "period": 2020}
    holes = [{**lone, "value": None}, {**lone, "period": 2021, "value": float("nan")}]
    taken = {(r["indicator"], r["territory"], r["sex"], r["background"], r["period"]) for r in rows}
    extra = [
        {**r, "period": 1950, "value": v} for r, v in zip(rows[::60], [None, float("inf")] * len(rows), strict=False)
    ]
    extra = [
        r
        for n, r in enumerate(extra)
        if tuple(list(r.values())[:5]) not in taken | {tuple(list(e.values())[:5]) for e in extra[:n]}
    ]
    every = sorted([*rows, *holes, *extra], key=lambda r: tuple(list(r.values())[:5]))
    pq.write_table(pa.Table.from_pylist(every, schema=figures(panel).schema), folder / "figures.parquet")
    assert len(extra) > 100
    assert assessed(folder, tmp_path / "b") == clean


def test_one_series_alone_is_judged(tmp_path):
    key = SeriesKey("share", "18")
    panel = {key: Series.of(key, {Period.year(2020): 51.0})}
    rows = assessed(write(tmp_path / "in", panel, INDICATORS), tmp_path / "out")
    assert assert_same(rows, panel, INDICATORS) == 1
    assert rows[key]["reason"] == "too_few"
    assert rows[key]["of_counties"] == 1
    assert rows[key]["rank_counties"] is None


def test_a_steady_gap_between_quantities_is_not_called_unchanged(tmp_path):
    """Two per cent of a difference means nothing steady, so nothing is declared too small to matter."""
    panel = {}
    for sex, extra in (("K", 0.0), ("M", 0.3), ("T", 0.1)):
        points = {Period.year(y): 500.0 + 10 * (y % 4) + extra * (1 + y % 3) for y in range(2005, 2020)}
        panel[SeriesKey("amount", "18", sex)] = Series.of(SeriesKey("amount", "18", sex), points)
    rows = assessed(write(tmp_path / "in", dict(sorted(panel.items())), INDICATORS), tmp_path / "out")
    assert assert_same(rows, panel, INDICATORS) == 3
    assert rows[SeriesKey("amount", "18")]["gap_verdict"] == "går inte att avgöra"


def test_the_columns_are_those_promised(tmp_path):
    folder = write(tmp_path / "in", made_up_panel(), INDICATORS)
    assessed(folder, tmp_path / "out")
    found = pq.read_table(tmp_path / "out").schema
    assert found.names == [column.name for column in RESULT]
    assert all(found.field(column.name).metadata[b"holds"].decode() == column.holds for column in RESULT)
    assert pa.types.is_dictionary(found.field("verdict").type)
    assert found.field("period").type == pa.int16()


def test_the_page_for_users_tells_what_every_column_holds():
    page = (Path(__file__).parents[2] / "docs" / "do" / "assess-all-of-sweden.md").read_text(encoding="utf-8")
    assert "".join(f"| `{column.name}` | {column.holds} |\n" for column in RESULT) in page
