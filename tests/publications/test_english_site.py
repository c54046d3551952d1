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
from vagvisare.publications import html
from vagvisare.publications.pages.lists import read_from_words
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import NARROW_NO_BREAK_SPACE, Language
from vagvisare.terms.territory import TERRITORIES

ROOT = Path(__file__).parents[2]
SWEDISH = frozenset(
    "och att som är inte av på med till från för den det de ett eller om vid vad var här där även bara hos"
    " länet län kommun kommuner riket andelen antalet mål målet område områden samma saknas skriver källan".split()
)
"""Words of which any Swedish sentence has some. Those that English has too (i, en, under, men, till) are left out."""
NEVER = SWEDISH - {"till", "den", "de", "var", "om"}
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
        apart = (self.open and self.open[-1][1]) or given.get("lang") == "sv" or tag in ("style", "script", "code")
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
    return foreign | {word for word in words if word.lower() in NEVER}


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
