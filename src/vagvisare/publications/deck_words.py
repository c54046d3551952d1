"""The words of the deck that are ours, in both languages, and how a date and a number of things are written."""

from __future__ import annotations

from datetime import date

from vagvisare.followups.outcome import ReplayVerdict
from vagvisare.terms.language import NO_BREAK_SPACE, Language, Text

KNOWN_ON = Text("Uppföljning på officiella siffror, kända den {day}", "Follow-up on official figures as known on {day}")
RECONSTRUCTED = Text("rekonstruerat", "reconstructed")
FOLLOWED_UP = Text("Uppföljning på officiella siffror", "Follow-up on official figures")
OWNER = Text(
    "Strategins ägare: {owner}. Siffror kända den {day}", "Owner of the strategy: {owner}. Figures known on {day}"
)
EFFORTS = Text(
    "{count} kraftsamlingar, {statements} påståenden från {year}",
    "{count} concerted efforts, {statements} statements from {year}",
)
EFFORTS_ONLY = Text("{count} kraftsamlingar", "{count} concerted efforts")
EFFORT = Text("Kraftsamling", "Concerted effort")
GOAL = Text("Övergripande mål", "Overarching goal")
FINDINGS = Text("Det här visar siffrorna", "What the figures show")
STATEMENTS = Text("{count} påståenden", "{count} statements")
STATEMENT = Text("Ett påstående", "One statement")
SAID_IN = Text("{statements} från {year}", "{statements} from {year}")
BY_THEN = Text(", med det som var känt då", ", by what was known then")
REPLAY_TALLY = {
    ReplayVerdict.AGREES: (Text("{} stämmer", "{} agrees"), Text("{} stämmer", "{} agree")),
    ReplayVerdict.DEPENDS: (
        Text("{} beror på definition eller år", "{} depends on definition or year"),
        Text("{} beror på definition eller år", "{} depend on definition or year"),
    ),
    ReplayVerdict.CONTRADICTED: (Text("{} motsägs", "{} is contradicted"), Text("{} motsägs", "{} are contradicted")),
    ReplayVerdict.UNDETERMINED: (
        Text("{} går inte att avgöra", "{} cannot be determined"),
        Text("{} går inte att avgöra", "{} cannot be determined"),
    ),
    ReplayVerdict.NO_FIGURES: (
        Text("{} saknar siffror här", "{} has no figures here"),
        Text("{} saknar siffror här", "{} have no figures here"),
    ),
}
REPLAY_RECONSTRUCTED = Text("Vad som var känt då är rekonstruerat.", "What was known then is reconstructed.")
RESULTS_OF = Text("{name}: resultat enligt regionen", "{name}: results according to the region")
TRENDS = Text("Omvärldstrender som påverkar länet", "Trends in the world around")
SHIFTS = Text("Behov av förflyttningar", "Shifts needed")
INSIGHTS = Text("Insikter från genomförandet", "Insights from putting the strategy into practice")
QUESTIONS = Text("Frågor att samtala om", "Questions to discuss")
METHOD = Text("Så har vi räknat", "How we calculated")
SOURCES = Text("Källor", "Sources")
REGIONS_WORDS = Text("Regionens egna ord", "The region's own words")
OUR_TRANSLATION = Text("Översättningen är vår.", "The translation is ours.")
SOURCE = Text("Källa", "Source")
SAID = Text("Sagt {year}", "Said in {year}")
THEN = Text("Höll det {day}?", "Did it hold on {day}?")
NOW = Text("Skulle det hålla {day}?", "Would it hold on {day}?")
OF = Text("{part} av {whole}", "{part} of {whole}")
AXIS_CUT = Text("axeln börjar inte vid noll", "the axis does not start at zero")
OLDER_METHOD = Text("äldre metod", "older method")
TARGET_PATH = Text("vägen till målet", "path to the target")
COUNTIES = Text("länen", "the counties")
COUNTIES_AND_NATION = Text("länen och riket", "the counties and Sweden")
MUNICIPALITIES = Text("kommunerna och länet", "the municipalities and the county")
OWN_PLACE = Text("Länet", "The county")
NATION = Text("Riket", "Sweden")
OTHER_PLACES = Text("Övriga", "The others")
PRODUCER = Text("Producent", "Producer")
FIGURES = Text("Uppgifter", "Figures")
FIGURE_SOURCE = Text("Källa: {source}. Hämtat {recorded}.", "Source: {source}. Read {recorded}.")
FIGURE_KNOWN = Text("Känt {known}.", "Known {known}.")
ALT_LINES = Text("Linjediagram.", "Line chart.")
ALT_LINE = Text(
    "{label}: från {first} till {last}, lägst {low}, högst {high}.",
    "{label}: from {first} to {last}, lowest {low}, highest {high}.",
)
ALT_DOTS = Text(
    "Punktdiagram med {count} rader, från {first} till {last}.", "Dot plot with {count} rows, from {first} to {last}."
)
NO_FIGURES = Text("Inga siffror visades i det här underlaget.", "This material held no figures to show.")
RECOMPUTE = Text("Räkna om själv:", "Recompute it yourself:")
OWN_CLAIM = Text(
    "Påståendet är regionens eget. Vägvisare har inte prövat det mot siffror.",
    "The claim is the region's own. Vägvisare has not tested it against figures.",
)

