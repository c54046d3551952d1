"""Trends of ragged arrays, in NumPy and compiled, held to the plain reference."""

from __future__ import annotations

import importlib.util
import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vagvisare.assessment import kernels, reference
from vagvisare.assessment.kernels import blocks
from vagvisare.assessment.kernels import engine as engines
from vagvisare.assessment.kernels.exact import table
from vagvisare.assessment.kernels.network import KINDS, tiles
from vagvisare.assessment.request import Points
from vagvisare.terms.unit import Scale

HAS_NUMBA = importlib.util.find_spec("numba") is not None
ENGINES = ["numpy", pytest.param("numba", marks=pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed"))]
FROM_FIT = ("slope", "p", "rho", "inflation", "start", "end")

figures = st.one_of(
    st.integers(0, 4).map(float),
    st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda x: round(x, 2)),
    st.floats(1e8, 1e9),
    st.sampled_from([math.nan, math.nan, math.inf, 0.0, -0.0, 0.1 + 0.2, 0.3]),
)
gaps = st.one_of(st.just(1.0), st.sampled_from([1.0, 2.0, 0.5, 7.0]))
series = st.lists(st.tuples(figures, gaps), max_size=60).map(
    lambda found: (
        np.array([value for value, _ in found], dtype=float),
        1990 + np.cumsum([step for _, step in found], dtype=float),
    )
)
same_length = st.integers(5, 16).flatmap(
    lambda n: st.lists(st.lists(figures, min_size=n, max_size=n), min_size=1, max_size=40).map(
        lambda rows: [(np.array(row), 2000.0 + np.arange(n)) for row in rows]
    )
)
inflations = st.one_of(st.none(), st.floats(1, 6), st.just(math.nan))


def ragged(panel):
    offsets = np.cumsum([0, *(len(values) for values, _ in panel)])
    empty = [np.zeros(0)]
    return (
        np.concatenate([*empty, *(values for values, _ in panel)]),
        np.concatenate([*empty, *(periods for _, periods in panel)]),
        offsets,
    )


def plain(values, periods, inflation):
    """The reference's answer; None for too few points."""
    present = np.isfinite(values)
    y, times = values[present].tolist(), periods[present]
    if len(y) < 5:
        return None
    given = None if inflation is None or math.isnan(inflation) else inflation
    return reference.fit(Points(None, Scale.LINEAR, tuple((times - times[0]).tolist()), tuple(y), tuple(y), given)), y


def assert_answers(trends, panel, inflation=None):
    """Every row equals the reference within 1e-9 of the size of its figures."""
    for place, (values, periods) in enumerate(panel):
        answer = plain(values, periods, inflation)
        row = {name: column[place] for name, column in trends._asdict().items()}
        if answer is None:
            assert (row["n"], row["s"], row["p"], row["exact"]) == (np.isfinite(values).sum(), 0, 1.0, False)
            missing = ("variance", "rho", "inflation", "slope", "slope_low", "slope_high_90", "start", "end")
            assert all(math.isnan(row[name]) for name in missing)
            continue
        fit, y = answer
        # A slope or an end of the line is a difference of figures: nine digits of them is what can be asked of it.
        slack = 1e-9 * (max(y) - min(y)) + 1e-14 * max(map(abs, y))
        assert (row["n"], row["s"], row["exact"]) == (len(y), fit.s, fit.exact)
        assert row["variance"] == pytest.approx(reference.mann_kendall(y)[1], rel=1e-12)
        for name in FROM_FIT:
            assert row[name] == pytest.approx(getattr(fit, name), rel=1e-9, abs=max(slack * 1e-3, 1e-15)), name
        own = (row["slope_low"], row["slope_high"], row["slope_low_90"], row["slope_high_90"])
        assert own == pytest.approx((*fit.slope_95, *fit.slope_90), rel=1e-9, abs=max(slack * 1e-3, 1e-15))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=120, deadline=None)
