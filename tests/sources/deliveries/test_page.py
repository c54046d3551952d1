"""The page for analysts shows what the program does: its table, its definition and its preview belong together."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare.sources.query import Dataset, Dimension, Layout, Query, Role
from vagvisare.sources.spreadsheet.delivery import deliver
from vagvisare.sources.spreadsheet.layout_guess import guess
from vagvisare.sources.spreadsheet.preview import understood
from vagvisare.sources.spreadsheet.preview_text import rendered
from vagvisare.terms.language import NO_BREAK_SPACE, Language

PAGE = (Path(__file__).parents[3] / "docs" / "do" / "record-a-delivery.md").read_text(encoding="utf-8")


@pytest.fixture
def rows():
    """Return the page's sheet: years are numbers, figures with a decimal comma are numbers too."""
    lines = re.findall(r"^\| [1-5] \| (.*) \|$", PAGE, re.MULTILINE)
    texts = [[cell.strip() for cell in line.split("|")] for line in lines]
    assert len(texts) == 5
    return [[as_stored(cell) for cell in row] for row in texts]


def as_stored(text):
    return float(text.replace(",", ".")) if re.fullmatch(r"[0-9,]+", text) else text or None


@pytest.fixture
def definition():
    (told,) = tomllib.loads(re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1])["dataset"]
    (query,) = told.pop("query")
    dimensions = tuple(
        Dimension(each["code"], Role(each["role"]), tuple(each.get("values", ())), tuple(each.get("ours", ())))
        for each in query["dimension"]
    )
    layout = Layout(header_rows=tuple(query["layout"]["header_rows"]))
    return Dataset(**told, queries=(Query(query["table"], dimensions, layout=layout),))


def test_the_definition_is_what_would_be_proposed_and_reads_the_table(workbook, figures, rows, definition):
    raw = workbook(rows)
    proposed = guess(raw, "ung.xlsx").query
    assert replace(proposed, table=definition.queries[0].table) == definition.queries[0]
    found = figures(deliver(raw, "ung.xlsx", definition))
    assert found["1880", 2025, "M", ""] == 75.5
    assert found["1881", 2022, "M", ""] is None
    assert len(found) == 8


def test_the_preview_on_the_page_is_what_is_shown(workbook, rows, definition):
    rows[3][1] /= 100
    rows[4][0] = "Kumla komun"
    delivery = deliver(workbook(rows, formats={"B4": "0.0%"}), "ung.xlsx", definition)
    shown = rendered(understood(delivery, definition), Language.EN).replace(NO_BREAK_SPACE, " ")
    assert re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)[1] == shown
