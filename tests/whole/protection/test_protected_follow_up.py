"""An attack on everything a follow-up publishes: nothing hidden can be recovered. All figures are made up.

The attacker reads the published files and pages alone, knows the rules and which sums must hold, and solves for every
hidden count with linear programmes of its own (scipy). The true counts are used only to judge how near it came.
"""

import csv
import html
import io
import json
import re
import zipfile
from itertools import product

import numpy as np
import protected_folder as made
import pyarrow.parquet as pq
import pytest
from scipy.optimize import linprog

from vagvisare import flow
from vagvisare.findings.closer.protection import STATUS_WORDS
from vagvisare.publications import opendata
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language

HIDDEN = {"protected", "protected_for_another"}
SPACES = ("", "\u00a0", "\u202f", " ", ",", "&nbsp;", "&#8239;", "&#160;")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """One edition for the county and one for a town with hidden counts of its own."""
    folder, out = made.folder(), tmp_path_factory.mktemp("published")
    for territory in ("18", "1864"):
        flow.publish(flow.material(folder, territory=territory), out / territory)
    return out


def rows(place, name):
    return list(csv.DictReader(io.StringIO((place / "data" / name).read_text(encoding="utf-8"))))


def cell_of(row):
    return row["territory"], row["period"], row["sex"], row["background"]


def sums(cells):
    """Yield what anybody knows must add up: the total and its parts, as cells."""
    years = sorted({cell[1] for cell in cells})
    for year, sex, born in product(years, "KMT", (*made.GROUPS, "")):
        yield ("18", year, sex, born), [(town, year, sex, born) for town in made.TOWNS]
    for place, year in product((*made.TOWNS, "18", "00"), years):
        for born in (*made.GROUPS, ""):
            yield (place, year, "T", born), [(place, year, sex, born) for sex in "KM"]
        for sex in "KMT":
            yield (place, year, sex, ""), [(place, year, sex, born) for born in made.GROUPS]


def reach(statuses, known, threshold=5):
    """Return the lowest and highest each hidden cell can be, by linear programmes over everything published."""
    hidden = sorted(cell for cell, status in statuses.items() if status in HIDDEN)
    at = {cell: n for n, cell in enumerate(hidden)}
    matrix, right = [], []
    for total, parts in sums(statuses):
        line, constant = np.zeros(len(hidden)), 0.0
        for cell, by in [(total, -1), *((part, 1) for part in parts)]:
            if cell in at:
                line[at[cell]] += by
            else:
                constant += by * known[cell]
        if line.any():
            matrix.append(line)
            right.append(-constant)
    limits = [(1, threshold - 1) if statuses[cell] == "protected" else (threshold, None) for cell in hidden]
    found = {}
    for cell, place in at.items():
        aim = np.zeros(len(hidden))
        aim[place] = 1
        low = linprog(aim, A_eq=np.array(matrix), b_eq=right, bounds=limits)
        high = linprog(-aim, A_eq=np.array(matrix), b_eq=right, bounds=limits)
        found[cell] = (low.fun if low.success else None, -high.fun if high.success else np.inf)
    return found


@pytest.fixture(scope="module")
def people(published):
    return rows(published / "18", "people.csv")


def test_the_follow_up_hides_something_of_either_kind(people):
    statuses = {row["status"] for row in people}
    assert statuses == {"published", *HIDDEN}
    assert all((row["value"] == "") == (row["status"] in HIDDEN) for row in people)


def test_every_small_count_is_hidden_and_no_shown_count_is_changed(people):
    true = made.counts()
    for row in people:
        place, year, sex, born = cell_of(row)
        count = true[place, int(year), sex, born]
        assert (row["status"] == "protected") == (1 <= count < 5)
        assert row["value"] in ("", str(count))


def test_an_attacker_leaves_every_hidden_count_at_least_its_protection_interval(people):
    statuses = {cell_of(row): row["status"] for row in people}
    known = {cell_of(row): float(row["value"]) for row in people if row["value"]}
    true = made.counts()
    found = reach(statuses, known)
    assert len(found) > 50
    for (place, year, sex, born), (low, high) in found.items():
        assert low is not None
        count = true[place, int(year), sex, born]
        assert low - 1e-6 <= count <= high + 1e-6
        wide = 2 if statuses[place, year, sex, born] == "protected" else 1
        assert high - low >= wide - 1e-6


def test_the_attack_finds_what_is_hidden_alone(people):
    """The attack can succeed: with the counts hidden for another's sake shown, small ones are solved exactly."""
    true = made.counts()
    statuses = {
        cell_of(row): "published" if row["status"] == "protected_for_another" else row["status"] for row in people
    }
    known = {cell: float(true[cell[0], int(cell[1]), *cell[2:]]) for cell in statuses}
    found = reach(statuses, known)
    assert found
    assert all(high - low < 1e-6 for low, high in found.values())


