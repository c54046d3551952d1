"""What the deck chooses to say and draw, before it is a file. Synthetic figures."""

import runpy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.judgement import Spread
from vagvisare.findings.finding import FindingType
from vagvisare.followups.outcome import ReplayVerdict
from vagvisare.publications import deck_words as words
from vagvisare.publications.deck import FindingSlide, TableSlide
from vagvisare.publications.deck_charts import _label_shifts, _skip
from vagvisare.publications.deck_findings import MOST_FINDINGS, about_effort, by_goal, cited
from vagvisare.publications.deck_fit import balanced, fit, height, lines, pages, width
from vagvisare.publications.deck_frame import BODY_BOTTOM, TABLE_GAP, TITLE_TOP
from vagvisare.publications.deck_pictures import (
    DotPicture,
    Line,
    LinePicture,
    Role,
    axis_cut,
    picture,
    value_range,
)
from vagvisare.publications.deck_story import _tally, slides
from vagvisare.publications.deck_table import fitted, in_brief
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series

made = runpy.run_path(str(Path(__file__).parents[1] / "web" / "synthetic.py"))["material"]


@pytest.fixture(scope="module")
def outcome():
    return made().outcome


def of_type(outcome, kind):
    return next(finding for finding in outcome.findings if finding.type is kind)


def drawn(*values, role=Role.OWN):
    points = tuple((Period.year(2000 + i), value) for i, value in enumerate(values))
    return LinePicture((Line("x", role, points),), "procent", 1, tuple((p.end, p.label) for p, _ in points))


def test_an_effort_shows_findings_on_the_indicators_its_statements_speak_of(outcome):
    first, second = outcome.follow_ups[0].focuses
    assert {f.key.indicator for f in about_effort(first, outcome)} == {"share", "health"}
    assert {f.key.indicator for f in about_effort(second, outcome)} == {"emissions"}


def test_findings_come_weightiest_first_at_most_four_and_no_composite(outcome):
    focus = outcome.follow_ups[0].focuses[0]
    share = of_type(outcome, FindingType.TREND)
    many = tuple(replace(share, weight=float(n), why=str(n)) for n in range(9))
    chosen = about_effort(focus, replace(outcome, findings=(*many, *outcome.findings)))
    weights = [f.weight for f in chosen]
    assert len(chosen) == MOST_FINDINGS
    assert weights == sorted(weights, reverse=True)
    assert any(f.key.indicator == "health" for f in chosen), "another indicator comes before a second of the same"
    assert not any(f.type is FindingType.COMPOSITE for f in chosen)


def test_what_one_effort_has_shown_the_next_does_not_repeat(outcome):
    focus = outcome.follow_ups[0].focuses[0]
    shown = {of_type(outcome, FindingType.TREND).id}
    assert not shown & {f.id for f in about_effort(focus, outcome, shown)}


def test_goals_gather_the_findings_of_the_indicators_that_watch_them(outcome):
    groups = by_goal(outcome)
    assert [node.address for node, _ in groups] == ["mal/provgrupp"]
    unwatched = {key: replace(one, watches=()) for key, one in outcome.indicators.items()}
    assert [node for node, _ in by_goal(replace(outcome, indicators=unwatched))] == [None]


def test_a_rank_is_drawn_as_counties_on_a_row_best_first(outcome):
    found = picture(of_type(outcome, FindingType.RANK), outcome, Language.SV)
    assert isinstance(found, DotPicture)
    assert len(found.rows) == 22
    assert [name for name, _, role in found.rows if role is Role.NATION] == ["Riket"]
    assert found.field == "länen och riket"
    values = [value for _, value, _ in found.rows]
    assert values == sorted(values, reverse=True)
    assert [name for name, _, role in found.rows if role is Role.OWN] == ["Örebro län"]


def test_a_rank_where_lower_is_better_puts_the_lowest_first(outcome):
    finding = replace(of_type(outcome, FindingType.RANK), key=of_type(outcome, FindingType.PACE).key)
    values = [value for _, value, _ in picture(finding, outcome, Language.SV).rows]
    assert values == sorted(values)


