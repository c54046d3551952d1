from dataclasses import replace
from datetime import date

import pytest
from made_up_deliveries import asking, dataset, grid

from vagvisare.intake.alarms import alarms, gone
from vagvisare.intake.releases import following, missed, next_due, rhythm
from vagvisare.intake.rewording import rewording
from vagvisare.intake.waiting import stopped, waiting
from vagvisare.sources.contract import Axis, Found, Shape
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.terms.period import Period

REGIONS = Axis("Region", "region", (("00", "Riket"), ("18", "Örebro län"), ("17", "Värmlands län")))
SEXES = Axis("Kon", "kön", (("1", "män"), ("2", "kvinnor")))
SHAPE = Shape(
    "TAB1", "Behöriga elever", "Andel elever som är behöriga.", "procent", "2026-06-02", axes=(REGIONS, SEXES)
)
ASKED = dataset(
    queries=(
        Query(
            "TAB1",
            (Dimension("Region", Role.TERRITORY, ("00", "18")), Dimension("Kon", Role.SEX, ("1", "2"), ("M", "K"))),
        ),
    )
)


def told(after, before=SHAPE, of=ASKED, found=()):
    return [(str(alarm.change), str(alarm.gravity)) for alarm in alarms(before, after, of, found)]


def test_what_has_not_changed_raises_nothing():
    assert told(SHAPE) == []
    assert told(replace(SHAPE, updated="2026-09-01")) == []
    assert told(SHAPE, before=None) == []


def test_a_closed_table_raises_a_question_once_and_names_its_heir():
    closed = replace(SHAPE, discontinued=True)
    assert told(closed) == told(closed, before=None) == [("retired", "note")]
    assert told(closed, before=closed) == []
    (alarm,) = alarms(
        SHAPE, closed, ASKED, [Found("scb", "TAB1", "Behöriga elever"), Found("scb", "TAB9", "behöriga  elever")]
    )
    assert "”TAB9”" in alarm.to_do.sv


def test_a_table_that_is_gone_has_moved_when_its_title_is_found():
    assert str(gone(ASKED, "TAB1", SHAPE).change) == "gone"
    moved = gone(ASKED, "TAB1", SHAPE, [Found("scb", "TAB2", "Behöriga elever")])
    assert moved.what.sv == "”TAB1” finns inte längre hos källan; ”Behöriga elever” har nu id ”TAB2”."
    assert moved.what.en == "“TAB1” is no longer at the source; “Behöriga elever” now has id “TAB2”."


def test_another_unit_holds():
    after = replace(SHAPE, unit="antal")
    (alarm,) = alarms(SHAPE, after, ASKED)
    assert alarm.objection is not None
    assert alarm.objection.holds
    assert told(replace(SHAPE, unit="Procent ")) == []


def test_a_code_we_ask_for_that_is_gone_holds_and_others_do_not():
    lost = replace(SHAPE, axes=(replace(REGIONS, categories=REGIONS.categories[:1]), SEXES))
    (alarm,) = alarms(SHAPE, lost, ASKED)
    assert alarm.objection is not None
    assert alarm.what.sv == "Koder som vi frågar efter finns inte längre i dimensionen ”Region”: ”18 Örebro län”."
    other = replace(SHAPE, axes=(replace(REGIONS, categories=REGIONS.categories[:2]), SEXES))
    assert told(other) == []


def test_a_code_the_table_never_had_is_asked_about_at_the_first_fetch():
    of = asking(Role.TERRITORY, "00", "99", code="Region")
    assert told(SHAPE, before=None, of=of) == [("code_gone", "note")]
    assert told(SHAPE, before=SHAPE, of=of) == []


def test_words_for_territories_are_written_out_and_expressions_are_none():
    of = asking(Role.TERRITORY, "@counties", code="Region")
    (alarm,) = alarms(None, SHAPE, of)
    assert "och 13 till" in alarm.what.sv
    assert told(SHAPE, before=None, of=asking(Role.PERIOD, "TOP(5)", "*", "FROM(2010)", code="Region")) == []


def test_a_new_group_beside_those_we_ask_for_is_told():
    more = replace(SHAPE, axes=(REGIONS, replace(SEXES, categories=(*SEXES.categories, ("3", "uppgift saknas")))))
    assert told(more) == [("code_new", "note")]
    assert (
        told(replace(SHAPE, axes=(replace(REGIONS, categories=(*REGIONS.categories, ("20", "Dalarna"))), SEXES))) == []
    )


def test_new_labels_and_titles_are_told_with_both_wordings():
    after = replace(SHAPE, axes=(REGIONS, replace(SEXES, categories=(("1", "pojkar"), ("2", "kvinnor")))))
    (alarm,) = alarms(SHAPE, after, ASKED)
    assert alarm.what.sv == "Källan har bytt benämningar: ”1” var ”män” och är ”pojkar”."
    assert told(replace(SHAPE, title="Elever som är behöriga")) == [("title", "note")]


