"""The public site: every page of a follow-up in Swedish and English, rendered one by one or written as files.

``Site`` knows which pages there are and renders any of them on demand (the served version);
``write_site`` writes them all (the static export). Both give the same pages.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from vagvisare.editions.document import Node
from vagvisare.publications import layout
from vagvisare.publications.layout import Links
from vagvisare.publications.markdown import markdown
from vagvisare.publications.material import Material
from vagvisare.publications.pages import editions, followup, indicator, lists, strategy
from vagvisare.publications.pages.view import Digest, View
from vagvisare.publications.pages.words import catalogue
from vagvisare.terms.errors import OutputError, UnknownError
from vagvisare.terms.language import Language, Text

HTML = "text/html; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
ASSETS = {"static/site.css": "text/css; charset=utf-8", "static/site.js": "text/javascript; charset=utf-8"}
DECK_FILE = {Language.SV: "bildspel.pptx", Language.EN: "bildspel-en.pptx"}
"""Where the deck lies beside the pages, by language."""

Builder = Callable[[View], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: its served path, its bytes and their type."""

    path: str
    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One kind of page at one place: its template, what it shows, and where it stands in the menu."""

    place: str
    template: str
    build: Builder
    section: str = ""


class Site:
    """All pages of one material.

    Args:
        material: the outcome and the receipts of its figures.
        explicit_index: write ``index.html`` in links, so that pages open from a folder on disk.
        base: address of the site's root for the page that may be shown anywhere (the one for unknown addresses).
        past_pages: link earlier days to the same page as of that day; only a server can answer such links.
        query: added to links between pages, for a site shown as of an earlier day (``?as-of=2022-06-17``).
    """

    def __init__(
        self,
        material: Material,
        *,
        explicit_index: bool = False,
        base: str = "/",
        query: str = "",
        past_pages: bool = True,
    ) -> None:
        self.digest = Digest(material)
        self._explicit_index, self._base, self._query = explicit_index, base, query
        self._past_pages = past_pages
        self._leaves = {leaf.place: leaf for leaf in _leaves(self.digest)}
        self._texts = {layout.edition_file(key): raw for key, raw in material.editions.items()}

    def paths(self) -> list[str]:
        """Return the served path of every page and asset, in a stable order."""
        pages = [layout.path_of(place, language) for language in Language for place in self._leaves]
        return [*pages, *(f"/{name}" for name in (*ASSETS, *self._texts))]

    def render(self, path: str) -> Page:
        """Render one page.

        Raises:
            UnknownError: when the site has no such page.
        """
        name = path.lstrip("/")
        if name in ASSETS:
            return Page(path, _asset(name), ASSETS[name])
        if path.startswith("/") and name in self._texts:
            return Page(path, self._texts[name], MARKDOWN)
        language = Language.EN if name == "en" or name.startswith("en/") else Language.SV
        leaf = self._leaves.get(name.removeprefix("en/") if language is Language.EN else name)
        if leaf is None or not path.startswith("/"):
            raise UnknownError(
                Text(f"Sidan {path} finns inte.", f"There is no page {path}."),
                remedy=Text("Gå till startsidan.", "Go to the start page."),
            )
        return Page(path, self._html(leaf, language), HTML)

    def _html(self, leaf: Leaf, language: Language) -> bytes:
        base = self._base if leaf.place == layout.NOT_FOUND else ""
        links = Links(leaf.place, language, base, self._explicit_index, self._query)
        view = View(self.digest, language, links)
        text = _template(leaf.template).render(
            **leaf.build(view),
            view=view,
            w=catalogue(language),
            links=links,
            lang=language.value,
            other=Language.SV if language is Language.EN else Language.EN,
            section=leaf.section,
            menu=_menu(self.digest, self._leaves),
            deck=DECK_FILE[language],
            as_of_shown=bool(self._query),
            past_pages=self._past_pages,
        )
        return text.encode()


def pages(material: Material) -> Iterator[Page]:
    """Render every page and asset of a site, one by one."""
    site = Site(material)
    return (site.render(path) for path in site.paths())


def write_site(material: Material, out: Path, *, explicit_index: bool = True) -> int:
    """Write the whole site to the folder ``out`` and return how many files were written.

    Everything is written to a temporary folder beside ``out`` which then takes its place, so that readers never
    meet half a site. Links carry ``index.html`` unless ``explicit_index`` is False, so that a double click works.

    Raises:
        OutputError: when the folder cannot be written.
    """
    site = Site(material, explicit_index=explicit_index, past_pages=False)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as scratch:
            fresh, old = Path(scratch, "new"), Path(scratch, "old")
            for path in site.paths():
                target = fresh / layout.file_of(path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(site.render(path).body)
            fresh.chmod(0o755)
            if out.exists():
                out.rename(old)
            fresh.rename(out)
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            Text(
                f"Webbplatsen kunde inte skrivas till {out}: {error.strerror or error}.",
                f"The site could not be written to {out}: {error.strerror or error}.",
            ),
            meaning=Text("Det som låg där tidigare är orört.", "What lay there before is untouched."),
            remedy=Text(
                "Välj en annan mapp, eller ge rätt att skriva dit.", "Choose another folder, or allow writing."
            ),
        ) from error
    return len(site.paths())


def _leaves(digest: Digest) -> Iterator[Leaf]:
    yield Leaf(layout.START, "start.html", strategy.start, "start")
    yield Leaf(layout.GOALS, "goals.html", strategy.goals, "goals")
    yield from _node_leaves(digest)
    yield Leaf(layout.INDICATORS, "indicators.html", lists.indicators, "indicators")
    for key, item in digest.outcome.indicators.items():
        build = partial(indicator.context, indicator=item)
        yield Leaf(layout.indicator_place(key), "indicator.html", build, "indicators")
    yield Leaf(layout.FINDINGS, "findings.html", lists.findings, "findings")
    yield from _follow_up_leaves(digest)
    yield from _edition_leaves(digest)
    yield Leaf(layout.REGISTERS, "registers.html", lists.registers, "registers")
    yield Leaf(layout.MATRIX, "matrix.html", strategy.matrix, "areas")
    yield Leaf(layout.ABOUT, "about.html", lists.about, "about")
    yield Leaf(layout.ACCESSIBILITY, "accessibility.html", _nothing, "")
    yield Leaf(layout.NOT_FOUND, "404.html", _nothing, "")


def _node_leaves(digest: Digest) -> Iterator[Leaf]:
    lists_: dict[str, list[Node]] = {}
    for node in digest.edition.nodes:
        section = "areas" if node.address.startswith("omrade/") else "goals"
        yield Leaf(layout.node_place(node), "node.html", partial(strategy.node, subject=node), section)
        prefix, slash, rest = node.address.partition("/")
        if slash and "/" not in rest:
            lists_.setdefault(f"{prefix}/", []).append(node)
    for prefix, nodes in lists_.items():
        if prefix != layout.GOALS:
            section = "areas" if prefix == "omrade/" else "goals"
            build = partial(strategy.node_index, prefix=prefix, nodes=nodes)
            yield Leaf(prefix, "node_index.html", build, section)


def _follow_up_leaves(digest: Digest) -> Iterator[Leaf]:
    yield Leaf(layout.FOLLOW_UPS, "follow_ups.html", followup.index, "follow_ups")
    for edition in digest.outcome.follow_ups:
        place = layout.follow_up_place(edition)
        yield Leaf(place, "replay.html", partial(followup.replay, follow_up=edition), "follow_ups")
        for focus in edition.focuses:
            build = partial(followup.effort, follow_up=edition, focus=focus)
            yield Leaf(layout.focus_place(edition, focus), "effort.html", build, "follow_ups")


def _edition_leaves(digest: Digest) -> Iterator[Leaf]:
    told = digest.outcome.strategy
    yield Leaf(layout.EDITIONS, "editions.html", editions.index, "editions")
    for each in told.editions:
        yield Leaf(layout.edition_place(each.key), "edition.html", partial(editions.edition, shown=each), "editions")
        if editions.earlier_of(told, each) is not None:
            build = partial(editions.changes, shown=each)
            yield Leaf(layout.changes_place(each.key), "edition_changes.html", build, "editions")
    for address, where in editions.gone(told).items():
        build = partial(editions.former, address=address, where=where)
        yield Leaf(f"{address}/", "node_gone.html", build, "editions")


def _nothing(_: View) -> dict[str, Any]:
    return {}


def _menu(digest: Digest, leaves: dict[str, Leaf]) -> list[tuple[str, str]]:
    entries = [("goals", layout.GOALS)]
    if "omrade/" in leaves:
        entries.append(("areas", "omrade/"))
    entries += [("indicators", layout.INDICATORS), ("findings", layout.FINDINGS)]
    newest = max(digest.outcome.follow_ups, key=lambda f: f.dated, default=None)
    entries.append(("follow_ups", layout.follow_up_place(newest) if newest else layout.FOLLOW_UPS))
    return [*entries, ("editions", layout.EDITIONS), ("registers", layout.REGISTERS), ("about", layout.ABOUT)]


@cache
def environment() -> Environment:
    """Return the template environment: escaping always on, anything undefined an error."""
    made = Environment(
        loader=PackageLoader("vagvisare.publications", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(layout=layout, change_words=strategy.change_words, markdown=markdown)
    return made


@cache
def _template(name: str) -> Template:
    return environment().get_template(name)


@cache
def _asset(name: str) -> bytes:
    return resources.files("vagvisare.publications").joinpath(name).read_bytes()