def texts(place):
    """Yield every file that is published, slides unpacked, as text."""
    for path in sorted(place.rglob("*")):
        if not path.is_file():
            continue
        if path.suffix == ".pptx":
            with zipfile.ZipFile(path) as packed:
                for name in packed.namelist():
                    yield f"{path.name}:{name}", packed.read(name).decode("utf-8", errors="replace")
        elif path.suffix == ".parquet":
            yield path.name, str(pq.read_table(path).to_pylist())
        else:
            yield path.name, path.read_text(encoding="utf-8", errors="replace")


def test_no_hidden_count_stands_anywhere_in_any_file(published, people):
    """Large hidden counts have six digits that nothing else has; they are sought in every way they may be written."""
    true = made.counts()
    others = {n for cells in (true, made.noisy(made.counts(seed=4)), made.counts(seed=5)) for n in cells.values()}
    hidden = [cell_of(row) for row in people if row["status"] == "protected_for_another"]
    numbers = {true[place, int(year), sex, born] for place, year, sex, born in hidden}
    assert len(numbers) > 20
    assert numbers <= others
    written = re.compile(
        "|".join(rf"(?<![0-9]){str(n)[:-3]}(?:{'|'.join(SPACES)}){str(n)[-3:]}(?![0-9])" for n in sorted(numbers))
    )
    found = [(name, hit.group()) for name, text in texts(published) if (hit := written.search(text))]
    assert found == []


def test_no_file_holds_a_checksum_by_which_a_guess_could_be_confirmed(published):
    whole = {table.receipt.dataset: table.receipt.sha256 for table in made.folder().figures}
    told = [name for name, text in texts(published) if whole["people"] in text or whole["people"][:12] in text]
    assert told == []
    assert any(whole["plain"] in text for _, text in texts(published))


def page_tables(path):
    """Return the tables of figures of a page: {row heading: {period: text}} by caption, and the note under each."""
    page = path.read_text(encoding="utf-8").partition('<h2 id="siffror">')[2].partition("<h2")[0]
    found = {}
    for caption, head, body, note in re.findall(
        r'<table class="figures"><caption class="sr">(.*?)</caption>\s*<thead>(.*?)</thead>\s*<tbody>(.*?)</tbody>'
        r'\s*</table></div>(?:<p class="remarks">(.*?)</p>)?',
        page,
        re.DOTALL,
    ):
        periods = re.findall(r'<th scope="col">(.*?)</th>', head)[1:]
        lines = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
        cells = {html.unescape(n): dict(zip(periods, re.findall(r"<td>(.*?)</td>", c), strict=True)) for n, c in lines}
        found[html.unescape(caption)] = cells, html.unescape(note)
    return found


@pytest.mark.parametrize(("language", "mark"), [("", "skyddat"), ("en", "protected")])
def test_pages_show_a_mark_where_the_data_is_empty_and_say_why_under_the_table(published, language, mark):
    place = published / "1864"
    page = page_tables(place / "site" / language / "indikator/people/index.html")
    marked = {
        (row, year) for cells, _ in page.values() for row, own in cells.items() for year, t in own.items() if t == mark
    }
    hidden = {cell_of(row) for row in rows(place, "people.csv") if row["status"] in HIDDEN}
    mine = {cell for cell in hidden if cell[0] == "1864" and cell[2:] != ("T", "")}
    totals = {cell for cell in hidden if cell[2:] == ("T", "") and cell[0] in ("1864", "18", "00")}
    assert mine
    assert len(marked) == len(mine) + len(totals)
    notes = [note for cells, note in page.values() if any(mark in own.values() for own in cells.values())]
    assert notes
    assert all(("färre än fem personer" in note) or ("fewer than five people" in note) for note in notes)


def test_tables_without_anything_hidden_have_no_note(published):
    page = page_tables(published / "18/site/indikator/plain/index.html")
    assert page
    assert all(note == "" for _, note in page.values())


def test_no_share_is_shown_of_a_hidden_count_or_where_few_are_left_out(published):
    true, whole = made.counts(), made.everybody(made.counts())
    shares = rows(published / "18", "share.csv")
    counted = {cell_of(row): row["status"] for row in rows(published / "18", "people.csv")}
    assert {row["status"] for row in shares} == {"published", "derived"}
    few = 0
    for row in shares:
        place, year, sex, born = cell_of(row)
        left = whole[place, int(year), "T", ""] - true[place, int(year), "T", ""]
        few += 1 <= left < 5
        if counted[cell_of(row)] in HIDDEN or 1 <= left < 5:
            assert (row["value"], row["status"]) == ("", "derived")
        if row["value"]:
            assert float(row["value"]) == pytest.approx(
                100 * true[place, int(year), sex, born] / whole[place, int(year), "T", ""]
            )
    assert few


