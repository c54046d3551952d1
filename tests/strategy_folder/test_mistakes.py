"""Every mistake is told: in which file, on which line, what, and what to write instead; nothing is half-loaded."""

import hashlib
import os
import re
import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vagvisare.editions.check import KINDS, THINGS
from vagvisare.followups.document import Claim
from vagvisare.sources.contract import Table
from vagvisare.strategy_folder import Folder, read, seal, write
from vagvisare.strategy_folder.names import NAMED
from vagvisare.terms.errors import FolderError, Mistake, OutputError
from vagvisare.terms.language import Language, Text


def mistakes(path):
    with pytest.raises(FolderError) as caught:
        read(path)
    for mistake in caught.value.mistakes:
        assert_in_both_languages(mistake)
    return caught.value.mistakes


def assert_in_both_languages(mistake):
    """Swedish and English both say something, not the same thing, and no Swedish is left in the English."""
    assert mistake.what.sv
    assert mistake.what.en
    assert mistake.what.sv != mistake.what.en
    assert bool(mistake.suggestion.sv) is bool(mistake.suggestion.en)
    assert mistake.suggestion.sv != mistake.suggestion.en or not mistake.suggestion.sv
    ours = re.sub(r"“[^”]*”|\"[^\"]*\"", "", f"{mistake.what.en} {mistake.suggestion.en}")
    assert not set("åäöÅÄÖ”") & set(ours), ours


