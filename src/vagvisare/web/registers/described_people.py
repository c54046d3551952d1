"""The registers of who, when and by whose leave: steering input, timeline, meetings, actors, contributors."""

from __future__ import annotations

from vagvisare.terms.language import Text
from vagvisare.web.registers.definition import Column, Definition, Kind
from vagvisare.web.registers.described_words import CLAIM_KINDS, ENGLISH, NOTE, SOURCE

_INPUT_KINDS = (
    ("why", Text("varför", "why")),
    ("constraint", Text("ram", "constraint")),
    ("deadline", Text("tid", "deadline")),
    ("method", Text("arbetssätt", "method")),
    ("question", Text("fråga", "question")),
)
_STATUSES = (
    ("open", Text("öppet", "open")),
    ("met", Text("uppfyllt", "met")),
    ("not_met", Text("inte uppfyllt", "not met")),
)
_ACTOR_KINDS = (
    ("region", Text("region", "region")),
    ("political_body", Text("politiskt organ", "political body")),
    ("council", Text("samverkansråd", "cooperation council")),
    ("administration", Text("förvaltning", "administration")),
    ("partnership", Text("partnerskap", "partnership")),
    ("state", Text("staten", "the state")),
    ("municipality", Text("kommun", "municipality")),
    ("university", Text("universitet", "university")),
    ("business", Text("näringsliv", "business")),
    ("civil_society", Text("civilsamhälle", "civil society")),
    ("forum", Text("forum", "forum")),
)
_HOW = (
    ("wrote", Text("skrev", "wrote")),
    ("reviewed", Text("granskade", "reviewed")),
    ("contributed", Text("medverkade", "contributed")),
)
_DAY_HELP = Text("2021, 2021-06 eller 2021-06-17.", "2021, 2021-06 or 2021-06-17.")

MANDATE = Definition(
    "mandate",
    Text("Medskick", "Steering input"),
    Text("medskicket", "the input"),
    Text(
        "Vad den som har rätt till det har begärt av översynen, och vad det blev av det.",
        "What those with a right to it have asked of the revision, and what became of it.",
    ),
    Text(
        "Skriv in vad uppdragsgivaren och partnerskapet begärde: ramar, tider, arbetssätt och frågor. För varje "
        "medskick anges sedan om det är uppfyllt, och hur.",
        "Enter what those who commissioned the work and the partnership asked for: constraints, deadlines, methods "
        "and questions. For each it is then stated whether it is met, and how.",
    ),
    (
        Column("text", Kind.WORDS, Text("Medskick", "Input"), listed=True),
        Column("giver", Kind.REF, Text("Från", "From"), register="actors", listed=True, filtered=True),
        Column("kind", Kind.CHOICE, Text("Slag", "Kind"), choices=_INPUT_KINDS, listed=True, filtered=True),
        Column("status", Kind.CHOICE, Text("Läge", "Status"), choices=_STATUSES, listed=True, filtered=True),
        Column("how", Kind.LONG, Text("Hur", "How"),
               Text("Hur det har uppfyllts, eller varför inte.", "How it was met, or why not."), listed=True),
        Column("dated", Kind.DAY, Text("Daterat", "Dated"), _DAY_HELP),
        SOURCE,
        ENGLISH,
    ),
    ("text",),
)  # fmt: skip

TIMELINE = Definition(
    "timeline",
    Text("Tidslinje", "Timeline"),
    Text("steget", "the step"),
    Text(
        "Stegen i översynen: när de var planerade, när de skedde, vad de väntar på. Varje källa står för sitt datum.",
        "The steps of the revision: when they were planned, when they happened and what they wait for. Each source "
        "answers for its own date.",
    ),
    Text(
        "Skriv in stegen med planerade datum och källa. När ett steg har skett läggs utfallet till bredvid. Säger två "
        "källor olika skrivs båda in: motsägelsen visas.",
        "Enter the steps with planned dates and source. When a step has happened the outcome is added beside. Where "
        "two sources differ enter both: the contradiction is shown.",
    ),
    (
        Column("what", Kind.WORDS, Text("Steg", "Step"), listed=True),
        Column("body", Kind.WORDS, Text("Organ", "Body"), listed=True, filtered=True),
        Column("claims", Kind.ROWS, Text("Datum", "Dates"),
               Text("Ett datum på varje rad: 2021, 2021-06 eller 2021-06-17.",
                    "One date a line: 2021, 2021-06 or 2021-06-17."),
               parts=(
                   Column("kind", Kind.CHOICE, Text("Slag", "Kind"), choices=CLAIM_KINDS, required=True),
                   Column("start", Kind.DAY, Text("Från", "From"), required=True),
                   Column("end", Kind.DAY, Text("Till", "To")),
                   Column("source", Kind.SOURCE, Text("Källa", "Source"), required=True),
               ), listed=True, required=True),
        Column("after", Kind.REFS, Text("Väntar på", "Waits for"),
               Text("Steg som måste vara klara innan detta börjar.", "Steps that must be done before this begins."),
               register="timeline", listed=True),
        ENGLISH,
    ),
    ("what",),
)  # fmt: skip