@given(panel=st.lists(series, max_size=8), inflation=inflations)
@example(panel=[], inflation=None)
@example(
    panel=[(np.zeros(0), np.zeros(0)), (np.arange(5.0), np.arange(5.0)), (np.zeros(0), np.zeros(0))], inflation=None
)
def test_ragged_series_equal_the_reference(engine, panel, inflation):
    known = None if inflation is None else np.full(len(panel), inflation)
    assert_answers(kernels.trend(*ragged(panel), inflation=known, engine=engine), panel, inflation)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=60, deadline=None)
@given(panel=same_length)
def test_blocks_of_equal_length_equal_the_reference(engine, panel):
    """More series than one block holds side by side, and a last block that is not full."""
    assert_answers(kernels.trend(*ragged(panel), engine=engine), panel)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_number_of_points_to_sixty_and_beyond(engine):
    """Also where the compiled path hands over to NumPy."""
    rng = np.random.default_rng(7)
    panel = []
    for n in (*range(61), 64, 65, 90):
        years = np.cumsum(rng.integers(1, 4, n)).astype(float)
        panel += [(rng.normal(size=n), years), (rng.integers(0, 3, n).astype(float), years), (np.ones(n), years)]
    assert_answers(kernels.trend(*ragged(panel), engine=engine), panel)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("alternate", [1e-6, 1.0])
def test_without_inflation_every_order_is_counted(engine, alternate):
    """Residuals that alternate leave rho at nought: the exact distribution, also for more points than 7."""
    n = 30
    values = 5 + 0.01 * np.arange(n) + alternate * (-1.0) ** np.arange(n) * (1 + np.arange(n) / 1000)
    panel = [(values, 2000.0 + np.arange(n))]
    trends = kernels.trend(*ragged(panel), engine=engine)
    assert trends.exact[0]
    assert_answers(trends, panel)


