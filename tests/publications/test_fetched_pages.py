"""What readers see of fetched figures: notices, revisions, preliminary figures, sources. Every figure is made up."""

import re
import runpy
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.publications import html, layout
from vagvisare.publications.edition import fingerprint
from vagvisare.publications.pages import revised
from vagvisare.publications.pages.lists import stamp_words
from vagvisare.publications.pages.view import Digest, View
from vagvisare.terms.language import Language, Text

MADE_UP = runpy.run_path(str(Path(__file__).with_name("fetched.py")))
Kept, dataset, figures, indicator = (MADE_UP[name] for name in ("Kept", "dataset", "figures", "indicator"))
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Words(HTMLParser):
    """The words of a piece of a page, and its tables as rows of cells."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.rows, self.heads, self.said, self._cell = [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, _):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag):
        self.said.append(" " if tag in ("p", "td", "th", "h2", "dt", "dd", "span") else "")
        if tag in ("td", "th"):
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data):
        self.said.append(data)
        if self._cell is not None:
            self._cell.append(data)

    @property
    def text(self):
        return " ".join("".join(self.said).split())


def page(material, place="indikator/share/", language="sv"):
    return html.Site(material).render(layout.path_of(place, Language(language))).body.decode()


def section(text, name):
    start = text.find(f'aria-labelledby="{name}"')
    return None if start < 0 else Words(text[start - 9 : text.find("</section>", start)])


def view_of(material, language=Language.SV):
    return View(Digest(material), language, layout.Links("", language, "", False, ""))


@pytest.fixture(scope="module")
def material():
    kept = Kept()
    MADE_UP["other_question"](kept, "2026-11-01", (("18", 2020, "T"), 80.0))
    kept.publish("2026-12-01", table=figures(last="P"))
    kept.publish("2026-12-10", table=figures({("18", 2020, "T"): 57.1, ("18", 2021, "T"): 56.7}, last="P"))
    kept.publish("2026-12-20", table=figures({("18", 2020, "T"): 57.12, ("18", 2019, "T"): None}, last="P"))
    kept.hold("2026-12-24", said=Text("<b>3</b> & fler.", "<b>3</b> & more."))
    return kept.material()


# The notices


def test_notices_stand_right_below_the_sentence_in_both_languages(material):
    for language, opening in (("sv", "Nya siffror kom den 24 december"), ("en", "New figures came on 24 December")):
        text = page(material, language=language)
        aside = text[text.index("<aside", text.index("</h1>")) : text.index('class="answers"')]
        assert opening in aside
        assert aside.count("<p>") == 3


def test_words_of_a_source_are_text_and_never_markup(material):
    text = page(material)
    assert "<b>3</b>" not in text
    assert "&lt;b&gt;3&lt;/b&gt; &amp; fler." in text


def test_an_ordinary_page_has_none_of_it():
    kept = Kept()
    kept.publish("2026-12-01")
    text = page(kept.material())
    for absent in ("Om de senaste siffrorna", "andrats", "preliminär", "point open"):
        assert absent not in text


# How the figures have changed


def test_the_sentence_says_how_many_and_how_large(material):
    said = section(page(material), "andrats").text
    # 2020: 56.2 → 57.1 → 57.12, 2021: 56.6 → 56.7 → 56.6, and 2019 is gone: sizes 0.9, 0.02, 0.1 and 0.1.
    assert (
        "Källan har gjort 4 ändringar i siffrorna för Örebro län sedan den 1 december 2026. Medianen av ändringarna är "
        "0,1 procentenheter och den största är 0,9 procentenheter (2020: 56,2 → 57,1 procent)."
    ) in said
    assert "Källan har tagit bort en siffra." in said
    english = section(page(material, language="en"), "andrats").text
    assert (
        "The source has made 4 changes to the figures for Örebro County since 1 December 2026. The median change is "
        "0.1 percentage points and the largest is 0.9 percentage points (2020: 56.2 → 57.1 per cent)."
    ) in english
    assert "The source has removed one figure." in english


def test_one_change_and_none_are_said_as_such():
    kept = Kept()
    kept.publish("2026-12-01")
    kept.publish("2026-12-10", (("20", 2020, "T"), 70.0))
    assert "Källan har inte ändrat någon siffra för Örebro län sedan den 1 december 2026." in page(kept.material())
    kept.publish("2026-12-20", (("20", 2020, "T"), 70.0), (("18", 2020, "T"), 56.24))
    said = section(page(kept.material()), "andrats").text
    assert "Källan har ändrat en siffra för Örebro län sedan den 1 december 2026, med 0,04 procentenheter" in said
    assert "(2020: 56,20 → 56,24 procent)" in said


def test_changed_cells_say_so_in_words(material):
    found = section(page(material), "andrats")
    heads, *rows = found.rows
    assert heads[2:] == ["1 december 2026", "10 december 2026", "20 december 2026"]
    assert heads[1] == "1 november 2026 annan definition"
    cells = {row[0]: row[1:] for row in rows}
    assert cells["2020"] == ["80,0", "56,2", "57,1 ändrad, var 56,2", "57,12 ändrad, var 57,10"]
    assert cells["2021"] == ["56,6", "56,6", "56,7 ändrad, var 56,6", "56,6 ändrad, var 56,7"]
    assert cells["2019"] == ["55,8", "55,8", "55,8", "borttagen"]
    assert cells["2025"] == ["58,2", "58,2 preliminär", "58,2 preliminär", "58,2 preliminär"]
    assert page(material).count('class="changed"') == 5


def test_another_definition_is_said_to_be_that_and_no_revision(material):
    said = section(page(material), "andrats").text
    assert (
        "Siffrorna inlästa 1 november 2026 kommer från en annan källa eller en annan fråga till den (prov:annan)."
        in said
    )
    assert "80,0 →" not in said


def test_a_change_is_told_from_the_same_question_across_another():
    kept = Kept()
    kept.publish("2026-12-01")
    MADE_UP["other_question"](kept, "2026-12-05", (("18", 2020, "T"), 80.0))
    kept.publish("2026-12-10", (("18", 2020, "T"), 57.1))
    rows = {row[0]: row[1:] for row in section(page(kept.material()), "andrats").rows}
    assert rows["2020"] == ["56,2", "80,0", "57,1 ändrad, var 56,2"]


def test_the_latest_ten_periods_and_six_days_are_shown_and_the_cut_is_told():
    kept = Kept()
    for day in range(1, 9):
        kept.publish(f"2026-12-{day:02}", (("18", 2020, "T"), 56.0 + day))
    found = section(page(kept.material()), "andrats")
    heads, *rows = found.rows
    assert [head.split()[0] for head in heads[1:]] == ["3", "4", "5", "6", "7", "8"]
    assert [row[0] for row in rows] == [str(year) for year in range(2016, 2026)]
    assert rows[4][1] == "59,0 ändrad, var 58,0", "the first day shown still knows what stood before it"
    assert "har gjort 7 ändringar" in found.text, "the sentence concerns all days"
    assert "Meningen ovan gäller alla." in found.text


SHARES = st.one_of(st.none(), st.floats(1.0, 99.0).map(lambda value: round(value, 2)))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=5), st.sampled_from(list(Language)))
def test_sizes_are_those_of_the_changes_one_by_one(vintages, language):
    kept, published, previous = Kept(), [], None
    for n, (a, b) in enumerate(vintages, start=1):
        if (a, b) != previous:
            changes = {("18", 2020, "T"): a, ("18", 2021, "T"): b}
            kept.publish(f"2026-12-{n:02}", table=figures(changes, years=range(2016, 2026)))
            published.append((a, b))
            previous = (a, b)
    sizes = [
        abs(new - old)
        for before, after in pairwise(published)
        for old, new in zip(before, after, strict=True)
        if old is not None and new is not None and old != new
    ]
    material = kept.material()
    view = view_of(material, language)
    found = revised.section(view, material.outcome.indicators["share"])
    if len(published) < 2:
        assert found is None
        return
    unit = material.outcome.indicators["share"].unit_words

    def written(size):
        return revised._difference(unit, size, language)

    if not sizes:
        place, since = view.territory, view.day("2026-12-01")
        assert found.said[0] == view.say("revised_none").format(place=place, since=since)
    else:
        assert written(max(sizes)) in found.said[0]
        assert len(sizes) == 1 or written(median(sizes)) in found.said[0]
    told = [cell for _, cells in found.rows for cell in cells if cell.changed and cell.said]
    assert len(told) == len(sizes)
    for cell in told:
        old = re.search(r"(\d+[.,]\d+)", cell.said[0])[1]
        assert old != cell.figure, "what has changed can be told apart as written"


# Preliminary figures


def test_a_preliminary_figure_is_told_in_answers_chart_and_tables(material):
    text = page(material)
    assert "Senaste siffran, preliminär" in text
    assert text.count('class="point open"') == 2, "in the wide drawing and in the narrow one"
    assert 'data-read="2025: 58,2\u00a0procent, preliminär"' in text
    assert "Ofylld punkt: preliminär siffra, som källan kan ändra." in text
    series = section(text, "tid")
    assert series.rows[-1][1] == "58,2 preliminär"
    assert not any("preliminär" in cell for row in series.rows[:-1] for cell in row)
    table = section(text, "siffror")
    assert [row[-1] for row in table.rows if row[0] == "Örebro län"] == ["58,2 preliminär"]
    assert "Preliminära siffror kan ändras av källan." in table.text


def test_a_group_and_a_quotient_are_as_preliminary_as_what_they_are_made_of():
    kept = Kept(
        [indicator(), indicator("ratio", dataset="share", per="people"), indicator("women", dataset="share", sex="K")],
        [dataset(), dataset("people")],
    )
    kept.publish("2026-12-01", table=figures(years=range(2016, 2026)))
    kept.publish("2026-12-01", key="people", table=figures(years=range(2016, 2026), last="P", sexes="T"))
    digest = Digest(kept.material())
    assert digest.preliminary == {
        key: {period}
        for key, series in digest.outcome.panel.items()
        if key.indicator == "ratio"
        for period in series.periods
        if period.start == 2025
    }
    assert len(digest.preliminary) == 6 * 3
    kept.publish("2026-12-10", table=figures(years=range(2016, 2026), last="P", sexes="K"))
    digest = Digest(kept.material())
    assert {key.sex for key in digest.preliminary if key.indicator == "women"} == {"K", "T"}, "women stand as the total"


def test_the_same_material_is_told_the_same_way_in_every_process(material):
    again = replace(material, outcome=replace(material.outcome))
    assert fingerprint(again) == fingerprint(material)
    told = material.outcome.preliminary
    assert isinstance(told, tuple)
    assert list(told) == sorted(told)


# The page about the sources


def about(kept, language="sv"):
    text = page(kept.material(), layout.ABOUT, language)
    return " ".join(section(text, "kallor").text.split())


def test_a_fetched_data_set_says_when_from_where_and_which_edition():
    kept = Kept()
    kept.publish("2026-12-01", updated="2026-11-30T08:00:00Z")
    assert "Hämtat 1 december 2026 kl. 06.30 UTC , källa kolada" in about(kept).replace("UTC,", "UTC ,")
    assert "Källans egen utgåva: 30 november 2026" in about(kept)
    assert "Fetched 1 December 2026 at 06:30 UTC" in about(kept, "en")
    assert "Läst från" not in about(kept), "there is nothing to say of where it was read"


def test_who_confirmed_is_told_and_why():
    kept = Kept()
    kept.publish("2026-12-01", confirmed_by="Eva Ek", confirmed_why="Källan <b>bekräftar</b>")
    assert "Stoppades av en kontroll och godkändes av Eva Ek: Källan <b>bekräftar</b>" in about(kept)
    assert "<b>bekräftar</b>" not in page(kept.material(), layout.ABOUT)
    looked = Kept()
    looked.publish("2026-12-01", confirmed_by="Eva Ek")
    assert "Granskat av Eva Ek" in about(looked)
    assert "Looked through by Eva Ek" in about(looked, "en")


def test_a_time_told_elsewhere_is_written_in_utc():
    kept = Kept()
    kept.publish("2026-12-01", fetched="2026-12-01T01:15:00+02:00")
    assert "Hämtat 30 november 2026 kl. 23.15 UTC" in about(kept)


@pytest.mark.parametrize(
    ("updated", "shown"),
    [
        ("", ""),
        ("2026-11-30;2026-11-30", "30 november 2026"),
        ("2026-11-30;2026-12-01", "30 november 2026, 1 december 2026"),
        ("utgåva 7", "utgåva 7"),
        ("x" * 100, "x" * 39 + "…"),
        (";;", ""),
    ],
)
def test_a_sources_own_mark_is_shown_whatever_it_is(material, updated, shown):
    receipt = replace(material.receipts["share"], updated=updated)
    assert stamp_words(view_of(material), receipt) == shown


def test_the_line_below_the_chart_says_fetched_where_it_was(material):
    text = page(material)
    assert "Hämtat 20 december 2026." in text
    typed = Kept()
    typed.publish("2026-12-01", source="", fetched="", query="")
    assert "Inläst 1 december 2026." in page(typed.material())


# An indicator that has never had any figures


@pytest.fixture(scope="module")
def lacking():
    kept = Kept(
        [indicator(), indicator("unseen"), indicator("ratio", dataset="share", per="unseen")],
        [dataset(), dataset("unseen")],
    )
    kept.publish("2026-12-01")
    return kept.material()


def test_a_page_without_figures_says_that_they_have_not_been_fetched(lacking):
    for place in ("indikator/unseen/", "indikator/ratio/"):
        text = page(lacking, place)
        assert "Siffrorna har inte hämtats än." in text
        assert "The figures have not been fetched yet." in page(lacking, place, "en")
        assert "vagvisare fetch" not in text, "what to do is the owner's, and said by the command"
        assert "Vad vi hade sagt tidigare" not in text or place == "indikator/ratio/"
    assert "unseen.csv" not in page(lacking, "indikator/unseen/"), "there is nothing to download"


def test_figures_elsewhere_but_not_here_are_another_matter():
    kept = Kept()
    kept.publish("2026-12-01")
    text = page(kept.material(territory="12"))
    assert "Det finns inga siffror för Skåne län i den här indikatorn." in text


def test_lists_and_counts_take_no_indicator_without_figures_as_judged(lacking):
    text = page(lacking, layout.INDICATORS)
    assert text.count("siffror inte hämtade än") == 2
    assert "Av dem saknar 2 siffror här." in text
    goal = page(lacking, "effektmal/provmal/")
    assert "1 indikator bevakar målet" in goal
    unseen = next(line for line in goal.split("<li>") if "unseen" in line)
    assert "går inte att avgöra" not in unseen
    assert "◇" not in unseen


def test_the_whole_site_and_the_deck_are_made_without_them(lacking, tmp_path):
    from vagvisare import flow

    assert flow.publish(lacking, tmp_path / "ut")
    assert not (tmp_path / "ut" / "data" / "unseen.csv").exists()
    assert (tmp_path / "ut" / "site" / "indikator" / "unseen" / "index.html").exists()
    assert not flow.publish(lacking, tmp_path / "ut"), "nothing has changed"


def test_only_first_figures_that_wait_are_told_on_a_page_without_any():
    kept = Kept([indicator(), indicator("unseen")], [dataset(), dataset("unseen")])
    kept.publish("2026-12-01")
    kept.hold("2026-12-02", key="unseen")
    text = page(kept.material(), "indikator/unseen/")
    assert "De första siffrorna kom den 2 december 2026 men väntar på granskning." in text
    assert date(2026, 12, 1) == kept.recorded.latest
