"""The part of the catalogue about editions: what each says, and what changed between them."""

from __future__ import annotations

from vagvisare.publications.pages.phrases_fetched import FETCHED
from vagvisare.terms.language import Text

EDITIONS: dict[str, Text] = FETCHED | {
    "editions": Text("Utgåvor", "Editions"),
    "editions_lead": Text(
        "Varje utgåva av strategin står kvar under sin egen adress, ord för ord så som den förseglades.",
        "Every edition of the strategy stays under an address of its own, word for word as it was sealed.",
    ),
    "edition_in_force": Text("följs upp här", "followed up here"),
    "edition_partial": Text("ofullständig", "partial"),
    "edition_status": Text("Ställning", "Status"),
    "edition_dated": Text("Daterad", "Dated"),
    "edition_adopted": Text("Beslut", "Decision"),
    "edition_valid": Text("Gäller", "In force"),
    "edition_valid_from": Text("från och med {day}", "from {day}"),
    "edition_valid_span": Text("{first} till och med {last}", "{first} to {last}"),
    "edition_follows": Text("Följer på", "Follows"),
    "edition_hash": Text("Innehållets kontrollsumma (SHA-256)", "Content checksum (SHA-256)"),
    "edition_hash_note": Text(
        "Kontrollsumman är filens: den som laddar ned utgåvan kan själv räkna om den.",
        "The checksum is the file's: whoever downloads the edition can compute it again.",
    ),
    "edition_file": Text("Ladda ned utgåvan (Markdown)", "Download the edition (Markdown)"),
    "edition_changes": Text("Vad som ändrades", "What changed"),
    "edition_whole_text": Text("Utgåvans text", "The text of the edition"),
    "passage_address": Text("Adress till just detta", "The address of just this"),
    "edition_empty": Text("Utgåvan har ingen text här.", "The edition has no text here."),
    "erratum": Text("Rättelse", "Erratum"),
    "erratum_words": Text("{day}: ”{was}” ska vara ”{now}”.", "{day}: “{was}” should be “{now}”."),
    "errata_note": Text(
        "Den förseglade texten ändras inte; rättelsen står bredvid.",
        "The sealed text is not changed; the correction stands beside it.",
    ),
    "changes_title": Text("Vad som ändrades: {before} → {after}", "What changed: {before} → {after}"),
    "changes_lead_one": Text(
        "Uträknat ur de två utgåvornas text och samband. Av {count} delar är en ändrad.",
        "Computed from the text and the links of the two editions. Of {count} parts, one has changed.",
    ),
    "changes_lead": Text(
        "Uträknat ur de två utgåvornas text och samband. Av {count} delar är {changed} ändrade.",
        "Computed from the text and the links of the two editions. Of {count} parts, {changed} have changed.",
    ),
    "changes_lead_partial": Text(
        "Uträknat ur de två utgåvornas text och samband. {both} delar finns i båda; {changed} av dem är ändrade.",
        "Computed from the text and links of both editions. {both} parts are in both; {changed} of them have changed.",
    ),
    "changes_partial": Text(
        "En av utgåvorna är ofullständig här: att något saknas i den visar inte att det är nytt eller borttaget.",
        "One of the editions is partial here: that something is missing from it does not show that it is new or gone.",
    ),
    "changes_key": Text("Viktigaste ändringarna, uträknade", "Main changes, computed"),
    "changes_told": Text("Viktigaste ändringarna, enligt utgåvan", "Main changes, as the edition tells them"),
    "changes_held": Text("Håller det?", "Does it hold?"),
    "changes_nodes": Text("Del för del", "Part by part"),
    "changes_links": Text("Samband", "Links"),
    "changes_none": Text("Ingenting skiljer de två utgåvorna åt.", "Nothing differs between the two editions."),
    "changes_no_key": Text("Inga ändringar att berätta.", "No changes to tell."),
    "changes_before": Text("Tidigare", "Before"),
    "changes_after": Text("Nu", "Now"),
    "changes_from": Text("Kommer ur", "Comes from"),
    "changes_reason": Text("Skäl", "Reason"),
    "changes_no_reason": Text("Inget skäl är angivet.", "No reason is given."),
    "changes_key_marks": Text(
        "Understruket är tillagt, överstruket är borttaget; båda är också märkta med ord för skärmläsare.",
        "Underlined words are added, struck-through words removed; both are also marked in words for screen readers.",
    ),
    "changes_statement": Text("Utgåvans ord", "The edition's words"),
    "changes_verdict": Text("Mot jämförelsen", "Against the comparison"),
    "changed_since": Text("Ändrad sedan utgåvan före", "Changed since the edition before"),
    "word_added": Text("tillagt:", "added:"),
    "word_removed": Text("borttaget:", "removed:"),
    "gone_title": Text("Stod i en tidigare utgåva", "Stood in an earlier edition"),
    "gone_lead": Text(
        "Det här finns inte i den utgåva som följs upp nu. Så här stod det.",
        "This is not in the edition followed up now. It read like this.",
    ),
    "gone_in": Text("I {edition}", "In {edition}"),
    "gone_became": Text("Vad det blev", "What became of it"),
    "gone_became_nothing": Text("Det togs bort.", "It was removed."),
    "gone_unknown": Text(
        "Vad det blev framgår inte av utgåvorna här.", "What became of it cannot be seen from the editions here."
    ),
    "holds_holds": Text("stämmer", "holds"),
    "holds_does_not_hold": Text("stämmer inte", "does not hold"),
    "holds_cannot_be_checked": Text("går inte att pröva", "cannot be checked"),
    "fate_kept": Text("oförändrad", "unchanged"),
    "fate_reworded": Text("omformulerad", "reworded"),
    "fate_moved": Text("flyttad", "moved"),
    "fate_reordered": Text("ny ordning", "reordered"),
    "fate_renumbered": Text("nytt nummer", "renumbered"),
    "fate_relevelled": Text("ny nivå", "new level"),
    "fate_split": Text("delad", "split"),
    "fate_merged": Text("sammanslagen", "merged"),
    "fate_new": Text("ny", "new"),
    "fate_removed": Text("borttagen", "removed"),
}
