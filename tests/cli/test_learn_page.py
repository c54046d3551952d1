"""The newcomer's page speaks of a real finding; what it says of it is held to what the command prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import vagvisare
from vagvisare.cli.verdicts import spoken
from vagvisare.terms.language import Language

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "learn" / "read-a-finding.md").read_text(encoding="utf-8")
STEM = "upper_secondary_eligibility.18.PACE.direction"


@pytest.fixture(scope="module")
def followed():
    folder = vagvisare.read_folder(ROOT / "strategies" / "orebro")
    outcome = vagvisare.follow_up(folder)
    finding = next(f for f in outcome.findings if f.id.startswith(STEM))
    return finding, vagvisare.explain(folder, finding.id, language="en")


def test_the_page_names_the_finding_and_its_verdict_as_printed(followed):
    finding, _ = followed
    assert STEM in PAGE
    assert f"the verdict *{spoken(finding.verdict, Language.EN)}*" in PAGE
    assert "As in Sweden as a whole" in PAGE
    assert "as in Sweden as a whole" in finding.sentence.en


def test_the_page_goes_through_the_steps_in_the_order_they_are_shown(followed):
    _, explained = followed
    shown = re.findall(r"^\d+\. (.+)$", explained, re.MULTILINE)
    told = re.findall(r"^\| \*(.+?)\* \|", PAGE, re.MULTILINE)
    assert [step for step in shown if step in told] == told
    assert set(shown) == set(told)


def test_the_figures_and_receipt_the_page_points_at_are_there():
    for name in re.findall(r"`(strategies/[\w/]+\.csv)`", PAGE):
        assert (ROOT / name).is_file()
        assert (ROOT / name.replace(".csv", ".receipt.toml")).is_file()
