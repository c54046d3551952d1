"""``vagvisare judge --method``: every published method from a table, in JSON and as text."""

from __future__ import annotations

import json

import pytest

from vagvisare.assessment.translations import METHODS, STATUSES

HEAD = "series,period,value,direction,target,target_year,base_year,limit\n"
CANADA = "1-2-1,2015,14.5,-1,7.25,2030,,\n1-2-1,2023,10.2,-1,7.25,2030,,\n"
"""Canadian poverty as Statistics Canada publishes it."""

FIRST_KEYS = ["series", "method", "status", "value", "score", "reason"]


@pytest.fixture
def run(command, tmp_path):
    """Judge a table; return exit code, output and what was said on the side."""

    def runner(table, *arguments, language="en"):
        place = tmp_path / "cases.csv"
        place.write_text(HEAD + table, encoding="utf-8")
        return command("judge", place, *arguments, lang=language)

    return runner


@pytest.fixture
def answers(run):
    def asked(table, method):
        code, out, _ = run(table, "--method", method, "--format", "json")
        assert code == 0
        return json.loads(out)

    return asked


@pytest.mark.parametrize("method", METHODS)
def test_six_fields_first_for_every_method(answers, method):
    (found,) = answers(CANADA, method)
    assert list(found)[:6] == FIRST_KEYS
    assert (found["series"], found["method"]) == ("1-2-1", method)
    assert found["status"] in STATUSES[method]


def test_the_default_method_has_the_same_first_fields(answers):
    (found,) = answers(CANADA, "default")
    assert list(found)[:6] == FIRST_KEYS
    assert found["method"] == "default"


def test_published_results_through_the_door(answers):
    (statcan,) = answers(CANADA, "statcan")
    assert statcan["status"] == "substantial_progress"
    assert statcan["value"] == pytest.approx(0.95259, abs=5e-6)
    assert statcan["score"] == pytest.approx(2.51856, abs=5e-6)
    (un,) = answers(CANADA, "un")
    assert (un["status"], un["score"]) == ("on_track", None)


@pytest.mark.parametrize("direction", ["1", "+1", "1.0", "higher", "HIGHER"])
def test_words_and_numbers_for_direction(answers, direction):
    (found,) = answers(f"a,2015,1,{direction},,,,\na,2016,2,{direction},,,,\n", "statcan")
    assert found["value"] == pytest.approx(1.0)


def test_facts_may_stand_on_any_row(answers):
    table = "a,2015,10,,,,,\na,2020,11,,,,,100\na,2012,9,1,,,2012,\n"
    (found,) = answers(table, "statcan")
    assert found["value"] == pytest.approx((11 / 9) ** (1 / 8) - 1)


def test_several_targets_on_different_rows(answers):
    rows = [f"a,{2015 + k},{5 + k},1,{15 if k else 40},2025,," for k in range(6)]
    (found,) = answers("\n".join(rows) + "\n", "destatis")
    assert found["status"] == "cloud"
    rows = [f"a,{2015 + k},{5 + k},1,15,2025,," for k in range(6)]
    (found,) = answers("\n".join(rows) + "\n", "destatis")
    assert found["status"] == "sun"


def test_kolada_compares_the_series_of_the_table(answers):
    table = "".join(f"unit {k},{year},{k},1,,,,\n" for k in range(4) for year in (2020, 2021))
    assert [each["status"] for each in answers(table, "kolada")] == ["red", "yellow", "yellow", "green"]


@pytest.mark.parametrize("method", METHODS)
def test_what_cannot_be_judged_gets_a_status(answers, method):
    table = "one,2020,5,1,,,,\nneither,2015,5,0,,,,\nneither,2020,6,0,,,,\nturned,2015,-5,1,,,,\nturned,2020,5,1,,,,\n"
    found = answers(table, method)
    assert [each["series"] for each in found] == ["one", "neither", "turned"]
    assert {each["status"] for each in found} <= set(STATUSES[method])
    assert found[0]["status"] == found[1]["status"] == "not_available"
    assert all(each["reason"].endswith(".") and each["reason_sv"].endswith(".") for each in found)


@pytest.mark.parametrize("method", ["default", *METHODS])
def test_as_text_in_both_languages(run, method):
    swedish, english = (run(CANADA, "--method", method, language=language)[1] for language in ("sv", "en"))
    assert swedish.count("\n") == english.count("\n") == 1
    told, said = swedish.split("\t")[:2], english.split("\t")[:2]
    assert told[0] == said[0]
    # A published method's status is a code; our own verdict is a word, said in the reader's language.
    assert (told[1] == said[1]) is (method != "default")
    assert swedish != english
    assert "Text(" not in swedish + english


def test_an_unknown_method_names_those_there_are(run):
    code, out, err = run(CANADA, "--method", "magic")
    assert (code, out) == (2, "")
    assert "--method cannot be “magic”." in err
    assert all(name in err for name in ["default", *METHODS])


def test_a_limit_of_nought_is_a_limit(answers):
    (found,) = answers("a,2015,4,-1,,,,0\na,2020,3.99,-1,,,,0\n", "statcan")
    assert found["status"] == "limited_progress"
