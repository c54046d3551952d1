"""The command line: what it prints, its exit codes, and that a user's error is never a traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from vagvisare import cli

ROOT = Path(__file__).parents[2]
OREBRO = str(ROOT / "strategies" / "orebro")


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process; return exit code, what it printed and what it said on the side."""

    def runner(*arguments, **environment):
        monkeypatch.setattr("sys.argv", ["vagvisare", *arguments])
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        code = 0
        try:
            cli.main()
        except SystemExit as leaving:
            code = leaving.code or 0
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out, said.err

    return runner


@pytest.fixture(scope="module")
def printed():
    """The JSON of one follow-up, shared by the tests that read it."""
    import contextlib
    import io
    import sys

    buffer = io.StringIO()
    before = sys.argv
    sys.argv = ["vagvisare", "follow-up", OREBRO, "--format", "json"]
    try:
        with contextlib.redirect_stdout(buffer), contextlib.suppress(SystemExit):
            cli.main()
    finally:
        sys.argv = before
    return json.loads(buffer.getvalue())


def test_a_follow_up_prints_findings_and_the_replay_as_a_table(run):
    code, out, _ = run("follow-up", OREBRO)
    assert code == 0
    assert "Örebro län" in out
    assert "rekonstruerat" in run("follow-up", OREBRO, "--as-of", "2022-06-17")[1]
    assert "Lägst behörighet" in out


