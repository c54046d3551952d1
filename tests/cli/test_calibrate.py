"""``vagvisare calibrate``: what it prints and writes, that it is repeatable, and how it refuses."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare import flow
from vagvisare.strategy_folder import outdated, read, write
from vagvisare.strategy_folder.calibration import calibration_text, read_calibration
from vagvisare.strategy_folder.report import Report

OREBRO = Path(__file__).parents[2] / "strategies" / "orebro"


@pytest.fixture
def run(command):
    """Run the command in this process."""
    return command


@pytest.fixture
def copy(tmp_path):
    """A copy of the bundled folder."""
    place = tmp_path / "orebro"
    shutil.copytree(OREBRO, place)
    return place


@pytest.fixture
def small(tmp_path):
    """A folder with real figures for only two of the bundled indicators: too few to measure anything by."""
    whole = read(OREBRO)
    kept = tuple(each for each in whole.indicators if each.key in ("life_expectancy", "preschool_enrolment"))
    sets = {each.dataset for each in kept}
    figures = tuple(table for table in whole.figures if table.receipt.dataset in sets)
    place = tmp_path / "small"
    write(replace(whole, indicators=kept, figures=figures, follow_ups=(), calibration=None), place)
    return place


def test_the_bundled_calibration_is_what_the_bundled_figures_give(run, copy):
    (copy / "calibration.toml").unlink()
    code, out, err = run("calibrate", copy)
    assert code == 0
    assert (copy / "calibration.toml").read_bytes() == (OREBRO / "calibration.toml").read_bytes()
    assert not list(copy.glob(".*"))
    assert "Procent av utfallen inom 80-bandet" in out
    assert "andelar" in out
    assert "Skrivet till" in err


def test_done_again_nothing_is_written(run, copy):
    before = (copy / "calibration.toml").stat().st_mtime_ns
    code, out, err = run("calibrate", copy, lang="en")
    assert code == 0
    assert "is up to date" in err
    assert "Per cent of outcomes inside the 95 band" in out
    assert "durations" in out
    assert (copy / "calibration.toml").stat().st_mtime_ns == before


def test_the_table_says_what_was_measured(copy):
    from vagvisare.cli.calibrate import printed

    made = read(copy).calibration
    lines = printed(made).splitlines()
    whole = next(line for line in lines if line.startswith("alla"))
    assert whole.split()[1] == str(made.whole.horizons[0].families)
    assert whole.split()[2].rstrip("*") == f"{made.overall(1)[1] * 100:.0f}"
    times = next(line for line in lines if line.startswith("tider"))
    expected = next(each for each in made.classes if each.unit_class == "duration").horizons
    shown = times.split()[2:]
    assert [cell.endswith("*") for cell in shown] == [not 0.75 <= h.coverage_80 <= 0.85 for h in expected]
    for cell, horizon in zip(shown, expected, strict=True):
        figure = float(cell.rstrip("*").replace(",", "."))
        assert abs(figure - horizon.coverage_80 * 100) <= 0.5
        assert cell.endswith("*") is not (75 <= figure <= 85), "the figure shown and its mark agree"
    assert max(map(len, lines)) <= 110


def test_a_calibration_survives_the_folders_text(copy, tmp_path):
    folder = read(copy)
    write(folder, tmp_path / "again")
    assert (tmp_path / "again" / "calibration.toml").read_bytes() == (copy / "calibration.toml").read_bytes()
    assert read(tmp_path / "again").calibration == folder.calibration
    write(replace(folder, calibration=None), tmp_path / "again")
    assert not (tmp_path / "again" / "calibration.toml").exists()


def test_too_few_measures_are_a_sentence_and_leave_nothing(run, small):
    code, out, err = run("calibrate", small)
    assert code == 4
    assert out == ""
    assert "räcker inte" in err
    assert "minst 5 behövs" in err
    assert not (small / "calibration.toml").exists()
    assert "at least 5 are needed" in run("calibrate", small, lang="en")[2]


def test_no_folder_is_a_sentence(run, tmp_path):
    code, _, err = run("calibrate", tmp_path / "nowhere")
    assert code == 3
    assert "finns inte" in err


def test_a_place_that_refuses_is_a_sentence(run, copy):
    (copy / "calibration.toml").unlink()
    (copy / "calibration.toml").mkdir()
    code, _, err = run("calibrate", copy)
    assert code == 6
    assert "kan inte skrivas" in err
    assert not list(copy.glob(".*"))


def test_figures_that_changed_since_are_noticed_but_are_no_mistake(run, copy):
    text = (copy / "calibration.toml").read_text(encoding="utf-8")
    old = next(each for each in read(copy).calibration.used if each.dataset == "life_expectancy")
    (copy / "calibration.toml").write_text(text.replace(old.sha256, "0" * 64), encoding="utf-8")
    assert outdated(read(copy)) == ("life_expectancy",)
    code, out, _ = run("check", copy)
    assert code == 0
    assert "mätt på äldre siffror: life_expectancy har ändrats" in out
    assert "measured on older figures: life_expectancy" in run("check", copy, lang="en")[1]


def test_a_fresh_calibration_is_passed_over_in_silence(run, copy):
    assert outdated(read(copy)) == ()
    assert "äldre siffror" not in run("check", copy)[1]


def test_data_sets_that_come_and_go_are_noticed():
    folder = read(OREBRO)
    gone = replace(folder.calibration, used=folder.calibration.used[1:])
    assert outdated(replace(folder, calibration=gone)) == (folder.calibration.used[0].dataset,)
    assert outdated(replace(folder, calibration=None)) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('method = "1"', 'method = "0"', "gjord med metod 0"),
        ('unit_class = "all"', 'unit_class = "alla"', "ska vara klassen ”all”"),
        ("years = 2\n", "years = 3\n", "år 2"),
        ("coverage_80 = 0.", "coverage_80 = 7.", "mellan 0 och 1"),
        ("misses = [\n    0, ", "misses = [\n    99, ", "från det minsta till det största"),
        ("misses = [\n    0, ", "misses = [\n    ", "24 tal"),
        ("[[used]]", "[[usd]]", "Menade du ”used”?"),
        ("day = ", "dag = ", "dag"),
    ],
)
def test_a_broken_calibration_is_told_with_its_line(tmp_path, old, new, said):
    text = (OREBRO / "calibration.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "calibration.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    report = Report()
    read_calibration(tmp_path, report)
    assert any(said in str(mistake) for mistake in report.mistakes)
    assert all(mistake.line > 2 or "day" in str(mistake) for mistake in report.mistakes)


def test_a_broken_calibration_can_be_made_anew(run, copy):
    file = copy / "calibration.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('method = "1"', 'method = "0"'), encoding="utf-8")
    code, _, err = run("check", copy)
    assert code == 3
    assert "calibration.toml:4: Kalibreringen är gjord med metod 0" in err
    assert "Gör om den med vagvisare calibrate" in err
    assert run("calibrate", copy)[0] == 0
    assert file.read_bytes() == (OREBRO / "calibration.toml").read_bytes()


def test_projections_of_a_follow_up_carry_the_measured_coverage():
    folder = read(OREBRO)
    outcome = flow.follow_up(folder, history=False)
    own = {k.indicator: j.projection for k, j in outcome.judgements.items() if k.territory == "18" and k.is_total}
    share = next(each for each in folder.calibration.classes if each.unit_class == "share")
    assert own["unemployment_15_74"].measured.coverage_80[0] == share.horizons[0].coverage_80
    assert own["unemployment_15_74"].measured.day == folder.calibration.day
    assert own["unemployment_15_74"].ahead[0].low_80 is not None
    assert own["arable_land"] is None
    bare = flow.follow_up(replace(folder, calibration=None), history=False)
    without = {k: j.projection for k, j in bare.judgements.items() if j.projection is not None}
    assert {each.measured for each in without.values()} == {None}
    assert calibration_text(folder.calibration) == (OREBRO / "calibration.toml").read_text(encoding="utf-8")
