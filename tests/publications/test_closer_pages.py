"""The closer look on the pages of the bundled strategy, held against the figures and the judgements behind it.

What the bundled figures have no case of (groups in an order, municipalities of a share, an earlier edition weighed in)
is made up in ``test_closer_made_up.py``.
"""

import re
import tomllib
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vagvisare import flow
from vagvisare.assessment.definition import Direction
from vagvisare.findings.closer import translation
from vagvisare.publications import html, layout
from vagvisare.publications.pages.ahead import reach, shown
from vagvisare.terms.language import Language
from vagvisare.terms.series import SeriesKey

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "strategies" / "orebro"
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Section(HTMLParser):
    """The words of one section, its tables as rows of cells, and its marked languages."""

    def __init__(self, page, name):
        super().__init__(convert_charrefs=True)
        start = page.find(f'aria-labelledby="{name}"')
        self.found, self.rows, self.words, self.spoken, self._cell = start >= 0, [], [], [], None
        if self.found:
            self.feed(page[start - 9 : page.find("</section>", start)])

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._cell = []
        if dict(attrs).get("lang"):
            self.spoken.append(dict(attrs)["lang"])

    def handle_endtag(self, tag):
        self.words.append(" " if tag in ("dt", "dd", "p", "td", "th", "h2") else "")
        if tag in ("td", "th"):
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data):
        self.words.append(data)
        if self._cell is not None:
            self._cell.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def material():
    return flow.material(flow.read_folder(FOLDER), history=False)


@pytest.fixture(scope="module")
def pages(material):
    site = html.Site(material)
    found = {}

    def page(place, language="sv"):
        path = layout.path_of(place, Language(language))
        if path not in found:
            found[path] = site.render(path).body.decode()
        return found[path]

    return page


@pytest.fixture(scope="module")
def looks(material):
    """The closer look and the judgement of every indicator, by key."""
    outcome = material.outcome
    keys = [SeriesKey(key, outcome.territory) for key in outcome.indicators]
    return {k.indicator: (outcome.closer[k], outcome.judgements[k]) for k in keys if k in outcome.closer}


def section(pages, key, name, language="sv"):
    return Section(pages(layout.indicator_place(key), language), name)


def plain(number):
    """Read a number as written in Swedish."""
    return float(re.sub(r"\s", "", number).replace("−", "-").replace(",", "."))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_sections_stand_in_order_after_the_chart_on_every_page(pages, looks, language):
    for key, (_, judgement) in looks.items():
        page = pages(layout.indicator_place(key), language)
        places = [page.find(f'id="{name}"') for name in ("tid", "framat", "haller", "oversattning", "kontrakt")]
        assert -1 not in places, (key, places)
        assert places == sorted(places), key
        rank = page.find('id="lan"')
        assert rank == -1 or rank > places[3]
        assert ('class="fan"' in page) == (judgement.projection is not None), key


def test_the_table_ahead_holds_the_projection_and_the_coverage_that_was_measured(pages, looks):
    """The coverage is read from the folder's own file, not from our own values."""
    calibration = tomllib.loads((FOLDER / "calibration.toml").read_text(encoding="utf-8"))
    known = {each["unit_class"]: each["horizon"] for each in calibration["class"]}
    _, judgement = looks["employment_rate_20_64"]
    _, *rows = section(pages, "employment_rate_20_64", "framat").rows
    assert [row[0] for row in rows] == ["2026", "2027", "2028", "2029", "2030"]
    for row, each, held in zip(rows, judgement.projection.ahead, known["share"], strict=False):
        assert plain(row[1]) == pytest.approx(each.value, abs=0.051)
        ends = [plain(end) for cell in row[2:4] for end in cell.split(" till ")]
        assert ends == pytest.approx([each.low_80, each.high_80, each.low_95, each.high_95], abs=0.051)
        narrow, wide, count = re.fullmatch(r"(\d+) % och (\d+) % av ([\d ]+)", row[4]).groups()
        assert float(narrow) == pytest.approx(100 * held["coverage_80"], abs=0.51)
        assert float(wide) == pytest.approx(100 * held["coverage_95"], abs=0.51)
        assert plain(count) == held["forecasts"]


def test_the_target_has_its_level_its_year_and_its_chance_in_words_only(pages, looks):
    found = section(pages, "ghg_emissions", "framat")
    (pace,) = looks["ghg_emissions"][1].paces
    assert pace.chance < 0.10
    said = "Målet till 2030 760 tusen ton koldioxidekvivalenter. Chansen att målet då är nått är mycket liten."
    assert said in found.text
    assert found.rows[-1][0] == "2030", "the table reaches the target's year"
    assert not re.search(r"Chansen[^.]*\d", found.text), "a chance is said in words"
    english = section(pages, "ghg_emissions", "framat", "en").text
    assert "The target for 2030" in english
    assert "is very small" in english