MEETINGS = Definition(
    "meetings",
    Text("Möten", "Meetings"),
    Text("mötet", "the meeting"),
    Text(
        "Möten där översynen har behandlats: organ, dag, inbjudna och dagordning.",
        "Meetings where the revision was dealt with: body, day, those invited and agenda.",
    ),
    Text(
        "Skriv in mötena med organ och dag. Dagordningen skrivs en punkt på varje rad.",
        "Enter the meetings with body and day. The agenda is written one item a line.",
    ),
    (
        Column("dated", Kind.DAY, Text("Dag", "Day"), _DAY_HELP, listed=True),
        Column("body", Kind.REF, Text("Organ", "Body"), register="actors", listed=True, filtered=True),
        Column("title", Kind.WORDS, Text("Ärende", "Matter"), listed=True),
        Column("invited", Kind.REFS, Text("Inbjudna", "Invited"), register="actors", listed=True),
        Column("agenda", Kind.ROWS, Text("Dagordning", "Agenda"),
               parts=(
                   Column("what", Kind.WORDS, Text("Punkt", "Item"), required=True),
                   Column("english", Kind.WORDS, Text("På engelska", "In English")),
                   Column("presenter", Kind.WORDS, Text("Föredragande", "Presenter")),
               ), listed=True),
        SOURCE,
        ENGLISH,
        NOTE,
    ),
    ("dated", "title", "body"),
    key_from=lambda content: f"{content.get('dated', '')} {content.get('body', '')}",
)  # fmt: skip

ACTORS = Definition(
    "actors",
    Text("Aktörer", "Actors"),
    Text("aktören", "the actor"),
    Text(
        "Organisationer och organ med en roll i strategin, och vilken rollen är.",
        "Organisations and bodies with a role in the strategy, and what the role is.",
    ),
    Text(
        "Skriv in dem som har en roll: de som beslutar, bereder, skriver, lämnar medskick och genomför.",
        "Enter those who have a role: who decides, prepares, writes, gives input and carries out.",
    ),
    (
        Column("name", Kind.WORDS, Text("Namn", "Name"), listed=True),
        Column("kind", Kind.CHOICE, Text("Slag", "Kind"), choices=_ACTOR_KINDS, free=True, listed=True, filtered=True),
        Column("role", Kind.LONG, Text("Roll", "Role"), listed=True),
        Column("territory", Kind.WORDS, Text("Områdeskod", "Territory code"),
               Text("Länskod eller kommunkod, som 18 eller 1880.", "County or municipality code, such as 18 or 1880.")),
        SOURCE,
        ENGLISH,
        Column("role_en", Kind.LONG, Text("Roll på engelska", "Role in English")),
    ),
    ("name",),
)  # fmt: skip

CONTRIBUTIONS = Definition(
    "contributions",
    Text("Medverkande", "Contributors"),
    Text("raden", "the row"),
    Text("Vilka som har medverkat i vilka delar av strategin.", "Who had a hand in which parts of the strategy."),
    Text(
        "Skriv in vilka som skrev, granskade eller medverkade, och i vilken del. Saknas uppgift om delen lämnas den "
        "tom.",
        "Enter who wrote, reviewed or contributed, and to which part. Where the part is not known it is left empty.",
    ),
    (
        Column("who", Kind.REF, Text("Vem", "Who"),
               Text("En aktör ur registret, eller en grupp i ord.", "An actor of the register, or a group in words."),
               register="actors", free=True, listed=True, filtered=True),
        Column("how", Kind.CHOICE, Text("Hur", "How"), choices=_HOW, listed=True, filtered=True),
        Column("node", Kind.NODE, Text("Del", "Part"),
               Text("Tom betyder hela strategin.", "Empty means the whole strategy."), listed=True, optional=True),
        NOTE,
        SOURCE,
    ),
    ("who", "note"),
    key_from=lambda content: f"{content.get('who', '')} {content.get('how', '')} {content.get('node', '')}",
)  # fmt: skip
