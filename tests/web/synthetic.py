"""A small, wholly synthetic outcome: every figure, quote and source below is invented for tests."""

from __future__ import annotations

from datetime import date

from vagvisare.assessment.definition import (
    Break,
    Collection,
    Contrast,
    Direction,
    Group,
    Indicator,
    ReleaseRule,
    Target,
    TargetKind,
)
from vagvisare.assessment.judgement import (
    Comparison,
    Gap,
    GapVerdict,
    Judgement,
    Level,
    Movement,
    Pace,
    PaceVerdict,
    Reason,
    Trend,
    Verdict,
    Window,
)
from vagvisare.editions.document import Edition, LevelName, Node, Source
from vagvisare.editions.registers import Register, Strategy, TrendItem
from vagvisare.findings.finding import Finding, FindingType, VintageRef
from vagvisare.followups.document import Claim, Focus, FollowUp, Said, Statement
from vagvisare.followups.outcome import Answer, Outcome, PastVerdict, Replayed, ReplayVerdict, Tested
from vagvisare.publications.material import Material
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.territory import COUNTIES
from vagvisare.terms.unit import UNITS, Scale

AS_OF = date(2026, 11, 21)
HOME = "18"
SOURCE = Source("synthetic.txt", 1, 2)
WOMEN = Group("K", "", Text("kvinnor", "women"))
MEN = Group("M", "", Text("män", "men"))
GOAL = "effektmal/provmal"


def indicator(key: str, unit: str, **more) -> Indicator:
    told = {
        "title": Text(f"Prov {key}", f"Sample {key}"),
        "subject": Text(f"provmåttet {key}", f"the sample measure {key}"),
        "direction": Direction.HIGHER,
        "collection": Collection.REGISTER,
        "definition": Text("Påhittat för prov.", "Invented for tests."),
        "release": ReleaseRule(1, 9),
        "watches": (GOAL,),
    }
    return Indicator(key=key, dataset=f"{key}_data", unit=unit, **(told | more))


def indicators() -> dict[str, Indicator]:
    target = Target(
        TargetKind.RELATIVE_TO_BASE, "påhittat mål", "synthetic.txt:3", value=-60.0, base_year=2005, year=2030
    )
    found = [
        indicator("share", "percent", contrasts=(Contrast(WOMEN, MEN),), groups=(WOMEN, MEN)),
        indicator(
            "emissions",
            "tonnes_co2e",
            direction=Direction.LOWER,
            targets=(target,),
            breaks=(Break(Period.year(2012), Text("ny metod", "new method")),),
        ),
        indicator("health", "percent", collection=Collection.SURVEY),
    ]
    return {one.key: one for one in found}


def _years(first: int, last: int, start: float, step: float) -> dict[Period, float]:
    return {Period.year(year): start + step * (year - first) for year in range(first, last + 1)}


def panel() -> dict[SeriesKey, Series]:
    found: dict[SeriesKey, Series] = {}
    for place, code in enumerate(["00", *COUNTIES]):
        found |= _series("share", code, _years(2006, 2025, 78.25 + place * 0.4, 0.3))
        found |= _series("emissions", code, _years(2005, 2024, 2_000_000.0 + place * 1000, -30_000.0))
        windows = {Period(y, y + 3): 70 + place / 10 - (y - 2004) * 0.1 for y in range(2004, 2022)}
        found |= _series("health", code, windows)
    for group in (WOMEN, MEN):
        found |= _series("share", HOME, _years(2006, 2025, 80.0 if group is WOMEN else 74.0, 0.25), group.sex)
    return found


def _series(name: str, code: str, points: dict[Period, float], sex: str = "T") -> dict[SeriesKey, Series]:
    key = SeriesKey(name, code, sex)
    return {key: Series.of(key, points)}


def trend(series: Series, scale: Scale, verdict: Verdict = Verdict.IMPROVING) -> Trend:
    change = series.values[-1] - series.values[0]
    return Trend(
        verdict=verdict,
        movement=Movement.RISING if change > 0 else Movement.FALLING,
        reason=Reason.SIGNIFICANT,
        window=Window(series.periods[-15:], len(series)),
        scale=scale,
        slope=0.02,
        slope_low=0.01,
        slope_high=0.03,
        s=90,
        p=0.001,
        exact=False,
        rho=0.1,
        inflation=1.2,
        level_start=series.values[0],
        level_end=series.values[-1],
        change=change,
        change_low=change * 0.8,
        change_high=change * 1.2,
    )


def judgements(series: dict[SeriesKey, Series], known: dict[str, Indicator]) -> dict[SeriesKey, Judgement]:
    return {key: _judged(one, series, known[key.indicator]) for key, one in series.items()}


