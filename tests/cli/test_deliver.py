"""A delivered file is looked through, then recorded by somebody who answers for it. Every figure is made up."""

import shutil
import tomllib
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from vagvisare import flow
from vagvisare.flow import live

BUNDLED = Path(__file__).parents[2] / "strategies" / "orebro"
DEFINITION = """
[[dataset]]
key = "young_health"
source = "spreadsheet"
title = "God hälsa bland unga"
producer = "Region Exempel"
unit = "percent"

[[dataset.query]]
table = "deliveries/ung.csv"
layout.value = "Andel"

[[dataset.query.dimension]]
code = "Kod"
role = "territory"

[[dataset.query.dimension]]
code = "År"
role = "period"

[[dataset.query.dimension]]
code = "Kön"
role = "sex"
values = ["Kvinnor", "Män"]
ours = ["K", "M"]

[[dataset]]
key = "no_layout"
source = "spreadsheet"
title = "Utan layout"
producer = "Region Exempel"
unit = "percent"

[[dataset.query]]
table = "ung.xlsx"

[[dataset.query.dimension]]
code = "Region"
role = "territory"

[[dataset.query.dimension]]
code = "Tid"
role = "period"

[[dataset]]
key = "from_scb"
source = "scb"
title = "Från SCB"
producer = "SCB"
unit = "percent"

[[dataset.query]]
table = "TAB1"

[[dataset.query.dimension]]
code = "Region"
role = "territory"

[[dataset.query.dimension]]
code = "Tid"
role = "period"
"""
CSV = "Kod;År;Kön;Andel\n18;2023;Kvinnor;70,5\n18;2023;Män;75\n1880;2023;Kvinnor;..\n1880;2023;Män;71\n"


@pytest.fixture(scope="module")
def bundled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("strategy") / "orebro"
    shutil.copytree(BUNDLED, folder)
    indicators = folder / "indicators.toml"
    indicators.write_text(indicators.read_text(encoding="utf-8") + DEFINITION, encoding="utf-8")
    return folder


@pytest.fixture
def folder(bundled, tmp_path):
    return shutil.copytree(bundled, tmp_path / "orebro")


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "ung.csv"
    place.write_text(CSV, encoding="utf-8")
    return place


@pytest.fixture
def recorded(monkeypatch):
    """Stand in for the recording; keep what it was asked."""
    calls = []

    def deliver(folder, key, raw, name, *, by, url=""):
        calls.append((folder, key, raw, name, by, url))
        return SimpleNamespace(recorded=date(2026, 1, 2), rows=4)

    monkeypatch.setattr(live, "deliver", deliver)
    return calls


def test_without_accept_it_is_only_shown(command, folder, file, recorded):
    code, out, _ = command("deliver", folder, "young_health", file)
    assert code == 0
    assert "cell D2 → Örebro län, 2023, kvinnor: 70,5\N{NO-BREAK SPACE}procent" in out
    assert "”..” 1 gång" in out
    assert "inga siffror sedan tidigare" in out
    assert "--accept --by" in out
    assert recorded == []
    assert not (folder / "vintages").exists()


def test_in_english(command, folder, file, recorded):
    code, out, _ = command("deliver", folder, "young_health", file, "--lang", "en")
    assert code == 0
    assert "cell D2 → Örebro County, 2023, women: 70.5\N{NO-BREAK SPACE}per cent" in out
    assert "Run the same command again with --accept --by" in out


def test_accepted_it_is_recorded_in_somebodys_name(command, folder, file, recorded):
    code, out, _ = command("deliver", folder, "young_health", file, "--accept", "--by", " Eva Ek ", "--store", "s")
    assert code == 0
    assert recorded == [(folder, "young_health", CSV.encode(), "ung.csv", "Eva Ek", "s")]
    assert "Inläst 2026-01-02 som en årgång av young_health: 4 siffror, granskade av Eva Ek." in out


def test_what_is_recorded_is_what_was_shown_and_the_next_is_held_against_it(command, folder, file):
    code, _, err = command("deliver", folder, "young_health", file, "--accept", "--by", "Eva Ek")
    assert (code, err) == (0, "")
    store = flow.kept_store(folder, flow.read_folder(folder))
    kept = store.latest("young_health")
    rows = {(r["territory"], r["sex"]): r["value"] for r in store.figures(kept).to_pylist()}
    assert rows == {("18", "K"): 70.5, ("18", "M"): 75.0, ("1880", "K"): None, ("1880", "M"): 71.0}
    assert store.replies.get(kept.replies[0]) == CSV.encode()
    file.write_text(CSV.replace("70,5", "71,5") + "18;2024;Män;76\n", encoding="utf-8")
    _, out, _ = command("deliver", folder, "young_health", file)
    assert "nya perioder: 2024" in out
    assert "70,5\N{NO-BREAK SPACE}procent → 71,5\N{NO-BREAK SPACE}procent" in out


