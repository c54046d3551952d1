"""Every kind of sentence, built from synthetic judgements: the chapters of the golden files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import synthetic_judgements as made
from target_sentences import target_sentences

from vagvisare.assessment.definition import Break, Collection, Direction, TargetKind
from vagvisare.assessment.judgement import GapVerdict, Movement, PaceVerdict, Reason, Size
from vagvisare.findings import english, english_gap, english_pace, swedish, swedish_gap, swedish_pace
from vagvisare.findings.facts import Extreme, Tally
from vagvisare.findings.grammar import Topic
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale

RISING, FALLING, STILL, UNKNOWN = Movement.RISING, Movement.FALLING, Movement.STILL, Movement.UNKNOWN
LOWER, HIGHER = Direction.LOWER, Direction.HIGHER

SHARE = Topic(made.indicator(), "18")
SURVEY = Topic(made.indicator(collection=Collection.SURVEY), "18")
AMONG_WOMEN = Topic(made.indicator(), "18", made.WOMEN)
EMISSIONS = Topic(made.indicator("emissions", "tonnes_co2e", LOWER), "18")
COMPANIES = Topic(made.indicator("companies", "companies"), "18")
PER_1000 = Topic(made.indicator("rate", "companies_per_1000"), "18")
SPENDING = Topic(made.indicator("spending", "million_sek", price_basis="current"), "18")
LIFE = Topic(made.indicator("life", "years"), "18")
BALANCE = Topic(made.indicator("balance", "number"), "18")
CHANGED = Topic(made.indicator(breaks=(Break(Period.year(2021), Text("ny metod", "new method"), cuts=False),)), "18")
PRICES = Topic(made.indicator("spending", "thousand_sek", price_basis="current"), "18")
FOUR_YEARS = made.windows(2005, 2009, 2013, 2017, 2021)


def _trend(topic, judged, value=81.9, nation=None):
    level = made.judgement(judged=judged, value=value).level
    return Text(swedish.trend(topic, judged, level, nation), english.trend(topic, judged, level, nation))


def trend_sentences() -> Iterator[Text]:
    log = {"scale": Scale.LOG, "end": 1_812_000.0}
    yield _trend(SHARE, made.trend())
    yield _trend(SHARE, made.trend(), nation=RISING)
    yield _trend(SHARE, made.trend(FALLING, -4.0), nation=RISING)
    yield _trend(AMONG_WOMEN, made.trend(FALLING, -1.3))
    yield _trend(AMONG_WOMEN, made.trend(FALLING, -0.3))
    yield _trend(CHANGED, made.trend())
    yield _trend(CHANGED, made.trend(periods=made.years(2006, 2020)))
    yield _trend(CHANGED, made.trend(STILL, 0.2))
    yield _trend(SHARE, made.trend(RISING, 0.001))
    yield _trend(SHARE, made.trend(RISING, 4.0, FOUR_YEARS))
    yield _trend(EMISSIONS, made.trend(FALLING, -500_000.0, slope=-0.0213, **log), 1_812_345.0, FALLING)
    yield _trend(EMISSIONS, made.trend(RISING, 500_000.0, slope=0.3, **log), 12_812_345.0)
    yield _trend(COMPANIES, made.trend(RISING, 300.0, scale=Scale.LOG, slope=0.031), 1450.0)
    yield _trend(PER_1000, made.trend(FALLING, -0.3, scale=Scale.LOG, slope=-0.004), 5.2)
    yield _trend(SPENDING, made.trend(RISING, 300.0, years_odd(), Scale.LOG, slope=0.055), 1864.0)
    yield _trend(LIFE, made.trend(RISING, 1.7, scale=Scale.LOG, slope=0.002), 83.4)
    yield _trend(BALANCE, made.trend(FALLING, -0.4, scale=Scale.LINEAR), -0.12)
    yield _trend(SHARE, made.trend(STILL, 0.2))
    yield _trend(EMISSIONS, made.trend(STILL, 0.2, **log), 1_812_345.0)
    yield _trend(SHARE, made.trend(STILL, 0.0, reason=Reason.NO_VARIATION))
    yield _trend(SHARE, made.trend(UNKNOWN))
    yield _trend(EMISSIONS, made.trend(UNKNOWN, periods=made.years(2019, 2025)))
    yield _trend(SHARE, made.trend(UNKNOWN, periods=made.years(2010, 2020, 5), reason=Reason.TOO_FEW))
    yield _trend(SHARE, made.trend(UNKNOWN, periods=FOUR_YEARS[2:], reason=Reason.TOO_FEW))
    rolling = made.windows(*range(2013, 2022))
    yield _trend(SHARE, made.trend(UNKNOWN, periods=rolling, reason=Reason.TOO_FEW, effective=2.6))
    yield _trend(SHARE, made.trend(UNKNOWN, periods=made.windows(*range(2005, 2022)), effective=4.6))
    yield _trend(SHARE, made.trend(RISING, 4.0, reason=Reason.HELD))
    yield _trend(SHARE, made.trend(UNKNOWN, periods=made.years(2025, 2025), reason=Reason.TOO_FEW))
    yield _trend(replace(SHARE, territory="00"), made.trend())
    yield _trend(replace(SHARE, territory="1880"), made.trend())
    cut = Break(Period.year(2019), Text("ny metod", "new method"))
    yield _trend(SHARE, made.trend(UNKNOWN, periods=made.years(2019, 2021), reason=Reason.TOO_FEW, cut_by=cut))


def years_odd() -> tuple[Period, ...]:
    return made.years(2011, 2021, 2)


def persist_sentences() -> Iterator[Text]:
    for topic, judged, run, value in (
        (SHARE, made.trend(FALLING, -3.0), made.run(), 81.9),
        (
            EMISSIONS,
            made.trend(FALLING, -500.0, scale=Scale.LOG, slope=-0.02),
            made.run(length=13, since=Period.year(2012)),
            9e5,
        ),
        (SHARE, made.trend(RISING, 3.0, FOUR_YEARS), made.run(RISING, 4, FOUR_YEARS[0]), 81.9),
        (
            SPENDING,
            made.trend(RISING, 3.0, years_odd(), Scale.LOG, slope=0.04),
            made.run(RISING, 3, Period.year(2015)),
            1864.0,
        ),
        (SHARE, made.trend(RISING, 0.001), made.run(RISING, 3, Period.year(2022)), 81.9),
    ):
        level = made.judgement(judged=judged, value=value).level
        yield Text(swedish.persist(topic, judged, run, level), english.persist(topic, judged, run, level))


def shock_sentences() -> Iterator[Text]:
    for topic, judged in (
        (SHARE, made.shock()),
        (SHARE, made.shock(nation=-2.9)),
        (SHARE, made.shock(nation=-6.0)),
        (SHARE, made.shock(nation=-0.4)),
        (SHARE, made.shock(nation=2.4)),
        (EMISSIONS, made.shock(2_100_000.0, 1_700_000.0, Size.SHARP, nation=2.0)),
        (SPENDING, made.shock(1900.0, 1850.0, Size.SLIGHT)),
        (CHANGED, replace(made.shock(nation=-2.9), period=Period.year(2021), since=Period.year(2010))),
    ):
        yield Text(swedish.shock(topic, judged), english.shock(topic, judged))


def reversal_sentences() -> Iterator[Text]:
    for topic, judged, value in (
        (SHARE, made.reversal(), 41.0),
        (SHARE, made.reversal(3.2, Size.PLAIN), 41.0),
        (EMISSIONS, made.reversal(144_000.0, Size.SHARP, Period.year(2023)), 1_244_000.0),
        (SPENDING, made.reversal(-227.0, Size.SHARP), 2404.0),
        (COMPANIES, made.reversal(-1.0, Size.SLIGHT), 1450.0),
        (SHARE, replace(made.reversal(), nation_before=80.0, nation_change=-1.1), 41.0),
        (SHARE, replace(made.reversal(), nation_before=80.0, nation_change=1.1), 41.0),
        (SHARE, replace(made.reversal(), nation_before=80.0, nation_change=-0.9), 41.0),
    ):
        level = replace(made.judgement().level, value=value)
        yield Text(swedish.reversal(topic, judged, level), english.reversal(topic, judged, level))


def rank_sentences() -> Iterator[Text]:
    for topic, compared, place in (
        (SHARE, made.comparison(), Extreme(highest=False, place=1, margin=0.5)),
        (AMONG_WOMEN, made.comparison(nation=None), Extreme(highest=False, place=2, margin=0.5)),
        (PER_1000, made.comparison(6.1, 5.2), Extreme(highest=True, place=3, margin=0.5)),
        (SHARE, made.comparison(of=19), Extreme(highest=True, place=1, margin=0.5)),
        (PRICES, made.comparison(6600.0, 3589.0), Extreme(highest=True, place=1, margin=300.0)),
    ):
        yield Text(swedish.rank(topic, compared, place), english.rank(topic, compared, place))


def level_sentences() -> Iterator[Text]:
    for topic, compared in (
        (SHARE, made.comparison()),
        (SURVEY, made.comparison(85.0, 80.0, period=FOUR_YEARS[-1])),
        (PER_1000, made.comparison(6.1, 5.2)),
        (LIFE, made.comparison(83.4, 84.0)),
        (PRICES, made.comparison(2404.0, 3589.0)),
        (Topic(made.indicator("emissions", "tonnes_co2e_per_person", LOWER), "18"), made.comparison(4.0, 4.5)),
    ):
        yield Text(swedish.level(topic, compared, compared.nation), english.level(topic, compared, compared.nation))


def pace_sentences() -> Iterator[Text]:
    log = made.trend(FALLING, -500_000.0, scale=Scale.LOG, slope=-0.021, direction=LOWER)
    rates = {"target_value": 760_000.0, "needed": -6.4, "achieved": -2.1, "achieved_low": -3.0, "achieved_high": -1.1}
    emissions = made.judgement("emissions", log, 1_244_000.0)
    for verdict, more in (
        (PaceVerdict.TOO_SLOW, rates),
        (PaceVerdict.TOO_SLOW, rates | {"achieved": -6.38}),
        (PaceVerdict.TOO_SLOW, rates | {"achieved": 0.3}),
        (PaceVerdict.WRONG_WAY, rates | {"achieved": 1.2}),
        (PaceVerdict.ON_PACE, rates | {"achieved": -7.2}),
        (PaceVerdict.UNDETERMINED, rates | {"achieved_low": -9.0, "achieved_high": 0.4}),
        (PaceVerdict.UNDETERMINED, {}),
        (PaceVerdict.REACHED, rates),
        (PaceVerdict.NOT_REACHED, rates),
    ):
        yield _pace(EMISSIONS, made.pace(verdict, **more), emissions)
    absolute = made.target(TargetKind.ABSOLUTE)
    points = {"target_value": 85.0, "needed": 0.8, "achieved": 0.3, "achieved_low": 0.1, "achieved_high": 0.5}
    share = made.judgement()
    yield _pace(SHARE, made.pace(PaceVerdict.TOO_SLOW, absolute, **points), share)
    yield _pace(SHARE, made.pace(PaceVerdict.REACHED, absolute, **points), share)
    yield _pace(COMPANIES, made.pace(PaceVerdict.NOT_REACHED, replace(absolute, value=1500.0, year=2020)), share)
    yield _pace(SHARE, made.pace(PaceVerdict.UNDETERMINED, replace(absolute, year=None), target_value=85.0), share)
    yield from _peer_and_direction_sentences(share)
    yield from target_sentences()


def _peer_and_direction_sentences(share) -> Iterator[Text]:
    aim = made.target(TargetKind.ABOVE_PEERS)
    peers = (("19", 6.4), ("07", 6.2), ("17", 5.8), ("06", 6.2))
    beside = replace(share, level=replace(share.level, value=6.1), comparison=made.comparison(6.1, 5.2, peers=peers))
    yield _pace(PER_1000, made.pace(PaceVerdict.NOT_REACHED, aim, target_value=6.4, beaten=("17",)), beside)
    yield _pace(PER_1000, made.pace(PaceVerdict.NOT_REACHED, aim, target_value=6.4), beside)
    yield _pace(PER_1000, made.pace(PaceVerdict.REACHED, aim, target_value=6.0, beaten=aim.peers), beside)
    lacking = replace(beside, comparison=made.comparison(6.1, 5.2, peers=peers[:2]))
    yield _pace(PER_1000, made.pace(PaceVerdict.UNDETERMINED, aim, beside=peers[:2]), lacking)
    wanted = made.target(TargetKind.DIRECTION)
    yield _pace(SHARE, made.pace(PaceVerdict.RIGHT_WAY, wanted), share)
    yield _pace(SHARE, made.pace(PaceVerdict.WRONG_WAY, wanted), replace(share, trend=made.trend(FALLING, -4.0)))
    falls = replace(share, trend=made.trend(FALLING, -0.8), comparison=made.comparison(nation_movement=FALLING))
    yield _pace(CHANGED, made.pace(PaceVerdict.WRONG_WAY, wanted), falls)
    yield _pace(SHARE, made.pace(PaceVerdict.NOT_REACHED, wanted), replace(share, trend=made.trend(STILL, 0.1)))
    yield _pace(SHARE, made.pace(PaceVerdict.UNDETERMINED, wanted), replace(share, trend=made.trend(UNKNOWN)))
    shrinks = made.target(TargetKind.GAP_SHRINKS)
    grouped = replace(share, gaps=(made.gap(judged=made.trend(UNKNOWN)),))
    for verdict in (PaceVerdict.RIGHT_WAY, PaceVerdict.WRONG_WAY, PaceVerdict.NOT_REACHED, PaceVerdict.UNDETERMINED):
        yield _pace(SHARE, made.pace(verdict, shrinks), grouped)
    for more in ({}, {"both_worsen": True}):
        down = made.gap(levelling_down=True, ahead=made.WOMEN, **more)
        levelled = made.pace(PaceVerdict.RIGHT_WAY, shrinks, levelling_down=True)
        yield _pace(SHARE, levelled, replace(share, gaps=(down,)))
    yield _pace(SHARE, made.pace(PaceVerdict.UNDETERMINED, shrinks), share)


def _pace(topic, judged, judgement) -> Text:
    return Text(swedish_pace.pace(topic, judged, judgement), english_pace.pace(topic, judged, judgement))


def gap_sentences() -> Iterator[Text]:
    for topic, judged in (
        (SHARE, made.gap()),
        (SHARE, made.gap(-4.1, GapVerdict.WIDENING, -2.0)),
        (SHARE, made.gap(4.1, GapVerdict.UNCHANGED, 4.0)),
        (SHARE, made.gap(4.1, GapVerdict.UNDETERMINED, 2.0)),
        (SHARE, made.gap(0.01, GapVerdict.UNDETERMINED, 2.0)),
        (SHARE, made.gap(4.1, GapVerdict.SHRINKING, 6.0, levelling_down=True)),
        (LIFE, made.gap(3.4, GapVerdict.SHRINKING, 4.6)),
        (SHARE, made.gap(4.1, GapVerdict.SHRINKING, 6.0, levelling_down=True, both_worsen=True)),
        (PER_1000, made.gap(2.1, GapVerdict.SHRINKING, 3.0, relative_verdict=GapVerdict.WIDENING)),
        (PER_1000, made.gap(2.1, GapVerdict.WIDENING, 1.4, relative_verdict=GapVerdict.SHRINKING)),
        (SHARE, made.gap(4.1, GapVerdict.SHRINKING, 6.0, relative_verdict=GapVerdict.WIDENING)),
    ):
        yield Text(swedish_gap.gap(topic, judged), english_gap.gap(topic, judged))
    for topic, judged in (
        (SHARE, made.ordered_gap()),
        (SHARE, made.ordered_gap(-4.1, GapVerdict.UNCHANGED, -4.0)),
        (EMISSIONS, made.ordered_gap(410_000.0, GapVerdict.UNDETERMINED, 300_000.0)),
        (SHARE, made.ordered_gap(14.2, GapVerdict.SHRINKING, 19.0, levelling_down=True)),
        (SHARE, made.ordered_gap(figures=(60.0, 72.0, 71.0))),
        (SHARE, made.ordered_gap(0.02, GapVerdict.UNDETERMINED)),
    ):
        yield Text(swedish_gap.ordered_gap(topic, judged), english_gap.ordered_gap(topic, judged))
    since_2010 = {"first_period": Period.year(2010), "followed": 12, "trend": made.trend()}
    for topic, judged in (
        (SHARE, made.spread()),
        (SHARE, made.spread(**since_2010, verdict=GapVerdict.SHRINKING, moved=made.moved("1861"))),
        (PER_1000, made.spread(**since_2010, verdict=GapVerdict.WIDENING, moved=made.moved())),
        (LIFE, made.spread(moved=made.moved("1861", "1881", movement=FALLING))),
        (SHARE, made.spread(moved=made.moved("1861", "1880", "1881", "1882", "1883"))),
        (SHARE, made.spread(moved=made.moved(*("1861",) * 12))),
    ):
        yield Text(swedish_gap.spread(topic, judged), english_gap.spread(topic, judged))
    for counted in (made.moved("1861", movement=FALLING), made.moved(), made.moved(*("1861",) * 12)):
        yield Text(swedish_gap.moved(EMISSIONS, counted), english_gap.moved(EMISSIONS, counted))


def composite_sentences() -> Iterator[Text]:
    for counts in (
        Tally(improving=2),
        Tally(improving=3),
        Tally(improving=2, left_out=2),
        Tally(improving=1, worsening=1, undetermined=1, left_out=1),
        Tally(worsening=4),
        Tally(unchanged=2),
        Tally(undetermined=3),
        Tally(improving=2, undetermined=1),
        Tally(improving=2, worsening=1),
        Tally(improving=1, worsening=1, unchanged=1, undetermined=2),
        Tally(unchanged=2, undetermined=1),
    ):
        yield Text(
            swedish.composite(SHARE, "Minskad klimatpåverkan", counts),
            english.composite(SHARE, "Less impact on the climate", counts),
        )
    yield Text(swedish.composite(SHARE, "", Tally(improving=2)), english.composite(SHARE, "", Tally(improving=2)))


CHAPTERS = {
    "trend": trend_sentences,
    "persist": persist_sentences,
    "shock": shock_sentences,
    "reversal": reversal_sentences,
    "rank": rank_sentences,
    "level": level_sentences,
    "pace": pace_sentences,
    "gap": gap_sentences,
    "composite": composite_sentences,
}
