"""Any table gets an answer: one point or forty, nought, negative, equal, enormous, windows, targets long past."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.assessment.case import Case
from vagvisare.assessment.cases import judge_cases
from vagvisare.terms.period import Period

FIGURES = st.one_of(
    st.floats(-1e3, 1e3),
    st.floats(0, 100),
    st.integers(-5, 5).map(float),
    st.sampled_from([0.0, 5.0, 100.0, 1e-300, 5e-324, 1e-12, 1e12, 1e300, -1e300]),
    st.floats(1e-6, 1e9),
)
WORDS = {"förbättras": "försämras", "försämras": "förbättras"}


@st.composite
def cases(draw):
    """Draw one case: irregular periods of one to four years, figures of one kind or many, any contract."""
    n, years = draw(st.integers(1, 40)), draw(st.sampled_from([1, 1, 1, 2, 4]))
    steps = draw(st.lists(st.sampled_from([1, 1, 1, 2, 3]), min_size=n, max_size=n))
    starts = [1900 + sum(steps[:place]) for place in range(n)]
    one = draw(st.one_of(st.none(), FIGURES))
    figures = [draw(FIGURES) if one is None else one for _ in range(n)]
    return Case(
        "any",
        tuple((Period(start, start + years - 1), figure) for start, figure in zip(starts, figures, strict=True)),
        draw(st.sampled_from(["", "higher", "lower", "none", "-1", "1.0"])),
        draw(st.sampled_from(["", "percent", "%", "number", "companies", "unheard-of", "years"])),
        draw(st.sampled_from([None, 0.0, 5.0, -5.0, 50.0, 100.0, 1e300, 1e-300])),
        draw(st.sampled_from([None, 1700, 1950, 2030, 2100, 9999, starts[-1]])),
        draw(st.sampled_from([None, 1899, 2005, starts[0]])),
        draw(st.sampled_from([None, None, 10.0, 100.0, 1e-300, 1e308])),
    )


@settings(max_examples=300, deadline=None)
@given(cases())
def test_every_table_has_an_answer_that_json_can_hold_and_both_engines_give(case):
    (fast,), (plain,) = judge_cases([case]), judge_cases([case], fast=False)
    said, slow = fast.as_dict(), plain.as_dict()
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    for name, value in said.items():
        if isinstance(value, float):
            assert value == pytest.approx(slow[name], rel=1e-6, abs=1e-9 * max(1.0, abs(value))), name
        else:
            assert value == slow[name], name
    assert 0 <= fast.p <= 1
    assert fast.n <= 25
    assert (fast.pace is None) == (case.target is None)


@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_order_never_matters_and_the_other_direction_gives_the_other_verdict(case, random):
    (as_given,) = judge_cases([case])
    rows = list(case.points)
    random.shuffle(rows)
    assert judge_cases([replace(case, points=tuple(rows))]) == [as_given]
    (up,), (down,) = (judge_cases([replace(case, direction=way, target=None)]) for way in ("higher", "lower"))
    assert down.status == WORDS.get(up.status, up.status)
    assert (down.movement, down.value, down.p) == (up.movement, up.value, up.p)


@pytest.mark.parametrize("largest", [1e307, 1.7e308])
def test_figures_at_the_end_of_what_a_float_holds_still_give_json(largest):
    figures = [largest, -largest, largest, -largest, 0.9 * largest, -largest, largest, 0.1 * largest]
    case = Case("e", tuple((Period.year(2000 + i), v) for i, v in enumerate(figures)), "higher", "number", 5.0, 2030)
    for fast in (True, False):
        (answer,) = judge_cases([case], fast=fast)
        assert json.dumps(answer.as_dict(), allow_nan=False)
        assert math.isfinite(answer.level)


def test_a_limit_whose_square_no_float_holds():
    points = tuple((Period.year(2000 + i), 1e300 * (1 + i)) for i in range(9))
    (answer,) = judge_cases([Case("l", points, "", "", 0.0, 2050, limit=1e308)])
    assert json.dumps(answer.as_dict(), allow_nan=False)
    assert answer.scale == "logit"


def test_a_target_met_before_and_a_year_already_past_are_matters_of_the_figure():
    points = tuple((Period.year(2010 + i), 50.0 + i) for i in range(10))
    met = Case("m", points, "higher", "number", 40.0, 2030)
    assert judge_cases([met])[0].pace == "målet är nått"
    for target, verdict in ((52.0, "målet är nått"), (52.1, "målet är inte nått")):
        (past,) = judge_cases([Case("p", points, "higher", "number", target, 2012)])
        assert past.pace == verdict
    before = Case("b", points, "higher", "number", 40.0, 1990)
    assert judge_cases([before])[0].pace == "målet är nått"
    no_base = Case("n", points, "higher", "number", 80.0, 2030, base_year=1990)
    (answer,) = judge_cases([no_base])
    assert answer.needed == pytest.approx(21 / 11)