@pytest.mark.parametrize("engine", ENGINES)
def test_figures_near_the_end_of_what_a_float_holds(engine):
    panel = [(np.array([-1.7e308, 1.7e308, 0, 1.0, 2, 3, 4, 5]), np.arange(8.0))]
    trends = kernels.trend(*ragged(panel), engine=engine)
    assert trends.s[0] == reference.mann_kendall(panel[0][0].tolist())[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_threads_and_pieces_do_not_change_the_answer(engine, monkeypatch):
    rng = np.random.default_rng(3)
    panel = [(rng.normal(size=n), 2000.0 + np.arange(n)) for n in rng.integers(0, 20, 300)]
    whole = kernels.trend(*ragged(panel), engine=engine, threads=1)
    monkeypatch.setattr(blocks, "SERIES_AT_ONCE", 17)
    for threads in (1, 2, None):
        for one, other in zip(whole, kernels.trend(*ragged(panel), engine=engine, threads=threads), strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed")
def test_the_two_engines_give_the_same_codes_and_nearly_the_same_bits():
    rng = np.random.default_rng(11)
    values = np.where(rng.random((3000, 25)) < 0.1, np.nan, np.round(rng.normal(size=(3000, 25)).cumsum(axis=1), 1))
    asked = (values.ravel(), np.tile(np.arange(2000.0, 2025), 3000), np.arange(3001) * 25)
    one, other = (kernels.trend(*asked, engine=engine) for engine in ("numpy", "numba"))
    for name in ("n", "s", "exact", "variance", "slope", "slope_low", "slope_high"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    np.testing.assert_allclose(one.p, other.p, rtol=1e-12)


class TestWhatIsRefused:
    VALUES, YEARS = np.arange(6.0), np.arange(6.0)

    @pytest.mark.parametrize(
        "offsets", [[0, 3], [1, 6], [0, 4, 3, 6], [], [[0, 6]]], ids=["short", "late", "falling", "none", "flat"]
    )
    def test_offsets_that_are_no_series(self, offsets):
        with pytest.raises(ValueError, match="offsets"):
            kernels.trend(self.VALUES, self.YEARS, offsets)

    def test_two_lengths(self):
        with pytest.raises(ValueError, match="one length"):
            kernels.trend(self.VALUES, self.YEARS[:5], [0, 6])

    @pytest.mark.parametrize("years", [[0, 1, 1, 2, 3, 4], [0, 2, 1, 3, 4, 5]])
    def test_periods_that_do_not_rise(self, years):
        with pytest.raises(ValueError, match="must rise"):
            kernels.trend(self.VALUES, years, [0, 6])

    def test_periods_may_fall_from_one_series_to_the_next_and_where_nothing_is(self):
        kernels.trend(self.VALUES, [5, 6, 7, 1, 2, 3], [0, 0, 3, 3, 6, 6])
        kernels.trend([1, math.nan, 2, 3, 4, 5], [0, 0, 2, 3, 4, 5], [0, 6])

    def test_an_engine_nobody_knows(self):
        with pytest.raises(ValueError, match="auto, numpy or numba"):
            kernels.trend(self.VALUES, self.YEARS, [0, 6], engine="gpu")


class TestChoosing:
    def test_few_series_are_numpys(self):
        assert engines.chosen("auto", 1500) is engines.numpy_path.fit

    def test_without_numba_many_series_are_numpys_too(self, monkeypatch):
        monkeypatch.setattr(engines, "has_numba", lambda: False)
        assert engines.chosen("auto", 1_000_000) is engines.numpy_path.fit

    @pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed")
    def test_many_series_are_compiled(self):
        assert engines.chosen("auto", 1_000_000) is not engines.numpy_path.fit


class TestNetwork:
    @pytest.mark.parametrize("rows", range(1, 14))
    def test_every_order_of_noughts_and_ones_is_sorted(self, rows):
        """A network that sorts every row of noughts and ones sorts everything (Knuth 5.3.4, the zero–one principle)."""
        lanes = np.array(list(itertools.product([0.0, 1.0], repeat=rows))).T
        assert (np.diff(self.sorted(lanes), axis=0) >= 0).all()

    @pytest.mark.parametrize("rows", [0, 33, 105, 300, 513])
    def test_random_figures_are_sorted(self, rows):
        lanes = np.random.default_rng(rows).normal(size=(rows, 50))
        np.testing.assert_array_equal(self.sorted(lanes), np.sort(lanes, axis=0))

    @staticmethod
    def sorted(lanes):
        rows = np.vstack([lanes, np.full((1, lanes.shape[1]), math.inf)])
        for kind, *places in tiles(len(lanes)).tolist():
            for low, high in KINDS[kind]:
                pair = [places[low], places[high]]
                rows[pair[0]], rows[pair[1]] = np.sort(rows[pair], axis=0)
        assert (rows[-1] == math.inf).all()
        return rows[:-1]


class TestTable:
    @given(st.lists(st.integers(0, 5), min_size=1, max_size=15))
    def test_with_ties_the_table_counts_every_order(self, values):
        s = abs(reference.mann_kendall(values)[0])
        groups = tuple(sorted(values.count(v) for v in set(values)))
        expected = reference.exact_p(s, len(values), reference.tie_groups(values))
        assert table(groups)[s] == pytest.approx(expected, rel=1e-12)

    @pytest.mark.parametrize("n", [1, 2, 5, 20, 21, 60])
    def test_without_ties_for_any_number_of_points(self, n):
        """Sixty figures stand in more orders than a whole number of 64 bits can count."""
        own, pairs = table((1,) * n), n * (n - 1) // 2
        assert len(own) == pairs + 1
        for s in {pairs % 2, pairs // 3 * 2 + pairs % 2, pairs}:
            assert own[s] == pytest.approx(reference.exact_p(s, n), rel=1e-12)
