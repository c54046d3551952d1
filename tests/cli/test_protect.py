"""``vagvisare protect``: what it hides, says and writes, and how it refuses. All figures are made up."""

from __future__ import annotations

import csv
import io
from functools import partial

import pytest

COUNTS = """\
territory,period,sex,value
1880,2020,K,40
1880,2020,M,45
1880,2020,T,85
1881,2020,K,3
1881,2020,M,20
1881,2020,T,23
1882,2020,K,30
1882,2020,M,28
1882,2020,T,58
18,2020,K,73
18,2020,M,93
18,2020,T,166
"""


@pytest.fixture
def run(command):
    """Run ``protect`` in this process."""
    return partial(command, "protect")


@pytest.fixture
def file(tmp_path):
    def writer(text=COUNTS, name="counts.csv"):
        place = tmp_path / name
        place.write_text(text, encoding="utf-8")
        return place

    return writer


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


def statuses(text):
    return {tuple(v for k, v in row.items() if k not in ("value", "status")): row["status"] for row in read(text)}


def test_small_counts_and_those_that_guard_them_are_hidden_and_the_rest_is_unchanged(run, file):
    code, out, err = run(file())
    assert code == 0
    original, protected = read(COUNTS), read(out)
    assert [list(row.values())[:3] for row in protected] == [list(row.values())[:3] for row in original]
    for before, after in zip(original, protected, strict=True):
        assert after["value"] == (before["value"] if after["status"] == "published" else "")
    hidden = {row["territory"] + row["sex"]: row["status"] for row in protected if row["status"] != "published"}
    assert hidden.pop("1881K") == "protected"
    assert len(hidden) == 3
    assert set(hidden.values()) == {"protected_for_another"}
    assert "Tabellen har 12 uppgifter" in err
    assert "En uppgift är skyddad: färre än fem personer. Tre uppgifter är skyddade för att inte avslöja" in err
    assert "ingen dold uppgift går att räkna ut" in err
    assert "sex=T. Utan summa: period." in err


