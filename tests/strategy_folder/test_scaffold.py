"""A new folder for any county reads back without mistakes, says that it is an example, and is never half-made."""

from dataclasses import replace

import pytest

from vagvisare.sources.contract import Cell, Table
from vagvisare.strategy_folder import bundled_folder, read, seal, write
from vagvisare.strategy_folder.scaffold import MARK, example, scaffold
from vagvisare.terms.errors import FolderError, OutputError, UnknownError
from vagvisare.terms.period import Period
from vagvisare.terms.territory import COUNTIES, TERRITORIES


@pytest.fixture
def sample(sample):
    """Give every county one figure, so that every county has something to follow up."""
    everywhere = tuple(Cell(county, Period.year(2021), "T", "", 80.0) for county in COUNTIES)
    return replace(sample, figures=tuple(seal(Table(t.receipt, t.cells + everywhere)) for t in sample.figures))


@pytest.mark.parametrize("county", COUNTIES)
def test_every_county_gets_a_sound_folder(path, tmp_path, county):
    made = scaffold(tmp_path / "ny", county, path)
    assert read(tmp_path / "ny") == made
    assert made.strategy.territory == county
    assert made.strategy.synthetic
    assert made.follow_ups == ()
    assert made.strategy.register.evidence == made.strategy.register.links == ()
    assert all(indicator.targets == () for indicator in made.indicators)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_figures_and_receipts_come_along_unchanged(path, tmp_path, sample):
    assert scaffold(tmp_path / "ny", "20", path).figures == sample.figures
    for file in (path / "figures").iterdir():
        assert (tmp_path / "ny/figures" / file.name).read_bytes() == file.read_bytes()


def test_the_example_is_marked_and_watched(path, tmp_path):
    made = scaffold(tmp_path / "ny", "20", path)
    assert all(node.text.startswith(MARK.sv) for node in made.strategy.edition.nodes)
    assert all(node.english.startswith(MARK.en) for node in made.strategy.edition.nodes)
    watched = made.indicators[0].watches
    assert watched == ("effektmal/exempel-jobs",)
    assert watched[0] in made.strategy.edition.by_address
    assert made.indicators[1].watches == ()


def test_comparison_is_kept_only_at_home(sample):
    assert example(sample, "18").strategy.comparison == sample.strategy.comparison
    away = example(sample, "20")
    assert away.strategy.comparison == ()
    assert all(indicator.comparison == () for indicator in away.indicators)


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("Dalarna", "20"),
        ("dalarnas län", "20"),
        ("Skånne", "12"),
        ("Orebro", "18"),
        ("1880", "18"),
        ("00", "01 Stockholms län"),
        ("", "01 Stockholms län"),
        ("99", "01 Stockholms län"),
    ],
)
def test_no_county(path, tmp_path, said, hint):
    with pytest.raises(UnknownError) as caught:
        scaffold(tmp_path / "ny", said, path)
    assert hint in caught.value.remedy.sv
    assert not (tmp_path / "ny").exists()


def test_an_empty_folder_may_be_used_but_nothing_else_is_touched(path, tmp_path):
    (tmp_path / "tom").mkdir()
    scaffold(tmp_path / "tom", "20", path)
    with pytest.raises(OutputError, match="inte tom"):
        scaffold(tmp_path / "tom", "21", path)
    assert read(tmp_path / "tom").strategy.territory == "20"
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="ingen mapp"):
        scaffold(tmp_path / "fil", "20", path)
    (tmp_path / "lank").symlink_to(tmp_path / "borta")
    with pytest.raises(OutputError):
        scaffold(tmp_path / "lank", "20", path)


def test_a_place_below_a_file_cannot_be_made(path, tmp_path):
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="kan inte skapas"):
        scaffold(tmp_path / "fil" / "ny", "20", path)


def test_mistakes_in_the_bundle_stop_everything(path, tmp_path, sample):
    (path / "strategy.toml").write_text("", encoding="utf-8")
    with pytest.raises(FolderError):
        scaffold(tmp_path / "ny", "20", path)
    assert not (tmp_path / "ny").exists()


def test_a_failure_leaves_nothing_behind(path, tmp_path, monkeypatch, sample):
    def refuse(*_args):
        raise OutputError("nej")

    monkeypatch.setattr("vagvisare.strategy_folder.scaffold.write", refuse)
    with pytest.raises(OutputError):
        scaffold(tmp_path / "ny", "20", path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["prov"]


def test_keys_with_dots_and_underscores_become_addresses(sample, tmp_path):
    odd = replace(sample.indicators[0], key="a_b.c-d")
    folder = replace(sample, indicators=(odd, sample.indicators[1]), follow_ups=())
    write(folder, tmp_path / "udda")
    assert scaffold(tmp_path / "ny", "20", tmp_path / "udda").indicators[0].key == "a_b.c-d"


def test_an_indicator_without_figures_for_the_county_stays_behind(sample, tmp_path):
    jobs, people = sample.figures
    only_home = tuple(cell for cell in people.cells if cell.territory == "18")
    folder = replace(sample, figures=(jobs, seal(Table(people.receipt, only_home))))
    assert [i.key for i in example(folder, "18").indicators] == ["jobs", "people"]
    away = example(folder, "20")
    assert [i.key for i in away.indicators] == ["jobs"]
    assert [s.key for s in away.indicators[0].siblings] == [""]
    assert len(away.figures) == 2
    write(folder, tmp_path / "hem")
    assert scaffold(tmp_path / "borta", "20", tmp_path / "hem") == away


@pytest.fixture(scope="module")
def bundled():
    return read(bundled_folder())


@pytest.mark.parametrize("county", COUNTIES)
def test_the_bundled_folder_serves_every_county(bundled, county):
    made = example(bundled, county)
    goals = made.strategy.edition.by_address
    assert made.strategy.owner == TERRITORIES[county].name
    assert all(address in goals for indicator in made.indicators for address in indicator.watches)
    own = {t.receipt.dataset for t in made.figures if any(c.territory == county for c in t.cells)}
    assert {indicator.dataset for indicator in made.indicators} <= own
    assert len(made.indicators) >= 25


def test_the_bundled_folder_makes_a_sound_new_one(tmp_path):
    made = scaffold(tmp_path / "dalarna", "20", bundled_folder())
    assert len(made.indicators) >= 25