def test_json_is_what_the_schema_promises(printed):
    schema = json.loads((ROOT / "docs" / "reference" / "follow-up-schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(printed)
    assert len(printed["replay"]) == 20
    ids = [finding["id"] for finding in printed["findings"]]
    assert len(ids) == len(set(ids)) > 40
    fields = {"id", "indicator", "territory", "type", "verdict", "sentence", "parameters", "figures", "vintage"}
    for finding in printed["findings"]:
        assert fields <= set(finding)
        assert finding["sentence"]["sv"].endswith(".")
        assert finding["sentence"]["en"].endswith(".")


def test_all_nine_statement_types_are_spoken(printed):
    assert {f["type"] for f in printed["findings"]} >= {"TREND", "PERSIST", "RANK", "LEVEL", "PACE", "GAP", "COMPOSITE"}


def test_markdown_is_ready_for_a_mail(run):
    code, out, _ = run("follow-up", OREBRO, "--format", "md", "--lang", "en")
    assert code == 0
    assert out.startswith("# ")
    assert "Örebro County" in out
    assert "| Said 2022-06-17 |" in out


def test_another_county_gets_its_own_findings(run):
    code, out, _ = run("follow-up", OREBRO, "--territory", "20", "--format", "json")
    assert code == 0
    assert {f["territory"] for f in json.loads(out)["findings"]} == {"20"}


def test_a_finding_can_be_explained_and_argued_with(run, printed):
    for finding in printed["findings"][:3]:
        code, out, _ = run("explain", finding["id"], OREBRO)
        assert code == 0
        assert out.startswith(finding["sentence"]["sv"])
        assert "\n1. " in out
    assert run("explain", printed["findings"][0]["id"], OREBRO, "--lang", "en")[1].startswith(
        printed["findings"][0]["sentence"]["en"]
    )


def test_what_is_reconstructed_says_so_in_every_form(run):
    for form in ("table", "json", "md"):
        assert "rekonstruerat" in run("follow-up", OREBRO, "--as-of", "2022-06-17", "--format", form)[1]


def test_the_same_question_gives_the_same_bytes(run):
    first = run("follow-up", OREBRO, "--format", "json")[1]
    assert first == run("follow-up", OREBRO, "--format", "json")[1]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("follow-up", "no/such/folder"), 3, "no/such/folder"),
        (("follow-up", OREBRO, "--as-of", "17 juni"), 2, "17 juni"),
        (("follow-up", OREBRO, "--territory", "99"), 5, "99"),
        (("explain", "nonsense", OREBRO), 5, "nonsense"),
        (("explain", "ghg_emissions.18.PACE.2026-11-21.00000000", OREBRO), 5, "00000000"),
        (("judge", "no-such.csv"), 4, "no-such.csv"),
        (("new", "build/x", "--territory", "99"), 5, "99"),
        (("nonsense",), 2, "nonsense"),
        (("follow-up", OREBRO, "--format", "xml"), 2, "xml"),
        (("serve", OREBRO, "--port", "0"), 2, "--port"),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_a_code(run, arguments, code, words):
    got, out, err = run(*arguments)
    assert got == code, err
    assert words in err + out


def test_errors_speak_english_when_asked(run):
    assert "is no date" in run("follow-up", OREBRO, "--as-of", "x", VAGVISARE_LANG="en")[2]


def test_check_says_what_it_found(run):
    code, out, _ = run("check", OREBRO)
    assert code == 0
    assert "Inga fel." in out
    assert "34 datamängder" in out


def test_check_names_every_mistake_with_its_line(run, tmp_path):
    import shutil

    folder = tmp_path / "orebro"
    shutil.copytree(OREBRO, folder)
    figures = folder / "figures" / "ghg_emissions.csv"
    text = figures.read_text(encoding="utf-8").replace("\n18,2005,", "\n99,2005,").replace("\n18,2010,", "\n18,20x0,")
    figures.write_text(text, encoding="utf-8")
    indicators = folder / "indicators.toml"
    indicators.write_text(
        indicators.read_text(encoding="utf-8").replace("effektmal/minskad-klimatpaverkan", "effektmal/minskad-klimat"),
        encoding="utf-8",
    )
    code, _, err = run("check", str(folder))
    assert code == 3
    assert "ghg_emissions.csv:" in err
    assert "99" in err
    assert "20x0" in err
    assert "effektmal/minskad-klimatpaverkan" in err  # the suggestion


def test_check_lists_the_mistakes_in_the_language_asked_for(run, tmp_path):
    import shutil

    folder = tmp_path / "orebro"
    shutil.copytree(OREBRO, folder)
    strategy = folder / "strategy.toml"
    changed = strategy.read_text(encoding="utf-8").replace('territory = "18"', 'territory = "8"', 1)
    strategy.write_text(changed.replace("current =", "curent =", 1), encoding="utf-8")
    swedish = run("check", str(folder), VAGVISARE_LANG="sv")[2]
    assert "Okänt fält ”curent”. Menade du ”current”?" in swedish
    code, _, english = run("check", str(folder), VAGVISARE_LANG="en")
    assert code == 3
    assert "Unknown field “curent”. Did you mean “current”?" in english
    assert not set("åäöÅÄÖ”") & set(re.sub("“[^”]*”", "", english))
    assert len(english.splitlines()) == len(swedish.splitlines()) > 2


CASES = """series,period,value,direction,unit,target,target_year
jobs,2015,78.0,higher,percent,,
jobs,2016,78.4,higher,percent,,
jobs,2017,78.6,higher,percent,,
jobs,2018,79.1,higher,percent,,
jobs,2019,79.5,higher,percent,,
jobs,2020,80.0,higher,percent,,
no jobs,2015,22.0,lower,percent,,
no jobs,2016,21.6,lower,percent,,
no jobs,2017,21.4,lower,percent,,
no jobs,2018,20.9,lower,percent,,
no jobs,2019,20.5,lower,percent,,
no jobs,2020,20.0,lower,percent,,
short,2019,1.0,,,,
short,2020,2.0,,,,
"""


def test_judge_gives_the_same_verdict_to_a_share_and_its_complement(run, tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text(CASES, encoding="utf-8")
    code, out, _ = run("judge", str(cases), "--method", "default", "--format", "json")
    assert code == 0
    jobs, no_jobs, short = json.loads(out)
    assert jobs["status"] == no_jobs["status"] == "förbättras"
    assert jobs["value"] == pytest.approx(-no_jobs["value"])
    assert short["status"] == "går inte att avgöra"
    assert {"series", "method", "status", "value", "score", "reason"} <= set(jobs)


def test_judge_gives_its_reasons_in_the_language_asked_for(run, tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text(CASES, encoding="utf-8")
    swedish, english = (run("judge", str(cases), VAGVISARE_LANG=language)[1] for language in ("sv", "en"))
    assert "jobs\tförbättras\tMann–Kendalls test finner en trend" in swedish
    assert "jobs\timproving\tThe Mann–Kendall test finds a trend" in english


def test_judge_takes_units_it_does_not_know(run, tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text("series,period,value,unit\n" + "".join(f"a,{2000 + i},{10 + i},furlongs\n" for i in range(10)))
    code, out, _ = run("judge", str(cases), "--format", "json")
    assert code == 0
    assert json.loads(out)[0]["status"] == "förbättras"


def test_judge_names_every_row_it_cannot_read(run, tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text("series,period,value\na,2001,1\na,år,2\na,2003,x\n", encoding="utf-8")
    code, _, err = run("judge", str(cases))
    assert code == 4
    assert ":3" in err
    assert ":4" in err


@pytest.mark.parametrize("county", ["01", "09", "20", "25"])
def test_a_new_folder_follows_up_another_county(run, tmp_path, county):
    folder = tmp_path / "ny"
    assert run("new", str(folder), "--territory", county)[0] == 0
    assert run("check", str(folder))[0] == 0
    code, out, _ = run("follow-up", str(folder), "--format", "json")
    assert code == 0
    findings = json.loads(out)["findings"]
    assert len(findings) > 20
    assert {f["territory"] for f in findings} == {county}


def test_new_does_not_touch_what_is_there(run, tmp_path):
    (tmp_path / "kept.txt").write_text("mine")
    assert run("new", str(tmp_path), "--territory", "20")[0] == 6
    assert [p.name for p in tmp_path.iterdir()] == ["kept.txt"]


def test_help_answers_in_both_languages(run):
    assert "Följ upp strategin" in run("--help")[1]
    assert run("--help")[0] == 0
