"""The English site is English: no page of the bundled strategy shows Swedish that is not marked as Swedish.

Two nets: words that Swedish needs and English does not have, and words with å, ä or ö that are no names of places.
The second part tests how our own words fall back to Swedish where a folder has no English.
"""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vagvisare import flow
from vagvisare.publications import html, layout
from vagvisare.publications.pages.lists import read_from_words
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import NARROW_NO_BREAK_SPACE, Language
from vagvisare.terms.territory import TERRITORIES

ROOT = Path(__file__).parents[2]
SWEDISH = frozenset(
    re.findall(
        r"\w+",
        "och att som är inte av på med från för det ett eller vid vad här där även bara hos länet län kommun kommuner"
        " riket andelen antalet mål målet område områden samma saknas skriver källan",
    )
)
"""Words of which any Swedish sentence has some. Those that English has too (i, de, om, under, till) are left out."""
NAMES = {name for place in TERRITORIES.values() for name in re.findall(r"\w+", place.name.en)} | {"Mälardalen"}
PROPER = ("Hälso- och sjukvårdsbarometern", "Liv & hälsa ung", "(Tillväxtanalys)", "(Brå)")
"""Surveys and agencies by their own names, in sentences that say in English what they are."""
SHOWN = ("alt", "title", "aria-label", "content", "placeholder", "data-shown")
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Shown(HTMLParser):
    """Collects what an English reader sees or hears, without elements that are marked as Swedish, code and links."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.words, self.swedish = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        apart = (
            (self.open and self.open[-1][1])
            or (given.get("lang") == "sv" and tag != "html")
            or tag in ("style", "script", "code")
        )
        if not apart:
            self.words += [given[name] for name in SHOWN if given.get(name) and tag != "cite"]
        if tag not in VOID:
            self.open.append((tag, apart))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        (self.swedish if self.open and self.open[-1][1] else self.words).append(data)

    @property
    def text(self):
        found = " ".join(" ".join(self.words).split())
        for name in PROPER:
            found = found.replace(name, " ")
        # A slip of the source that a note speaks of stands within quotation marks.
        return re.sub(r"“[^”]{1,40}”", " ", found)


def unmarked(page):
    """Return the Swedish words of a page that no element marks as Swedish."""
    words = re.findall(r"[^\W\d_]+", Shown(page).text)
    foreign = {word for word in words if re.search("[åäöÅÄÖ]", word) and word not in NAMES}
    return foreign | {word for word in words if word.lower() in SWEDISH}


@pytest.fixture(scope="module")
def orebro():
    return html.Site(flow.material(flow.read_folder(ROOT / "strategies/orebro")))


@pytest.fixture(scope="module")
def english(orebro):
    paths = [path for path in orebro.paths() if path.startswith("/en/")]
    assert len(paths) > 150
    return {path: orebro.render(path).body.decode() for path in paths}


def test_the_nets_catch_swedish():
    assert unmarked("<p>Källan skriver så</p>") == {"Källan", "skriver", "så"}
    assert unmarked('<p><b lang="sv">Källan skriver</b> The source <i>inte</i></p>') == {"inte"}
    assert unmarked('<img alt="Mål"><p>Västra Götaland County</p>') == {"Mål"}


def test_no_english_page_shows_swedish_that_is_not_marked(english):
    assert {path: found for path, page in english.items() if (found := unmarked(page))} == {}


def test_our_own_words_are_english_there_and_swedish_here(orebro, english):
    register, edition = orebro.digest.outcome.strategy.register, orebro.digest.edition
    ours = {
        layout.REGISTERS: [(a.role, a.role_en) for a in register.actors]
        + [(e.note, e.note_en) for e in register.evidence],
        layout.ABOUT: [
            *((e.note, e.note_en) for e in orebro.digest.outcome.strategy.editions),
            *((r.note, r.note_en) for r in orebro.digest.material.receipts.values()),
            *((r.licence, r.licence_en) for r in orebro.digest.material.receipts.values()),
        ],
        **{f"{n.address}/": [(n.note, n.note_en)] for n in edition.nodes if n.note and n.level == "area"},
    }
    assert len(ours) > 7
    for place, pairs in ours.items():
        here, there = orebro.render(f"/{place}").body.decode(), english[f"/en/{place}"]
        read_here, read_there = (" ".join(t.split()) for t in ("".join(Everything(x).words) for x in (here, there)))
        for swedish, our_english in ((" ".join(x.split()), " ".join(y.split())) for x, y in pairs):
            assert swedish in read_here, (place, swedish)
            assert our_english in read_there, (place, our_english)
            assert not swedish or swedish not in read_there, (place, swedish)


def test_nothing_we_say_lacks_english(orebro):
    outcome = orebro.digest.outcome
    editions, register = outcome.strategy.editions, outcome.strategy.register
    results = [r for f in outcome.follow_ups for focus in f.focuses for r in focus.results]
    noted = [*editions, *(n for e in editions for n in e.nodes), *register.evidence, *results]
    pairs = [(x.note, x.note_en) for x in (*noted, *orebro.digest.material.receipts.values())]
    pairs += [(a.role, a.role_en) for a in register.actors] + [(one.rationale, one.english) for one in register.links]
    pairs += [(r.licence, r.licence_en) for r in orebro.digest.material.receipts.values()]
    pairs += [(e.title, e.english) for e in editions]
    assert sum(bool(sv) for sv, _ in pairs) > 100
    assert [sv for sv, en in pairs if bool(sv) != bool(en) or (sv and sv == en)] == []


class Everything(Shown):
    """Collects all text, whatever its language."""

    def handle_data(self, data):
        self.words.append(data)


def test_the_source_s_reason_stands_beside_our_translation(orebro, english):
    link = orebro.digest.outcome.strategy.register.links[0]
    for path in ("/en/omrade/kompetensforsorjning-och-matchning/", f"/en/{layout.MATRIX}"):
        assert (
            f'<q class="said">{link.english}</q> <span class="original" lang="sv">”{link.rationale}”</span>'
            in (english[path])
        )


def test_bodies_are_named_by_the_register_of_actors(orebro, english):
    assert "The regional cooperation council, dated" in Shown(english[f"/en/{layout.FOLLOW_UPS}"]).text
    assert "Regionala samverkansrådet, daterad" in Shown(orebro.render(f"/{layout.FOLLOW_UPS}").body.decode()).text


# Folders without English


def without_english(site):
    """The same site where nobody has translated our own words."""
    outcome = site.digest.outcome
    register, edition = outcome.strategy.register, outcome.strategy.edition
    bare = replace(
        register,
        actors=tuple(replace(a, english="", role_en="") for a in register.actors),
        links=tuple(replace(one, english="") for one in register.links),
        evidence=tuple(replace(e, note_en="") for e in register.evidence),
    )
    plain = replace(edition, english="", note_en="", nodes=tuple(replace(n, note_en="") for n in edition.nodes))
    editions = tuple(plain if e is edition else e for e in outcome.strategy.editions)
    material = site.digest.material
    receipts = {key: replace(r, note_en="", licence_en="") for key, r in material.receipts.items()}
    strategy = replace(outcome.strategy, register=bare, editions=editions)
    return html.Site(replace(material, outcome=replace(outcome, strategy=strategy), receipts=receipts))


@pytest.mark.parametrize(
    "place",
    [layout.REGISTERS, layout.ABOUT, layout.MATRIX, layout.FOLLOW_UPS, "omrade/kompetensforsorjning-och-matchning/"],
)
def test_without_english_the_swedish_stands_and_is_marked(orebro, place):
    site = without_english(orebro)
    page = site.render(f"/en/{place}").body.decode()
    assert unmarked(page) == set()
    assert len(Shown(page).text) < len(Shown(orebro.render(f"/en/{place}").body.decode()).text)


# Figures and their receipts


def receipt(read_from):
    return Receipt("x", "X", "P", "1", "CC0", "percent", date(2026, 1, 1), read_from, "yearly", 1, "0" * 64)


@pytest.mark.parametrize(
    ("stored", "swedish", "said"),
    [
        ("A/b, public data files 2026", "A/b, publika datafiler 2026", "A/b, public data files 2026"),
        ("some_name", "samlingen ”some_name”", "the collection “some_name”"),
        ("Provmyndighetens tabell", "Provmyndighetens tabell", "Provmyndighetens tabell"),
        ("", "", ""),
    ],
)
def test_what_was_read_is_said_in_the_page_s_language(stored, swedish, said):
    assert read_from_words(receipt(stored), Language.SV) == swedish
    assert read_from_words(receipt(stored), Language.EN) == said


def test_notes_of_receipts_show_no_raw_keys(orebro):
    receipts = orebro.digest.material.receipts
    raw = {*receipts, *orebro.digest.outcome.indicators}
    for name, one in receipts.items():
        assert not {word for word in re.findall(r"\w+", one.note + one.note_en) if "_" in word and word in raw}, name
    page = Shown(orebro.render("/om-uppgifterna/").body.decode()).text
    assert "public data" not in page
    assert "publika datafiler 2026" in page


def test_numbers_never_break_in_what_the_folder_says_in_swedish(orebro):
    thousand = f"1{NARROW_NO_BREAK_SPACE}000"
    indicator = orebro.digest.outcome.indicators["new_companies_per_1000"]
    for text in (indicator.title, indicator.subject, indicator.unit_words.name):
        assert thousand in text.sv
        assert "1,000" in text.en
    texts = [text for i in orebro.digest.outcome.indicators.values() for text in (i.title, i.definition, *i.notes)]
    assert not [text.sv for text in texts if re.search(r"\d 000\b", text.sv)]
