"""The registers, described: the order they are listed in, and what each is called."""

from __future__ import annotations

from vagvisare.publications.pages.words import EVIDENCE_KINDS
from vagvisare.terms.language import Text
from vagvisare.web.registers.definition import Column, Definition, Kind
from vagvisare.web.registers.described_people import ACTORS, CONTRIBUTIONS, MANDATE, MEETINGS, TIMELINE
from vagvisare.web.registers.described_words import ENGLISH, NOTE, NOTE_EN, SOURCE

_REACH = (
    ("", Text("inte angivet", "not stated")),
    ("eu", Text("EU", "EU")),
    ("national", Text("nationell", "national")),
    ("regional", Text("regional", "regional")),
)
_LEVELS = (
    ("global", Text("global", "global")),
    ("eu", Text("EU", "EU")),
    ("national", Text("nationell", "national")),
    ("regional", Text("regional", "regional")),
    ("local", Text("lokal", "local")),
)
_FRAMES = (
    ("", Text("ingen familj", "no family")),
    ("agenda_2030", Text("Agenda 2030", "2030 Agenda")),
    ("national_strategy", Text("nationell strategi", "national strategy")),
    ("s3", Text("smart specialisering (S3)", "smart specialisation (S3)")),
    ("environmental_objectives", Text("miljömålen", "environmental objectives")),
)

EVIDENCE = Definition(
    "evidence",
    Text("Underlag", "Evidence"),
    Text("underlaget", "the evidence"),
    Text(
        "Det som strategin bygger på: händelser, trender, mål och strategier som bedöms påverka innehållet.",
        "What the strategy builds on: events, trends, goals and strategies judged to affect its contents.",
    ),
    Text(
        "Här samlas underlagsrapporten: en rad för varje händelse, trend, mål eller strategi som bedöms påverka "
        "innehållet, med källa och med hur många områden den berör. Vilka områden fylls sedan i ruta för ruta.",
        "The evidence report is gathered here: a row for each event, trend, goal or strategy judged to affect the "
        "contents, with its source and how many areas it affects. Which areas is then filled in cell by cell.",
    ),
    (
        Column("title", Kind.WORDS, Text("Titel", "Title"), listed=True),
        Column("kind", Kind.CHOICE, Text("Slag", "Kind"), choices=tuple(EVIDENCE_KINDS.items()), free=True,
               listed=True, filtered=True),
        Column("areas_affected", Kind.NUMBER, Text("Områden enligt källan", "Areas by the source"),
               Text("Källans eget antal. Vilka det är fylls i i matrisen.",
                    "The source's own count. Which they are is filled in in the matrix."), listed=True),
        Column("dated", Kind.DAY, Text("Daterat", "Dated"), listed=True),
        SOURCE,
        ENGLISH,
        Column("link", Kind.WORDS, Text("Länk", "Link"),
               Text("Adress till dokumentet, med https.", "Address of the document, with https.")),
        Column("summary", Kind.LONG, Text("Sammanfattning", "Summary")),
        Column("summary_en", Kind.LONG, Text("Sammanfattning på engelska", "Summary in English")),
        Column("areas", Kind.NODES, Text("Områden som berörs", "Areas affected")),
        Column("other_areas", Kind.NODES, Text("Områden som inte berörs", "Areas not affected")),
        NOTE,
        NOTE_EN,
    ),
    ("title",),
)  # fmt: skip

TRENDS = Definition(
    "trends",
    Text("Omvärldstrender", "Trends"),
    Text("trenden", "the trend"),
    Text(
        "Trender i omvärlden som ett dokument ordar dem, år för år, och de megatrender som driver dem.",
        "Trends in the world around as a document words them, year by year, and the megatrends that drive them.",
    ),
    Text(
        "Skriv in trenderna som dokumentet ordar dem, ett år i taget. Ange vilken tidigare trend var och en "
        "fortsätter, så räknas det ut vad som är kvar, omskrivet, nytt och struket.",
        "Enter the trends as the document words them, one year at a time. State which earlier trend each one "
        "continues, and what is kept, reworded, new and dropped is worked out.",
    ),
    (
        Column("text", Kind.WORDS, Text("Trend", "Trend"), listed=True),
        Column("year", Kind.NUMBER, Text("År", "Year"), listed=True, filtered=True),
        Column("megatrend", Kind.YES_NO, Text("Megatrend", "Megatrend"), listed=True, filtered=True),
        Column("continues", Kind.REF, Text("Fortsätter", "Continues"),
               Text("Den tidigare ordalydelsen av samma trend.", "The earlier wording of the same trend."),
               register="trends", listed=True),
        Column("driven_by", Kind.REFS, Text("Drivs av", "Driven by"),
               Text("Megatrender, bara där en källa säger det.", "Megatrends, only where a source says so."),
               register="trends"),
        Column("reach", Kind.CHOICE, Text("Räckvidd", "Reach"), choices=_REACH, filtered=True),
        SOURCE,
        ENGLISH,
    ),
    ("text",),
    key_from=lambda content: f"{content.get('year', '')} {content.get('text', '')}",
)  # fmt: skip

