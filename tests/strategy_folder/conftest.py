"""A small synthetic folder that uses every kind of value once; nothing in it is real."""

from datetime import date

import pytest

from vagvisare.assessment.definition import (
    Break,
    Collection,
    Composite,
    Contrast,
    Direction,
    Event,
    Group,
    Indicator,
    Milestone,
    OrderedGroups,
    ReleaseRule,
    Sibling,
    Target,
    TargetKind,
)
from vagvisare.editions.document import Edition, LevelName, Node, Source, StatedChange
from vagvisare.editions.registers import (
    Actor,
    DateClaim,
    Document,
    Evidence,
    Link,
    Occasion,
    Register,
    Strategy,
    TrendItem,
)
from vagvisare.findings.finding import FindingType
from vagvisare.followups.document import Claim, Focus, FollowUp, Said, Statement
from vagvisare.sources.contract import Cell, Receipt, Table
from vagvisare.strategy_folder import Folder, seal, write
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

S = Source("påhittat.txt", 3)
T = Text("Påhittat", "Made up")
WOMEN = Group("K", "", Text("kvinnor", "women"))
MEN = Group("M", "", Text("män", "men"))


def receipt(dataset: str, unit: str) -> Receipt:
    return Receipt(
        dataset, "Påhittade siffror", "Ingen", "x:1", "CC0", unit, date(2026, 1, 2), "påhittat", "årligen", 0, ""
    )


def tables() -> tuple[Table, ...]:
    jobs = [
        Cell(territory, Period.year(year), sex, "", 80.0 + step + year % 7 / 10)
        for step, territory in enumerate(("00", "18", "19"))
        for year in range(2010, 2021)
        for sex in ("T", "K", "M")
    ]
    people = [Cell("18", Period.year(year), "T", "", 280_000.0 + year) for year in range(2010, 2021)]
    return seal(Table(receipt("jobs", "percent"), tuple(jobs))), seal(
        Table(receipt("people", "persons"), tuple(people))
    )


def indicators() -> tuple[Indicator, ...]:
    jobs = Indicator(
        key="jobs",
        dataset="jobs",
        title=T,
        subject=Text("andelen i arbete", "the share in work"),
        unit="percent",
        direction=Direction.HIGHER,
        collection=Collection.SURVEY,
        definition=T,
        limits=(0.0, 100.0),
        release=ReleaseRule(1, 2),
        breaks=(Break(Period.year(2015), T, cuts=False, sibling="people"),),
        targets=(
            Target(TargetKind.ABSOLUTE, "”nå 90”", "s. 3", value=90.0, year=2030),
            Target(TargetKind.RELATIVE_TO_BASE, "plus fem", "s. 4", value=5.5, base_year=2010, year=2030),
            Target(TargetKind.ABOVE_PEERS, "bättre än andra", "s. 5", peers=("19",), reading=T),
            Target(TargetKind.DIRECTION, "mer", "s. 6"),
            Target(TargetKind.GAP_SHRINKS, "lika", "s. 7", groups=("K/", "M/")),
            Target(
                TargetKind.INCREMENT,
                "fem enheter till",
                "s. 8",
                value=5.0,
                base_year=2011,
                year=2029,
                milestones=(Milestone(2015, 2.5), Milestone(2020, 4.0)),
            ),
            Target(TargetKind.FLOOR, "aldrig under", "s. 9", value=70.0),
            Target(TargetKind.CEILING, "aldrig över", "s. 10", value=95.0),
            Target(TargetKind.ABOVE_NATION, "över riket", "s. 11", year=2031),
            Target(TargetKind.CONVERGES, "närmare riket", "s. 12"),
            Target(TargetKind.AS_FAST, "lika fort som riket", "s. 13"),
            Target(TargetKind.AS_FAST, "lika fort som andra", "s. 14", peers=("07",)),
            Target(
                TargetKind.ABOVE_COMPOSITE,
                "som riket utom storstadslänen",
                "s. 15",
                composite=Composite(Text("riket utom storstadslänen", "Sweden elsewhere"), ("01", "12"), "people"),
            ),
            Target(TargetKind.RANK, "sjunde bäst", "s. 16", value=7.0),
        ),
        watches=("mal/arbete",),
        groups=(WOMEN, MEN),
        contrasts=(Contrast(WOMEN, MEN),),
        ordered_groups=(OrderedGroups("alla", T, (WOMEN, MEN, WOMEN), (0.3, 0.5, 0.2)),),
        siblings=(Sibling(T, key="people"), Sibling(T, reference="annat register")),
        comparison=("19",),
        smallest_change=0.5,
        notes=(T, Text("Två\nrader", 'With "quotes"')),
    )
    people = Indicator(
        "people", "people", T, T, "persons", Direction.NEUTRAL, Collection.REGISTER, T, plural=True, per="jobs"
    )
    return jobs, people