def test_whole_numbers_are_said_no_finer_than_the_band_bears(pages, looks):
    """The bundled projection of the population is about 315 908; it is said in hundreds."""
    coming = looks["population"][1].projection.ahead[4]
    assert coming.value % 100 > 1
    found = section(pages, "population", "framat")
    assert plain(found.rows[5][1]) == round(coming.value, -2)
    assert f"{found.rows[5][1]} invånare 2029" in found.text


def test_the_end_of_the_fan_bears_its_figure_and_the_phone_a_shorter_one(pages):
    page = pages(layout.indicator_place("employment_rate_20_64"))
    wide, narrow = page[page.find('class="wide"') :], page[page.find('class="narrow"') :]
    assert ">prognos 2030: 80,3<" in wide[: wide.find('class="narrow"')]
    assert ">2030: 80,3<" in narrow[: narrow.find("</div>")]


def test_where_no_projection_can_be_made_the_page_says_why(pages, looks):
    bare = [key for key, (_, judgement) in looks.items() if judgement.projection is None]
    assert len(bare) >= 3
    for key in bare:
        found = section(pages, key, "framat")
        assert "För få mätningar för en prognos" in found.text, key
        assert found.rows == []


def test_a_window_of_years_is_projected_only_as_far_as_it_could_be_tested(pages, looks):
    _, judgement = looks["daily_smoking"]
    assert len(shown(judgement)) == 3
    assert [row[0] for row in section(pages, "daily_smoking", "framat").rows[1:]] == [
        "2022–2025",
        "2023–2026",
        "2024–2027",
    ]


def test_every_choice_is_shown_with_its_verdict_and_whether_it_holds_in_shape_and_word(pages, looks):
    for key, (found, _) in looks.items():
        shown_rows = section(pages, key, "haller").rows
        choices = [row for row in shown_rows if row[-1] in ("✓ håller", "✗ håller inte")]
        assert len(choices) == found.robustness.of, key
        assert sum(row[-1] == "✓ håller" for row in choices) == found.robustness.holds, key
        for row, each in zip(choices, found.robustness.alternatives, strict=True):
            assert row[1] == each.verdict, "the stored words are the Swedish ones"
        text = section(pages, key, "haller").text
        if found.robustness.of:
            assert f"åller i {found.robustness.holds} av {found.robustness.of} rimliga val" in text
        else:
            assert "Inget att pröva mot" in text


def test_the_short_answers_follow_the_values(pages, looks):
    whose = {"ours": "Egen utveckling", "everybodys": "Hela landet", "undetermined": "Går inte att avgöra"}
    for key, (found, _) in looks.items():
        text = section(pages, key, "haller").text
        news = {True: "Ja", False: "Nej", None: "Går inte att säga"}[found.noise.news]
        assert f"Är den senaste förändringen en nyhet? {news} " in text, key
        word = whose[found.own_courses[0].whose.value] if found.own_courses else "Går inte att säga"
        assert f"Är det vi eller hela landet? {word} " in text, key
        new = [each for each in found.candidates if each.declared is None]
        assert ("inte tillämpa" in text) == bool(new), key


def test_candidates_are_offered_and_said_not_to_be_applied(pages, looks):
    found, _ = looks["preschool_enrolment"]
    assert len([each for each in found.candidates if each.declared is None]) == 2
    text = section(pages, "preschool_enrolment", "haller").text
    assert "2 att granska, inte tillämpade" in text
    assert "Det här är förslag att granska." in text


def test_both_trends_of_a_spliced_series_stand_side_by_side(pages, looks):
    found, judgement = looks["new_companies"]
    rows = [row for row in section(pages, "new_companies", "haller").rows if "skarv" in row[0].lower()][-2:]
    assert rows[0][1] == "2010–2021"
    assert rows[1][1].startswith(str(found.splice.trend.window.used[0].start))
    assert [row[2][2:] for row in rows] == [judgement.trend.verdict.value, found.splice.trend.verdict.value]
    for key in set(looks) - {"new_companies"}:
        assert "skarvas" not in section(pages, key, "haller").text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_method_that_can_judge_stands_beside_our_verdict(pages, looks, material, language):
    spoken = Language(language)
    for key, (found, judgement) in looks.items():
        shown_here = section(pages, key, "oversattning", language)
        if material.outcome.indicators[key].direction is Direction.NEUTRAL:
            assert shown_here.rows == []
            assert "ingen av dem går att använda" in shown_here.text or "none of them can be used" in shown_here.text
            continue
        _, ours, *rows = shown_here.rows
        assert ours[0].startswith("Vår bedömning" if spoken is Language.SV else "Our verdict")
        assert len(rows) == len(found.translations)
        for row, each in zip(rows, found.translations, strict=True):
            assert row[0].startswith(translation.NAMES[each.method].to(spoken))
            shape, _, word = row[1].partition(" ")
            assert word == translation.label(each).to(spoken)
            assert shape in "▲▼▬"
            pace = next((p for p in judgement.paces if p.target_value is not None), None)
            why = translation.disagreement(each, judgement.trend, pace)
            assert row[3] == ("" if why is None else why.to(spoken))


