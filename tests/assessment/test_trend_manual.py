"""The method manual: printed from the method tests, fresh, and readable."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def printer():
    spec = importlib.util.spec_from_file_location("method_pages", ROOT / "tools" / "method_pages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["method_pages"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(printer):
    return printer.pages()


def test_the_printed_pages_are_fresh(printer, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["method_pages.py", "--check"])
    assert printer.main() == 0, capsys.readouterr().out


def test_a_stale_page_is_named(printer, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(printer, "PAGES", tmp_path)
    monkeypatch.setattr(sys, "argv", ["method_pages.py"])
    assert printer.main() == 0
    (tmp_path / "scale.md").write_text("something else", encoding="utf-8")
    (tmp_path / "left-over.md").write_text("no test any more", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["method_pages.py", "--check"])
    assert printer.main() == 1
    said = capsys.readouterr().out
    assert "scale.md is stale" in said
    assert "left-over.md is stale" in said
    monkeypatch.setattr(sys, "argv", ["method_pages.py"])
    assert printer.main() == 0
    assert not (tmp_path / "left-over.md").exists()
    assert not list(tmp_path.glob("*.part"))


def test_every_page_is_reached_from_the_first(pages):
    linked = set(re.findall(r"\]\(([a-z-]+\.md)\)", pages["README.md"]))
    assert linked == pages.keys() - {"README.md"}


def test_every_section_says_something(pages):
    for name, text in pages.items():
        for section in text.split("\n## ")[1:]:
            heading, _, body = section.partition("\n")
            assert not heading[0].islower(), name
            assert "| --- |" in body, f"{name}: “{heading}” shows no table"


def test_verdicts_stand_in_the_tables(pages):
    together = "\n".join(pages.values())
    for verdict in ("*förbättras*", "*försämras*", "*oförändrat*", "*går inte att avgöra*"):
        assert f"| {verdict} |" in together
