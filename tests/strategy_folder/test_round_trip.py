"""Value → text → value is the same value, text → value → text the same bytes, whatever the words hold."""

import csv
import io
import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from vagvisare.editions.document import Edition, Node, Source, StatedChange
from vagvisare.sources.contract import Cell, Table
from vagvisare.strategy_folder import Folder, figure_bytes, read, seal, write
from vagvisare.strategy_folder.edition_text import escape, unescape
from vagvisare.strategy_folder.source_text import parse_source, source_text
from vagvisare.strategy_folder.toml_text import number_text, toml_text
from vagvisare.strategy_folder.writing import folder_files
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

WORDS = st.one_of(
    st.sampled_from(
        [
            "",
            "å ä ö",
            '"citat"',
            "”citat”",
            '"""',
            "'''",
            "\\",
            "\\n",
            "\\u0020",
            "\n",
            " \n ",
            "\r\n",
            "# rubrik",
            "> citat",
            "- level: x",
            "+++",
            "{#x}",
            "\u2212 5",
            "\x85\u2028",
            "\t",
            "\x00\x7f",
            "a = 1",
            "[[node]]",
        ]
    ),
    st.text(max_size=40),
)
SAID = WORDS.filter(lambda text: text.strip())
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def files_in(path):
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}


def test_sample_survives_text(sample, path):
    assert read(path) == sample


def test_bytes_survive_reading(path, tmp_path):
    write(read(path), tmp_path / "igen")
    assert files_in(tmp_path / "igen") == files_in(path)


def test_writing_over_a_folder_leaves_nothing_of_ours_behind_and_nothing_of_others_gone(sample, path):
    (path / "LÄS MIG.md").write_text("hej", encoding="utf-8")
    smaller = replace(sample, follow_ups=(), figures=sample.figures[:1])
    write(smaller, path)
    assert not list((path / "followups").iterdir())
    assert sorted(p.name for p in (path / "figures").iterdir()) == ["jobs.csv", "jobs.receipt.toml"]
    assert (path / "LÄS MIG.md").exists()
    assert not list(path.rglob("*.part"))


def test_defaults_are_not_written_and_fields_keep_their_order(path):
    data = tomllib.loads((path / "indicators.toml").read_text(encoding="utf-8"))
    assert "plural" not in data["indicator"][0]
    assert data["indicator"][1]["plural"] is True
    assert list(data["indicator"][1])[:4] == ["key", "dataset", "title", "subject"]


def test_long_lists_take_several_lines(sample):
    text = toml_text({"a": ["x" * 30] * 5, "b": ["kort"]})
    assert text.count("\n") == 8
    assert 'b = ["kort"]' in text
    assert tomllib.loads(text)["a"] == ["x" * 30] * 5


def test_the_edition_reads_like_a_text(path):
    text = (path / "editions/2021.md").read_text(encoding="utf-8")
    assert "### Fler i arbete {#mal/arbete}\n\n- level: goal\n- source: påhittat.txt:3\n- number: 1.2\n" in text
    assert "> " + "x" * 120 in text


@pytest.mark.parametrize("key", ["../ut", "a/b", "Å", "", ".dold", "a..b"])
def test_a_key_that_is_no_file_name_is_not_written(sample, tmp_path, key):
    broken = replace(sample, follow_ups=(replace(sample.follow_ups[0], key=key),))
    with pytest.raises(OutputError, match="filnamn"):
        write(broken, tmp_path / "x")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_that_is_no_number_is_not_written(sample, tmp_path, value):
    cell = Cell("18", Period.year(2020), "T", "", value)
    broken = replace(sample, figures=(Table(sample.figures[0].receipt, (cell,)),))
    with pytest.raises(OutputError):
        write(broken, tmp_path / "x")


def test_a_group_over_several_lines_is_not_written(sample, tmp_path):
    cell = Cell("18", Period.year(2020), "T", "två\nrader", 1.0)
    broken = replace(sample, figures=(Table(sample.figures[0].receipt, (cell,)),))
    with pytest.raises(OutputError, match="en rad"):
        write(broken, tmp_path / "x")


def test_a_place_that_refuses_is_a_sentence(sample, tmp_path):
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="kan inte skrivas"):
        write(sample, tmp_path / "fil")


@SETTINGS
@given(st.floats(allow_nan=False, allow_infinity=False))
@example(-0.0)
@example(2633457.0)
@example(1e22)
def test_numbers_read_back(value):
    text = number_text(value)
    assert float(text) == value
    assert not text.endswith(".0")
    assert text != "-0"
    assert float(tomllib.loads(f"a = {text}")["a"]) == value


def test_numbers_are_short():
    assert [number_text(v) for v in (84.0, 83.5, 2633457.0, -0.0)] == ["84", "83.5", "2633457", "0"]


