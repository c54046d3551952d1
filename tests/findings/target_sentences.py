"""Sentences about targets set by others, by a rank or by a line to keep, and about milestones; all made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import synthetic_judgements as made

from vagvisare.assessment.definition import Collection, Composite, Direction, Milestone, TargetKind
from vagvisare.assessment.judgement import Movement, Pace, PaceVerdict, Reason
from vagvisare.findings import english_pace, swedish_pace
from vagvisare.findings.grammar import Topic
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale

RISING, FALLING, STILL, UNKNOWN = Movement.RISING, Movement.FALLING, Movement.STILL, Movement.UNKNOWN
LOWER = Direction.LOWER
REACHED, NOT_REACHED, UNDETERMINED = PaceVerdict.REACHED, PaceVerdict.NOT_REACHED, PaceVerdict.UNDETERMINED
ON_PACE, TOO_SLOW = PaceVerdict.ON_PACE, PaceVerdict.TOO_SLOW
RIGHT_WAY, WRONG_WAY = PaceVerdict.RIGHT_WAY, PaceVerdict.WRONG_WAY

SHARE = Topic(made.indicator(), "18")
SURVEY = Topic(made.indicator(collection=Collection.SURVEY), "18")
JOBLESS = Topic(
    made.indicator(
        direction=LOWER, subject=Text("andelen arbetslösa 16–64 år", "the share of unemployed people aged 16–64")
    ),
    "18",
)
EMISSIONS = Topic(made.indicator("emissions", "tonnes_co2e", LOWER), "18")
PER_PERSON = Topic(made.indicator("emissions", "tonnes_co2e_per_person", LOWER), "18")
PEOPLE = Topic(
    made.indicator(
        "companies", "persons", Direction.NEUTRAL, subject=Text("antalet invånare", "the number of inhabitants")
    ),
    "18",
)
LIFE = Topic(made.indicator("life", "years"), "18")
MONEY = Topic(
    made.indicator(
        "spending",
        "sek_per_person",
        price_basis="current",
        subject=Text(
            "bruttoregionprodukten per invånare i de delar av näringslivet som följs upp",
            "gross regional product per inhabitant in the parts of the economy that are followed up",
        ),
    ),
    "18",
)
METRO = Composite(
    Text("riket utom storstadslänen", "Sweden outside the metropolitan counties"), ("01", "12", "14"), "people"
)


def said(topic: Topic, judged: Pace, judgement) -> Text:
    return Text(swedish_pace.pace(topic, judged, judgement), english_pace.pace(topic, judged, judgement))


def at(value: float, **more):
    judged = made.judgement(value=value)
    return replace(judged, **more)


def target_sentences() -> Iterator[Text]:
    yield from _nation()
    yield from _composite()
    yield from _rank()
    yield from _nearer()
    yield from _as_fast()
    yield from _keep()
    yield from _increment()
    yield from _milestones()
    yield from _sampled()
    yield from _held()


def _sampled() -> Iterator[Text]:
    """Surveys whose margin of error is known, and one whose margin nobody has given."""
    known = replace(SURVEY, margin=(79.4, 84.2))
    for other in (80.0, 75.0):
        yield said(known, made.pace(REACHED, made.target(TargetKind.ABOVE_NATION), beside=(("00", other),)), at(81.9))
        peers = made.target(TargetKind.ABOVE_PEERS)
        beaten = made.pace(REACHED, peers, target_value=other, beaten=peers.peers)
        yield said(known, beaten, at(81.9))
    level = made.target(TargetKind.ABSOLUTE, value=80.0, year=2030)
    for topic in (known, SURVEY):
        yield said(topic, made.pace(REACHED, level, target_value=80.0), at(81.9))
    floor = made.target(TargetKind.FLOOR, value=80.0)
    yield said(known, made.pace(REACHED, floor, target_value=80.0), at(81.9))
    place = made.target(TargetKind.RANK, value=2.0)
    compared = replace(made.comparison(81.9, 80.0), values=(("12", 84.0), ("18", 81.9), ("01", 81.2)))
    yield said(known, made.pace(REACHED, place, rank=2, of=21), at(81.9, comparison=compared))


def _held() -> Iterator[Text]:
    """A verdict that stands from the edition before."""
    stands = made.trend(FALLING, -4.0, reason=Reason.HELD)
    aim = made.target(TargetKind.ABSOLUTE, value=85.0, year=2030)
    numbers = {"target_value": 85.0, "level_now": 81.9, "needed": 0.6, "achieved": -0.4}
    yield said(SHARE, made.pace(WRONG_WAY, aim, **numbers), at(81.9, trend=stands))
    floor = made.target(TargetKind.FLOOR, value=80.0)
    yield said(SHARE, made.pace(WRONG_WAY, floor, target_value=80.0, crosses=2028), at(81.9, trend=stands))
    yield said(SHARE, made.pace(WRONG_WAY, made.target(TargetKind.DIRECTION)), at(81.9, trend=stands))


def _nation() -> Iterator[Text]:
    aim = made.target(TargetKind.ABOVE_NATION)
    beside = {"beside": (("00", 80.0),)}
    yield said(SHARE, made.pace(REACHED, aim, **beside), at(81.9))
    yield said(SHARE, made.pace(NOT_REACHED, aim, **beside), at(78.2))
    yield said(JOBLESS, made.pace(NOT_REACHED, replace(aim, year=2030), beside=(("00", 6.5),)), at(7.0))
    yield said(SURVEY, made.pace(REACHED, aim, **beside), at(80.4))
    yield said(PER_PERSON, made.pace(REACHED, aim, beside=(("00", 4.4),)), at(4.1))
    yield said(SHARE, made.pace(REACHED, aim, beside=(("00", 81.88),)), at(81.92))
    yield said(JOBLESS, made.pace(NOT_REACHED, aim, beside=(("00", 8.8),)), at(8.8))
    yield said(MONEY, made.pace(NOT_REACHED, aim, beside=(("00", 560_000.0),)), at(470_000.0))
    yield said(LIFE, made.pace(NOT_REACHED, aim, beside=(("00", 83.9),)), at(83.4))
    yield said(SHARE, made.pace(UNDETERMINED, aim, lacking=("00",)), at(81.9))


def _composite() -> Iterator[Text]:
    aim = made.target(TargetKind.ABOVE_COMPOSITE, composite=METRO)
    more = {"beside": (("composite", 79.2),), "weighed": made.LATEST}
    yield said(SHARE, made.pace(REACHED, aim, **more), at(81.9))
    yield said(SHARE, made.pace(NOT_REACHED, aim, **(more | {"weighed": Period.year(2023)})), at(78.2))
    yield said(JOBLESS, made.pace(NOT_REACHED, replace(aim, year=2030), beside=(("composite", 6.5),)), at(7.0))
    yield said(SHARE, made.pace(UNDETERMINED, aim, lacking=("12", "14")), at(81.9))
    yield said(SHARE, made.pace(UNDETERMINED, aim, lacking=("00", "12")), at(81.9))
    yield said(SHARE, made.pace(UNDETERMINED, aim), at(81.9))
    yield said(SHARE, made.pace(UNDETERMINED, aim, weighed=made.LATEST), at(81.9))
    yield said(EMISSIONS, made.pace(UNDETERMINED, aim), at(1_244_000.0))


def _rank() -> Iterator[Text]:
    aim = made.target(TargetKind.RANK, value=7.0)
    compared = made.comparison(81.9)
    for verdict, rank in ((REACHED, 5), (NOT_REACHED, 9)):
        yield said(SHARE, made.pace(verdict, aim, rank=rank, of=21), at(81.9, comparison=compared))
    shared = at(81.9, comparison=replace(compared, tied=2))
    yield said(JOBLESS, made.pace(REACHED, replace(aim, value=1.0), rank=1, of=20), shared)
    yield said(
        PEOPLE, made.pace(NOT_REACHED, replace(aim, year=2030), rank=9, of=21), at(307_000.0, comparison=compared)
    )
    yield said(SHARE, made.pace(UNDETERMINED, aim, of=12), at(81.9))


def _nearer() -> Iterator[Text]:
    aim = made.target(TargetKind.CONVERGES)
    numbers = {"distance": -3.2, "first_distance": -5.0, "beside": (("00", 85.1),), "level_now": 81.9}
    course = made.trend(FALLING, -1.8, scale=Scale.LINEAR)
    course = replace(course, slope=-0.18)
    grows = {**numbers, "distance": -6.1}
    yield said(SHARE, made.pace(RIGHT_WAY, aim, course=course, **numbers), at(81.9))
    yield said(SHARE, made.pace(WRONG_WAY, aim, course=replace(course, slope=0.11), **grows), at(79.0))
    yield said(SHARE, made.pace(NOT_REACHED, aim, course=made.trend(STILL, 0.1), **numbers), at(81.9))
    yield said(SHARE, made.pace(UNDETERMINED, aim, course=made.trend(UNKNOWN), **numbers), at(81.9))
    yield said(SHARE, made.pace(UNDETERMINED, aim, course=course, **numbers), at(81.9))
    worse = at(81.9, trend=made.trend(UNKNOWN), comparison=made.comparison(81.9, 85.1, nation_movement=FALLING))
    yield said(SHARE, made.pace(RIGHT_WAY, aim, course=course, levelling_down=True, **numbers), worse)
    both = replace(worse, trend=made.trend(FALLING, -4.0))
    yield said(SHARE, made.pace(RIGHT_WAY, aim, course=course, levelling_down=True, **numbers), both)
    ahead = numbers | {"distance": 1.7, "beside": (("00", 80.2),)}
    yield said(SHARE, made.pace(REACHED, aim, course=course, **ahead), at(81.9))
    level = numbers | {"distance": 0.0, "beside": (("00", 81.9),)}
    yield said(SURVEY, made.pace(REACHED, aim, course=course, **level), at(81.9))
    small = {"distance": 0.4, "first_distance": 1.3, "beside": (("00", 3.7),), "level_now": 4.1}
    gas = replace(course, slope=-0.09)
    yield said(PER_PERSON, made.pace(RIGHT_WAY, aim, course=gas, **small), at(4.1, trend=made.trend(FALLING, -1.0)))
    yield said(SHARE, made.pace(UNDETERMINED, aim, lacking=("00",)), at(81.9))


def _as_fast() -> Iterator[Text]:
    aim = made.target(TargetKind.AS_FAST)
    course = made.trend(RISING)
    numbers = {"course": course, "achieved": 0.42, "beside": (("00", 0.2),)}
    yield said(SHARE, made.pace(ON_PACE, aim, needed=0.2, **numbers), at(81.9))
    yield said(SHARE, made.pace(TOO_SLOW, aim, needed=0.9, **numbers), at(81.9))
    yield said(SHARE, made.pace(UNDETERMINED, aim, needed=0.44, **numbers), at(81.9))
    falls = numbers | {"course": made.trend(FALLING, -4.0), "achieved": -0.42}
    yield said(SHARE, made.pace(WRONG_WAY, aim, needed=-0.6, **falls), at(81.9))
    still = numbers | {"course": made.trend(STILL, 0.0), "achieved": 0.0}
    yield said(SHARE, made.pace(TOO_SLOW, aim, needed=0.5, **still), at(81.9))
    life = {"course": made.trend(RISING, 1.6, scale=Scale.LOG), "achieved": 0.2, "level_now": 83.4}
    yield said(LIFE, made.pace(TOO_SLOW, aim, needed=0.36, beside=(("00", 0.36),), **life), at(83.4))
    gas = {"course": made.trend(FALLING, -400_000.0, scale=Scale.LOG), "achieved": -2.1}
    yield said(EMISSIONS, made.pace(TOO_SLOW, aim, needed=-3.4, beside=(("00", -3.4),), **gas), at(1_244_000.0))
    peers = replace(aim, peers=("19", "07", "17", "06"))
    yield said(
        SHARE,
        made.pace(TOO_SLOW, replace(aim, peers=("19",)), needed=0.9, **(numbers | {"beside": (("19", 0.9),)})),
        at(81.9),
    )
    yield said(SHARE, made.pace(TOO_SLOW, peers, needed=0.9, **(numbers | {"beside": (("17", 0.9),)})), at(81.9))
    yield said(SHARE, made.pace(ON_PACE, peers, needed=0.1, **(numbers | {"beside": (("17", 0.1),)})), at(81.9))
    one = replace(aim, peers=("19",))
    yield said(SHARE, made.pace(ON_PACE, one, needed=0.1, **(numbers | {"beside": (("19", 0.1),)})), at(81.9))
    yield said(SHARE, made.pace(UNDETERMINED, peers, needed=0.1, lacking=("17", "06"), **numbers), at(81.9))
    few = made.trend(reason=Reason.TOO_FEW, periods=made.years(2023, 2025))
    yield said(SHARE, made.pace(UNDETERMINED, aim, course=few), at(81.9))
    yield said(SHARE, made.pace(UNDETERMINED, aim, lacking=("00",)), at(81.9))


def _keep() -> Iterator[Text]:
    floor = made.target(TargetKind.FLOOR, value=80.0)
    kept = {"target_value": 80.0}
    yield said(SHARE, made.pace(REACHED, floor, **kept), at(81.9))
    yield said(SHARE, made.pace(REACHED, floor, broken=made.years(2019, 2021, 2), **kept), at(81.9))
    yield said(SHARE, made.pace(REACHED, floor, broken=made.years(2016, 2020), **kept), at(81.9))
    yield said(SHARE, made.pace(WRONG_WAY, floor, crosses=2028, **kept), at(81.9))
    yield said(SHARE, made.pace(NOT_REACHED, floor, broken=(made.LATEST,), **kept), at(78.1))
    yield said(SURVEY, made.pace(NOT_REACHED, floor, broken=made.years(2023, 2025), **kept), at(78.1))
    yield said(SHARE, made.pace(NOT_REACHED, floor, broken=made.years(2015, 2025), **kept), at(78.1))
    ceiling = made.target(TargetKind.CEILING, value=4.5)
    yield said(PER_PERSON, made.pace(REACHED, ceiling, target_value=4.5), at(4.1))
    yield said(PER_PERSON, made.pace(NOT_REACHED, ceiling, target_value=4.5, broken=made.years(2024, 2025)), at(4.9))
    yield said(PER_PERSON, made.pace(NOT_REACHED, ceiling, target_value=4.5, broken=(made.LATEST,)), at(4.52))
    yield said(SHARE, made.pace(UNDETERMINED, replace(floor, value=None)), at(81.9))


def _increment() -> Iterator[Text]:
    more = made.target(TargetKind.INCREMENT, value=5000.0, base_year=2020, year=2030)
    rates = {"target_value": 312_000.0, "needed": 0.5, "achieved": 0.2, "achieved_low": 0.1, "achieved_high": 0.3}
    people = at(307_000.0, trend=made.trend(RISING, 4000.0, scale=Scale.LOG, end=307_000.0))
    for verdict in (TOO_SLOW, REACHED):
        yield said(PEOPLE, made.pace(verdict, more, **rates), people)
    past = {"target_value": 312_000.0, "needed": -0.1, "achieved": 0.7, "level_now": 313_400.0}
    yield said(PEOPLE, made.pace(UNDETERMINED, more, **past), at(311_200.0))
    less = made.target(TargetKind.INCREMENT, value=-1.0, base_year=2020, year=2030)
    points = {"target_value": 6.0, "needed": -0.2, "achieved": -0.3}
    yield said(JOBLESS, made.pace(ON_PACE, less, **points), at(7.0, trend=made.trend(FALLING, -3.0)))
    yield said(JOBLESS, made.pace(UNDETERMINED, less), at(7.0))
    yield said(JOBLESS, made.pace(NOT_REACHED, replace(less, value=-2.5), **points), at(7.0))


def _milestones() -> Iterator[Text]:
    aim = made.target(milestones=(Milestone(2020, -25.0), Milestone(2027, -40.0)))
    gas = at(1_244_000.0, trend=made.trend(FALLING, -400_000.0, scale=Scale.LOG, end=1_244_000.0))
    rates = {"target_value": 760_000.0, "needed": -6.4, "achieved": -2.1, "achieved_low": -9.0, "achieved_high": 0.4}

    def stage(verdict: PaceVerdict, year: int, value: float) -> Pace:
        return made.pace(verdict, replace(aim, year=year, value=value, milestones=()), **(rates | {"needed": -3.0}))

    past = stage(REACHED, 2020, -25.0)
    for now, final in (
        (TOO_SLOW, TOO_SLOW),
        (ON_PACE, TOO_SLOW),
        (TOO_SLOW, ON_PACE),
        (ON_PACE, UNDETERMINED),
        (UNDETERMINED, UNDETERMINED),
        (REACHED, WRONG_WAY),
        (REACHED, REACHED),
    ):
        yield said(EMISSIONS, made.pace(final, aim, milestones=(past, stage(now, 2027, -40.0)), **rates), gas)
    yield said(EMISSIONS, made.pace(TOO_SLOW, aim, milestones=(past,), **rates), gas)
