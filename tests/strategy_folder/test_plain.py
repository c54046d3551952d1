"""Single values in and out of the folder's form."""

import hashlib
import json
from datetime import date

import pytest

from vagvisare.editions.document import Adoption, Edition, Lineage, Link, Node, Source, StatedChange
from vagvisare.editions.registers import Document, Erratum, Evidence, Strategy
from vagvisare.strategy_folder.plain import edition_bytes, edition_digest, edition_of, plain_of, value_of
from vagvisare.terms.errors import FolderError
from vagvisare.terms.language import Text

S = Source("påhittat.txt", 3)
NODES = (
    Node("omrade/klimat", "area", "Klimat", S, number="5.7"),
    Node("omrade/klimat/inriktning/a", "direction", "Minska utsläppen, fort.", S, parent="omrade/klimat"),
)
EDITION = Edition(
    "2022",
    "Påhittad utgåva",
    "adopted",
    date(2022, 4, 28),
    S,
    partial=False,
    nodes=NODES,
    changes=(
        StatedChange(
            "omrade/klimat", "Ny inriktning", S, nodes=("omrade/klimat/inriktning/a", "omrade/klimat"),
            reasons=("evidence:grona-given", "trends:t1"), why="Därför, och för att det behövs.",
        ),
    ),
    follows="2018",
    adopted=Adoption("Regionfullmäktige", date(2022, 4, 28), "§ 41"),
    valid_from=date(2022, 5, 1),
    links=(Link("contributes_to", "omrade/klimat", "effektmal/x", "för att", S, denied=True),),
    lineage=(Lineage("split", "omrade/gammal", "omrade/klimat"),),
)  # fmt: skip


def test_an_edition_is_its_file_and_the_file_the_edition():
    assert edition_of(edition_bytes(EDITION).decode()) == EDITION
    assert edition_digest(EDITION) == hashlib.sha256(edition_bytes(EDITION)).hexdigest()


def test_a_mistake_in_the_file_of_an_edition_is_told_with_its_line():
    with pytest.raises(FolderError, match=r"2022\.md:\d+: Okänt fält ”levle”"):
        edition_of(edition_bytes(EDITION).decode().replace("- level: area", "- levle: area"), "2022.md")


@pytest.mark.parametrize(
    "value",
    [
        Evidence("e", "Titel", "report", 3, S, areas=("a", "b"), dated="2021-06"),
        Erratum("e", "2022", "omrade/klimat", "världens", "vårdens", date(2022, 5, 3), "skrivfel"),
        EDITION,
    ],
)
def test_a_value_survives_json(value):
    told = json.loads(json.dumps(plain_of(value)))
    assert value_of(type(value), told) == value


def test_days_inside_lists_survive_too():
    nobody = Text("a", "b")
    documents = (Document("d", "Dokument", dated=date(2021, 6, 9)),)
    head: tuple = ("k", nobody, nobody, "18", ("sv",), (), (), "")
    value = Strategy(*head, (), None, updated=date(2021, 1, 2), documents=documents)
    leave = frozenset({"editions", "register"})
    told = json.loads(json.dumps(plain_of(value, leave)))
    assert value_of(Strategy, told, "strategy", {"editions": (), "register": None}) == value


def test_what_is_no_value_is_refused_in_words():
    with pytest.raises(FolderError, match="underlag e") as caught:
        value_of(Evidence, {"key": "e", "title": 3, "source": "x:9-3"}, "underlag e")
    said = str(caught.value)
    assert "title" not in said or "text" in said
    assert len(caught.value.mistakes) >= 3
