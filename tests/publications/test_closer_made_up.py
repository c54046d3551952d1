"""The closer look where the bundled figures have no case: everything here is made up.

Groups in an order, municipalities of a share, milestones, an earlier edition weighed in, and the open data.
"""

import json
import math
import re
import runpy
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare import flow
from vagvisare.assessment.closer.discovery import Discovery
from vagvisare.assessment.closer.values import Candidate, Closer, Interval, Noise, Robustness, Rule, Translated
from vagvisare.assessment.definition import Group, OrderedGroups, Target, TargetKind
from vagvisare.assessment.earlier import Earlier
from vagvisare.assessment.judgement import (
    GapVerdict,
    Moved,
    Movement,
    OrderedGap,
    Outlook,
    Pace,
    PaceVerdict,
    Projection,
    Slope,
    Spread,
    Verdict,
)
from vagvisare.findings.closer.outlook import rough
from vagvisare.publications import html, layout, opendata
from vagvisare.publications.opendata_closer import CLOSER_SCHEMA
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey
from vagvisare.terms.unit import UNITS, Scale

ROOT = Path(__file__).parents[2]
made = runpy.run_path(str(ROOT / "tests" / "web" / "synthetic.py"))["material"]
SHARE = SeriesKey("share", "18")
LAST, FIRST = Period.year(2025), Period.year(2010)


@pytest.fixture(scope="module")
def material():
    return made()


def with_judgement(material, key=SHARE, closer=None, **more):
    """Return the material with one judgement's parts exchanged, and a closer look at it."""
    outcome = material.outcome
    judged = replace(outcome.judgements[key], **more)
    looked = {} if closer is None else {key: closer}
    return replace(material, outcome=replace(outcome, judgements={**outcome.judgements, key: judged}, closer=looked))


def page(material, place, language="sv"):
    text = html.Site(material).render(("/en/" if language == "en" else "/") + place).body.decode()
    return unescape(text)


def words(material, place="indikator/share/", language="sv"):
    return " ".join(re.sub(r"<[^>]+>", " ", page(material, place, language)).split())


def ordered():
    names = ("grundskola", "gymnasium", "högskola")
    groups = tuple(Group("T", name, Text(name, f"level {i}")) for i, name in enumerate(names))
    order = OrderedGroups("utbildning", Text("utbildningsnivåer", "levels of education"), groups, (20.0, 50.0, 30.0))
    slope = Slope(12.5, 8.0, 17.0, 1.19, 1.1, 1.3, 66.0, 78.5, Scale.LINEAR)
    trend = made().outcome.judgements[SHARE].trend
    first = replace(slope, sii=10.0)
    return OrderedGap(order, LAST, (66.0, 72.0, 79.0), slope, FIRST, first, trend, GapVerdict.WIDENING, False)


def test_groups_in_an_order_have_both_indices_and_a_table(material):
    drawn = with_judgement(material, ordered_gaps=(ordered(),))
    said = words(drawn)
    assert "Över alla utbildningsnivåer Skillnaden ökar." in said
    assert "(SII): +12,5 procentenheter, +8,0 till +17,0." in said
    assert "Som kvot (RII): 1,19." in said
    assert "2010 var SII +10,0 procentenheter." in said
    assert "gymnasium 72,0 50 %" in said
    assert "Across all levels of education The gap is widening." in words(drawn, language="en")


def spread(**more):
    told = {
        "lowest": ("1884", 60.0),
        "highest": ("1880", 75.0),
        "median": 68.0,
        "of": 12,
        "sd": 4.25,
        "weighted_mean": 71.5,
        "weighted_sd": 3.5,
        "followed": 12,
        "first_period": FIRST,
        "first_sd": 3.0,
        "last_sd": 4.25,
        "verdict": GapVerdict.WIDENING,
        "moved": Moved(FIRST, LAST, Movement.RISING, 12, ("1884",)),
    }
    return Spread(LAST, **(told | more))


def test_municipalities_have_range_deviation_weighted_and_how_many_have_moved(material):
    said = words(with_judgement(material, spread=spread()))
    for part in (
        "2010–2025 I 11 av 12 kommuner har siffran ökat; undantag: Nora",
        "60,0 (Nora) till 75,0 procent (Örebro)",
        "Standardavvikelse mellan kommunerna 4,2 procentenheter",
        "medelvärde 71,5 procent, standardavvikelse 3,5 procentenheter",
        "Glider de isär? ja, avståndet ökar",
    ):
        assert part in said, part


def test_what_is_not_known_of_municipalities_is_left_out(material):
    bare = spread(sd=math.nan, weighted_mean=None, weighted_sd=None, first_period=None, moved=None)
    said = words(with_judgement(material, spread=bare))
    assert "60,0 (Nora)" in said
    for part in ("Standardavvikelse", "invånare räknad", "isär", "nan", "11 av 12"):
        assert part not in said, part


def projection(origin=2025, years=10):
    ahead = tuple(Outlook(Period.year(origin + h), 84.0 + h, 83.0, 85.0 + h, 82.0, 86.0 + h) for h in range(1, years))
    return Projection(Period.year(origin), 84.0, 0.1, 0.9, Scale.LOGIT, ahead, n=15, unit_class="share")