def test_those_left_out_of_a_share_cannot_be_computed_from_the_other_shares(published):
    """A count and its share give how many are left out; the county's minus the shown towns' must not give a town's."""
    numbers = {cell_of(row): float(row["value"]) for row in rows(published / "18", "people.csv") if row["value"]}
    left = {}
    for row in rows(published / "18", "share.csv"):
        if row["value"]:
            whole = numbers[cell_of(row)] / float(row["value"]) * 100
            everybody = (row["territory"], row["period"], "T", "")
            left[row["territory"], row["period"]] = whole - numbers[everybody]
    attacked = 0
    for year in map(str, made.YEARS):
        hidden = [town for town in made.TOWNS if (town, year) not in left]
        if not hidden:
            continue
        attacked += 1
        together = left["18", year] - sum(left[town, year] for town in made.TOWNS if town not in hidden)
        # Each of them may be anything from nought to all of them together.
        assert len(hidden) > 1
        assert together >= 5
    assert attacked > 3


def test_both_forms_of_the_data_and_their_description_agree(published):
    for key, has in (("people", True), ("share", True), ("plain", False), ("noisy", False)):
        read = rows(published / "18", f"{key}.csv")
        held = pq.read_table(published / "18/data" / f"{key}.parquet")
        described = json.loads((published / "18/data" / f"{key}.json").read_text(encoding="utf-8"))
        columns = {each["name"]: each for each in described["tableSchema"]["columns"]}
        assert list(columns) == list(read[0]) == held.column_names
        assert ("status" in columns) is has
        assert columns["value"]["required"] is not has
        if has:
            assert {"@value": STATUS_WORDS.en, "@language": "en"} in columns["status"]["dc:description"]
            assert held["status"].to_pylist() == [row["status"] for row in read]
            assert [value is None for value in held["value"].to_pylist()] == [row["value"] == "" for row in read]


def test_the_producers_noise_is_told_and_nothing_is_corrected(published):
    noisy = made.noisy(made.counts(seed=4))
    for row in rows(published / "18", "noisy.csv"):
        place, year, sex, born = cell_of(row)
        assert float(row["value"]) == noisy[place, int(year), sex, born]
    remarks = json.loads((published / "18/data/noisy.json").read_text(encoding="utf-8"))["notes"][0]["remarks"]
    assert "Producenten skyddar tabellen genom att ändra antalen lite" in remarks[0]["sv"]
    assert "as a rule within 2." in remarks[0]["en"]
    for language, said in (("", "ändra antalen lite, slumpmässigt"), ("en", "changing the counts a little, at random")):
        page = page_tables(published / "18/site" / language / "indikator/noisy/index.html")
        assert page
        assert all(said in note for _, note in page.values())


def test_what_was_known_earlier_hides_the_same_counts():
    now = flow.assess(recorded := flow.record(made.folder()), recorded.latest)
    then = flow.assess(recorded, made.date(2019, 12, 31), beside=now)
    assert then.panel.keys() <= now.panel.keys()
    for key, series in then.panel.items():
        assert dict(series).items() <= dict(now.panel[key]).items()
    assert any(key.indicator == "people" for key in then.panel)


def test_another_version_of_protected_figures_is_not_shown_beside_this_one():
    folder = made.folder()
    recorded = flow.record(folder)
    for dataset in ("people", "plain"):
        recorded.store.record(made.table(dataset, made.counts(changed=3), recorded=made.date(2020, 6, 1)))
    now = flow.assess(recorded, recorded.latest)
    alone = flow.assess(recorded, made.date(2020, 12, 31))
    then = flow.assess(recorded, made.date(2020, 12, 31), beside=now)
    shown = {key.indicator for key in alone.panel}
    assert {"people", "plain"} <= shown
    assert {key.indicator for key in then.panel} == shown - {"people", "share"}


def test_open_data_of_a_follow_up_without_protection_has_the_columns_it_had(published):
    material = flow.material(made.folder(), history=False)
    header = opendata.file(material, "plain.csv").decode().split("\r\n")[0]
    assert header == "territory,territory_name,period,sex,background,value,unit,dataset,as_of,reconstructed"


def test_figures_that_cannot_be_protected_are_refused_and_their_owner_told_what_to_do():
    contrary = {("1880", "M"): 6, ("1880", "T"): 8, ("1881", "K"): 0, ("1881", "M"): 9, ("1881", "T"): 9}
    contrary |= {("18", "K"): 1, ("18", "M"): 15, ("18", "T"): 16}
    cells = {(place, 2020, sex, ""): n for (place, sex), n in contrary.items()}
    told = (made.indicator("people", "people", protect=5),)
    folder = made.Folder(made.strategy(), told, (), (), (made.table("people", cells),))
    with pytest.raises(FigureError) as caught:
        flow.follow_up(folder)
    assert caught.value.exit_code == 4
    assert "people 18 K 2020" in str(caught.value)
    assert "Slå samman grupper" in str(caught.value)
    assert "Nothing was released" in caught.value.message(Language.EN)
