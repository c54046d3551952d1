from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.editions.document import Source
from vagvisare.editions.registers import DateClaim, Occasion
from vagvisare.editions.timeline import Window, broken_order, contradictions, slips, span, window
from vagvisare.strategy_folder.reading import read

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"


def planned(start, end=""):
    return DateClaim("planned", start, Source("påhittad plan"), end)


def actual(start, end=""):
    return DateClaim("actual", start, Source("påhittat protokoll"), end)


def step(key, *claims, after=()):
    return Occasion(key, f"Steg {key}", claims, after=after)


@pytest.fixture(scope="module")
def bundled():
    return read(FOLDER, calibration=False).strategy.register.timeline


def test_the_consultations_two_starts_are_the_one_contradiction_of_the_folder(bundled):
    found = contradictions(bundled)
    assert [(f.occasion.key, f.kind, f.side, f.days) for f in found] == [("remiss-2021", "planned", "start", 3)]
    assert [(c.start, str(c.source)) for c in found[0].claims] == [
        ("2021-06-17", "000_bce6add0e5d7e8be.txt:26"),
        ("2021-06-20", "000_bce6add0e5d7e8be.txt:429"),
    ]


def test_finished_at_the_end_of_2021_became_28_april_2022(bundled):
    (slip,) = [s for s in slips(bundled) if s.late or s.early]
    assert slip.occasion.key == "antagande-2022"
    # The folder knows the plan to the year: from the last day of 2021 it is 118 days, from the first 482.
    assert (slip.least, slip.most, slip.months) == (118, 482, 3)
    assert (date(2021, 12, 31) + timedelta(days=118)) == date(2022, 4, 28)


def test_what_was_planned_and_done_on_the_same_day_has_not_slipped(bundled):
    same = next(s for s in slips(bundled) if s.occasion.key == "visning-for-samverkansradet")
    assert (same.least, same.most, same.late, same.early) == (0, 0, False, False)


def test_the_folders_steps_begin_in_order(bundled):
    assert any(o.after for o in bundled)
    assert broken_order(bundled) == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-06-17", date(2021, 6, 17), date(2021, 6, 17)),
    ],
)
def test_a_date_is_every_day_it_may_mean(text, first, last):
    assert window(text) == Window(first, last)


@pytest.mark.parametrize("text", ["", "slutet 2021", "2021-13", "2021-02-30", "2021-06-17-01", "x-y"])
def test_what_is_no_date_has_no_days(text):
    assert window(text) is None


def test_a_coarser_date_does_not_contradict_one_within_it():
    assert contradictions([step("a", planned("2021"), planned("2021-06-17"))]) == ()
    (found,) = contradictions([step("a", planned("2020"), planned("2021-06-17"))])
    assert found.days is None  # one of them is not known to the day


def test_ends_may_contradict_where_starts_agree():
    (found,) = contradictions([step("a", planned("2021-06-17", "2021-09-30"), planned("2021-06-17", "2021-10-01"))])
    assert (found.side, found.days) == ("end", 1)


def test_a_plan_and_an_outcome_that_differ_are_a_slip_and_no_contradiction():
    one = step("a", planned("2021-06-01"), actual("2021-06-11"))
    assert contradictions([one]) == ()
    (slip,) = slips([one])
    assert (slip.least, slip.most, slip.months, slip.late) == (10, 10, 0, True)


def test_earlier_than_planned_is_told_as_such():
    (slip,) = slips([step("a", planned("2021-06-30"), actual("2021-04-30"))])
    assert (slip.least, slip.early, slip.months) == (-61, True, 2)


def test_within_the_precision_of_the_plan_nothing_is_claimed():
    (slip,) = slips([step("a", planned("2021"), actual("2021-11-05"))])
    assert not slip.late
    assert not slip.early


def test_the_end_counts_where_there_is_one():
    (slip,) = slips([step("a", planned("2021-03", "2021-05"), actual("2021-03-05", "2021-06-14"))])
    assert (slip.least, slip.months) == (14, 0)


def test_contradicting_plans_each_have_their_slip():
    found = slips([step("a", planned("2021-06-17"), planned("2021-06-20"), actual("2021-06-21"))])
    assert [s.least for s in found] == [4, 1]


def test_a_step_that_begins_before_what_it_waits_for_is_done():
    first, second = step("a", planned("2021-06-16")), step("b", planned("2021-06-10"), after=("a",))
    (found,) = broken_order([first, second])
    assert (found.occasion.key, found.waits_for.key, found.certain) == ("b", "a", True)


def test_the_same_day_is_in_order_and_so_is_what_may_be():
    assert broken_order([step("a", planned("2021-06-16")), step("b", planned("2021-06-16"), after=("a",))]) == ()
    assert broken_order([step("a", planned("2021-06-16")), step("b", planned("2021"), after=("a",))]) == ()


def test_the_outcome_counts_before_the_plan():
    late = step("a", planned("2021-06-16"), actual("2021-08-01"))
    assert len(broken_order([late, step("b", planned("2021-06-17"), after=("a",))])) == 1


def test_an_order_broken_by_one_source_only_is_not_certain():
    waits = step("b", planned("2021-06-17"), planned("2021-06-20"), after=("a",))
    (found,) = broken_order([step("a", planned("2021-06-18")), waits])
    assert found.certain is False


def test_steps_that_wait_for_each_other_are_told_and_one_that_does_not_exist_is_left_to_the_checks():
    a, b = step("a", planned("2021"), after=("b",)), step("b", planned("2022"), after=("a", "finns-inte"))
    assert {f.occasion.key for f in broken_order([a, b])} == {"a", "b"}


def test_the_span_is_from_first_to_last():
    assert span([]) is None
    assert span([step("a", planned("2021-06", "2022")), step("b", actual("2020-02"))]) == Window(
        date(2020, 2, 1), date(2022, 12, 31)
    )


days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def _text(day, precision):
    return day.isoformat()[:precision]


@given(days, days, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_the_true_slip_always_lies_within_what_is_told(plan, outcome, coarse, fine):
    (slip,) = slips([step("a", planned(_text(plan, coarse)), actual(_text(outcome, fine)))])
    assert slip.least <= (outcome - plan).days <= slip.most
    assert not (slip.late and slip.early)
    # Whole months are never more than the days allow.
    certain = slip.least if slip.late else -slip.most if slip.early else 0
    assert slip.months * 28 <= certain