def test_nobody_records_without_a_name(command, folder, file, recorded):
    for arguments in (["--accept"], ["--accept", "--by", "  "]):
        code, _, err = command("deliver", folder, "young_health", file, *arguments)
        assert code == 2
        assert "--accept kräver --by" in err
    assert recorded == []


@pytest.mark.parametrize(
    ("key", "code", "sentence"),
    [
        ("young_helth", 5, "Menade du ”young_health”?"),
        ("from_scb", 2, "hämtas från scb, inte ur filer"),
        ("no_layout", 2, "--guess"),
    ],
)
def test_data_sets_that_cannot_be_delivered(command, folder, file, recorded, key, code, sentence):
    found, _, err = command("deliver", folder, key, file, "--accept", "--by", "Eva")
    assert found == code
    assert sentence in err
    assert recorded == []


def test_a_file_with_mistakes_is_not_recorded(command, folder, file, recorded):
    file.write_text(CSV.replace("70,5", "sjuttio\x1b[31m"), encoding="utf-8")
    code, out, err = command("deliver", folder, "young_health", file, "--accept", "--by", "Eva")
    assert code == 4
    assert "ung.csv:2: Cell D2: ”sjuttio[31m” är inget tal." in err
    assert (out, recorded) == ("", [])


def test_a_file_that_is_not_there(command, folder, tmp_path):
    code, _, err = command("deliver", folder, "young_health", tmp_path / "borta.csv")
    assert code == 4
    assert "finns inte" in err


def test_a_guess_is_text_to_confirm_that_reads_the_file(command, folder, tmp_path, recorded):
    book = openpyxl.Workbook()
    for row in (
        ["Enkät 2023"],
        ["", 2022, None, 2023, None],
        ["Kommun", "Kvinnor", "Män", "Kvinnor", "Män"],
        ["Örebro kommun", 70, 71, 72, 73],
    ):
        book.active.append(row)
    book.save(tmp_path / "ung.xlsx")
    code, out, _ = command("deliver", folder, "nytt", tmp_path / "ung.xlsx", "--guess")
    assert code == 0
    assert out.startswith("# Förslag, att bekräfta")
    text = out[: out.index("nytt: ")]
    (dataset,) = tomllib.loads(text)["dataset"]
    (query,) = dataset["query"]
    assert query["layout"] == {"header_rows": [2, 3]}
    assert query["dimension"] == [
        {"code": "Kommun", "role": "territory", "values": ["Örebro kommun"], "ours": ["1880"]},
        {"code": "row:2", "role": "period"},
        {"code": "row:3", "role": "sex", "values": ["Kvinnor", "Män"], "ours": ["K", "M"]},
    ]
    assert "Örebro, 2023, män: 73" in out
    assert recorded == []


def test_a_confirmed_guess_is_a_definition(command, folder, tmp_path, file, recorded):
    _, out, _ = command("deliver", folder, "no_layout", file, "--guess", lang="en")
    text = out[: out.index("no_layout: ")]
    assert text.startswith("# A proposal, to be confirmed")
    indicators = folder / "indicators.toml"
    whole = indicators.read_text(encoding="utf-8")
    start, end = whole.index('[[dataset]]\nkey = "no_layout"'), whole.index('[[dataset]]\nkey = "from_scb"')
    indicators.write_text(whole[:start] + text + "\n" + whole[end:], encoding="utf-8")
    code, out, err = command("deliver", folder, "no_layout", file)
    assert (code, err) == (0, "")
    assert "cell D2 → Örebro län, 2023, kvinnor: 70,5" in out


def test_a_guess_is_never_recorded(command, folder, file, recorded):
    code, _, err = command("deliver", folder, "young_health", file, "--guess", "--accept", "--by", "Eva")
    assert code == 2
    assert "går inte ihop" in err
    assert recorded == []


def test_a_guess_that_cannot_be_made_says_so(command, folder, tmp_path):
    (tmp_path / "tom.csv").write_text("a;b\n", encoding="utf-8")
    code, _, err = command("deliver", folder, "nytt", tmp_path / "tom.csv", "--guess")
    assert code == 4
    assert "ingen kolumn med områden" in err
