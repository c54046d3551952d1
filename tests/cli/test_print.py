"""The print-out at the widths people have: sentences wrapped, ids whole, the reader's language throughout."""

from __future__ import annotations

from pathlib import Path

import pytest

from vagvisare import flow
from vagvisare.cli import show
from vagvisare.cli.arguments import Format
from vagvisare.cli.verdicts import spoken
from vagvisare.followups.outcome import ReplayVerdict
from vagvisare.terms.language import Language

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def recorded():
    return flow.record(flow.read_folder(ROOT / "strategies" / "orebro"))


@pytest.fixture(scope="module")
def material(recorded):
    return flow.material(recorded, history=False)


@pytest.mark.parametrize("columns", [40, 80, 100])
@pytest.mark.parametrize("language", list(Language))
def test_ids_stand_whole_and_other_lines_fit(material, columns, language):
    lines = show.listed(material.outcome, language, columns).splitlines()
    ids = {finding.id for finding in material.outcome.findings}
    assert ids == {word for line in lines for word in line.split() if word in ids}
    wide = [line for line in lines if len(line) > columns and line.strip() not in ids]
    assert [line for line in wide if columns >= show.SIDE_BY_SIDE or not line.startswith("  ")] == []


def test_a_row_is_a_verdict_a_sentence_and_the_id_below(material):
    finding = material.outcome.findings[0]
    text = show.listed(material.outcome, Language.SV, 1000)
    assert f"\n{finding.verdict:<20}  {finding.sentence.sv}\n{'':<22}{finding.id}\n" in text
    assert "\nBedömning             Fynd\n" in text


def test_a_narrow_terminal_stacks_them(material):
    finding = material.outcome.findings[0]
    lines = show.listed(material.outcome, Language.SV, 60).splitlines()
    assert lines[lines.index(f"  {finding.id}") - 1] == f"  {finding.verdict}"
    assert max(len(line) for line in lines if ".2026-11-21." not in line) <= 60


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_what_is_held_together_is_not_torn_apart(space):
    held = f"84,2{space}procent"
    assert any(held in line for line in show._wrapped(f"{'ord ' * 9}{held} {'ord ' * 9}", 40))


def test_details_are_grey_only_where_asked(material):
    assert "\x1b" not in show.listed(material.outcome, Language.SV, 80)
    grey = show.listed(material.outcome, Language.SV, 80, dim=True)
    assert grey.replace("\x1b[2m", "").replace("\x1b[0m", "") == show.listed(material.outcome, Language.SV, 80)


def test_a_pipe_gets_no_colours_and_a_terminal_may_refuse_them(monkeypatch, capsys, material):
    assert "\x1b" not in show.printed(material, Format.TABLE, Language.SV)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "\x1b" in show.printed(material, Format.TABLE, Language.SV)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in show.printed(material, Format.TABLE, Language.SV)


def test_the_replay_says_of_whom_and_when(recorded):
    elsewhere = flow.material(recorded, territory="25", history=False).outcome
    text = show.listed(elsewhere, Language.EN, 200)
    assert "What the region said 2022-06-17, and what the figures for Norrbotten County say" in text
    assert "By the figures then" in text
    assert "then and today: " in show.listed(elsewhere, Language.EN, 60)


@pytest.mark.parametrize("place", ["18", "00", "25", "1880"])
@pytest.mark.parametrize("day", ["2022-06-17", None])
def test_every_verdict_has_english_words(recorded, place, day):
    from datetime import date

    known = None if day is None else date.fromisoformat(day)
    outcome = flow.follow_up(recorded, territory=place, as_of=known, history=False)
    verdicts = {finding.verdict for finding in outcome.findings} | {each.value for each in ReplayVerdict}
    assert [verdict for verdict in verdicts if spoken(verdict, Language.EN) == verdict] == []
    assert all(spoken(verdict, Language.SV) == verdict for verdict in verdicts)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("lägst av 21 län", "lowest of 21 counties"),
        ("näst högst av 20 län", "second-highest of 20 counties"),
        ("delad tredje lägst av 21 län", "shared third-lowest of 21 counties"),
        ("något annat", "något annat"),
    ],
)
def test_places_in_english(said, words):
    assert spoken(said, Language.EN) == words


@pytest.mark.parametrize(("asked", "given"), [("20", 40), ("80", 80), ("300", 100), ("", 80), ("x", 80)])
def test_lines_are_never_too_narrow_nor_too_long_to_read(monkeypatch, asked, given):
    monkeypatch.setenv("COLUMNS", asked)
    monkeypatch.setattr("os.get_terminal_size", lambda *_: (_ for _ in ()).throw(OSError()))
    assert show.width() == given