def test_a_pace_is_drawn_with_the_path_from_the_base_year_to_the_target(outcome):
    found = picture(of_type(outcome, FindingType.PACE), outcome, Language.SV)
    path = next(line for line in found.lines if line.role is Role.TARGET)
    assert path.points[0][0].end == 2005
    assert path.points[-1][0].end == 2030
    assert path.points[-1][1] == pytest.approx(800.0)
    rates = [b[1] / a[1] for a, b in zip(path.points, path.points[1:], strict=False)]
    assert rates == pytest.approx([rates[0]] * len(rates))
    assert found.periods[-1][0] == 2030


def test_figures_by_an_older_method_are_a_line_of_their_own(outcome):
    found = picture(of_type(outcome, FindingType.PACE), outcome, Language.EN)
    older = next(line for line in found.lines if line.role is Role.OLDER)
    own = next(line for line in found.lines if line.role is Role.OWN)
    assert older.points[-1][0].end == 2011
    assert own.points[0][0].end == 2012
    assert older.label == "older method"


def test_the_nation_is_drawn_beside_a_share_but_not_beside_a_sum(outcome):
    share = picture(of_type(outcome, FindingType.TREND), outcome, Language.SV)
    assert any(line.role is Role.NATION for line in share.lines)
    emissions = picture(of_type(outcome, FindingType.PACE), outcome, Language.SV)
    assert not any(line.role is Role.NATION for line in emissions.lines)


def test_a_gap_is_drawn_as_its_two_groups(outcome):
    found = picture(of_type(outcome, FindingType.GAP), outcome, Language.SV)
    assert [line.label for line in found.lines] == ["Kvinnor", "Män"]


def test_a_gap_among_municipalities_is_drawn_as_municipalities_on_a_row(outcome):
    gap = replace(of_type(outcome, FindingType.GAP), parts=("kommuner",))
    assert picture(gap, outcome, Language.SV) is None, "no figures for municipalities, nothing to draw"
    year = outcome.panel[gap.key].periods[-1]
    codes = {"1880": 81.0, "1881": 90.0, "1860": 72.0}
    panel = {**outcome.panel} | {gap.key.at(c): Series.of(gap.key.at(c), {year: v}) for c, v in codes.items()}
    spread = Spread(year, ("1860", 72.0), ("1881", 90.0), 81.0, 3)
    judged = {**outcome.judgements, gap.key: replace(outcome.judgements[gap.key], spread=spread)}
    found = picture(gap, replace(outcome, panel=panel, judgements=judged), Language.SV)
    assert found.rows[0][0] == "Kumla"
    assert found.rows[-1][0] == "Laxå"
    assert ("Örebro län", outcome.panel[gap.key].values[-1], Role.OWN) in found.rows
    assert found.field == "kommunerna och länet"


def test_large_units_are_drawn_as_they_are_read(outcome):
    found = picture(of_type(outcome, FindingType.PACE), outcome, Language.SV)
    assert found.unit == "tusen ton koldioxidekvivalenter"
    assert max(value for line in found.lines for _, value in line.points) < 3000


def test_nothing_to_draw_gives_no_picture(outcome):
    assert picture(of_type(outcome, FindingType.TREND), replace(outcome, panel={}), Language.SV) is None


def test_time_runs_evenly_across_years_without_figures():
    points = ((Period.year(1990), 1.0), (Period.year(2000), 2.0))
    from vagvisare.publications.deck_pictures import _axis

    axis = _axis((Line("x", Role.OWN, points),))
    assert [year for year, _ in axis] == list(range(1990, 2001))
    windows = ((Period(2004, 2007), 1.0), (Period(2006, 2009), 2.0))
    assert [label for _, label in _axis((Line("x", Role.OWN, windows),))] == ["2004–2007", "2005–2008", "2006–2009"]


@given(st.lists(st.floats(min_value=-1e7, max_value=1e7, allow_nan=False), min_size=1, max_size=30))
def test_the_value_axis_holds_every_figure_in_round_steps(values):
    low, high, step = value_range(drawn(*values))
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert low <= min(values) + slack
    assert high >= max(values) - slack
    assert (high - low) / step == pytest.approx(round((high - low) / step), abs=1e-3)
    assert 1 <= round((high - low) / step) <= 8


