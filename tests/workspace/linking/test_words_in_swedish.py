"""On an English page, the strategy's words that are only in Swedish say so; a Swedish page needs no such mark."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

pytestmark = pytest.mark.django_db

MARK = "åländskt"
"""A made-up word in everything here that is written in Swedish only, and in nothing else."""
VOID = {"meta", "link", "input", "br", "hr", "img"}
WRITTEN = {"input", "textarea", "button", "html"}
"""Elements that may name a language on any page: where one writes, the switch between the languages, the page."""
PAGES = {
    "a part": "/arbete/utkast/2026/?nod=omrade/1",
    "drafts": "/arbete/utkast/",
    "contributions": "/arbete/utkast/2026/bidrag/?cell=omrade/1|effektmal/arbete",
    "conflicts": "/arbete/utkast/2026/malkonflikter/",
    "screening": "/arbete/utkast/2026/perspektiv/",
    "themes": "/arbete/utkast/2026/teman/?tema=digitalt",
    "changes": "/arbete/utkast/2026/andringar/",
    "changes beside": "/arbete/utkast/2026/andringar/?visa=i-texten",
    "a reason": "/arbete/utkast/2026/andringar/skal/?nod=omrade/1",
    "main changes": "/arbete/utkast/2026/andringar/viktigaste/",
    "statements": "/arbete/utkast/2026/andringar/pastaenden/",
    "editions": "/arbete/utgavor/",
    "an edition": "/arbete/utgavor/2020/",
    "evidence": "/arbete/register/evidence/",
    "an entry": "/arbete/register/evidence/post/rapport/",
    "effect": "/arbete/utkast/verkan/underlag/rapport/",
    "evidence and areas": "/arbete/register/underlag-och-omraden/",
    "trends": "/arbete/register/trends/",
    "the map": "/arbete/karta/?utkast=2026",
    "around one thing": "/arbete/karta/?fran=area:omrade/1",
}


class Shown(HTMLParser):
    """Collects the text of a page's body with its language, and which elements name one."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.texts, self.marked = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        spoken = dict(attrs).get("lang")
        if spoken:
            self.marked.append(tag)
        if tag not in VOID:
            self.open.append((tag, spoken or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open and self.open[-1][0] not in ("title", "script", "style"):
            # An English sentence may quote the Swedish words it tells of.
            self.texts.append((self.open[-1][1], re.sub("“[^”]*”", "“…”", data)))


@pytest.fixture
def swedish(strategist, made_up):
    """Open a draft of a strategy that is only in Swedish, with one area reworded since; who did it."""
    from vagvisare.editions.document import Source
    from vagvisare.editions.registers import Evidence, TrendItem
    from vagvisare.strategy_folder.folder import Folder
    from vagvisare.web.revision.opening import open_draft
    from vagvisare.web.revision.writing.wordings import save_wording
    from vagvisare.web.strategy.actions import take_in

    strategy, source = made_up(), Source("påhittad.txt", 3)
    edition = strategy.editions[0]
    nodes = tuple(replace(node, text=f"{node.text} {MARK}", english="") for node in edition.nodes)
    register = replace(
        strategy.register,
        evidence=(Evidence("rapport", f"Påhittad rapport, {MARK}", "trend", 2, source, areas=("omrade/1",)),),
        trends=(TrendItem("mega", f"Påhittad megatrend, {MARK}", 2020, source, megatrend=True),
                TrendItem("nu", f"Påhittad trend, {MARK}", 2021, source, driven_by=("mega",))),
    )  # fmt: skip
    edition = replace(edition, title=f"Påhittad utgåva, {MARK}", nodes=nodes)
    take_in(strategist, Folder(replace(strategy, editions=(edition,), register=register), (), (), (), ()))
    draft = open_draft(strategist, "2026", f"Påhittat utkast, {MARK}", "2020")
    node = draft.nodes.get(address="omrade/1")
    save_wording(strategist, node, f"Påhittat område ett {MARK}", node.version, "ett")
    return strategist


def read(client, person, language, address):
    person.language = language
    person.save()
    answer = client.get(address)
    assert answer.status_code == 200
    return Shown(answer.content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_words_only_in_swedish_say_so(swedish, signed_in, name):
    client = signed_in(swedish)
    shown = read(client, swedish, "en", PAGES[name])
    found = [(spoken, text) for spoken, text in shown.texts if MARK in text]
    assert found
    assert [text.strip()[:80] for spoken, text in found if spoken != "sv"] == []
    assert set(read(client, swedish, "sv", PAGES[name]).marked) <= WRITTEN


def test_a_nodes_history_says_so(swedish, signed_in):
    from vagvisare.web.revision.models import DraftNode

    node = DraftNode.objects.get(draft__key="2026", address="omrade/1")
    shown = read(signed_in(swedish), swedish, "en", f"/arbete/utkast/2026/nod/{node.uid}/historik/")
    assert {spoken for spoken, text in shown.texts if MARK in text} == {"sv"}


def test_what_is_in_english_is_not_marked(draft, strategist, signed_in):
    shown = read(signed_in(strategist), strategist, "en", "/arbete/utkast/2026/bidrag/")
    assert {spoken for spoken, text in shown.texts if text.strip().startswith("EN ")} == {"en"}