def change(path, file, old, new, count=1):
    """Replace text in a file of the folder; return the line where it happened."""
    place = path / file
    text = place.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    place.write_text(text.replace(old, new, count), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1 + (len(old) - len(old.lstrip("\n")))


def line(text, part):
    return text[: text.index(part)].count("\n") + 1


# file, what stands there, what to put instead, what is said, what is suggested
ONE_CHANGE = [
    ("strategy.toml", 'key = "b"', 'key = "påhittat.txt"', "Dokumentet ”påhittat.txt” finns redan.", "Välj en annan."),
    ("strategy.toml", 'title = "B"', 'title = ""', "Dokumentet saknar titel.", "Fyll i title."),
    ("strategy.toml", 'title = "B"', 'titel = "B"', "Okänt fält ”titel”.", "Menade du ”title”?"),
    ("strategy.toml", "dated = 2021-06-09", 'dated = "i juni"', "Här ska stå ett datum", "Till exempel 2021-06-17"),
    ("strategy.toml", 'territory = "18"', 'territory = "8"', "Okänd områdeskod ”8”", ""),
    ("strategy.toml", 'comparison = ["19", "07"]', 'comparison = ["19", "7"]', "Okänd områdeskod ”7”", ""),
    ("strategy.toml", 'languages = ["sv", "en"]', 'languages = ["sv", "fr"]', "Okänd språkkod ”fr”", "en, sv"),
    ("strategy.toml", 'current = "2021"', 'current = "2012"', "Okänd utgåva ”2012”", "2021"),
    ("strategy.toml", 'current = "2021"', 'curent = "2021"', "Okänt fält ”curent”", "current"),
    ("strategy.toml", "synthetic = true", 'synthetic = "ja"', "true eller false", ""),
    ("strategy.toml", 'key = "prov"', 'key = "../prov"', "kan inte vara en nyckel", ""),
    ("editions/2021.md", "{#mal/arbete}", "{#Mål/arbete}", "kan inte vara en adress", "effektmal/"),
    ("editions/2021.md", "{#mal/klimat}", "{#mal/arbete}", "Adressen ”mal/arbete” finns redan", "annan"),
    ("editions/2021.md", "- level: goal", "- level: gaol", "Okänd nivå ”gaol”", "goal"),
    ("editions/2021.md", "- level: goal\n", "- nivå: goal\n", "Okänt fält ”nivå”", ""),
    ("editions/2021.md", "- parent: mal/arbete", "- parent: mal/arbte", "Okänd överordnad adress", "mal/arbete"),
    ("editions/2021.md", " {#mal/arbete}", "", "Rubriken saknar adress", "{#"),
    ("editions/2021.md", "### Fler", "Fler", "varken rubrik", ">"),
    ("editions/2021.md", "- note: a\\nb", "- note: a\\b", "omvänt snedstreck", ""),
    ("editions/2021.md", "- working_name: true", "- working_name: ja", "true eller false", ""),
    ("editions/2021.md", "- source: påhittat.txt:4-6", "- source: påhittat.txt:6-4", "ingen källhänvisning", ""),
    ("editions/2021.md", "- area: mal/arbete", "- area: mal/arbeta", "Okänd adress", "mal/arbete"),
    ("editions/2021.md", 'follows = "2018"', 'follows = "2021"', "Okänd utgåva", ""),
    ("editions/2021.md", "dated = 2021-06-09", 'dated = "i juni"', "ett datum", "2021-06-17"),
    ("editions/2021.md", "# Nodes\n", "", "före första avsnittet", "# Nodes"),
    ("editions/2021.md", "### Fler", "###Fler", "Rubriken har fel form", "mellanslag"),
    ("editions/2021.md", "### Fler", "####### Fler", "Rubriken har fel form", ""),
    ("editions/2021.md", "- number: 1.2", "- number 1.2", "Uppgiften har fel form", "- namn: värde"),
    ("editions/2021.md", "- number: 1.2", "- level: goal", "står redan", "Ta bort"),
    ("editions/2021.md", "- number: 1.2", "- address: x", "står redan", "Ta bort"),
    ("editions/2021.md", "- number: 1.2", "> mer", "står redan i rubriken", ""),
    ("editions/2021.md", "# Nodes\n", "# Nodes\n> löst\n", "hör inte till någon rubrik", ""),
    ("editions/2021.md", "+++\n", "", "börjar inte med uppgifter", "folder.md"),
    ("indicators.toml", "smallest_change = 0.5", "per_scale = 0", "per_scale ska vara större", ""),
    ("indicators.toml", "smallest_change = 0.5", 'price_basis = "fast"', "Okänd prisnivå", "fixed"),
    ("indicators.toml", "smallest_change = 0.5", "smallest_change = 1" + "0" * 400, "ett tal", ""),
    ("indicators.toml", "smallest_change = 0.5", "smallest_change = 1" + "0" * 5000, "tusentals siffror", ""),
    ("indicators.toml", "release.years_after = 1", "release.years_after = 99", "0–20", ""),
    ("indicators.toml", "release.years_after = 1\nrelease.month = 2", 'release = "1"', "en grupp av fält", ""),
    ("indicators.toml", "year = 2030", "year = 20300", "20300 är inget år", "2030"),
    ("indicators.toml", 'note.en = "Made up"\nreference = "annat register"', 'note.en = "x"', "saknar namn", ""),
    ("indicators.toml", "watches = [", 'watches = "x" #', "en lista inom", ""),
    ("indicators.toml", 'at = "2015"', "at = 2035", "utanför siffrornas", ""),
    ("indicators.toml", 'at = "2015"', "at = true", "text inom citattecken", "2021-2024"),
    ("events.toml", "[[event]]", "[event]", "flera stycken", "[[event]]"),
    ("events.toml", "[[event]]", "[[händelse]]", "Filen går inte att läsa: Expected ']]'", "TOML"),
    ("events.toml", "[[event]]", "[[evnt]]", "Okänt stycke", "[[event]]"),
    ("events.toml", "[[event]]", "event = [1]\n[x]", "en grupp av fält", ""),
    ("followups/2022.toml", 'event = "kris"\n', "", "behöver event", ""),
    ("followups/2022.toml", 'parent = "a"', 'parent = "c"', "Okänd överordnad nyckel", "a"),
    ("figures/jobs.csv", "00,2010,K,,", '00,2010,"K"x,,', "Citattecknen", ""),
    ("figures/jobs.csv", "00,2010,K,,", '00,2010,K,"a\nb",', "flera rader", ""),
    ("indicators.toml", 'unit = "percent"', 'unit = "precent"', "Okänd enhet ”precent”", "percent"),
    ("indicators.toml", 'direction = "higher"', 'direction = "hihger"', "Okänt ord", "higher"),
    ("indicators.toml", 'watches = ["mal/arbete"]', 'watches = ["mal/arbte"]', "Okänd adress", "mal/arbete"),
    ("indicators.toml", 'dataset = "jobs"', 'dataset = "jbos"', "Okänd datamängd", "jobs"),
    ("indicators.toml", 'per = "jobs"', 'per = "job"', "Okänd datamängd", "jobs"),
    ("indicators.toml", "limits = [0, 100]", "limits = [100, 0]", "undre gränsen", ""),
    ("indicators.toml", "limits = [0, 100]", "limits = [0]", "2 värden", ""),
    ("indicators.toml", "limits = [0, 100]", 'limits = [0, "hundra"]', "ett tal", ""),
    ("indicators.toml", "release.month = 2", "release.month = 13", "ingen månad", "1–12"),
    ("indicators.toml", "smallest_change = 0.5", "smallest_change = 0", "större än noll", ""),
    ("indicators.toml", 'at = "2015"', 'at = "i fjol"', "ingen period", "2021"),
    ("indicators.toml", 'at = "2015"', 'at = "2035"', "utanför siffrornas år, 2010–2020", "perioden"),
    ("indicators.toml", 'sibling = "people"', 'sibling = "peple"', "Okänd datamängd", "people"),
    ("indicators.toml", 'peers = ["19"]', 'peers = ["99"]', "Okänd områdeskod ”99”", ""),
    ("indicators.toml", 'groups = ["K/", "M/"]', 'groups = ["K/", "X/"]', "Okänd grupp ”X/”", ""),
    ("indicators.toml", 'kind = "absolute"', 'kind = "abslute"', "Okänt ord", "absolute"),
    ("indicators.toml", "base_year = 2010", "base_year = 2031", "Basåret kommer inte före", ""),
    ("indicators.toml", 'sex = "K"', 'sex = "X"', "har inte kön ”X”", "K, M, T"),
    ("indicators.toml", 'background = ""', 'background = "utland"', "Okänd grupp ”utland”", ""),
    (
        "indicators.toml",
        'key = "people"\n\n[[indicator.sibling]]',
        'key = "pople"\n\n[[indicator.sibling]]',
        "Okänd indikator",
        "people",
    ),
    ("indicators.toml", 'key = "people"\ndataset', 'key = "jobs"\ndataset', "Indikatorn ”jobs” finns redan", ""),
    ("evidence.toml", '"mal/klimat"', '"mal/kilmat"', "Okänd adress", "mal/klimat"),
    ("evidence.toml", "areas_affected = 2", "areas_affected = 1", "2 områden räknas upp", ""),
    ("trends.toml", 'continues = "t1"', 'continues = "t3"', "Okänd trend", "t1"),
    ("trends.toml", "year = 2021", 'year = "2021"', "ett heltal", ""),
    ("actors.toml", 'territory = "1880"', 'territory = "188"', "Okänd områdeskod", ""),
    ("timeline.toml", 'kind = "planned"', 'kind = "plannd"', "Okänd sorts datum", "planned"),
    ("timeline.toml", 'start = "2021-06"', 'start = "juni"', "inget datum", "2021-06"),
    ("timeline.toml", 'end = "2021-09-30"', 'end = "2020"', "före början", ""),
    ("links.toml", 'kind = "contributes_to"', 'kind = "contributes"', "Okänd sorts samband", "contributes_to"),
    ("links.toml", 'target = "mal/klimat"', 'target = "mal/klimatet"', "Okänd adress", "mal/klimat"),
    ("events.toml", "last = 2013", "last = 2011", "är ingen tid", ""),
    ("followups/2022.toml", 'goals = ["mal/arbete"]', 'goals = ["arbete"]', "Okänd adress", "mal/arbete"),
    ("followups/2022.toml", 'aspect = "shock"', 'aspect = "chock"', "Okänd sida", "shock"),
    ("followups/2022.toml", 'event = "kris"', 'event = "kriss"', "Okänd händelse", "kris"),
    ("followups/2022.toml", 'group = "K/"', 'group = "Q/"', "Okänd grupp", "K/"),
    ("followups/2022.toml", 'type = "TREND"', 'type = "TREN"', "Okänt ord", "TREND"),
    ("followups/2022.toml", 'expected = "rising"', 'expected = "risng"', "Okänd förväntning", "rising"),
    ("followups/2022.toml", 'key = "2022"', 'key = "2023"', "stämmer inte med filens namn", "2022"),
    ("figures/jobs.csv", "00,2010,K,,", "77,2010,K,,", "Okänt område ”77”", ""),
    ("figures/jobs.csv", "00,2010,K,,", "00,i år,K,,", "”i år” är ingen period", "2021"),
    ("figures/jobs.csv", "00,2010,K,,", "00,2010,Z,,", "Okänt kön ”Z”", "kvinnor"),
    ("figures/jobs.csv", "00,2010,K,,", "00,2011,K,,", "finns redan på rad", ""),
    ("figures/jobs.csv", ",81.1\n", ",många\n", "”många” är inget tal", ""),
    ("figures/jobs.csv", ",81.1\n", ",nan\n", "”nan” är inget tal", ""),
    ("figures/jobs.csv", ",81.1\n", ",\n", "Värdet saknas", "Ta bort raden"),
    ("figures/jobs.csv", ",81.1\n", "\n", "4 kolumner", ""),
    ("figures/jobs.csv", ",81.1\n", ",81,1\n", "6 kolumner, men rubrikraden har 5", "decimalkomma"),
    ("figures/jobs.csv", "territory,", "territroy,", "Okänd kolumn ”territroy”", "territory"),
    ("figures/jobs.receipt.toml", 'unit = "percent"', 'unit = "procent"', "Okänd enhet", "percent"),
    ("figures/jobs.receipt.toml", "rows = 99", "rows = 98", "98 rader, men filen har 99", ""),
    ("figures/jobs.receipt.toml", 'dataset = "jobs"', 'dataset = "job"', "stämmer inte med filens namn", "jobs"),
    ("figures/jobs.receipt.toml", "recorded = 2026-01-02", "recorded = 2026", "ett datum", "2021-06-17"),
]


@pytest.mark.parametrize(("file", "old", "new", "what", "hint"), ONE_CHANGE)
def test_one_mistake_is_told_where_it_stands(path, file, old, new, what, hint):
    where = change(path, file, old, new)
    found = [m for m in mistakes(path) if m.file == file and what in m.what.sv]
    assert found, mistakes(path)
    assert hint in found[0].suggestion.sv
    # What is missing has no line of its own, and is told at the head of its group.
    before = (path / file).read_text(encoding="utf-8").split("\n")[:where]
    head = max((n for n, text in enumerate(before, start=1) if text.startswith("[[")), default=1)
    assert found[0].line in ((where, where + 1, head) if new == "" or "saknar" in what else (where, where + 1))


MISSING_FIELDS = [
    ("indicators.toml", 'unit = "percent"\n', "”unit” saknas"),
    ("indicators.toml", "title.sv = ", "”sv” saknas"),
    ("strategy.toml", 'territory = "18"\n', "”territory” saknas"),
    ("links.toml", "rationale", "”rationale” saknas"),
    ("editions/2021.md", "- level: goal\n", "”level” saknas"),
    ("followups/2022.toml", "dated = 2022-06-17\n", "”dated” saknas"),
]


@pytest.mark.parametrize(("file", "start", "what"), MISSING_FIELDS)
def test_a_missing_field_is_told_at_its_group(path, file, start, what):
    place = path / file
    lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(n for n, text in enumerate(lines) if (text.startswith(start)))
    place.write_text("".join(lines[:gone] + lines[gone + 1 :]), encoding="utf-8")
    (mistake,) = mistakes(path)
    assert (mistake.file, what in mistake.what.sv) == (file, True)
    assert mistake.line <= gone + 1


TARGET_NEEDS = [
    ("value = 90\n", "absolute behöver value"),
    ("year = 2030\n", "absolute behöver year"),
    ("base_year = 2010\n", "relative_to_base behöver base_year"),
    ("base_year = 2011\n", "increment behöver base_year"),
    ("value = 70\n", "floor behöver value"),
    ("value = 95\n", "ceiling behöver value"),
    ("value = 7\n", "rank behöver value"),
    ('peers = ["19"]\n', "above_peers behöver peers"),
    ('groups = ["K/", "M/"]\n', "gap_shrinks behöver groups"),
]


@pytest.mark.parametrize(("text", "what"), TARGET_NEEDS)
def test_a_target_without_what_its_kind_needs(path, text, what):
    change(path, "indicators.toml", text, "")
    (mistake,) = mistakes(path)
    assert what in mistake.what.sv


def test_a_target_on_a_neutral_indicator(path):
    change(path, "indicators.toml", 'direction = "higher"', 'direction = "neutral"')
    assert all("neutral" in m.what.sv for m in mistakes(path))
    assert len(mistakes(path)) == 7


def test_money_says_its_prices(path):
    change(path, "indicators.toml", 'unit = "persons"', 'unit = "million_sek"')
    weight, prices = mistakes(path)
    assert "kan inte väga länen" in weight.what.sv
    assert "löpande eller fasta" in prices.what.sv


def test_all_mistakes_come_at_once_in_order(path):
    change(path, "indicators.toml", 'unit = "percent"', 'unit = "precent"')
    change(path, "strategy.toml", 'territory = "18"', 'territory = "88"')
    change(path, "figures/jobs.csv", "00,2010,K,,", "77,2010,K,,")
    change(path, "followups/2022.toml", 'expected = "rising"', 'expected = "risng"')
    change(path, "links.toml", 'kind = "contributes_to"', "kind = contributes_to")
    change(path, "editions/2018.md", "{#vision}", "{#VISION}")
    assert [m.file for m in mistakes(path)] == [
        "editions/2018.md",
        "figures/jobs.csv",
        "followups/2022.toml",
        "indicators.toml",
        "links.toml",
        "strategy.toml",
    ]


def test_the_message_lists_every_mistake_in_its_own_language(path):
    change(path, "indicators.toml", 'unit = "percent"', 'unit = "precent"')
    change(path, "strategy.toml", "synthetic = true", 'synthetic = "ja"')
    with pytest.raises(FolderError) as caught:
        read(path)
    swedish, english = (caught.value.message(language).split("\n")[1:] for language in Language)
    assert [text.split(": ", 1)[1] for text in swedish] == [
        "Okänd enhet ”precent”. Menade du ”percent”?",
        "Här ska stå true eller false, inte texten ”ja”. Till exempel true",
    ]
    assert [text.split(": ", 1)[1] for text in english] == [
        "Unknown unit “precent”. Did you mean “percent”?",
        "This should be true or false, not the text “ja”. For instance true",
    ]
    assert [text.split(": ")[0] for text in swedish] == [text.split(": ")[0] for text in english]
    assert swedish == [str(mistake) for mistake in caught.value.mistakes]


def test_mistakes_are_in_order_of_place_and_then_of_swedish_words():
    words = [Text("b", "x"), Text("a", "z"), Text("ä", "y")]
    made = [Mistake("f", line, word) for line in (10, 9) for word in words] + [Mistake("e", 99, "c", "d")]
    assert [(m.file, m.line, m.what.sv) for m in sorted(made)] == [
        ("e", 99, "c"),
        *(("f", 9, word) for word in "abä"),
        *(("f", 10, word) for word in "abä"),
    ]
    assert made[-1].line_in(Language.EN) == str(made[-1]) == "e:99: c d"
    assert made[0] == Mistake("f", 10, Text("b", "x"))
    assert made[0] >= made[1]


def test_every_kind_of_name_has_english_words():
    assert {kind for kind, _ in NAMED.values()} - {"nyckel"} <= set(KINDS)
    for swedish, english in (KINDS | THINGS).items():
        assert english.isascii()
        assert english != swedish or swedish in {"trend", "status"}


def test_several_in_one_value_and_no_echoes(path):
    change(path, "indicators.toml", 'unit = "percent"', 'unit = 5\nfarg = "röd"')
    change(path, "indicators.toml", "smallest_change = 0.5", "smallest_change = -1")
    change(path, "indicators.toml", 'watches = ["mal/arbete"]', 'watches = ["mal/arbte"]')
    assert [m.what.sv for m in mistakes(path)] == [
        "Här ska stå text inom citattecken, inte talet 5.",
        "Okänt fält ”farg”.",
        "Okänd adress ”mal/arbte”.",
        "Den minsta förändring som betyder något ska vara större än noll.",
    ]


def test_what_cannot_be_read_is_not_called_unknown(path):
    change(path, "indicators.toml", 'direction = "higher"', 'direction = ["higher"]')
    assert len(mistakes(path)) == 1
    change(path, "events.toml", "first = 2012", 'first = "x')
    assert {m.file for m in mistakes(path)} == {"indicators.toml", "events.toml"}
    change(path, "figures/jobs.receipt.toml", "rows = 99", "rows = ")
    assert {m.file for m in mistakes(path)} == {"indicators.toml", "events.toml", "figures/jobs.receipt.toml"}
    change(path, "editions/2021.md", 'key = "2021"', 'key = "2021')
    change(path, "strategy.toml", 'key = "prov"', "key = prov")
    assert len(mistakes(path)) == 5


def test_cycles(path):
    where = change(path, "editions/2021.md", "{#mal/arbete}\n\n", "{#mal/arbete}\n\n- parent: mal/sent\n")
    found = mistakes(path)
    assert all("ligger under sig själv" in m.what.sv for m in found)
    assert (found[0].line, len(found)) == (where + 2, 2)


def test_a_broken_heading_is_told_once_and_its_address_not_called_unknown(path):
    change(path, "editions/2021.md", "### Fler", "#Fler")
    (mistake,) = mistakes(path)
    assert "Rubriken har fel form" in mistake.what.sv


def test_checksum(path):
    change(path, "figures/jobs.csv", ",81.1\n", ",81.2\n")
    (mistake,) = mistakes(path)
    assert "Kontrollsumman" in mistake.what.sv
    digest = hashlib.sha256((path / "figures/jobs.csv").read_bytes()).hexdigest()
    assert digest in mistake.suggestion.sv
    assert mistake.line == line((path / "figures/jobs.receipt.toml").read_text(encoding="utf-8"), "sha256")


def test_missing_receipt_and_missing_figures(path):
    (path / "figures/jobs.receipt.toml").unlink()
    (path / "figures/people.csv").unlink()
    found = {m.file: m.what.sv for m in mistakes(path)}
    assert "saknar kvitto" in found["figures/jobs.csv"]
    assert "saknas" in found["figures/people.receipt.toml"]


def test_unknown_files_are_told(path):
    (path / "indicator.toml").write_text("", encoding="utf-8")
    (path / "editions/2022.toml").write_text("", encoding="utf-8")
    found = {m.file: m for m in mistakes(path)}
    assert "indicators.toml" in found["indicator.toml"].suggestion.sv
    assert "hör inte hemma" in found["editions/2022.toml"].what.sv


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda _: None, "Mappen finns inte"),
        (lambda p: p.write_text("x", encoding="utf-8"), "en fil, inte en mapp"),
        (lambda p: p.mkdir(), "Mappen är tom"),
        (lambda p: (p.mkdir(), (p / "a.txt").write_text("x", encoding="utf-8")), "Filen saknas"),
    ],
)
def test_no_folder(tmp_path, make, what):
    make(tmp_path / "m")
    (mistake,) = mistakes(tmp_path / "m")
    assert what in mistake.what.sv