def test_a_small_change_is_not_drawn_as_a_fall():
    low, high, _ = value_range(drawn(72.7, 72.2, 71.8))
    assert high - low >= 7
    assert axis_cut(drawn(72.7, 72.2, 71.8))
    assert not axis_cut(drawn(3.0, 9.0))


def test_end_labels_stand_clear_of_each_other():
    picture_ = LinePicture(
        tuple(
            Line(str(v), Role.OTHER, ((Period.year(2020), 5.0), (Period.year(2021), v))) for v in (6.0, 6.01, 6.02, 2.0)
        ),
        "",
        1,
        ((2020, "2020"), (2021, "2021")),
    )
    low, high, _ = value_range(picture_)
    shifts = _label_shifts(picture_, 4.0)
    at = sorted(
        (high - line.points[-1][1]) * 4.0 / (high - low) + shift
        for line, shift in zip(picture_.lines, shifts, strict=True)
    )
    assert all(b - a >= 0.23 for a, b in pairwise(at))
    assert shifts[3] == 0.0


@given(st.integers(min_value=1, max_value=300))
def test_a_time_axis_never_has_too_many_labels(steps):
    assert (steps - 1) // _skip(steps) + 1 <= 9 + 1


@given(st.text(alphabet="aåÖmW i,.-–”1 \n", max_size=200), st.integers(min_value=8, max_value=44))
def test_wider_room_never_takes_more_lines(text, size):
    assert lines(text, size, 12.0) <= lines(text, size, 6.0)
    assert width(text, size, "serif") >= 0


def test_fit_takes_the_largest_size_that_fits_and_never_goes_below_the_smallest():
    assert fit("kort", (32, 28), 10, 1).size == 32
    assert fit("lång mening " * 40, (32, 28), 10, 2).size == 28


@given(st.lists(st.floats(min_value=0.1, max_value=3.0), min_size=1, max_size=30))
def test_every_line_lands_on_one_slide_in_order_and_fits(heights):
    shares = pages(heights, 4.0)
    assert [i for share in shares for i in share] == list(range(len(heights)))
    assert all(sum(heights[i] for i in share) <= 4.0 + 1e-9 for share in shares)


def test_an_explanation_is_cut_between_sentences_and_never_to_an_empty_opening():
    text = "Två mått. Det första ökar 2,3 procent om året enligt N02904 (SCB). 2025: lägst av 21 län."
    assert in_brief(text, 500) == text
    assert in_brief(text, 1) == "Två mått. Det första ökar 2,3 procent om året enligt N02904 (SCB).\u00a0…"


@given(st.text(alphabet="aåÖ bcd", min_size=2, max_size=200))
def test_even_lines_are_never_more_than_the_room_gives(text):
    room = balanced(text, 28, 11.0, "serif")
    assert room <= 11.0
    assert lines(text, 28, room, "serif") <= lines(text, 28, 11.0, "serif")


def test_even_lines_leave_no_word_alone():
    text = "Utsläppen minskar för långsamt i länet för att nå målet om en nivå som är 60 procent lägre 2030 än nu"
    whole = width(text, 28, "serif")
    assert balanced(text, 28, whole * 0.98, "serif") < whole * 0.6
    assert balanced("kort", 28, 11.0, "serif") == 11.0


@pytest.mark.parametrize("language", list(Language))
def test_each_replay_slide_tells_how_its_own_statements_stand(language):
    tables = [s for s in slides(made(), language) if isinstance(s, TableSlide) and len(s.header) == 3]
    assert sum(len(t.rows) for t in tables) == len(made().outcome.replay)
    assert all(1 <= len(t.rows) <= 4 for t in tables)
    for table in tables:
        number = words.count(len(table.rows), language, capital=True)
        assert table.title.startswith(number) or len(table.rows) == 1
    assert len({t.title for t in tables}) == len(tables)


