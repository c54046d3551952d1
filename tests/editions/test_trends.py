from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.editions.comparison import PieceKind
from vagvisare.editions.document import Source
from vagvisare.editions.registers import TrendItem
from vagvisare.editions.trends import TrendFate, compare, drives, word_marks, years
from vagvisare.strategy_folder.reading import read

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"


def trend(key, text, year, **more):
    return TrendItem(key, text, year, Source("påhittad källa"), **more)


@pytest.fixture(scope="module")
def bundled():
    return read(FOLDER, calibration=False).strategy.register.trends


def test_the_regions_own_trends_of_2021_and_2022(bundled):
    changes = compare(bundled, 2021, 2022)
    told = [(c.fate.value, c.before and c.before.text, c.after and c.after.text) for c in changes]
    assert told == [
        ("kept", "Större omvärldstryck på regionerna", "Större omvärldstryck på regionerna"),
        ("reworded", "Ett näringsliv och arbetsmarknad i omvandling", "Näringslivet och arbetsmarknaden i omvandling"),
        ("kept", "Klimatutmaningen kräver omställning", "Klimatutmaningen kräver omställning"),
        ("kept", "Demografiska utmaningar", "Demografiska utmaningar"),
        (
            "kept",
            "Städerna växer, landsbygderna har slutat minska",
            "Städerna växer, landsbygderna har slutat minska",
        ),
        ("kept", "Ökade klyftor i samhället", "Ökade klyftor i samhället"),
        (
            "became",
            "Kapacitet till omställning allt viktigare",
            "Oförutsedda händelser ställer högre krav på omställningskapacitet",
        ),
        ("dropped", "Megatrender som driver andra trender", None),
    ]


def test_word_marks_say_which_words_changed(bundled):
    reworded = next(c for c in compare(bundled, 2021, 2022) if c.fate is TrendFate.REWORDED)
    assert [(p.kind.value, p.text.strip()) for p in reworded.pieces] == [
        ("removed", "Ett näringsliv"),
        ("added", "Näringslivet"),
        ("same", "och"),
        ("removed", "arbetsmarknad"),
        ("added", "arbetsmarknaden"),
        ("same", "i omvandling"),
    ]


def test_no_source_says_what_the_megatrends_drive_and_so_nothing_is_claimed(bundled):
    assert [(d.megatrend.key, d.driven) for d in drives(bundled)] == [("2021-megatrender", ())]


def test_a_megatrend_drives_those_that_name_it():
    mega = trend("m", "Påhittad megatrend", 2021, megatrend=True)
    a, b = trend("a", "A", 2021, driven_by=("m",)), trend("b", "B", 2021)
    assert [(d.megatrend, d.driven) for d in drives((mega, a, b))] == [(mega, (a,))]


def test_a_trend_without_an_earlier_one_is_new_and_likeness_is_never_guessed():
    items = (trend("x", "Samma ord", 2021), trend("y", "Samma ord", 2022))
    assert [c.fate for c in compare(items, 2021, 2022)] == [TrendFate.NEW, TrendFate.DROPPED]
    assert years(items) == (2021, 2022)


def test_two_that_continue_the_same_are_both_told_and_it_is_not_dropped():
    items = (
        trend("x", "Ett", 2021),
        trend("y", "Ett", 2022, continues="x"),
        trend("z", "Ett till", 2022, continues="x"),
    )
    assert [c.fate for c in compare(items, 2021, 2022)] == [TrendFate.KEPT, TrendFate.REWORDED]


def test_a_continuation_from_another_year_is_new_in_this_comparison():
    items = (trend("x", "Ett", 2019), trend("y", "Ett", 2022, continues="x"))
    assert [c.fate for c in compare(items, 2021, 2022)] == [TrendFate.NEW]


words = st.lists(st.sampled_from(["Ett", "ett", "näringsliv", "i", "och", "omvandling,", "–"]), max_size=8)


@given(words, words)
def test_the_pieces_hold_every_word_of_both(before, after):
    pieces = word_marks(" ".join(before), " ".join(after))
    was = "".join(p.text + " " for p in pieces if p.kind is not PieceKind.ADDED).split()
    now = "".join(p.text + " " for p in pieces if p.kind is not PieceKind.REMOVED).split()
    assert (was, now) == (before, after)