def test_not_utf8_names_the_line(path):
    (path / "events.toml").write_bytes(b'[[event]]\nkey = "\xe5"\n')
    found = next(m for m in mistakes(path) if m.file == "events.toml")
    assert (found.line, "UTF-8" in found.what.sv) == (2, True)


def test_links_out_of_the_folder_are_refused(path, tmp_path):
    (tmp_path / "ute.toml").write_text("", encoding="utf-8")
    (path / "events.toml").unlink()
    (path / "events.toml").symlink_to(tmp_path / "ute.toml")
    assert any("leder ut ur mappen" in m.what.sv for m in mistakes(path))


def test_a_folder_in_place_of_a_file(path):
    (path / "events.toml").unlink()
    (path / "events.toml").mkdir()
    assert any("ingen vanlig fil" in m.what.sv for m in mistakes(path))


def test_a_pipe_is_not_waited_for(path):
    (path / "events.toml").unlink()
    os.mkfifo(path / "events.toml")
    assert any("ingen vanlig fil" in m.what.sv for m in mistakes(path))


def test_too_large(path, monkeypatch):
    monkeypatch.setattr("vagvisare.strategy_folder.documents.LARGEST", 1000)
    assert any("för stor" in m.what.sv for m in mistakes(path))


def test_many_mistakes_in_one_file_are_summed_up(path):
    rows = "".join(f"xx,{year},T,,1\n" for year in range(1800, 2100))
    (path / "figures/jobs.csv").write_text("territory,period,sex,background,value\n" + rows, encoding="utf-8")
    found = [m for m in mistakes(path) if m.file == "figures/jobs.csv"]
    assert len(found) == 201
    assert "Ytterligare 100 fel" in found[-1].what.sv