def pace(year, value=90.0, **more):
    target = Target(TargetKind.ABSOLUTE, "påhittat mål", "synthetic.txt:3", value=value, year=year)
    return Pace(target, PaceVerdict.TOO_SLOW, value, **more)


def test_each_target_and_each_milestone_has_its_own_row(material):
    mile = pace(2027, 86.0, projected=86.0, projected_low=83.0, projected_high=87.0, chance=0.5)
    far = pace(2030, chance=0.95, milestones=(mile,))
    other = pace(2028, 99.0, projected=87.0, projected_low=83.0, projected_high=88.0)
    said = words(with_judgement(material, projection=projection(), paces=(far, other)))
    assert "Målet till 2030 90,0 procent. Chansen att målet då är nått är mycket stor." in said
    assert (
        "Delmålet till 2027 86,0 procent. Chansen att målet då är nått är ungefär jämn. Prognos: 86,0 procent" in said
    )
    assert "Målet till 2028 99,0 procent. Chansen att nå målet anges inte" in said
    assert "80-procentsfältet 83,0 till 88,0" in said


def test_a_target_of_the_past_and_one_without_a_year_are_not_ahead(material):
    said = words(with_judgement(material, projection=projection(), paces=(pace(2025), pace(None))))
    assert "Målet till" not in said


def test_a_line_to_keep_is_kept_and_not_reached(material):
    target = Target(TargetKind.FLOOR, "minst 80 procent", "synthetic.txt:3", value=80.0, year=2030)
    kept = Pace(target, PaceVerdict.REACHED, 80.0, chance=0.2)
    drawn = with_judgement(material, projection=projection(), paces=(kept,))
    assert "Målet till 2030 Minst 80,0 procent. Chansen att målet då hålls är liten." in words(drawn)
    assert "At least 80.0 per cent. The chance that the target is then kept is small." in words(drawn, language="en")


def test_a_target_held_against_others_is_not_given_a_chance(material):
    target = Target(TargetKind.CONVERGES, "närmare riket", "synthetic.txt:3", year=2030)
    said = words(with_judgement(material, projection=projection(), paces=(Pace(target, PaceVerdict.ON_PACE),)))
    assert "Målet till 2030 Närmare riket. Chansen anges inte: målet hålls mot andras siffror" in said


def test_without_bands_nothing_is_drawn_and_the_words_say_why(material):
    bare = projection()
    bare = replace(bare, ahead=tuple(Outlook(each.period, each.value) for each in bare.ahead))
    drawn = with_judgement(material, projection=bare)
    assert 'class="fan"' not in page(drawn, "indikator/share/")
    assert "Inget osäkerhetsband visas" in words(drawn)


def test_nobody_looked_closer_and_the_page_is_whole(material):
    said = words(material)
    for part in ("Håller bedömningen?", "Så säger andra metoder", "Framåt"):
        assert part not in said


def looked():
    noise = Noise(LAST, Interval.NONE, None, None, (80.0, 86.0), Period.year(2024), 3.0, None, 1.0, news=True)
    odd = tuple(Candidate(Rule.OUTSIDE, Period.year(2010 + i), 80.0, 85.0, None) for i in range(4))
    other = Translated("scotland", "performance_improving", 0.3, None, "", 1)
    return Closer(noise, odd, (), None, Robustness("förbättras", ()), (other,))


def test_many_candidates_are_folded_and_none_is_lost(material):
    drawn = with_judgement(material, closer=looked())
    said = words(drawn)
    assert "4 att granska, inte tillämpade" in said
    folded = page(drawn, "indikator/share/").partition("Fler att granska")[2].partition("</details>")[0]
    assert folded.count("sticker ut") == 2
    assert said.count("sticker ut") == 4
    assert "Är den senaste förändringen en nyhet? Ja" in said
    assert "Inget att pröva mot" in said


def test_verdicts_weighed_in_are_told_where_verdicts_stand_and_explained_once(material):
    before = Earlier(date(2025, 11, 20), {}, "ab" * 32)
    trend = replace(material.outcome.judgements[SHARE].trend, earlier=Verdict.IMPROVING)
    drawn = with_judgement(material, trend=trend)
    drawn = replace(drawn, outcome=replace(drawn.outcome, earlier=before))
    for place in (layout.START, layout.FINDINGS, layout.INDICATORS, "indikator/share/"):
        assert "Bedömningarna från den 20 november 2025 är vägda in" in words(drawn, place), place
        assert "om-uppgifterna/#vagt" in page(drawn, place)
        assert "The verdicts of 20 November 2025 were weighed in" in words(drawn, place, "en")
    assert "vägda in" not in words(drawn, "indikator/health/"), "no verdict of this series was given"
    assert "abababababab" in words(drawn, layout.ABOUT)