def _judged(one: Series, series: dict[SeriesKey, Series], known: Indicator) -> Judgement:
    latest = one.periods[-1]
    peers = tuple((code, series[one.key.at(code)].values[-1]) for code in COUNTIES if one.key.at(code) in series)
    comparison = Comparison(
        period=latest,
        value=one.values[-1],
        rank=14,
        tied=1,
        of=21,
        best=False,
        worst=False,
        nation=one.values[-1] - 1,
        peers=peers[:4],
        nation_movement=Movement.RISING,
        values=peers,
    )
    paces = tuple(
        Pace(target, PaceVerdict.TOO_SLOW, 800_000.0, 1_430_000.0, -9.0, -1.8, -2.4, -1.2, 0.2, 0.47)
        for target in known.targets
    )
    gaps = (_gap(one, series),) if known.contrasts and one.key.is_total and one.key.territory == HOME else ()
    return Judgement(
        one.key, Level(latest, one.values[-1]), trend(one, known.scale), comparison, paces=paces, gaps=gaps
    )


def _gap(one: Series, series: dict[SeriesKey, Series]) -> Gap:
    a, b = (series[SeriesKey(one.key.indicator, HOME, sex)] for sex in "KM")
    first, last = a.periods[0], a.periods[-1]
    return Gap(
        contrast=Contrast(WOMEN, MEN),
        period=last,
        a=a.values[-1],
        b=b.values[-1],
        difference=a.values[-1] - b.values[-1],
        first_period=first,
        first_difference=a.values[0] - b.values[0],
        trend=trend(a, Scale.LINEAR),
        verdict=GapVerdict.UNCHANGED,
        levelling_down=False,
    )


def vintages(known: dict[str, Indicator], as_of: date) -> dict[str, VintageRef]:
    return {
        one.dataset: VintageRef(one.dataset, "0" * 64, AS_OF, as_of, reconstructed=as_of < AS_OF)
        for one in known.values()
    }


def findings(known: dict[str, Indicator], as_of: date) -> tuple[Finding, ...]:
    refs = vintages(known, as_of)

    def one(
        kind: FindingType, name: str, verdict: str, sv: str, en: str, weight: float, parts: tuple[str, ...] = ()
    ) -> Finding:
        key = SeriesKey(name, HOME)
        figures = {"value": 81.9, "gap": float("nan")}
        return Finding(
            kind, key, verdict, Text(sv, en), {"n": 15}, figures, refs[known[name].dataset], weight, "prov", parts
        )

    return (
        one(
            FindingType.PACE,
            "emissions",
            "för långsamt",
            "Provutsläppen i Örebro län minskar för långsamt: de behöver minska med 9,0 procent om året för att nå "
            "målet 2030, och har minskat med 1,8 procent om året.",
            "Sample emissions in Örebro County fall too slowly: they need to fall by 9.0 per cent a year to reach "
            "the target of 2030, and have fallen by 1.8 per cent a year.",
            9.0,
        ),
        one(
            FindingType.TREND,
            "share",
            "förbättras",
            "Provandelen i Örebro län ökar sedan 2011.",
            "The sample share in Örebro County has risen since 2011.",
            8.0,
        ),
        one(
            FindingType.RANK,
            "health",
            "jämförelse",
            "Provhälsan i Örebro län är bland de tre lägsta i landet.",
            "Sample health in Örebro County is among the three lowest in the country.",
            7.0,
        ),
        one(
            FindingType.GAP,
            "share",
            "oförändrat",
            "=Skillnaden mellan kvinnor och män i Örebro län är i stort sett oförändrad.",
            "The gap between women and men in Örebro County is largely unchanged.",
            6.0,
            ("k-m",),
        ),
        one(
            FindingType.COMPOSITE,
            "share",
            "oförändrat",
            "Två av tre provmått går åt rätt håll.",
            "Two of three sample measures move the right way.",
            5.0,
        ),
    )


def _strategy() -> Strategy:
    nodes = (
        Node("vision", "vision", "En påhittad vision", SOURCE, english="An invented vision"),
        Node("mal/provgrupp", "overarching_goal", "Påhittat övergripande mål", SOURCE, english="Invented goal"),
        Node(GOAL, "effect_goal", "Påhittat effektmål", SOURCE, parent="mal/provgrupp", english="Invented effect goal"),
        Node("omrade/provomrade", "area", "Påhittat område", SOURCE, number="5.1", english="Invented area"),
    )
    edition = Edition("2021", "Påhittad utgåva", "remiss", date(2021, 6, 17), SOURCE, partial=False, nodes=nodes)
    levels = tuple(
        LevelName(key, Text(sv, en), Text(f"{sv}s", f"{en}s"))
        for key, sv, en in [
            ("vision", "vision", "vision"),
            ("overarching_goal", "övergripande mål", "overarching goal"),
            ("effect_goal", "effektmål", "effect goal"),
            ("area", "område", "area"),
        ]
    )
    trends = (TrendItem("t1", "Påhittad trend", 2022, SOURCE, english="Invented trend"),)
    return Strategy(
        key="prov",
        owner=Text("Region Prov", "Region Sample"),
        title=Text("En påhittad strategi", "An invented strategy"),
        territory=HOME,
        languages=("sv", "en"),
        comparison=("19", "07", "17", "06"),
        levels=levels,
        current="2021",
        editions=(edition,),
        register=Register(trends=trends),
        synthetic=True,
    )


