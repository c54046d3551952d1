"""The whole site, every page in both languages, from a synthetic outcome: whole, strict, safe and linked."""

import itertools
import re
import runpy
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest

from vagvisare.publications import html, layout
from vagvisare.publications.layout import Links
from vagvisare.terms.errors import OutputError, UnknownError
from vagvisare.terms.language import Language, Text

MADE_UP = runpy.run_path(str(Path(__file__).parents[1] / "web" / "synthetic.py"))
MATERIAL = MADE_UP["material"]()
SITE = html.Site(MATERIAL)
PAGES = [path for path in SITE.paths() if not path.startswith("/static/")]
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Reader(HTMLParser):
    """Reads a page strictly: every tag closed in order, and what a reader of structure needs is kept."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.words = [], [], []
        self.feed(text)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> out of order"

    def handle_data(self, data):
        self.words.append(data)

    def all(self, *names):
        return [(tag, attrs) for tag, attrs, _ in self.tags if tag in names]

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def read(path, site=SITE):
    return Reader(site.render(path).body.decode())


@pytest.fixture(scope="module")
def pages():
    return {path: read(path) for path in PAGES}


def test_paths_are_unique_and_in_both_languages():
    assert len(set(SITE.paths())) == len(SITE.paths())
    swedish = {path for path in PAGES if not path.startswith("/en/")}
    assert {f"/en{path}" for path in swedish} == set(PAGES) - swedish


def test_addresses_of_nodes_and_indicators_are_paths():
    assert "/effektmal/provmal/" in PAGES
    assert "/omrade/provomrade/" in PAGES
    assert "/indikator/share/" in PAGES
    assert "/uppfoljning/2022/" in PAGES
    assert "/uppfoljning/2022/inkludering/" in PAGES
    assert all(re.fullmatch(r"[a-z0-9/.-]+", path) for path in PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole(path, pages):
    page = pages[path]
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert [above for tag, _, above in page.tags if tag == "title" and "head" in above] == [("html", "head")]
    lang = next(attrs["lang"] for _, attrs in page.all("html"))
    assert lang == ("en" if path.startswith("/en/") else "sv")
    levels = [int(tag[1]) for tag, _ in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), levels
    ids = Counter(attrs["id"] for _, attrs, _ in page.tags if attrs.get("id"))
    assert [name for name, n in ids.items() if n > 1] == []
    for _, attrs, _ in page.tags:
        for name in (attrs.get("aria-labelledby") or "").split():
            assert name in ids, name


@pytest.mark.parametrize("path", PAGES)
def test_nothing_inline_and_nothing_from_elsewhere(path, pages):
    for tag, attrs, _ in pages[path].tags:
        assert "style" not in attrs, (tag, attrs)
        assert not [name for name in attrs if name.startswith("on")]
        assert tag != "style"
        if tag == "script":
            assert attrs["src"].endswith("static/site.js")
        for name in ("src", "href"):
            assert not urlsplit(attrs.get(name) or "").scheme, attrs
            assert not (attrs.get(name) or "").startswith("//"), attrs


@pytest.mark.parametrize("path", PAGES)
def test_nothing_undefined_shines_through(path, pages):
    text = pages[path].text
    assert not re.search(r"\b(None(?! of)|nan|inf|[Uu]ndefined|Text\()\b", text)
    assert "{" not in text
    if not path.startswith("/en/"):
        assert not re.search(r"\d\.\d+\s(procent|%|tusen)", text)


@pytest.mark.parametrize("path", PAGES)
def test_tables_are_named_and_their_headers_scoped(path, pages):
    page = pages[path]
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(attrs.get("scope") in ("col", "row") for _, attrs in page.all("th"))
    for tag, attrs, above in page.tags:
        if tag == "table" and "details" not in above:
            assert "div" in above, "a wide table scrolls in a region of its own"
        if attrs.get("class") == "scroll":
            assert (attrs["role"], attrs["tabindex"]) == ("region", "0")
            assert attrs["aria-label"]


@pytest.mark.parametrize("explicit_index", [False, True])
def test_every_link_leads_somewhere(explicit_index):
    site = html.Site(MATERIAL, explicit_index=explicit_index, past_pages=False)
    known = {layout.file_of(path) for path in site.paths()}
    data = {f"data/{key}.{kind}" for key in MATERIAL.outcome.indicators for kind in ("csv", "parquet", "json")}
    known |= data | {"data/catalogue.json"} | set(html.DECK_FILE.values())
    for path in PAGES:
        page = read(path, site)
        ids = {attrs["id"] for _, attrs, _ in page.tags if attrs.get("id")}
        for _, attrs in page.all("a", "link"):
            href = attrs["href"]
            if href.startswith("#"):
                assert href[1:] in ids, (path, href)
                continue
            target = urlsplit(href).path
            if explicit_index:
                assert not target.endswith("/"), (path, href)
            absolute = target if target.startswith("/") else normpath(f"{path.rpartition('/')[0]}/{target}")
            absolute += "/" if target.endswith("/") and not absolute.endswith("/") else ""
            assert layout.file_of(unquote(absolute)) in known, (path, href)


def test_links_to_a_computation_point_at_an_anchor_on_that_page(pages):
    found = 0
    for path, page in pages.items():
        for _, attrs in page.all("a"):
            parts = urlsplit(attrs["href"])
            if parts.fragment.startswith("fynd-"):
                target = normpath(f"{path}{parts.path}") + "/"
                ids = {a["id"] for _, a, _ in pages[target].tags if a.get("id")}
                assert parts.fragment in ids
                found += 1
    assert found > 10


def test_an_indicator_page_opens_with_its_best_sentence_and_shows_the_four_answers(pages):
    page = pages["/indikator/emissions/"]
    assert "Provutsläppen i Örebro län minskar för långsamt" in page.text
    order = [page.text.index(word) for word in ("Nivå", "Riktning", "Takt mot mål", "Jämförelse", "Så räknade vi")]
    assert order == sorted(order)
    assert "vagvisare explain emissions.18.PACE" in page.text


def test_english_pages_mark_the_regions_own_words_and_our_translation(pages):
    page = pages["/en/effektmal/provmal/"]
    assert "our translation" in page.text
    swedish = [attrs for tag, attrs in page.all("span") if attrs.get("lang") == "sv"]
    assert swedish
    assert "Invented effect goal" in page.text


def test_unknown_links_are_told_to_be_unknown(pages):
    assert "ej angivet i källan" in pages["/omrade/provomrade/"].text.lower()
    assert "Källorna anger 0 av 1 möjliga samband" in pages["/samband/"].text


def test_the_replay_shows_both_days_and_marks_what_is_reconstructed(pages):
    text = pages["/uppfoljning/2022/"].text
    assert "17 juni 2022" in text
    assert "21 november 2026" in text
    assert "rekonstruerat" in text
    assert "Av 7 påståenden" in text


def test_figures_are_marked_reconstructed_where_they_are():
    past = html.Site(MADE_UP["material"](as_of=date(2022, 6, 17)), query="?as-of=2022-06-17")
    page = read("/indikator/share/", past)
    assert "Vad som var känt den dagen" in page.text
    assert "så som den hade sett ut den 17 juni 2022" in page.text
    internal = [a["href"] for _, a in page.all("a") if a["href"].startswith("..")]
    assert internal
    assert all("?as-of=2022-06-17" in href for href in internal)


def test_a_synthetic_strategy_says_that_it_is_one(pages):
    assert all("Exempel." in page.text for path, page in pages.items() if not path.startswith("/en/"))


def test_hostile_words_stay_words():
    hostile = '<script>alert("x")</script><b>'
    indicators = {key: replace(item, title=Text(hostile, hostile)) for key, item in MATERIAL.outcome.indicators.items()}
    found = tuple(replace(f, sentence=Text(hostile, hostile)) for f in MATERIAL.outcome.findings)
    site = html.Site(replace(MATERIAL, outcome=replace(MATERIAL.outcome, indicators=indicators, findings=found)))
    for path in PAGES:
        body = site.render(path).body.decode()
        assert "<script>alert" not in body
        assert '<b>"' not in body
        Reader(body)


def test_a_folder_without_follow_ups_or_registers_still_has_a_site():
    bare = html.Site(MADE_UP["material"](with_follow_up=False))
    for path in bare.paths():
        assert bare.render(path).body
    assert "ingen uppföljning" in read("/uppfoljning/", bare).text


def test_an_indicator_without_figures_here_says_so():
    elsewhere = replace(MATERIAL.outcome, territory="20", findings=(), history=None)
    judgements = {k: v for k, v in elsewhere.judgements.items() if k.territory != "20"}
    site = html.Site(replace(MATERIAL, outcome=replace(elsewhere, judgements=judgements)))
    assert "Det finns inga siffror för Dalarnas län" in read("/indikator/share/", site).text
    for path in site.paths():
        assert site.render(path).body


def test_the_page_for_unknown_addresses_links_from_the_root():
    page = read("/404.html")
    assert all(a["href"].startswith(("/", "#")) for _, a in page.all("a", "link"))


@pytest.mark.parametrize("path", ["/nope/", "indikator/share/", "/indikator/share", "/../etc/passwd", "", "/static/x"])
def test_an_unknown_path_is_refused(path):
    with pytest.raises(UnknownError) as refused:
        SITE.render(path)
    assert refused.value.what.sv
    assert refused.value.what.en


def test_rendering_is_the_same_every_time():
    assert html.Site(MATERIAL).render("/").body == SITE.render("/").body
    assert [page.path for page in html.pages(MATERIAL)] == SITE.paths()


def test_the_export_is_whole_and_takes_the_place_of_the_old(tmp_path):
    out = tmp_path / "site"
    out.mkdir()
    (out / "old.html").write_text("old")
    written = html.write_site(MATERIAL, out)
    files = {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()}
    assert files == {layout.file_of(path) for path in SITE.paths()}
    assert len(files) == written
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_failed_export_leaves_the_old_site_untouched(tmp_path, monkeypatch):
    out = tmp_path / "site"
    html.write_site(MATERIAL, out)
    before = (out / "index.html").read_bytes()

    def refuse(self, path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(html.Site, "render", refuse)
    with pytest.raises(OutputError) as failed:
        html.write_site(MATERIAL, out)
    assert "No space left" in failed.value.what.sv
    assert (out / "index.html").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("", "fynd/", "fynd/"),
        ("fynd/", "", "../"),
        ("effektmal/a/", "indikator/b/", "../../indikator/b/"),
        ("404.html", "fynd/", "fynd/"),
    ],
)
def test_links_are_relative(here, there, expected):
    assert Links(here, Language.SV).to(there) == expected


def test_links_across_languages_and_to_files():
    links = Links("effektmal/a/", Language.SV)
    assert links.to("effektmal/a/", language=Language.EN) == "../../en/effektmal/a/"
    assert Links("", Language.EN).to("", language=Language.SV) == "../"
    assert links.asset("static/site.css") == "../../static/site.css"
    assert Links("", Language.SV, explicit_index=True).to("fynd/", "x") == "fynd/index.html#x"
    assert Links("", Language.SV, query="?as-of=2022-01-01").file("data/a.csv") == "data/a.csv?as-of=2022-01-01"
