"""The other half of the catalogue: lists, goals and areas, the replay, registers, and what the figures are."""

from __future__ import annotations

from vagvisare.publications.pages.phrases_editions import EDITIONS
from vagvisare.terms.language import Text

RECORDS: dict[str, Text] = EDITIONS | {
    # Lists
    "filter": Text("Sök i listan", "Search the list"),
    "filter_type": Text("Slag", "Kind"),
    "filter_all": Text("alla", "all"),
    "filter_shown": Text("{shown} av {all} visas", "{shown} of {all} shown"),
    "findings_lead": Text(
        "{count} meningar om {place}, de viktigaste först. Var och en leder till sin beräkning.",
        "{count} sentences about {place}, the most important first. Each leads to its computation.",
    ),
    "indicators_lead": Text(
        "{count} indikatorer. Tecknen visar riktning, takt mot mål och jämförelse med riket.",
        "{count} indicators. The marks show direction, pace towards target and comparison with Sweden.",
    ),
    "indicator": Text("Indikator", "Indicator"),
    "sentence": Text("Mening", "Sentence"),
    # Nodes
    "what_is_wanted": Text("Vad strategin vill", "What the strategy wants"),
    "what_is_known": Text("Vad vi vet", "What is known"),
    "what_is_done": Text("Vad som görs", "What is being done"),
    "what_is_missing": Text("Vad som saknas", "What is missing"),
    "contributes_to": Text("Bidrar till", "Contributes to"),
    "contributors": Text("Områden som bidrar", "Areas that contribute"),
    "not_stated": Text("ej angivet i källan", "not stated in the source"),
    "links_unknown": Text(
        "Övriga samband: ej angivet i källan. Hela tabellen står bara i den publicerade strategin.",
        "Other links: not stated in the source. Only the published strategy has the whole table.",
    ),
    "stated_changes": Text("Ändringar som regionen anger", "Changes stated by the region"),
    "part_of": Text("Del av", "Part of"),
    "missing_figures": Text("Siffror som bevakar målet.", "Figures that watch the goal."),
    "missing_statements": Text(
        "Påståenden om just detta i uppföljningarna.", "Statements about this in particular in the follow-ups."
    ),
    "said_in_follow_up": Text("Påståenden i uppföljningen", "Statements in the follow-up"),
    # Replay
    "replay_title": Text("Sagt {year}, prövat mot siffrorna", "Said in {year}, tested against the figures"),
    "replay_source": Text(
        "Regionens egna ord, ur {source}. Raden i dokumentet står vid varje påstående.",
        "The region's own words, from {source}. The line of the document stands beside each statement.",
    ),
    "replay_fair": Text(
        "Påståendena gjordes med de uppgifter och definitioner som fanns då. Svaret för i dag prövar samma ord mot "
        "senare siffror: det säger inte att någon hade fel när det sades. Där två officiella definitioner ger olika "
        "svar visas båda.",
        "The statements were made with the figures and definitions of the day. The answer for today tests the same "
        "words against later figures: it does not say that anyone was wrong at the time. Where two official "
        "definitions disagree, both are shown.",
    ),
    "tally_then": Text(
        "Av {count} påståenden, prövade mot det som var känt den {day}: {parts}.",
        "Of {count} statements, tested against what was known on {day}: {parts}.",
    ),
    "tally_now": Text("Skulle de hålla i dag? {parts}.", "Would they hold today? {parts}."),
    "tally_table": Text("Så föll prövningen ut", "How the test came out"),
    "tally_then_column": Text("Då: {day}", "Then: {day}"),
    "tally_now_column": Text("Skulle hålla i dag: {day}", "Would hold today: {day}"),
    "statements_today": Text(
        "Påståendena från {year}: skulle de hålla i dag?", "The statements of {year}: would they hold today?"
    ),
    "said": Text("Vad som sades", "What was said"),
    "held_then": Text("Höll meningen då?", "Did it hold then?"),
    "holds_now": Text("Skulle meningen hålla i dag?", "Would it hold today?"),
    "why_so": Text("Varför", "Why"),
    "when_then": Text("Då:", "Then:"),
    "when_now": Text("I dag:", "Today:"),
    "why_then": Text("Vad siffrorna sade då", "What the figures said then"),
    "tests": Text("Så prövades påståendet i dag", "How the statement was tested today"),
    "context_heading": Text("Visas bredvid, men avgör inte svaret:", "Shown beside, but does not decide the answer:"),
    "context_tag": Text("avgör inte", "does not decide"),
    "caveat": Text("förbehåll", "caveat"),
    "effort_findings": Text("Vad uppföljningen fann", "What the follow-up found"),
    "effort_results": Text("Resultat enligt regionen", "Results according to the region"),
    "effort_results_note": Text(
        "Regionens egna ord. Vi har inte prövat dem mot siffror.",
        "The region's own words. We have not tested them against figures.",
    ),
    "effort_figures": Text("Vad siffrorna säger i dag", "What the figures say today"),
    "effort_lead": Text("Kraftsamling i {title}", "Concerted effort in {title}"),
    "shifts": Text("Behov av förflyttningar", "Needs for shift"),
    "insights": Text("Insikter", "Insights"),
    "principles": Text("Från ord till handling", "From words to action"),
    "questions": Text("Diskussionsfrågor", "Questions for discussion"),
    "follow_ups_lead": Text(
        "Vad regionen själv har följt upp, och hur det står sig mot siffrorna.",
        "What the region itself has followed up, and how it stands against the figures.",
    ),
    "no_follow_ups": Text("Mappen innehåller ingen uppföljning ännu.", "The folder holds no follow-up yet."),
    "dated": Text("daterad {day}", "dated {day}"),
    # Registers
    "registers_lead": Text(
        "Underlag, trender i omvärlden, aktörer och tidslinje, var och en med sin källa.",
        "Evidence, trends in the world around, actors and timeline, each with its source.",
    ),
    "registers_title": Text("Det som strategin bygger på", "What the strategy builds on"),
    "evidence": Text("Underlag", "Evidence"),
    "evidence_note": Text(
        "Källan anger hur många områden varje underlag berör, men inte vilka.",
        "The source states how many areas each item affects, but not which.",
    ),
    "evidence_total": Text(
        "{count} underlag, {links} kopplingar till områden.", "{count} items, {links} links to areas."
    ),
    "title_column": Text("Titel", "Title"),
    "kind_column": Text("Slag", "Kind"),
    "areas_affected": Text("Områden som berörs", "Areas affected"),
    "trends": Text("Omvärldstrender", "Trends in the world around"),
    "continues": Text("{year} hette den", "In {year} it was called"),
    "megatrend": Text("megatrend", "megatrend"),
    "actors": Text("Aktörer", "Actors"),
    "role_column": Text("Roll", "Role"),
    "name_column": Text("Namn", "Name"),
    "timeline": Text("Tidslinje", "Timeline"),
    "planned": Text("planerat", "planned"),
    "actual": Text("faktiskt", "actual"),
    "in_conflict": Text("Källorna säger olika.", "The sources disagree."),
    "empty_register": Text("Mappen innehåller inga uppgifter här ännu.", "The folder holds nothing here yet."),
    # Matrix
    "matrix_title": Text("Vilka områden bidrar till vilka mål?", "Which areas contribute to which goals?"),
    "matrix_lead": Text(
        "Källorna anger {known} av {cells} möjliga samband. Resten visas som okända, inte som nej.",
        "The sources state {known} of {cells} possible links. The rest are shown as unknown, not as no.",
    ),
    "stated": Text("angivet", "stated"),
    "stated_links": Text("Angivna samband", "Stated links"),
    "whole_matrix": Text("Alla områden och mål", "All areas and goals"),
    "from_column": Text("Från", "From"),
    "to_column": Text("Till", "To"),
    "reason_column": Text("Motivering", "Reason"),
    # About
    "sources_heading": Text("Källor", "Sources"),
    "producer": Text("Producent", "Producer"),
    "licence_and_rhythm": Text("Licens och publicering", "Licence and release"),
    "documents_heading": Text("Dokument", "Documents"),
    "documents_note": Text(
        "Strategins och uppföljningens ord är hämtade ur dessa dokument, som text. Radnumren gäller textfilerna.",
        "The words of the strategy and of the follow-up are taken from these documents, as text. The line numbers "
        "are those of the text files.",
    ),
    "file": Text("Fil", "File"),
    "all_from": Text("Allt är hämtat ur {source}.", "All of it is taken from {source}."),
    "recorded": Text("Inläst", "Read in"),
    "read_from": Text("Läst från", "Read from"),
    "checksum": Text("Kontrollsumma", "Checksum"),
    "rows": Text("{count} rader", "{count} rows"),
    "dataset": Text("Datamängd", "Data set"),
    "editions_heading": Text("Utgåvor av strategin", "Editions of the strategy"),
    "partial": Text("ofullständig: bara det som källorna återger", "partial: only what the sources give"),
    # Not found
    "not_found_title": Text("Sidan finns inte", "This page does not exist"),
    "not_found_meaning": Text(
        "Adressen leder ingenstans. Den kan vara felskriven.",
        "The address leads nowhere. It may be mistyped.",
    ),
    "not_found_remedy": Text(
        "Gå till startsidan, eller sök bland indikatorerna.", "Go to the start page, or look among the indicators."
    ),
}