ALIGNMENTS = Definition(
    "alignments",
    Text("Styrdokument", "Policies"),
    Text("styrdokumentet", "the policy"),
    Text(
        "De styr- och policydokument som strategin ska stämma med, från global till lokal nivå, och var den tar upp "
        "dem.",
        "The steering and policy documents the strategy is to agree with, from global to local level, and where it "
        "takes them up.",
    ),
    Text(
        "Skriv in de dokument strategin ska stämma med: Agenda 2030, nationella strategier, smart specialisering, "
        "miljömålen. Ange sedan vilka delar av strategin som tar upp dem; då syns vilka som inget stöder.",
        "Enter the documents the strategy is to agree with: the 2030 Agenda, national strategies, smart "
        "specialisation, the environmental objectives. Then state which parts take them up; what nothing supports "
        "shows.",
    ),
    (
        Column("title", Kind.WORDS, Text("Titel", "Title"), listed=True),
        Column("level", Kind.CHOICE, Text("Nivå", "Level"), choices=_LEVELS, listed=True, filtered=True),
        Column("frame", Kind.CHOICE, Text("Familj", "Family"), choices=_FRAMES, listed=True, filtered=True),
        Column("nodes", Kind.NODES, Text("Tas upp i", "Taken up in"), listed=True),
        SOURCE,
        ENGLISH,
        Column("link", Kind.WORDS, Text("Länk", "Link")),
        NOTE,
    ),
    ("title",),
)  # fmt: skip

THEMES = Definition(
    "themes",
    Text("Teman", "Themes"),
    Text("temat", "the theme"),
    Text(
        "Teman som går tvärs över områdena, med de ord som röjer dem i texten.",
        "Themes that run across the areas, with the words that betray them in the text.",
    ),
    Text(
        "Ett tema är något som ska märkas i flera områden, som digitalisering eller hållbarhet. Skriv de ord som "
        "röjer det, ett på varje rad; utkastets text söks igenom efter dem.",
        "A theme is something that is to show in several areas, such as digitalisation or sustainability. Write the "
        "words that betray it, one a line; the text of the draft is searched for them.",
    ),
    (
        Column("name", Kind.WORDS, Text("Tema", "Theme"), listed=True),
        Column("words", Kind.LINES, Text("Ord", "Words"),
               Text("Ett ord på varje rad.", "One word a line."), listed=True),
        Column("nodes", Kind.NODES, Text("Märkt för hand", "Tagged by hand")),
        Column("english", Kind.WORDS, Text("På engelska", "In English"), listed=True),
    ),
    ("name",),
)  # fmt: skip

TERMS = Definition(
    "terms",
    Text("Ordlista", "List of terms"),
    Text("termen", "the term"),
    Text(
        "Strategins egna termer: hur de skrivs och vilka former som ska undvikas. Språkhjälpen i utkastet följer "
        "listan.",
        "The strategy's own terms: how they are written and which forms to avoid. The language help of the draft "
        "follows the list.",
    ),
    Text(
        "Hit hör ord som är rätta i strategin fast de saknas i ordböckerna, som namn på nätverk och modeller, och "
        "termer som ska skrivas på ett enda sätt. Skriv termen i grundform, som den ska stå. I kolumnen Undvik skrivs "
        "de former som språkhjälpen ska anmärka på. Ord kan också läggas till i utkastet, när språkhjälpen inte känner "
        "igen dem.",
        "Here belong words that are right in the strategy though dictionaries lack them, such as names of networks "
        "and models, and terms that are to be written in one way only. Write the term in its basic form, as it is to "
        "stand. Under Avoid go the forms that the language help is to remark upon. Words can also be added in the "
        "draft, when the language help does not know them.",
    ),
    (
        Column("text", Kind.WORDS, Text("Term", "Term"), listed=True),
        Column("avoid", Kind.LINES, Text("Undvik", "Avoid"),
               Text("En form på varje rad.", "One form a line."), listed=True),
        Column("english", Kind.WORDS, Text("På engelska", "In English"), listed=True),
        Column("note", Kind.LONG, Text("Anmärkning", "Note"), listed=True),
    ),
    ("text",),
)  # fmt: skip

ERRATA = Definition(
    "errata",
    Text("Rättelser", "Errata"),
    Text("rättelsen", "the erratum"),
    Text(
        "Fel i en förseglad utgåva och vad som skulle ha stått. Utgåvan själv ändras aldrig, och inte heller en "
        "rättelse: blir den fel görs en ny.",
        "Mistakes in a sealed edition and what should have stood there. The edition itself is never changed, nor is "
        "an erratum: if it is wrong, another is issued.",
    ),
    Text(
        "Inga rättelser. Hittar någon ett fel i en förseglad utgåva skrivs det in här, med vad som står och vad som "
        "skulle ha stått.",
        "No errata. When somebody finds a mistake in a sealed edition it is entered here, with what stands and what "
        "should have stood.",
    ),
    (
        Column("edition", Kind.WORDS, Text("Utgåva", "Edition"), Text("Utgåvans nyckel.", "The edition's key."),
               listed=True, filtered=True),
        Column("address", Kind.NODE, Text("Var", "Where"), listed=True),
        Column("was", Kind.LONG, Text("Står", "Stands"), listed=True),
        Column("now", Kind.LONG, Text("Ska vara", "Should be"), listed=True),
        Column("dated", Kind.DATE, Text("Rättat den", "Corrected on"), listed=True),
        Column("reason", Kind.LONG, Text("Skäl", "Reason"), listed=True),
        Column("by", Kind.WORDS, Text("Av", "By")),
    ),
    ("was",),
    sealed=True,
    key_from=lambda content: f"{content.get('dated', '')} {content.get('was', '')}",
)  # fmt: skip

DEFINITIONS: dict[str, Definition] = {
    definition.key: definition
    for definition in (
        MANDATE,
        TIMELINE,
        MEETINGS,
        ACTORS,
        CONTRIBUTIONS,
        EVIDENCE,
        TRENDS,
        ALIGNMENTS,
        THEMES,
        TERMS,
        ERRATA,
    )
}
"""Every register, by key."""