def test_the_overview_tells_how_every_statement_stands():
    overview = slides(made(), Language.SV)[1]
    assert overview.title == "Två kraftsamlingar, sju påståenden från 2022"
    assert overview.items[0].gloss == (
        "Sex påståenden: ett stämmer, två beror på definition eller år, ett motsägs, "
        "ett går inte att avgöra och ett saknar siffror här"
    )
    english = slides(made(), Language.EN)[1]
    assert "six statements: one agrees, two depend on" in english.items[0].gloss


def test_statements_that_stand_alike_are_told_in_one_clause():
    replay = made().outcome.replay
    alike = [next(item for item in replay if item.then.verdict is ReplayVerdict.NO_FIGURES)] * 3
    assert _tally(alike, "2022", Language.SV) == "Tre påståenden från 2022 saknar siffror här"
    assert _tally(alike, "", Language.EN) == "Three statements have no figures here"
    assert _tally(alike[:1], "2022", Language.SV) == "Ett påstående från 2022 saknar siffror här"
    agreeing = [next(item for item in replay if item.then.verdict is ReplayVerdict.AGREES)] * 2
    assert _tally(agreeing, "2022", Language.SV) == "Två påståenden från 2022 stämmer, med det som var känt då"


def test_rows_are_shared_so_that_what_is_read_aloud_keeps_its_size():
    for language in Language:
        for table in slides(made(), language):
            if isinstance(table, TableSlide) and len(table.header) == 3:
                assert fitted(table, BODY_BOTTOM - TITLE_TOP - height(2, 28) - TABLE_GAP)[1] == 28


def test_a_course_smaller_than_what_matters_is_not_shown_in_the_room(outcome):
    focus = outcome.follow_ups[0].focuses[0]
    share = of_type(outcome, FindingType.TREND)
    assert share in about_effort(focus, outcome)
    judged = outcome.judgements[share.key]
    small = replace(judged, trend=replace(judged.trend, change=0.4))
    judgements = {**outcome.judgements, share.key: small}
    assert share not in about_effort(focus, replace(outcome, judgements=judgements))
    exact = replace(judged, trend=replace(judged.trend, change=-1.0))
    assert share in about_effort(focus, replace(outcome, judgements={**judgements, share.key: exact}))


def test_a_source_does_not_repeat_its_producer():
    receipt = next(iter(made().receipts.values()))
    assert cited(receipt) == receipt.source_id
    doubled = replace(receipt, producer="SMHI, databasen", source_id="databasen (Kolada N1)")
    assert cited(doubled) == "Kolada N1"
    assert cited(replace(receipt, producer="SCB", source_id="TAB1 (Kolada N1)")) == "TAB1 (Kolada N1)"


def test_a_caveat_is_shown_but_not_counted():
    material = made()
    before = slides(material, Language.SV)[1].items[0].gloss
    replay = tuple(
        replace(item, statement=replace(item.statement, caveat=item.statement.key == "s1"))
        for item in material.outcome.replay
    )
    told = slides(replace(material, outcome=replace(material.outcome, replay=replay)), Language.SV)
    assert before.startswith("Sex påståenden")
    assert told[1].items[0].gloss.startswith("Fem påståenden")
    assert sum(len(s.rows) for s in told if isinstance(s, TableSlide) and len(s.header) == 3) == len(replay)


def test_every_verdict_has_its_mark_its_word_and_its_count():
    from vagvisare.publications.deck_story import MARKS

    for verdict in ReplayVerdict:
        assert verdict in MARKS
        assert verdict in words.REPLAY_VERDICTS
        assert verdict in words.REPLAY_TALLY
    assert len(set(MARKS.values())) == len(MARKS)


def test_finding_slides_say_what_is_measured_and_tell_the_extremes():
    told = [s for s in slides(made(), Language.SV) if isinstance(s, FindingSlide)]
    share = next(s for s in told if s.title.startswith("Provandelen"))
    assert share.subtitle.replace("\u00a0", " ") == "Prov share · procent · axeln börjar inte vid noll"
    assert "Örebro län: från" in share.alt
    assert "lägst" in share.alt
    assert "Linjediagram." in share.alt


def test_numbers_are_written_as_words_up_to_twelve():
    assert words.count(1, Language.SV, neuter=True) == "ett"
    assert words.count(12, Language.SV, capital=True) == "Tolv"
    assert words.count(13, Language.EN) == "13"