def _follow_up() -> FollowUp:
    def statement(key: str, text: str, *indicators: str) -> Statement:
        claims = tuple(Claim(name, "trend", "rising") for name in indicators)
        return Statement(key, text, FindingType.TREND, SOURCE, english=f"{text} (en)", claims=claims)

    focuses = (
        Focus(
            "inkludering",
            "Påhittad kraftsamling",
            SOURCE,
            "Invented effort",
            tuple(statement(f"s{n}", f"Påhittat påstående {n} ökar", "share", "health") for n in range(1, 7)),
            (Said("r1", "Påhittat resultat", SOURCE, "Invented result"),),
            purpose=Said("p1", "… för ett påhittat syfte.", SOURCE, "… for an invented purpose."),
        ),
        Focus(
            "omstallning",
            "Påhittad omställning till ett långsiktigt hållbart näringsliv och en cirkulär ekonomi",
            SOURCE,
            "Invented transition to a sustainable economy",
            (statement("s7", "Påhittade utsläpp minskar", "emissions"),),
            tuple(Said(f"r{n}", "Påhittat resultat som är långt. " * 3, SOURCE, "Long result") for n in range(9)),
        ),
    )
    return FollowUp(
        key="2022",
        title="Påhittad uppföljning 2022",
        english="Invented follow-up 2022",
        dated=date(2022, 6, 17),
        body="Provrådet",
        source=SOURCE,
        focuses=focuses,
        shifts=(
            Said("f1", "Påhittad förflyttning", SOURCE, "Invented shift"),
            Said("f2", "Påhittad del", SOURCE, "Invented part", parent="f1"),
        ),
        insights=(Said("i1", "Påhittad insikt", SOURCE, "Invented insight"),),
        questions=(Said("q1", "Påhittad fråga?", SOURCE, "Invented question?"),),
    )


def _replay(follow_up: FollowUp) -> tuple[Replayed, ...]:
    found = []
    verdicts = list(ReplayVerdict)
    for focus in follow_up.focuses:
        for place, statement in enumerate(focus.statements):
            why = Text(
                "Siffrorna visar något påhittat, i en mening som tar plats.",
                "The figures show something invented, in a sentence that takes room.",
            )
            tested = tuple(Tested(claim, ReplayVerdict.AGREES, why) for claim in statement.claims)
            then = Answer(follow_up.dated, True, verdicts[(place + 1) % 5], why, tested)
            now = Answer(AS_OF, False, verdicts[place % 5], why, tested)
            found.append(Replayed(statement, focus, then, now))
    return tuple(found)


def material(as_of: date = AS_OF, *, with_follow_up: bool = True) -> Material:
    """Return the synthetic material; figures whose year ends after ``as_of`` are not in it."""
    known = indicators()
    series = {key: one.only(frozenset(p for p in one.periods if p.end < as_of.year)) for key, one in panel().items()}
    judged = judgements(series, known)
    follow_ups = (_follow_up(),) if with_follow_up else ()
    outcome = Outcome(
        strategy=_strategy(),
        territory=HOME,
        indicators=known,
        events=(),
        follow_ups=follow_ups,
        as_of=as_of,
        panel=series,
        judgements=judged,
        findings=findings(known, as_of),
        vintages=vintages(known, as_of),
        replay=_replay(follow_ups[0]) if follow_ups else (),
        history={
            name: (PastVerdict(date(2024, 12, 31), judged[SeriesKey(name, HOME)], reconstructed=True),)
            for name in known
        },
    )
    receipts = {one.dataset: _receipt(one) for one in known.values()}
    return Material(outcome, receipts)


def _receipt(one: Indicator) -> Receipt:
    return Receipt(
        dataset=one.dataset,
        title=one.title.sv,
        producer="Provmyndigheten",
        source_id=f"PROV-{one.key}",
        licence="CC0",
        unit=one.unit,
        recorded=AS_OF,
        read_from="",
        typical_release="årligen i september",
        rows=440,
        sha256="0" * 64,
        note=f"Påhittat för prov; enhet {UNITS[one.unit].name.sv}.",
    )
