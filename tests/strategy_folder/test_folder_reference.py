"""The reference page names every field and every fixed word that a folder can hold."""

import dataclasses
import typing
from pathlib import Path

import pytest

from vagvisare.assessment.definition import Collection, Direction, TargetKind
from vagvisare.editions.check import CLAIM_KINDS, LINK_KINDS
from vagvisare.editions.document import Source
from vagvisare.editions.registers import Register
from vagvisare.findings.finding import FindingType
from vagvisare.followups.claims import ASPECTS
from vagvisare.sources.contract import Cell, Table
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.follow_up_checks import EXPECTED
from vagvisare.strategy_folder.names import REGISTER_FILES, TABLE_NAMES
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

PAGE = Path(__file__).parents[2] / "docs/reference/folder.md"


def kinds(root, found):
    """Collect ``root`` and every dataclass reachable from its fields."""
    found.add(root)
    for hint in typing.get_type_hints(root).values():
        for part in (hint, *typing.get_args(hint)):
            if dataclasses.is_dataclass(part) and part not in found and part not in (Period, Source, Text):
                kinds(part, found)
    return found


WRITTEN = kinds(Folder, set()) - {Folder, Register, Table, Cell}
FIELDS = sorted(
    {
        TABLE_NAMES.get(f.name, f.name)
        for kind in WRITTEN
        for f in dataclasses.fields(kind)
        if f.init and f.name not in ("editions", "register", "nodes", "changes", "address")
    }
)


def test_the_walk_finds_the_fields():
    assert {"areas_affected", "missing_en", "base_year", "typical_release", "megatrend", "start"} <= set(FIELDS)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_described(field):
    text = PAGE.read_text(encoding="utf-8")
    assert f"`{field}`" in text or f"[[{field}]]" in text or f".{field}]]" in text


def test_every_word_and_file_is_described():
    text = PAGE.read_text(encoding="utf-8")
    words = [*ASPECTS, *EXPECTED, *LINK_KINDS, *CLAIM_KINDS, *map(str, FindingType), *map(str, TargetKind)]
    words += [*map(str, Collection), *(d.name.lower() for d in Direction)]
    assert [word for word in words if f"`{word}`" not in text] == []
    assert [file for file, _, _ in REGISTER_FILES.values() if f"`{file}`" not in text] == []
