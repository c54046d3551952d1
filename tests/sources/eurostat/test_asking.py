"""How a question is cut in pieces, and which periods and codes it wants."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources.bounds import Bounds
from vagvisare.sources.eurostat.asking import MOST_CATEGORIES, MOST_PIECES, Question, pieces, question, sample
from vagvisare.sources.query import Dimension, Query, Role, Scheme
from vagvisare.terms.errors import UnknownError

_SIZES = st.lists(st.integers(1, 130), min_size=1, max_size=4)


def _sized(sizes):
    return Question("t", tuple((f"d{n}", tuple(f"c{i}" for i in range(size))) for n, size in enumerate(sizes)))


def _cells(part):
    return list(product(*(codes for _, codes in part.filters)))


@settings(deadline=None, max_examples=100)
@given(_SIZES)
def test_pieces_are_small_and_ask_for_everything_once(sizes):
    whole = _sized(sizes)
    parts = pieces(whole)
    if parts is None:
        assert whole.named > MOST_CATEGORIES
        return
    assert 1 <= len(parts) <= MOST_PIECES
    assert all(part.named <= MOST_CATEGORIES for part in parts)
    each = [cell for part in parts for cell in _cells(part)]
    assert len(each) == len(set(each))
    assert set(each) == set(_cells(whole))


def test_a_question_for_too_many_calls_is_not_cut():
    assert pieces(_sized([2000])) is None
    assert pieces(_sized([40, 40, 40, 40])) is None
    assert pieces(_sized([50])) == (_sized([50]),)


@settings(deadline=None, max_examples=100)
@given(_SIZES)
def test_a_sample_is_one_small_question_about_every_dimension(sizes):
    small = sample(_sized(sizes))
    assert small.named <= MOST_CATEGORIES
    assert [code for code, _ in small.filters] == [f"d{n}" for n in range(len(sizes))]
    assert small.time == Bounds(last=1)


@pytest.mark.parametrize(
    ("bounds", "wanted"),
    [
        (Bounds(), {"2019", "2019-Q4", "2020-Q1", "2020-Q4", "2021-Q1"}),
        (Bounds(until="2020"), {"2019", "2019-Q4", "2020-Q1", "2020-Q4"}),
        (Bounds(since="2020"), {"2020-Q1", "2020-Q4", "2021-Q1"}),
        (Bounds(since="2020", until="2020"), {"2020-Q1", "2020-Q4"}),
        (Bounds(last=2), {"2020-Q4", "2021-Q1"}),
        (Bounds(codes=("2019", "2030")), {"2019"}),
        (Bounds(codes=("2019", "2019-Q4"), last=1), {"2019-Q4"}),
    ],
)
def test_bounds_take_in_the_parts_of_a_year(bounds, wanted):
    assert bounds.within(["2021-Q1", "2019", "2019-Q4", "2020-Q4", "2020-Q1"]) == wanted


def test_territories_are_written_in_the_scheme_the_dimension_names():
    def asked(values, scheme=None):
        return question(Query("t_1", (Dimension("geo", Role.TERRITORY, values, scheme=scheme),))).filters

    assert asked(("@nation", "SE124")) == (("geo", ("SE", "SE124")),)
    assert asked(("@nation",), Scheme.ISO) == (("geo", ("SE",)),)
    assert asked(("*",)) == ()
    with pytest.raises(UnknownError):
        asked(("@municipalities:18",))


def test_the_address_names_a_dimension_once_for_each_code():
    asked = Question("t", (("geo", ("SE", "SE124")),), Bounds(since="2010", until="2020"))
    address = asked.address()
    assert address == (
        "statistics/1.0/data/t?format=JSON&lang=EN&geo=SE&geo=SE124&sinceTimePeriod=2010&untilTimePeriod=2020"
    )
    assert asked.address(anew=True).lower() == address.lower()
    assert asked.address(anew=True) != address
