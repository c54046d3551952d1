"""What kind of evidence a title says it is, and which year a document says it is from."""

import pytest

from vagvisare.manuscripts.dates import year_of
from vagvisare.manuscripts.kinds import kind_said
from vagvisare.manuscripts.manuscript import Piece, PieceKind, Unit, Where
from vagvisare.publications.pages.words import EVIDENCE_KINDS


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Barnkonventionen", "convention"),
        ("EUS och nationell handlingsplan Cirkulär ekonomi", "action_plan"),
        ("Ny nationell strategi för hållbar regional utveckling 2021-2030", "national_strategy"),
        ("Forskning, frihet, framtid - kunskap och innovation för Sverige Prop. 2020/21:60", "bill"),
        ("Internationella händelser/ökad polarisering", "event"),
        ("Trend: Grön omställning", "trend"),
        ("IPCC:s rapporter om klimatförändringar", "report"),
        ("Reports on climate", "report"),
        ("Regional strategies", "strategy"),
        ("Lagen om träd", "law"),
        # What it is about is not what it is.
        ("Nytt nationellt mål för den regionala utvecklingspolitiken", ""),
        ("Ny programperiod strukturfonderna och andra EU-fonder", ""),
        ("Förslag till budget", ""),
        ("Bolag och lager", ""),
        ("Den gröna given", ""),
    ],
)
def test_a_title_says_its_kind_by_the_last_word_before_what_it_is_about(title, kind):
    assert kind_said(title, EVIDENCE_KINDS) == kind


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (["Uppdatering", "210609"], 2021),
        (["RUS-uppföljning 2022", "Samverkansrådet 22-06-17"], 2022),
        (["Beslutad 2031-02-03", "Gäller 2032"], 2031),
        (["Den 3 maj 2031"], 2031),
        (["Plan 2031"], 2031),
        (["Plan 2031–2033"], None),
        (["Plan", "Nummer 219999"], None),
        (["Plan", *["Rad"] * 8, "2031-02-03"], None),
        ([], None),
    ],
)
def test_a_document_says_where_it_begins_which_year_it_is_from(texts, year):
    pieces = [Piece(PieceKind.PARAGRAPH, 0, text, Where(Unit.LINE, 1, 1)) for text in texts]
    assert year_of(pieces) == year