def test_a_status_about_a_target_met_is_not_given_the_shape_of_no_change():
    from vagvisare.assessment.closer.values import Translated

    met = Translated("eurostat", "target_achieved", None, 5.0, "", 0)
    still = Translated("scotland", "performance_maintaining", 0.1, None, "", 0)
    worse = Translated("un", "stagnation_or_regression", -0.1, None, "", -1)
    assert [translation.tone(each) for each in (met, still, worse)] == [1, 0, -1]


def test_bodies_under_names_of_another_language_are_marked(pages):
    swedish, english = (section(pages, "ghg_emissions", "oversattning", language) for language in ("sv", "en"))
    assert sorted(swedish.spoken) == ["de", "en", "en"]
    assert english.spoken == ["de"]


def test_the_gap_is_also_shown_as_a_ratio(pages, material, looks):
    _, judgement = looks["matched_employment"]
    gap = judgement.gaps[0]
    base = judgement.key
    a, b = (
        material.outcome.panel[type(base)(base.indicator, base.territory, group.sex, group.background)]
        for group in (gap.contrast.a, gap.contrast.b)
    )
    now = f"{a.at(gap.period) / b.at(gap.period):.2f}".replace(".", ",")
    then = f"{a.at(gap.first_period) / b.at(gap.first_period):.2f}".replace(".", ",")
    text = section(pages, "matched_employment", "skillnad").text
    assert f"Som kvot: {then} ({gap.first_period.label}), {now} ({gap.period.label})." in text


def test_municipalities_are_counted_and_the_exception_named(pages, material):
    """Counted anew from the figures."""
    towns = [
        s for k, s in material.outcome.panel.items()
        if k.indicator == "ghg_emissions" and len(k.territory) == 4 and k.territory.startswith("18") and k.is_total
    ]  # fmt: skip
    fallen = [s for s in towns if s.values[-1] < s.values[0]]
    assert (len(fallen), len(towns)) == (11, 12)
    text = section(pages, "ghg_emissions", "kommunerna").text
    assert "1990–2024 I 11 av 12 kommuner har siffran minskat; undantag: Kumla" in text
    assert "Standardavvikelse" not in text, "a sum would only tell which municipality is large"


def test_the_findings_page_says_how_many_trends_chance_could_have_made(pages, material):
    found = material.outcome.discovery
    page = unescape(pages(layout.FINDINGS))
    assert f"Av {found.tested} prövade trender är {found.clear} tydliga." in page
    assert 'href="../om-uppgifterna/#slump"' in page
    for language in ("sv", "en"):
        about = pages(layout.ABOUT, language)
        for anchor in ("slump", "vagt", "prognos"):
            assert f'id="{anchor}"' in about


def test_without_an_earlier_edition_nothing_is_said_of_one(pages, looks):
    for place in (layout.START, layout.FINDINGS, layout.INDICATORS, layout.indicator_place("ghg_emissions")):
        assert "vägda in" not in pages(place)
    assert "inga tidigare bedömningar invägda" in pages(layout.ABOUT)


def test_the_chart_reaches_the_target_or_five_years(looks):
    assert reach(looks["ghg_emissions"][1]) == 6
    assert reach(looks["population"][1]) == 5
    assert reach(looks["arable_land"][1]) == 5


def test_folded_parts_have_names_of_their_own(pages, looks):
    """Two folds with the same words cannot be told apart by ear."""
    for key in looks:
        page = pages(layout.indicator_place(key))
        part = page[page.find('id="framat"') : page.find('id="kontrakt"')]
        part = re.sub(r'aria-labelledby="skillnad".*?</section>', "", part, flags=re.DOTALL)
        names = re.findall(r"<details><summary>(.*?)</summary>", part)
        assert len(names) == len(set(names)), key
