"""Open data: what is written is what was published, described, and safe to open. All figures are synthetic."""

import csv
import hashlib
import io
import json
import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.publications import opendata
from vagvisare.terms.errors import OutputError, UnknownError
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

made = runpy.run_path(str(Path(__file__).parents[1] / "web" / "synthetic.py"))["material"]


@pytest.fixture(scope="module")
def material():
    return made()


def read_csv(material, name):
    return list(csv.DictReader(io.StringIO(opendata.file(material, name).decode("utf-8"), newline="")))


def with_series(material, series, key="share"):
    """Return the material with one indicator's figures exchanged."""
    kept = {k: s for k, s in material.outcome.panel.items() if k.indicator != key}
    return replace(material, outcome=replace(material.outcome, panel=kept | {series.key: series}))


def test_every_figure_of_the_panel_is_in_the_table_unrounded(material):
    rows = read_csv(material, "share.csv")
    told = {(r["territory"], r["period"], r["sex"], r["background"]): float(r["value"]) for r in rows}
    expected = {
        (key.territory, str(period), key.sex, key.background): value
        for key, series in material.outcome.panel.items()
        if key.indicator == "share"
        for period, value in series
    }
    assert told == expected
    assert len(rows) == len(expected)


def test_columns_are_those_promised(material):
    header = opendata.file(material, "share.csv").decode().splitlines()[0]
    promised = "territory,territory_name,period,sex,background,value,unit,dataset,as_of,reconstructed"
    assert header == promised


def test_rows_say_where_when_and_how_they_were_known(material):
    row = next(r for r in read_csv(material, "health.csv") if r["territory"] == "18")
    assert row["territory_name"] == "Örebro län"
    assert row["period"] == "2004-2007"
    assert (row["unit"], row["dataset"]) == ("percent", "health_data")
    assert (row["as_of"], row["reconstructed"]) == ("2026-11-21", "false")


def test_what_was_known_earlier_is_marked_as_reconstructed():
    rows = read_csv(made(as_of=date(2022, 6, 17)), "share.csv")
    assert {row["reconstructed"] for row in rows} == {"true"}
    assert max(row["period"] for row in rows) == "2021"


def test_a_group_that_stands_in_for_a_missing_total_is_published_once_and_as_a_group(material):
    women = SeriesKey("share", "18", "K", "")
    figures = Series(women, (Period.year(2020),), (50.0,))
    stand_in = Series(SeriesKey("share", "18"), (Period.year(2020),), (50.0,))
    kept = {k: s for k, s in material.outcome.panel.items() if k.indicator != "share"}
    panel = kept | {women: figures, stand_in.key: stand_in}
    indicators = {**material.outcome.indicators, "share": replace(material.outcome.indicators["share"], sex="K")}
    without_total = replace(material, outcome=replace(material.outcome, panel=panel, indicators=indicators))
    assert [row["sex"] for row in read_csv(without_total, "share.csv")] == ["K"]


def test_parquet_holds_the_same_figures_as_csv(material):
    for key in material.outcome.indicators:
        table = pq.read_table(io.BytesIO(opendata.file(material, f"{key}.parquet")))
        rows = read_csv(material, f"{key}.csv")
        assert table.column_names == list(rows[0])
        assert table.column("value").to_pylist() == [float(row["value"]) for row in rows]
        assert table.column("period").to_pylist() == [row["period"] for row in rows]
        assert table.column("as_of").to_pylist() == [date.fromisoformat(row["as_of"]) for row in rows]