def test_figures_without_a_total_need_a_headline_group(sample, tmp_path):
    women = tuple(cell for cell in sample.figures[0].cells if cell.sex != "T")
    folder = replace(sample, figures=(seal(Table(sample.figures[0].receipt, women)), sample.figures[1]))
    write(folder, tmp_path / "m")
    (mistake,) = mistakes(tmp_path / "m")
    assert "saknar total" in mistake.what.sv
    chosen = replace(folder, indicators=(replace(folder.indicators[0], sex="K"), folder.indicators[1]))
    write(chosen, tmp_path / "m")
    assert read(tmp_path / "m") == chosen
    wrong = replace(folder, indicators=(replace(folder.indicators[0], sex="T"), folder.indicators[1]))
    write(wrong, tmp_path / "m")
    (mistake,) = mistakes(tmp_path / "m")
    assert "har inte kön ”T”" in mistake.what.sv


def test_empty_figures_are_no_mistake_of_the_indicator(sample, tmp_path):
    empty = seal(Table(sample.figures[0].receipt, ()))
    write(replace(sample, figures=(empty, sample.figures[1])), tmp_path / "m")
    assert read(tmp_path / "m").figures[0].cells == ()


def test_a_gap_names_a_pair(sample, tmp_path):
    (focus,) = sample.follow_ups[0].focuses
    claim = Claim("jobs", "gap", "wide", group="K/|M/")

    def with_claim(claim):
        statement = replace(focus.statements[0], claims=(claim,))
        return replace(sample.follow_ups[0], focuses=(replace(focus, statements=(statement,)),))

    write(replace(sample, follow_ups=(with_claim(claim),)), tmp_path / "m")
    assert read(tmp_path / "m").follow_ups[0] == with_claim(claim)
    write(replace(sample, follow_ups=(with_claim(replace(claim, group="K/|X/")),)), tmp_path / "m")
    (mistake,) = mistakes(tmp_path / "m")
    assert "”X/”" in mistake.what.sv