def follow_up() -> FollowUp:
    claims = (
        Claim("jobs", "shock", "falling", event="kris", group="K/"),
        Claim("jobs", "trend", "rising", part="2", note="n", note_en="n"),
    )
    statement = Statement("s1", "Fler arbetar", FindingType.TREND, S, claims=claims, missing="mer", missing_en="more")
    focus = Focus(
        "f1",
        "Kraft",
        S,
        "Effort",
        (statement,),
        (Said("r1", "Klart", S, note="a", note_en="b"),),
        ("mal/arbete",),
        Said("p", "Mål", S),
    )
    shifts = (Said("a", "Skifte", S), Said("b", "Under", S, parent="a"))
    return FollowUp("2022", "Uppföljning", "Follow-up", date(2022, 6, 17), "Råd", S, (focus,), shifts, questions=shifts)


def strategy() -> Strategy:
    nodes = (
        Node("vision", "vision", "En \\ vision {#med} tecken\n\ni två stycken ", S, english="A vision"),
        Node(
            "mal/arbete",
            "goal",
            "Fler i arbete",
            S,
            "vision",
            number="1.2",
            working_name=True,
            note="a\nb",
            note_en="c\nd",
        ),
        Node("mal/klimat", "goal", "x" * 120, Source("påhittat.txt", 4, 6), "vision"),
        Node("mal/sent", "goal", "Sent", S, "mal/arbete"),
    )
    new = Edition(
        "2021", "Ny", "remiss", date(2021, 6, 9), S, False, nodes, (StatedChange("mal/arbete", "Ändrat", S),), "2018"
    )
    old = Edition(
        "2018",
        "Gammal",
        "antagen",
        None,
        S,
        True,
        (Node("vision", "vision", "Förr", S),),
        note="del",
        english="Old",
        note_en="partial",
    )
    register = Register(
        (Evidence("e1", "Underlag", "report", 2, S, areas=("mal/arbete", "mal/klimat"), note="a", note_en="b"),),
        (TrendItem("t1", "Trend", 2021, S, megatrend=True), TrendItem("t2", "Trend", 2022, S, continues="t1")),
        (Actor("a1", "Kommun", "municipality", "ägare", S, territory="1880", role_en="owner"),),
        (
            Occasion(
                "o1",
                "Samråd",
                (DateClaim("planned", "2021-06", S, "2021-09-30"), DateClaim("planned", "2021-07", S)),
            ),
        ),
        (Link("contributes_to", "mal/arbete", "mal/klimat", "står så", S, english="so it says"),),
    )
    levels = (LevelName("vision", T, T), LevelName("goal", T, T))
    documents = (
        Document("påhittat.txt", "Påhittat dokument", "Made-up document", date(2021, 6, 9)),
        Document("b", "B"),
    )
    return Strategy(
        "prov",
        T,
        T,
        "18",
        ("sv", "en"),
        ("19", "07"),
        levels,
        "2021",
        (old, new),
        register,
        True,
        None,
        (T,),
        documents,
    )


@pytest.fixture
def sample() -> Folder:
    return Folder(strategy(), indicators(), (Event("kris", 2012, 2013, T),), (follow_up(),), tables())


@pytest.fixture
def path(sample, tmp_path):
    place = tmp_path / "prov"
    write(sample, place)
    return place
