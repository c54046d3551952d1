"""What a hurried or a hostile hand does to judge, assess, calibrate, check and follow-up: a sentence, never a hang."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import warnings
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vagvisare import cli
from vagvisare.cli.calibrate import _marked
from vagvisare.engines import local, output, plan
from vagvisare.engines.assess import assess

OREBRO = Path(__file__).parents[2] / "strategies" / "orebro"
NAMES = tuple(f"i{number}" for number in range(8))


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process; return exit code, what it printed and what it said on the side."""

    def runner(*arguments, language="en"):
        monkeypatch.setattr("sys.argv", ["vagvisare", *map(str, arguments)])
        monkeypatch.setenv("VAGVISARE_LANG", language)
        with pytest.raises(SystemExit) as leaving:
            cli.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return leaving.value.code or 0, said.out, said.err

    return runner


@pytest.fixture(autouse=True)
def interruptible():
    """Ctrl-C as a person's terminal sends it: programs started in the background may have been told to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def figures(tmp_path):
    """Made-up figures of eight indicators in every county; returns the folder and what changes its rows."""
    folder = tmp_path / "figures"
    folder.mkdir()
    rows = [
        (name, f"{county:02d}", "T", year, float(50 + (year * 7 + county * 3) % 11))
        for name in NAMES
        for county in (0, *range(3, 25))
        for year in range(2010, 2025)
    ]
    columns = map(list, zip(*rows, strict=True))
    table = pa.table(dict(zip(("indicator", "territory", "sex", "period", "value"), columns, strict=True)))
    told = {"indicator": NAMES, "unit_class": ["share"] * 8, "direction": [1] * 8}
    pq.write_table(pa.table(told), folder / "contracts.parquet")

    def changed(change=lambda rows: rows):
        pq.write_table(change(table), folder / "figures.parquet", row_group_size=345)
        return folder

    changed()
    return folder, changed


def values(make):
    return lambda rows: rows.set_column(4, "value", pa.array([make(place) for place in range(rows.num_rows)]))


class Hurried:
    """Presses Ctrl-C while a piece is being counted, and notes whether the count was finished."""

    def __init__(self, presses=1):
        self.presses, self.counted = presses, 0

    def __call__(self, _rows, _series):
        if self.counted == 0:
            for _ in range(self.presses):
                os.kill(os.getpid(), signal.SIGINT)
                sum(range(2000))  # a step at which Python looks for signals
        self.counted += 1


def test_ctrl_c_interrupts_between_pieces_and_nowhere_else(figures, tmp_path, monkeypatch):
    """Thrown in the midst of anything, it could leave a lock taken that the workers then wait for without end."""
    monkeypatch.setattr(plan, "PIECE_ROWS", 1)
    monkeypatch.setattr(local, "WORKERS", 2)
    hurried, before = Hurried(), signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        assess(figures[0], tmp_path / "out", progress=lambda _rows: hurried)
    assert 1 <= hurried.counted <= 2, "what was under way is finished and counted, nothing more is begun"
    assert len(list((tmp_path / "out").glob("part-*"))) == hurried.counted
    assert signal.getsignal(signal.SIGINT) is before
    again = assess(figures[0], tmp_path / "out")
    assert again.kept == 23 * hurried.counted


def test_a_second_ctrl_c_does_not_wait(figures, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "PIECE_ROWS", 1)
    hurried = Hurried(presses=2)
    with pytest.raises(KeyboardInterrupt):
        assess(figures[0], tmp_path / "out", progress=lambda _rows: hurried)
    assert hurried.counted == 0


def test_another_thread_leaves_ctrl_c_alone(figures, tmp_path):
    before, done = signal.getsignal(signal.SIGINT), []
    thread = threading.Thread(target=lambda: done.append(assess(figures[0], tmp_path / "out")))
    thread.start()
    thread.join()
    assert done[0].series == 23 * 8
    assert signal.getsignal(signal.SIGINT) is before


def test_figures_of_any_size_are_judged_without_a_murmur(figures, tmp_path, run):
    _, changed = figures
    for place, make in enumerate((lambda i: (-1) ** i * 1e308, lambda i: 2**60 + i, lambda i: -(2**62) + i)):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            code, out, err = run("assess", changed(values(make)), "--out", tmp_path / f"out{place}")
        assert (code, "184 series judged" in out) == (0, True), err


def test_another_code_for_the_sexes_is_refused(figures, tmp_path, run):
    recoded = figures[1](lambda rows: rows.set_column(2, "sex", pa.array(["1+2"] * rows.num_rows)))
    code, _, err = run("assess", recoded, "--out", tmp_path / "out", language="sv")
    assert code == 4
    assert "okänt kön ”1+2”" in err
    assert "Skriv T (totalt), K (kvinnor) eller M (män)." in err
    assert not list((tmp_path / "out").glob("part-*"))


@pytest.mark.parametrize("name", ["contracts.parquet", "more.parquet"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_what_is_no_file_is_said_and_not_waited_for(figures, tmp_path, run, name, kind):
    folder, path = figures[0], figures[0] / name
    path.unlink(missing_ok=True)
    {"pipe": os.mkfifo, "folder": os.mkdir, "link": lambda place: place.symlink_to("nowhere")}[kind](path)
    code, _, err = run("assess", folder, "--out", tmp_path / "out")
    assert code == 4
    assert name in err
    assert "cannot be read as Parquet" in err or (kind == "link" and "has no contracts.parquet" in err)


def test_out_that_is_a_file_or_cannot_be_made(figures, tmp_path, run):
    kept = tmp_path / "report.csv"
    kept.write_text("mine", encoding="utf-8")
    code, _, err = run("assess", figures[0], "--out", kept)
    assert (code, kept.read_text(encoding="utf-8")) == (6, "mine")
    assert "report.csv is a file, not a folder. Nothing was written." in err
    code, _, err = run("assess", figures[0], "--out", kept / "sub")
    assert code == 6
    assert "Nothing was written." in err
    assert "already finished" not in err


def test_a_remark_cannot_steer_the_terminal(figures, tmp_path, run):
    note = "\x1b[31mmade\x07 up\nfor a test"
    folder = figures[1](lambda rows: rows.replace_schema_metadata({"note": note}))
    code, out, _ = run("assess", folder, "--out", tmp_path / "out")
    assert code == 0
    assert "\x1b" not in out
    assert "\x07" not in out
    assert out.splitlines()[-1].endswith("up for a test")
    assert pq.read_schema(tmp_path / "out" / "part-00000.parquet").metadata[b"note"].decode() == note


def test_a_refusal_in_the_midst_says_that_parts_remain(tmp_path):
    with pytest.raises(output.OutputError) as found, output.refusals(tmp_path):
        raise OSError(28, "No space left on device")
    assert "De delar som redan är klara står kvar" in str(found.value)


def test_judge_speaks_english_to_the_english_and_keeps_its_words_in_json(tmp_path, run):
    table = tmp_path / "cases.csv"
    rows = "".join(f"jobs,{year},{year - 1990},1\n" for year in range(2012, 2024))
    table.write_text(f"series,period,value,direction\n{rows}", encoding="utf-8")
    assert run("judge", table)[1].startswith("jobs\timproving\t")
    assert run("judge", table, language="sv")[1].startswith("jobs\tförbättras\t")
    assert json.loads(run("judge", table, "--format", "json")[1])[0]["status"] == "förbättras"


def test_empty_tables_and_utf_16_are_called_what_they_are(tmp_path, run):
    table = tmp_path / "cases.csv"
    for empty in ("", "\n\n", "\ufeff"):
        table.write_text(empty, encoding="utf-8")
        code, _, err = run("judge", table)
        assert code == 4
        assert "The table is empty. The columns “series”, “period”, “value” are missing." in err
    for form in ("utf-16", "utf-16-le", "utf-16-be"):
        table.write_text("series,period,value\na,2020,1\n", encoding=form)
        code, _, err = run("judge", table)
        assert code == 4
        assert err.startswith("cases.csv:1: The file is not in UTF-8.")


def test_one_follow_up_is_one(run):
    assert "1 uppföljning." in run("check", OREBRO, language="sv")[1]
    assert "1 follow-up." in run("check", OREBRO)[1]


@pytest.mark.parametrize(
    ("share", "band", "cell"),
    [(0.75, 80, "75 "), (0.746, 80, "74.6*"), (0.744, 80, "74*"), (0.854, 80, "85.4*"), (0.897, 95, "89.7*")],
)
def test_a_marked_figure_lies_outside_as_it_stands(monkeypatch, share, band, cell):
    monkeypatch.setenv("VAGVISARE_LANG", "en")
    assert _marked(share, band) == cell


def test_verdicts_that_are_not_earlier_do_not_weigh_in(tmp_path, run):
    later = tmp_path / "verdicts.csv"
    later.write_text(
        "indicator,territory,sex,background,verdict,as_of\ndaily_smoking,18,T,,förbättras,2031-01-01\n",
        encoding="utf-8",
    )
    code, out, err = run("follow-up", OREBRO, "--earlier", later)
    assert (code, out) == (2, "")
    assert "The verdicts of --earlier are as of 2031-01-01" in err
    assert "They were not known then and cannot weigh in." in err


def test_calibrate_never_writes_through_a_link(tmp_path, run):
    folder, outside = tmp_path / "orebro", tmp_path / "outside.txt"
    shutil.copytree(OREBRO, folder)
    outside.write_text("mine", encoding="utf-8")
    (folder / "calibration.toml").unlink()
    (folder / "calibration.toml").symlink_to(outside)
    code, _, err = run("check", folder)
    assert code == 3
    assert "a link that leads out of the folder" in err
    code, _, err = run("calibrate", folder)
    assert code == 0, err
    assert outside.read_text(encoding="utf-8") == "mine"
    assert not (folder / "calibration.toml").is_symlink()


@pytest.mark.parametrize("command", [(), ("judge",), ("assess",), ("calibrate",), ("protect",)])
def test_help_is_in_one_language(run, command, monkeypatch):
    from typer import rich_utils

    for name in ("ARGUMENTS", "OPTIONS", "COMMANDS"):  # put back afterwards what Swedish help changes
        monkeypatch.setattr(rich_utils, f"{name}_PANEL_TITLE", f"{name}".title())
    monkeypatch.setattr(rich_utils, "REQUIRED_LONG_STRING", "[required]")
    monkeypatch.setattr(rich_utils, "DEFAULT_STRING", "[default: {}]")
    english = run(*command, "--help")[1]
    swedish = run(*command, "--help", language="sv")[1]
    assert "Flaggor" in swedish
    for word in ("Options ", "Arguments ", "Commands ", "[required]", "[default", "Show this"):
        assert word not in swedish
    assert "Options " in english
    assert "Flaggor" not in english