def test_a_file_that_refuses_to_be_read(path, monkeypatch):
    def refuse(_self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert all("kan inte läsas (Permission denied)" in m.what.sv for m in mistakes(path))


def test_links_in_a_ring(path):
    (path / "events.toml").unlink()
    (path / "events.toml").symlink_to(path / "events.toml")
    assert any("kan inte läsas" in m.what.sv or "ingen vanlig fil" in m.what.sv for m in mistakes(path))


def test_writing_does_not_follow_links_out(sample, path, tmp_path):
    (tmp_path / "ute").mkdir()
    shutil.rmtree(path / "figures")
    (path / "figures").symlink_to(tmp_path / "ute")
    with pytest.raises(OutputError, match="leder ut ur mappen"):
        write(sample, path)
    assert list((tmp_path / "ute").iterdir()) == []


def test_a_large_file_of_another_kind_is_refused_with_its_first_mistakes(path):
    rows = "hej,2020,T,,1\n" * 20_000
    (path / "figures/jobs.csv").write_text("territory,period,sex,background,value\n" + rows, encoding="utf-8")
    assert len(mistakes(path)) == 201


def test_date_conflicts_are_no_mistake(path):
    assert read(path).strategy.register.timeline[0].in_conflict


def test_hand_written_files_are_accepted(path, sample):
    """Another order, comments, inline tables, Windows line ends and a byte order mark are fine."""
    text = (
        "# händelser\n[[event]]\nlast=2013\nfirst = 2012 # år\nkey = 'kris'\nname = {sv = 'Påhittat', en = 'Made up'}\n"
    )
    (path / "events.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    edition = path / "editions/2021.md"
    edition.write_bytes(edition.read_bytes().replace(b"\n", b"\r\n"))
    assert read(path) == sample


WRECKS = st.sampled_from(
    [
        "",
        "[",
        "[[",
        '"',
        "'''",
        "x",
        "= 1",
        "a.b.c = 2",
        "\\",
        "> q",
        "## {#}",
        "# Nodes",
        "+++",
        "[[indicator]]",
        "\x00",
        ",,,",
        "- x",
        "[indicator]",
        "indicator = 1",
        "a = [[[",
        "2021",
        "{",
        "å" * 300,
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_wreck_is_told_or_read_never_a_crash(data, sample, tmp_path_factory):
    path = tmp_path_factory.mktemp("w") / "m"
    write(sample, path)
    files = sorted(p for p in path.rglob("*") if p.is_file())
    place = data.draw(st.sampled_from(files))
    lines = place.read_text(encoding="utf-8").split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    new = data.draw(WRECKS | st.sampled_from(lines))
    lines[at : at + data.draw(st.integers(0, 2))] = [new]
    place.write_text("\n".join(lines), encoding="utf-8")
    lengths = {str(p.relative_to(path)): p.read_text(encoding="utf-8").count("\n") + 1 for p in files}
    told = outcome(path)
    assert all(1 <= m.line <= lengths.get(m.file, 1) for m in told)


def outcome(path):
    """Return the mistakes, or nothing when the folder could be read; let anything else through."""
    try:
        assert isinstance(read(path), Folder)
    except FolderError as error:
        return error.mistakes
    return ()
