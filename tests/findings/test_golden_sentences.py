"""Every kind of sentence in both languages, read by an editor; VAGVISARE_GOLDEN=write writes the files anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sentence_chapters import CHAPTERS

from vagvisare.findings.finding import FindingType

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_sentences_are_those_an_editor_has_read(chapter):
    written = "\n\n".join(f"{text.sv}\n{text.en}" for text in CHAPTERS[chapter]()) + "\n"
    path = GOLDEN / f"{chapter}.txt"
    if os.environ.get("VAGVISARE_GOLDEN") == "write":
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


def test_all_nine_types_have_golden_sentences():
    assert {kind.value.lower() for kind in FindingType} == set(CHAPTERS)
