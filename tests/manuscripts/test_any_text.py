"""Whatever somebody sends and decides: nothing breaks, no line is lost, every address stands once."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vagvisare.editions.address import is_address
from vagvisare.manuscripts.plain import from_plain, to_plain
from vagvisare.manuscripts.plain_text import read_plain_text
from vagvisare.manuscripts.planning import plan
from vagvisare.manuscripts.proposal import Becomes, Decision
from vagvisare.manuscripts.proposing import propose

LINES = st.sampled_from(
    [
        "# 1. Mål", "# 5.1 Skog REMISSVERSION", "# 5.2 Sjö", "## Önskvärt läge", "## Strategiska inriktningar",
        "### **Viktigaste ändringarna**", "# Omvärlden", "# Vision", "- Fler träd", "- och vatten", "  - Under",
        "En text  ", "Övergripande mål\t\t", "Fler\tMer", "<p>Effektmål</p><ul><li>• A</li></ul>\t<li>B", "", "|a|b|",
        "Underlag\tAntal", "Rapport\t3", "17/6 – 30/9", "20 juni – 30 september", "* - Vad?*", "\x0b\u200b", "<script>",
        '- Från "Fler träd" till "Fler träd nu"', "# ", "-", "…", "Remiss, 99/99 – 30/9",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=30).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(lambda text: "\x00" not in text))
def test_every_piece_stands_on_its_lines_and_survives_the_records(text):
    read = read_plain_text("x.md", text.encode("utf-8", "surrogatepass") if text.isascii() else text.encode("utf-8"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    before = 0
    for piece in read.pieces:
        assert 1 <= piece.where.first <= piece.where.last <= lines
        assert piece.where.first >= before
        before = piece.where.first
        assert piece.text
    assert from_plain(to_plain(read)) == read


class _Quietly(tuple):
    """Values that a failing example is told without: they are the same each time, and many pages long."""

    __slots__ = ()

    def __repr__(self):
        return "the bundled strategy"


@pytest.fixture(scope="module")
def folder(strategy, bundled):
    return _Quietly((strategy, bundled))


KEYS = [f"p{number}" for number in range(12)]
LEVELS = ["chapter", "passage", "vision", "overarching_goal", "effect_goal", "area", "desired_state", "direction"]
DECISION = st.builds(
    Decision,
    becomes=st.none() | st.sampled_from(Becomes),
    level=st.none() | st.sampled_from(LEVELS),
    text=st.none() | st.just("Egna ord"),
    parent=st.none() | st.sampled_from(["", *KEYS, "h0"]),
    address=st.none() | st.sampled_from(["new", "vision", "omrade/skog"]),
)


@settings(max_examples=100, deadline=None)
@given(
    text=TEXTS.filter(lambda text: "\x00" not in text),
    decisions=st.dictionaries(st.sampled_from(KEYS), DECISION, max_size=5),
)
@example(text="# 1. Mål\n# 2. Mål\n# 3. Mål", decisions={"p0": Decision(parent="p0"), "p1": Decision(parent="p0")})
def test_whatever_is_decided_the_plan_is_a_tree_of_addresses(folder, text, decisions):
    strategy, bundled = folder
    read = read_plain_text("x.md", text.encode())
    proposal = propose(read, strategy.levels, (bundled,), decisions)
    assert sorted(item.piece for item in proposal.items if item.piece is not None) == list(range(len(read.pieces)))
    made = plan(proposal, "x.md", strategy.levels, (bundled,))
    seen = set()
    for node in made.nodes:
        assert is_address(node.address)
        assert node.address not in seen
        seen.add(node.address)
        assert node.text.strip()
    lost = {item.key for item in proposal.items if item.becomes is Becomes.NODE and not item.text.strip()}
    if not lost:
        earlier = [node.address for node in made.nodes]
        for number, node in enumerate(made.nodes):
            assert not node.parent or node.parent in earlier[:number]