def test_a_file_is_written_whole_and_the_sentences_go_to_the_screen(run, file, tmp_path):
    target = tmp_path / "skyddad.csv"
    code, out, err = run(file(), "--out", target, lang="en")
    assert (code, err) == (0, "")
    assert "One figure is protected: fewer than five people." in out
    assert "no hidden figure can be computed" in out
    assert target.read_bytes().startswith(b"territory,period,sex,value,status\r\n1880,2020,K,40,published\r\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["counts.csv", "skyddad.csv"]


def test_another_threshold(run, file):
    assert "färre än tre personer" not in run(file(), "--threshold", "3")[2]
    assert set(statuses(run(file(), "--threshold", "3")[1]).values()) == {"published"}
    larger = COUNTS.replace(",3\n", ",7\n").replace("23\n", "27\n").replace("73\n", "77\n").replace("166\n", "170\n")
    assert "Inget behövde döljas" in run(file(larger))[2]
    assert "färre än 50 personer" in run(file(), "--threshold", "50")[2]


def test_years_are_tables_of_their_own(run, file):
    later = "".join(line.replace(",2020,", ",2021,") for line in COUNTS.splitlines(keepends=True)[1:])
    changed = later.replace("1881,2021,K,3", "1881,2021,K,9").replace("1881,2021,T,23", "1881,2021,T,29")
    found = statuses(run(file(COUNTS + changed.replace("18,2021,K,73", "18,2021,K,79")))[1])
    assert {cell[1] for cell, status in found.items() if status != "published"} == {"2020"}


def test_columns_of_ones_own_with_totals_named_or_found(run, file):
    table = "skola,kön,value\n" + "".join(
        f"{school},{sex},{n}\n"
        for school, figures in {"A": (2, 30, 32), "B": (20, 25, 45), "C": (22, 55, 77)}.items()
        for sex, n in zip(("flickor", "pojkar", "bägge"), figures, strict=True)
    )
    code, out, err = run(file(table))
    assert code == 0
    assert "skola=C, kön=bägge" in err
    assert set(statuses(out)) == {(s, k) for s in "ABC" for k in ("flickor", "pojkar", "bägge")}
    assert [cell for cell, status in statuses(out).items() if status == "protected"] == [("A", "flickor")]
    hidden = [cell for cell, status in statuses(out).items() if status == "protected_for_another"]
    assert len(hidden) == 3
    assert "kön=bägge" in run(file(table), "--total", "kön=bägge")[2]


def test_what_the_producer_has_not_published_keeps_saying_so(run, file):
    found = statuses(run(file(COUNTS.replace("1882,2020,M,28", "1882,2020,M,..")))[1])
    assert found["1882", "2020", "M"] == "not_published"


def test_text_that_a_spreadsheet_would_run_is_made_harmless(run, file):
    out = run(file("=x,value\n@a,10\n+b,20\n"))[1]
    assert out.splitlines() == ["'=x,value,status", "'@a,10,published", "'+b,20,published"]


def test_codes_that_lost_a_zero_and_decimal_commas_are_read_as_people_mean_them(run, file):
    found = read(run(file("territory;value\n1;1 200\n114;1200,0\n"))[1])
    assert [row["territory"] for row in found] == ["01", "0114"]
    assert [row["value"] for row in found] == ["1200", "1200"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("territory,antal\n18,3\n", "Kolumnen ”value” med antalen saknas"),
        ("value\n3\n", "Tabellen har bara antal"),
        ("sex,value\n", "Tabellen har inga rader"),
        ("", "Kolumnen ”value” med antalen saknas"),
        ("sex,value,status\nK,3,published\n", "har redan en kolumn ”status”"),
        ("sex,sex,value\nK,K,3\n", "finns flera gånger"),
        ("sex,value\nK,3\nK,4\n", "finns redan på rad 2"),
        ("sex,value\nK,tre\n", "”tre” är inget tal"),
        ("sex,value\nK,-3\n", "inget antal personer"),
        ('sex,value\nK,"2,5"\n', "inget antal personer"),
        ("territory,value\n9999,3\n", "Okänt område ”9999”"),
        ("sex,value\nK\n", "Raden har 1 kolumner"),
    ],
)
def test_each_mistake_in_a_table_is_a_sentence_and_nothing_is_written(run, file, tmp_path, text, says):
    code, out, err = run(file(text), "--out", tmp_path / "x.csv")
    assert (code, out) == (4, "")
    assert says in err
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--threshold", "fem"), "--threshold kan inte vara ”fem”"),
        (("--threshold", "0"), "--threshold kan inte vara ”0”"),
        (("--threshold", "2"), "Gränsen 2 skyddar ingenting"),
        (("--total", "kön=T"), "finns inte i tabellen"),
        (("--total", "sex"), "Skriv kolumn=kod"),
        (("--total", "sex=Q"), "finns inte i tabellen"),
        (("--total", "territory=18"), "behövs ingen total"),
        (("--out", "x.pdf"), "ingen CSV-fil"),
    ],
)
def test_what_cannot_be_asked_is_refused(run, file, monkeypatch, tmp_path, arguments, says):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(file(), *arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_the_original_is_never_written_over(run, file):
    place = file()
    code, _, err = run(place, "--out", place)
    assert code == 2
    assert "samma fil" in err
    assert place.read_text(encoding="utf-8") == COUNTS


def test_a_place_that_refuses_leaves_nothing_behind(run, file, tmp_path):
    code, _, err = run(file(), "--out", tmp_path / "missing" / "x.csv")
    assert code == 6
    assert "kunde inte skrivas" in err


CONTRARY = """\
territory,sex,value
1880,K,..
1880,M,6
1880,T,8
1881,K,0
1881,M,9
1881,T,9
18,K,1
18,M,15
18,T,16
"""
"""Two women by one sum and one by another: whatever is hidden, what is left contradicts every other number."""


def test_a_table_that_cannot_be_protected_is_refused_and_nothing_is_written(run, file, tmp_path):
    code, out, err = run(file(CONTRARY), "--out", tmp_path / "x.csv")
    assert (code, out) == (4, "")
    assert "går inte att skydda" in err
    assert "18 K" in err
    assert "Slå samman grupper" in err
    assert not (tmp_path / "x.csv").exists()
    assert "cannot be protected" in run(file(CONTRARY), lang="en")[2]


def test_tables_that_look_noisy_are_pointed_out(run, file):
    noise = [1, -1, 0, 2, -2, 1, -1, 0, 1, -1, 2, -2, 1, -1]
    lines = [
        line
        for town, by in zip(range(14), noise, strict=True)
        for line in (f"s{town},K,{100 + town}", f"s{town},M,{90 + town}", f"s{town},T,{190 + 2 * town + by}")
    ]
    err = run(file("skola,sex,value\n" + "\n".join(lines) + "\n"))[2]
    assert "skiljer sig delarna från totalen" in err
    assert "inget är rättat" in err