def test_a_reworded_definition_shows_the_words():
    after = replace(SHAPE, definition="Andel elever i årskurs 9 som är behöriga.")
    (alarm,) = alarms(SHAPE, after, ASKED)
    assert alarm.what.sv == "Källan har ändrat definitionen: ”i årskurs 9” är tillagt."
    assert alarm.what.en == "The source has changed the definition: “i årskurs 9” has been added."


@pytest.mark.parametrize("stamp", ["", "2026-01-01", "2 juni 2026"])
def test_a_stamp_that_cannot_be_trusted_is_told(stamp):
    assert told(replace(SHAPE, updated=stamp)) == [("stamp", "note")]


def test_dimensions_that_come_and_go():
    assert ("dimension", "hold") in told(replace(SHAPE, axes=(REGIONS,)))
    assert told(replace(SHAPE, axes=(REGIONS, SEXES, Axis("Alder", "ålder")))) == [("dimension", "note")]


def test_the_same_change_is_the_same_alarm():
    after = replace(SHAPE, definition="Något annat.")
    assert alarms(SHAPE, after, ASKED) == alarms(SHAPE, after, ASKED)
    assert alarms(SHAPE, after, ASKED)[0].id != alarms(SHAPE, replace(SHAPE, definition="Annat."), ASKED)[0].id


def test_tables_described_together_are_compared_together():
    both = dataset(queries=(Query("TAB1", ASKED.queries[0].dimensions), Query("TAB2", ASKED.queries[0].dimensions)))
    joint = replace(SHAPE, table="TAB1 + TAB2", axes=(*SHAPE.axes, *SHAPE.axes))
    lost = replace(joint, axes=(replace(REGIONS, categories=REGIONS.categories[:1]), SEXES))
    assert told(joint, joint, both) == []
    assert told(lost, joint, both) == [("code_gone", "hold")]


@pytest.mark.parametrize(
    ("old", "new", "sv"),
    [
        ("a b c", "a  b\nc", None),
        ("a b c", "a x c", "”b” har blivit ”x”"),
        ("a b c", "a c", "”b” är struket"),
        ("a b", "", "texten är borttagen"),
        ("a " * 2000, "b " * 2000, "texten är lång och har ändrats"),
    ],
)
def test_rewording(old, new, sv):
    how = rewording(old, new)
    assert (None if how is None else how.sv) == sv


YEARS = [Period.year(year) for year in range(2015, 2025)]


def march(period):
    return date(period.end + 1, 4, 1)


def test_a_release_that_passes_without_figures_is_overdue_after_a_week():
    shape = replace(SHAPE, next_release=date(2026, 11, 1), updated="2026-03-01")
    assert waiting(ASKED, YEARS, date(2026, 11, 8), shape=shape) == ()
    (alarm,) = waiting(ASKED, YEARS, date(2026, 11, 13), shape=shape)
    assert alarm.what.sv == (
        "Nya siffror skulle ha kommit 1 november 2026 enligt källans kalender och är försenade 12\u00a0dagar."
    )
    assert "12\u00a0days late" in alarm.what.en
    assert waiting(ASKED, YEARS, date(2026, 12, 24), shape=shape)[0].id == alarm.id
    came = replace(shape, updated="2026-11-02T01:00:00Z")
    assert waiting(ASKED, YEARS, date(2026, 12, 24), shape=came) == ()


def test_the_rule_stands_in_for_a_calendar():
    assert waiting(ASKED, YEARS, date(2026, 4, 5), known_from=march) == ()
    (late,) = waiting(ASKED, YEARS, date(2026, 5, 1), known_from=march)
    assert str(late.change) == "overdue"
    assert "producentens vanliga rytm" in late.what.sv


def test_a_series_with_two_periods_missing_has_stopped():
    (broken,) = waiting(ASKED, YEARS, date(2027, 5, 1), known_from=march)
    assert broken.what.sv == "Serien har stannat: den senaste perioden är 2024, men 2025 och 2026 borde ha kommit."
    assert waiting(ASKED, [], date(2027, 5, 1), known_from=march) == ()


def test_rhythm_and_what_follows():
    assert rhythm(YEARS) == 1
    assert rhythm([Period.year(year) for year in (2010, 2014, 2018, 2022)]) == 4
    assert rhythm([]) == 1
    assert following(Period(2021, 2024)) == Period(2022, 2025)
    assert missed(Period.year(2022), 4, march, date(2027, 3, 1)) == ()
    assert next_due(None, known_from=march) is None
    assert next_due(Period.year(2024), known_from=march).day == date(2026, 4, 1)


def test_series_that_have_stopped_while_others_go_on():
    going = dict.fromkeys(("00", "17", "18"), (50.0, 51.0, 52.0, 53.0, 54.0))
    (alarm,) = stopped(ASKED, grid({**going, "19": (50.0, 51.0)}))
    assert alarm.what.sv == "Siffror har slutat komma för Västmanlands län; den senaste är från 2016."
    assert stopped(ASKED, grid({**going, "19": (50.0, 51.0, 52.0)})) == ()
    assert stopped(ASKED, grid({**going, "19": (50.0,)})) == ()
