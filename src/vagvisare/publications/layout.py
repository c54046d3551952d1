"""Where every page lives: addresses of nodes and indicators as paths, and links that work from any folder.

A *place* is a page's path without language and without leading slash: ``""`` is the start page,
``"effektmal/minskad-klimatpaverkan/"`` a goal. Swedish pages stand at the root, English ones under ``en/``.
Links are relative, so that a site works from a domain, from a sub-folder and from a folder on disk.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from vagvisare.editions.document import Node
from vagvisare.followups.document import Focus, FollowUp
from vagvisare.terms.language import Language
from vagvisare.terms.territory import slug

START = ""
GOALS = "mal/"
INDICATORS = "indikator/"
FINDINGS = "fynd/"
FOLLOW_UPS = "uppfoljning/"
REGISTERS = "underlag/"
MATRIX = "samband/"
EDITIONS = "utgavor/"
ABOUT = "om-uppgifterna/"
ACCESSIBILITY = "tillganglighet/"
NOT_FOUND = "404.html"


def node_place(node: Node) -> str:
    """Return the page of a node: its address is the page's path, in every edition."""
    return f"{node.address}/"


def indicator_place(key: str) -> str:
    """Return the page of an indicator: its key with hyphens."""
    return f"{INDICATORS}{key.replace('_', '-')}/"


def follow_up_place(follow_up: FollowUp) -> str:
    """Return the replay page of a follow-up edition."""
    return f"{FOLLOW_UPS}{slug(follow_up.key)}/"


def focus_place(follow_up: FollowUp, focus: Focus) -> str:
    """Return the page of one concerted effort of a follow-up edition."""
    return f"{follow_up_place(follow_up)}{slug(focus.key)}/"


def edition_place(key: str) -> str:
    """Return the page of an edition, which never moves."""
    return f"{EDITIONS}{key}/"


def changes_place(key: str) -> str:
    """Return the page of what changed in an edition."""
    return f"{edition_place(key)}andringar/"


def edition_file(key: str) -> str:
    """Return where the file of an edition lies, the same in both languages."""
    return f"{edition_place(key)}utgava.md"


def path_of(place: str, language: Language) -> str:
    """Return the served path of a place: ``/en/fynd/``."""
    return ("/en/" if language is Language.EN else "/") + place


def file_of(path: str) -> str:
    """Return the file a path is exported to, relative to the site's folder."""
    name = path.lstrip("/")
    return f"{name}index.html" if name == "" or name.endswith("/") else name


@dataclass(frozen=True, slots=True)
class Links:
    """Links as seen from one page.

    ``base`` makes links start at a fixed address instead of being relative (the page for unknown addresses, which
    can be shown anywhere). ``explicit_index`` writes ``index.html`` out, so that pages open from a folder on
    disk. ``query`` is added to links between pages (``?as-of=2022-06-17``).
    """

    place: str
    language: Language
    base: str = ""
    explicit_index: bool = False
    query: str = ""

    def to(self, place: str, anchor: str = "", language: Language | None = None) -> str:
        """Return a link to another page, in this page's language unless another is asked for."""
        path = path_of(place, language or self.language)
        tail = self.query + (f"#{anchor}" if anchor else "")
        if self.explicit_index:
            path = f"/{file_of(path)}"
        return self._seen_from_here(path) + tail

    def asset(self, name: str) -> str:
        """Return a link to a file that is the same every day (style, script)."""
        return self._seen_from_here(f"/{name}")

    def file(self, name: str) -> str:
        """Return a link to a file drawn from the figures (open data, slides), as of the page's own day."""
        return self._seen_from_here(f"/{name}") + self.query

    def _seen_from_here(self, path: str) -> str:
        if self.base:
            return self.base.rstrip("/") + path
        here = path_of(self.place, self.language)
        folder = here if here.endswith("/") else posixpath.dirname(here)
        relative = posixpath.relpath(path, folder)
        return relative + "/" if path.endswith("/") else relative