@SETTINGS
@given(st.dictionaries(st.sampled_from("abcd"), WORDS | st.booleans() | st.integers(-9, 9) | st.lists(WORDS)))
def test_toml_reads_back(data):
    assert tomllib.loads(toml_text(data)) == data


@SETTINGS
@given(WORDS)
def test_escapes_read_back(text):
    escaped = escape(text)
    assert unescape(escaped) == text
    assert "\n" not in escaped


@SETTINGS
@given(WORDS, st.none() | st.integers(1, 999), st.integers(0, 9))
@example("a:1", None, 0)
@example("a:", None, 0)
@example("a:1-2", 3, 0)
@example("a::", 1, 2)
def test_sources_read_back(document, first, more):
    source = Source(document or "x", first, first + more if first and more else None)
    assert parse_source(source_text(source)) == source


@pytest.mark.parametrize("text", ["", ":", ":3", "a:0", "a:5-3"])
def test_no_source(text):
    with pytest.raises(ValueError):
        parse_source(text)


@st.composite
def trees(draw):
    """Nodes in any order, parents anywhere but never in a circle."""
    count = draw(st.integers(1, 8))
    parents = [""] + [draw(st.sampled_from(["", *(f"n{j}" for j in range(i))])) for i in range(1, count)]
    nodes = [
        Node(
            f"n{i}",
            draw(st.sampled_from(["vision", "goal"])),
            draw(SAID),
            Source(draw(SAID), draw(st.none() | st.integers(1, 99))),
            parent,
            draw(WORDS),
            draw(WORDS),
            draw(st.booleans()),
            draw(WORDS),
        )
        for i, parent in enumerate(parents)
    ]
    return tuple(draw(st.permutations(nodes)))


@st.composite
def editions(draw):
    changes = st.builds(
        StatedChange, st.sampled_from(["", "n0"]), WORDS, st.builds(Source, SAID), english=WORDS, kind=WORDS
    )
    return Edition(
        "2021",
        draw(WORDS),
        draw(WORDS),
        draw(st.none() | st.dates(date(1900, 1, 1))),
        Source(draw(SAID)),
        draw(st.booleans()),
        draw(trees()),
        tuple(draw(st.lists(changes, max_size=3))),
        note=draw(WORDS),
        english=draw(WORDS),
        note_en=draw(WORDS),
    )


@SETTINGS
@given(edition=editions(), words=st.lists(WORDS, min_size=4, max_size=4))
def test_any_edition_and_words_survive(sample, tmp_path_factory, edition, words):
    place = tmp_path_factory.mktemp("h")
    strategy = replace(
        sample.strategy,
        editions=(edition,),
        register=replace(sample.strategy.register, evidence=(), links=()),
        title=Text(words[0], words[1]),
        notes=(Text(words[2], words[3]),),
    )
    indicator = replace(sample.indicators[0], watches=("n0",), title=Text(words[1], words[2]))
    folder = Folder(strategy, (indicator, sample.indicators[1]), sample.events, (), sample.figures)
    write(folder, place)
    assert read(place) == folder
    assert files_in(place) == folder_files(read(place))


def test_a_tree_deeper_than_markdown_has_headings(sample, tmp_path):
    chain = tuple(Node(f"n{i}", "goal", f"Steg {i}", Source("x"), f"n{i - 1}" if i else "") for i in range(9))
    edition = replace(sample.strategy.editions[1], nodes=chain, changes=(), follows="")
    register = replace(sample.strategy.register, evidence=(), links=())
    strategy = replace(sample.strategy, editions=(edition,), register=register)
    folder = Folder(strategy, (), (), (), ())
    write(folder, tmp_path / "djup")
    text = (tmp_path / "djup/editions/2021.md").read_text(encoding="utf-8")
    assert "\n###### Steg 8 {#n8}" in text
    assert "####### " not in text
    assert read(tmp_path / "djup") == folder


CELLS = st.builds(
    Cell,
    st.sampled_from(["00", "18", "1880"]),
    st.builds(lambda a, b: Period(a, a + b), st.integers(1990, 2024), st.integers(0, 4)),
    st.sampled_from("TKM"),
    st.sampled_from(["", "född i Sverige", 'a,"b"', " x ", "=1+1"]),
    st.floats(allow_nan=False, allow_infinity=False),
)


@SETTINGS
@given(st.lists(CELLS, max_size=20, unique_by=lambda c: (c.territory, c.period, c.sex, c.background)))
def test_any_figures_survive(sample, tmp_path_factory, cells):
    place = tmp_path_factory.mktemp("f")
    table = seal(Table(sample.figures[0].receipt, tuple(cells)))
    folder = Folder(sample.strategy, (), (), (), (table,))
    write(folder, place)
    assert read(place) == folder
    assert (place / "figures/jobs.csv").read_bytes() == figure_bytes(cells)
    rows = list(csv.reader(io.StringIO(figure_bytes(cells).decode(), newline="")))
    assert len(rows) == len(cells) + 1 == table.receipt.rows + 1