METHOD_STEPS = (
    Text(
        "Riktningen bedöms så att enstaka avvikande år inte avgör.",
        "Direction is judged so that single odd years do not decide.",
    ),
    Text(
        "Fyra svar hålls isär: nivå, riktning, takt mot mål och jämförelse.",
        "Four answers are kept apart: level, direction, pace towards the target and comparison.",
    ),
    Text(
        "”Går inte att avgöra” är ett svar: siffrorna räcker inte.",
        "“Cannot be determined” is an answer: the figures do not suffice.",
    ),
    Text(
        "Uträkningen bakom varje bild står i talarens anteckningar.",
        "The calculation behind each slide stands in the speaker notes.",
    ),
)
METHOD_NAMES = Text(
    "Riktning: Theil–Sens lutning prövad med Mann–Kendalls test. Metoden står i docs/method.",
    "Direction: the Theil–Sen slope with the Mann–Kendall test. The method stands in docs/method.",
)
METHOD_RECONSTRUCTED = Text(
    "Rekonstruerat: det som var känt har slutits ur när producenten brukar publicera.",
    "Reconstructed: what was known is inferred from when the producer usually publishes.",
)

REPLAY_VERDICTS = {
    ReplayVerdict.AGREES: Text("Stämmer", "Agrees"),
    ReplayVerdict.DEPENDS: Text("Beror på definition, år eller fönster", "Depends on definition, year or window"),
    ReplayVerdict.CONTRADICTED: Text("Motsägs", "Contradicted"),
    ReplayVerdict.UNDETERMINED: Text("Går inte att avgöra", "Cannot be determined"),
    ReplayVerdict.NO_FIGURES: Text("Inga siffror här", "No figures here"),
}

SHORT_VERDICTS = {
    **REPLAY_VERDICTS,
    ReplayVerdict.DEPENDS: Text("Det beror på", "It depends"),
    ReplayVerdict.NO_FIGURES: Text("Inga siffror", "No figures"),
}
"""The verdicts as they are read aloud in a table; what it depends on stands beside, and the full words in the notes."""

_MONTHS = Text(
    "januari februari mars april maj juni juli augusti september oktober november december",
    "January February March April May June July August September October November December",
)
_SMALL = Text(
    "noll en två tre fyra fem sex sju åtta nio tio elva tolv",
    "zero one two three four five six seven eight nine ten eleven twelve",
)


def day(when: date, language: Language) -> str:
    """Write a date as people do: ``17 juni 2022``."""
    return NO_BREAK_SPACE.join((str(when.day), _MONTHS.to(language).split()[when.month - 1], str(when.year)))


def count(number: int, language: Language, *, capital: bool = False, neuter: bool = False) -> str:
    """Write a small whole number in words, larger ones in digits; ``neuter`` gives *ett* for one in Swedish."""
    if not 0 <= number <= 12:
        return str(number)
    word = "ett" if neuter and number == 1 and language is Language.SV else _SMALL.to(language).split()[number]
    return word.capitalize() if capital else word
