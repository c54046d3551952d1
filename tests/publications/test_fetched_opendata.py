"""Open data about fetched figures: where they came from, when, and on whose word. Every figure is made up."""

import json
import runpy
from pathlib import Path

import pytest

from vagvisare.publications import opendata

MADE_UP = runpy.run_path(str(Path(__file__).with_name("fetched.py")))
Kept, dataset, figures, indicator = (MADE_UP[name] for name in ("Kept", "dataset", "figures", "indicator"))
CONFIRMED = {"confirmed_by": "Eva Ek", "confirmed_why": "Källan har bekräftat"}


def kept(**more):
    made = Kept()
    made.publish("2026-12-01", replies=("a" * 64,), **({"updated": "2026-11-30T08:00:00Z"} | more))
    return made


def read(material, name):
    return json.loads(opendata.file(material, name))


def portal(material, key="share"):
    told = read(material, "dcat.jsonld")
    return next((each for each in told["dcat:dataset"] if each["dct:identifier"] == key), None)


def notes(material, key="share"):
    (told,) = read(material, f"{key}.json")["notes"]
    return told


def test_the_description_tells_how_the_figures_came():
    (source,) = notes(kept(**CONFIRMED).material())["sources"]
    assert source["fetched"] == {
        "source": "kolada",
        "at": "2026-12-01T06:30:00+00:00",
        "edition": "2026-11-30T08:00:00Z",
        "query": "q1",
        "replies": ["a" * 64],
        "confirmed": {"by": "Eva Ek", "why": "Källan har bekräftat"},
    }


def test_what_nobody_said_is_null_and_never_an_empty_text():
    (source,) = notes(kept(updated="").material())["sources"]
    assert source["fetched"]["edition"] is None
    assert source["fetched"]["confirmed"] is None
    looked = kept(confirmed_by="Eva Ek").material()
    assert notes(looked)["sources"][0]["fetched"]["confirmed"] == {"by": "Eva Ek", "why": None}


def test_figures_of_the_folder_itself_say_that_they_were_not_fetched():
    typed = kept(source="", fetched="", query="", updated="", source_id="PROV-1").material()
    assert notes(typed)["sources"][0]["fetched"] is None
    told = portal(typed)
    assert told["dct:source"] == ["PROV-1"]
    assert "dct:provenance" not in told
    assert told["dct:modified"] == {"@value": "2026-12-01", "@type": "xsd:date"}


def test_the_portals_catalogue_tells_the_source_its_day_and_the_provenance():
    told = portal(kept(**CONFIRMED).material())
    (source,) = told["dct:source"]
    assert source["dct:identifier"] == "kolada:share"
    assert source["dct:publisher"]["foaf:name"] == "Provmyndigheten"
    assert source["dct:issued"] == {"@value": "2026-11-30T08:00:00Z", "@type": "xsd:dateTime"}
    assert told["dct:modified"] == {"@value": "2026-12-01T06:30:00+00:00", "@type": "xsd:dateTime"}
    (statement,) = told["dct:provenance"]
    assert statement["@type"] == "dct:ProvenanceStatement"
    swedish, english = (words["@value"] for words in statement["rdfs:label"])
    assert swedish == (
        "Hämtat 2026-12-01T06:30:00+00:00 från kolada (kolada:share). "
        "Stoppades av en kontroll och godkändes av Eva Ek: ”Källan har bekräftat”"
    )
    assert english.endswith("Stopped by a check, and accepted by Eva Ek: “Källan har bekräftat”")


@pytest.mark.parametrize(
    ("mark", "kind"),
    [("2026-11-30", "xsd:date"), ("2026-11-30T08:00:00", "xsd:dateTime"), ("v7;2026-11-30", "xsd:date"), ("v7", None)],
)
def test_only_a_mark_that_is_a_date_is_one(mark, kind):
    (source,) = portal(kept(updated=mark).material())["dct:source"]
    assert source.get("dct:issued", {}).get("@type") == kind


def test_figures_accepted_later_changed_on_the_day_of_the_decision():
    made = Kept()
    made.publish("2026-12-05", fetched="2026-12-01T06:30:00+00:00", **CONFIRMED)
    assert portal(made.material())["dct:modified"] == {"@value": "2026-12-05", "@type": "xsd:date"}


def test_as_of_a_day_before_the_fetch_nothing_has_been_modified_after_it():
    assert portal(kept().material("2026-11-15"))["dct:modified"] == {"@value": "2026-11-15", "@type": "xsd:date"}


def terms(told):
    if isinstance(told, dict):
        yield from (name for name in told if not name.startswith("@"))
        yield from [told["@type"]] if "@type" in told else []
        for value in told.values():
            yield from terms(value)
    elif isinstance(told, list):
        for value in told:
            yield from terms(value)


def test_every_term_belongs_to_a_declared_vocabulary():
    told = read(kept(**CONFIRMED).material(), "dcat.jsonld")
    declared = set(told.pop("@context"))
    assert {"dct:provenance", "dct:ProvenanceStatement"} <= set(terms(told))
    assert {name.partition(":")[0] for name in terms(told)} <= declared


def test_the_data_package_names_the_sources_of_each_table():
    told = {each["path"]: each for each in read(kept().material(), "catalogue.json")["resources"]}
    assert told["share.csv"]["sources"] == [
        {"title": "Provmyndigheten, kolada:share", "recorded": "2026-12-01", "fetched": "2026-12-01T06:30:00+00:00"}
    ]
    assert "sources" not in told["findings.json"]


def test_preliminary_periods_are_listed():
    made = Kept()
    made.publish("2026-12-01", table=figures(last="P"))
    assert notes(made.material())["preliminary"] == ["2025"]
    assert notes(kept().material())["preliminary"] == []


def test_of_an_indicator_without_figures_there_is_no_table_and_no_data_set():
    made = Kept([indicator(), indicator("unseen")], [dataset(), dataset("unseen")])
    made.publish("2026-12-01")
    material = made.material()
    assert not [name for name in opendata.names(material) if name.startswith("unseen")]
    assert portal(material, "unseen") is None
    assert portal(material) is not None