@given(value=st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_number_comes_back_exactly_and_without_exponent(value):
    text = opendata._cell(value)
    assert float(text) == value
    assert "e" not in text.lower()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=cmd|"/c calc"!A0'])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(material, text):
    series = Series(SeriesKey("share", "18", "T", text), (Period.year(2020),), (-5.0,))
    row = read_csv(with_series(material, series), "share.csv")[0]
    assert row["background"] == f"'{text}"
    assert row["value"] == "-5"


def test_findings_that_begin_like_a_formula_are_made_harmless(material):
    sentences = [row["sentence_sv"] for row in read_csv(material, "findings.csv")]
    assert any(sentence.startswith("'=Skillnaden") for sentence in sentences)


def test_the_description_names_every_column_in_order_and_the_receipt(material):
    told = json.loads(opendata.file(material, "emissions.json"))
    header = opendata.file(material, "emissions.csv").decode().splitlines()[0].split(",")
    assert [column["name"] for column in told["tableSchema"]["columns"]] == header
    assert told["@context"][0] == "http://www.w3.org/ns/csvw"
    assert told["url"] == "emissions.csv"
    assert told["dc:license"] == "CC0"
    assert {title["@language"] for title in told["dc:title"]} == {"sv", "en"}
    contract = told["notes"][0]
    assert contract["csv_sha256"] == hashlib.sha256(opendata.file(material, "emissions.csv")).hexdigest()
    assert contract["release_rule"] == {"years_after": 1, "month": 9}
    assert contract["breaks"][0]["at"] == "2012"
    assert contract["targets"][0]["value"] == -60.0
    assert contract["sources"][0]["source_id"] == "PROV-emissions"
    assert contract["sources"][0]["reconstructed"] is False


def test_a_table_can_be_read_from_its_description_alone(material):
    """What CSV on the Web says is enough to get the very table that Parquet holds."""
    types = {"string": pa.string(), "number": pa.float64(), "date": pa.date32(), "boolean": pa.bool_()}
    for key in material.outcome.indicators:
        told = json.loads(opendata.file(material, f"{key}.json"))
        columns = told["tableSchema"]["columns"]
        read = pc.read_csv(
            io.BytesIO(opendata.file(material, told["url"])),
            read_options=pc.ReadOptions(encoding=told["dialect"]["encoding"]),
            parse_options=pc.ParseOptions(delimiter=told["dialect"]["delimiter"]),
            convert_options=pc.ConvertOptions(
                column_types={column["name"]: types[column["datatype"]] for column in columns},
                strings_can_be_null=False,
            ),
        )
        parquet = pq.read_table(io.BytesIO(opendata.file(material, f"{key}.parquet")))
        assert read.equals(parquet.replace_schema_metadata(None)), key
        keys = list(zip(*(read.column(name).to_pylist() for name in told["tableSchema"]["primaryKey"]), strict=True))
        assert len(set(keys)) == len(keys), key
        for column in columns:
            assert column["name"] in column["titles"]["sv"]
            if column["required"]:
                assert "" not in read.column(column["name"]).to_pylist(), column["name"]


def test_the_description_keeps_to_the_vocabulary(material):
    """Values are typed with prefixed names, and every property is a term of the vocabulary or a Dublin Core term."""
    told = json.loads(opendata.file(material, "share.json"))
    assert told["dc:modified"] == {"@value": "2026-11-21", "@type": "xsd:date"}
    assert {name for name in told if not name.startswith("dc:")} == {
        "@context", "url", "dialect", "tableSchema", "notes",
    }  # fmt: skip
    for column in told["tableSchema"]["columns"]:
        assert set(column) == {"name", "titles", "datatype", "required", "dc:description"}


def test_parquet_holds_only_types_that_every_reader_knows(material):
    schema = pq.read_schema(io.BytesIO(opendata.file(material, "share.parquet")))
    assert {str(kind) for kind in schema.types} == {"string", "double", "date32[day]", "bool"}


def test_the_portals_catalogue_has_a_dataset_an_indicator_and_a_distribution_a_file(material):
    told = json.loads(opendata.file(material, "dcat.jsonld"))
    assert told["@type"] == "dcat:Catalog"
    assert {title["@language"] for title in told["dct:title"]} == {"sv", "en"}
    datasets = {item["dct:identifier"]: item for item in told["dcat:dataset"]}
    assert set(datasets) == {"findings", *material.outcome.indicators}
    for item in datasets.values():
        assert item["dct:title"]
        assert item["dct:description"]
        assert item["dct:publisher"]["foaf:name"]
    offered = {one["dcat:downloadURL"]["@id"]: one for item in datasets.values() for one in item["dcat:distribution"]}
    pages = {item["foaf:page"]["@id"] for item in datasets.values() if "foaf:page" in item}
    assert set(offered) | pages | {"dcat.jsonld", "catalogue.json"} == set(opendata.names(material))
    for name, one in offered.items():
        content = opendata.file(material, name)
        assert one["dcat:accessURL"] == {"@id": name}
        assert one["dcat:byteSize"]["@value"] == str(len(content))
        assert one["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(content).hexdigest()


def test_every_name_in_the_portals_catalogue_belongs_to_a_declared_vocabulary(material):
    told = json.loads(opendata.file(material, "dcat.jsonld"))

    def names(value):
        if isinstance(value, dict):
            for key, item in value.items():
                yield key
                if key == "@type" and isinstance(item, str):
                    yield item
                yield from names(item)
        elif isinstance(value, list):
            for item in value:
                yield from names(item)

    prefixes = {name.partition(":")[0] for name in names(told["dcat:dataset"]) if not name.startswith("@")}
    assert prefixes <= set(told["@context"])


def test_a_licence_is_an_address_only_where_the_receipt_names_one(material):
    def terms(licence):
        receipts = {name: replace(one, licence=licence) for name, one in material.receipts.items()}
        told = json.loads(opendata.file(replace(material, receipts=receipts), "dcat.jsonld"))
        share = next(item for item in told["dcat:dataset"] if item["dct:identifier"] == "share")
        return share["dcat:distribution"][0]

    assert terms("CC0 (SCB:s öppna data)")["dct:license"]["@id"].endswith("/zero/1.0/")
    unsure = terms("CC0 för SCB:s öppna data; villkor hos förmedlaren ej angivna i källan")
    assert "dct:license" not in unsure
    assert unsure["dct:rights"]["rdfs:label"]["@value"].startswith("CC0 för")


def test_findings_document_is_json_without_nan_and_has_the_replay(material):
    told = json.loads(opendata.file(material, "findings.json"), parse_constant=pytest.fail)
    assert told["schema"] == "vagvisare.findings/1"
    assert len(told["findings"]) == len(material.outcome.findings)
    assert told["findings"][0]["figures"]["gap"] is None
    assert told["findings"][0]["sentence"].keys() == {"sv", "en"}
    assert len(told["replay"]) == len(material.outcome.replay)
    assert told["replay"][0]["then"]["as_of"] == "2022-06-17"


def test_the_catalogue_lists_every_other_file_with_its_checksum(material):
    told = json.loads(opendata.file(material, "catalogue.json"))
    listed = {item["path"]: item for item in told["resources"]}
    assert set(listed) | {"catalogue.json"} == set(opendata.names(material))
    assert all(isinstance(item["title"], str) and item["titles"].keys() == {"sv", "en"} for item in listed.values())
    for name, item in listed.items():
        content = opendata.file(material, name)
        assert item["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert item["bytes"] == len(content)


def test_the_same_material_gives_the_same_bytes(material):
    again = made()
    for name in opendata.names(material):
        assert opendata.file(material, name) == opendata.file(again, name), name


@pytest.mark.parametrize("name", ["", "share", "share.exe", "../share.csv", "nothing.csv", "catalogue.csv", ".json"])
def test_a_file_that_is_not_there_is_said_to_be_unknown(material, name):
    with pytest.raises(UnknownError):
        opendata.file(material, name)


def test_write_writes_every_file_and_nothing_else(material, tmp_path):
    out = tmp_path / "a" / "data"
    assert opendata.write(material, out) == len(opendata.names(material))
    assert sorted(path.name for path in out.iterdir()) == sorted(opendata.names(material))
    assert (out / "share.csv").read_bytes() == opendata.file(material, "share.csv")


def test_writing_again_removes_what_is_no_longer_there_and_leaves_what_is_not_ours(material, tmp_path):
    opendata.write(material, tmp_path)
    (tmp_path / "mine.txt").write_text("mine")
    fewer = {k: v for k, v in material.outcome.indicators.items() if k != "health"}
    opendata.write(replace(material, outcome=replace(material.outcome, indicators=fewer)), tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert "mine.txt" in left
    assert "health.csv" not in left
    assert "share.csv" in left


@pytest.mark.parametrize("listed", ["../secret.txt", "/etc/passwd", "..", "a/b"])
def test_an_odd_catalogue_cannot_make_us_remove_other_files(material, tmp_path, listed):
    secret = tmp_path / "secret.txt"
    secret.write_text("kept")
    out = tmp_path / "data"
    out.mkdir()
    (out / "catalogue.json").write_text(json.dumps({"resources": [{"path": listed}]}))
    opendata.write(material, out)
    assert secret.read_text() == "kept"


@pytest.mark.parametrize("content", ["not json", "[]", '{"resources": 1}', '{"resources": [1]}', "{}"])
def test_a_broken_catalogue_is_simply_replaced(material, tmp_path, content):
    (tmp_path / "catalogue.json").write_text(content)
    opendata.write(material, tmp_path)
    assert json.loads((tmp_path / "catalogue.json").read_bytes())["resources"]


def test_a_place_that_cannot_be_written_is_a_sentence(material, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="kunde inte skrivas"):
        opendata.write(material, tmp_path / "file" / "data")


def test_a_failure_midway_leaves_whole_files_and_no_litter(material, tmp_path, monkeypatch):
    opendata.write(material, tmp_path)
    before = (tmp_path / "share.csv").read_bytes()

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError):
        opendata.write(material, tmp_path)
    assert (tmp_path / "share.csv").read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