def test_without_trends_to_test_there_is_no_note_on_chance(material):
    bare = replace(material, outcome=replace(material.outcome, discovery=Discovery(0, 0, 0.0, (), ())))
    assert 'class="chance-note"' not in page(bare, layout.FINDINGS)
    some = Discovery(20, 2, 1.0, (SHARE,), (SeriesKey("health", "18"),))
    said = words(replace(material, outcome=replace(material.outcome, discovery=some)), layout.FINDINGS)
    assert "Av 20 prövade trender är 2 tydliga." in said
    assert "Den som inte står sig är Prov health." in said


@given(
    value=st.floats(1e-3, 1e9),
    half=st.floats(1e-3, 1e8),
    unit=st.sampled_from([UNITS["persons"], UNITS["tonnes_co2e"], UNITS["percent"]]),
)
def test_rounding_by_the_band_moves_less_than_a_tenth_of_its_half_and_never_turns_the_order(value, half, unit):
    exact = Outlook(LAST, value, value - half, value + half, value - 2 * half, value + 2 * half)
    said = rough(unit, exact)
    pairs = [
        (said.value, exact.value),
        (said.low_80, exact.low_80),
        (said.high_80, exact.high_80),
        (said.low_95, exact.low_95),
        (said.high_95, exact.high_95),
    ]
    allowed = max(0.5 * unit.divide, 0.0501 * half) if not unit.decimals else 0.0
    assert all(abs(a - b) <= allowed * (1 + 1e-9) + 1e-9 * abs(b) for a, b in pairs)
    assert said.low_95 <= said.low_80 <= said.value <= said.high_80 <= said.high_95


def test_bands_without_width_and_missing_ones_are_left_as_they_are():
    flat = Outlook(LAST, 12.4, 12.4, 12.4, 12.4, 12.4)
    assert rough(UNITS["persons"], flat).value == 12
    assert rough(UNITS["persons"], Outlook(LAST, 12.4)) == Outlook(LAST, 12.4)


@pytest.fixture(scope="module")
def bundled():
    return flow.material(flow.read_folder(ROOT / "strategies" / "orebro"), history=False)


@pytest.fixture(scope="module")
def told(bundled):
    return json.loads(opendata.file(bundled, "closer.json"))


def test_the_open_data_has_one_object_an_indicator_and_numbers_unrounded(bundled, told):
    outcome = bundled.outcome
    assert told["schema"] == CLOSER_SCHEMA
    keys = {key.indicator for key in outcome.judgements if key.territory == outcome.territory}
    assert [each["indicator"] for each in told["indicators"]] == sorted(keys)
    for each in told["indicators"]:
        key = SeriesKey(each["indicator"], outcome.territory)
        judged, found = outcome.judgements[key], outcome.closer[key]
        assert each["trend"]["p"] == (judged.trend.p if math.isfinite(judged.trend.p) else None)
        ahead = [] if each["projection"] is None else each["projection"]["ahead"]
        expected = judged.projection.ahead if judged.projection else ()
        assert [one["value"] for one in ahead] == [one.value for one in expected]
        assert [one["low_80"] for one in ahead] == [one.low_80 for one in expected]
        assert [one["value"] for one in each["other_methods"]] == [one.value for one in found.translations]
        assert [one["holds"] for one in each["robustness"]["choices"]] == [
            one.holds for one in found.robustness.alternatives
        ]
    assert told["discovery"]["tested"] == outcome.discovery.tested
    assert told["earlier"] is None


def test_every_field_of_the_open_data_is_told_in_the_reference(material, told):
    """The page in docs names every field; groups in an order and municipalities come from made-up figures."""
    page_ = (ROOT / "docs" / "reference" / "follow-up-json.md").read_text(encoding="utf-8")
    part = page_.partition("## The closer look")[2].partition("\n## ")[0]
    drawn = with_judgement(material, closer=looked(), spread=spread(), ordered_gaps=(ordered(),), paces=(pace(2030),))
    other = json.loads(opendata.file(drawn, "closer.json"))
    # Said with the others of their kind: sii, rii "with intervals", the two languages of a name, lowest and highest.
    implied = {"sii_low", "sii_high", "rii_low", "rii_high", "sv", "en", "territory"}

    def fields(value):
        if isinstance(value, dict):
            yield from value
            for item in value.values():
                yield from fields(item)
        if isinstance(value, list):
            for item in value:
                yield from fields(item)

    missing = {name for name in (*fields(told), *fields(other)) if f"`{name}`" not in part} - implied
    assert missing == set()


def test_what_json_cannot_hold_is_null(material):
    endless = Translated("statcan", "deterioration", -math.inf, math.nan, "", -1)
    drawn = with_judgement(material, closer=replace(looked(), translations=(endless,)), spread=spread(sd=math.nan))
    found = json.loads(opendata.file(drawn, "closer.json"), parse_constant=pytest.fail)
    share = next(each for each in found["indicators"] if each["indicator"] == "share")
    assert share["other_methods"][0]["value"] is None
    assert share["other_methods"][0]["score"] is None
    assert share["municipalities"]["sd"] is None


def test_what_is_written_is_what_is_served(material, tmp_path):
    opendata.write(material, tmp_path)
    for name in opendata.names(material):
        assert (tmp_path / name).read_bytes() == opendata.file(material, name), name
