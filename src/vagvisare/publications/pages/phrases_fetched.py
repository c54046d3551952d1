"""The catalogue, continued: figures that are fetched, revised, preliminary or not yet there."""

from __future__ import annotations

from vagvisare.terms.language import Text

FETCHED: dict[str, Text] = {
    # How the figures have changed
    "revised_heading": Text("Så har siffrorna ändrats", "How the figures have changed"),
    "revised_note": Text(
        "En kolumn för varje dag då nya siffror lästes in. Källor rättar ibland äldre siffror; här syns vad som gällde "
        "när.",
        "One column for each day on which new figures were read in. Sources sometimes correct older figures; here you "
        "see what held when.",
    ),
    "revised_none": Text(
        "Källan har inte ändrat någon siffra för {place} sedan den {since}.",
        "The source has changed no figure for {place} since {since}.",
    ),
    "revised_one": Text(
        "Källan har ändrat en siffra för {place} sedan den {since}, med {largest} ({period}: {change}).",
        "The source has changed one figure for {place} since {since}, by {largest} ({period}: {change}).",
    ),
    "revised_many": Text(
        "Källan har gjort {count} ändringar i siffrorna för {place} sedan den {since}. Medianen av ändringarna är "
        "{median} och den största är {largest} ({period}: {change}).",
        "The source has made {count} changes to the figures for {place} since {since}. The median change is {median} "
        "and the largest is {largest} ({period}: {change}).",
    ),
    "revised_gone_one": Text("Källan har tagit bort en siffra.", "The source has removed one figure."),
    "revised_gone_many": Text("Källan har tagit bort {count} siffror.", "The source has removed {count} figures."),
    "revised_cut": Text(
        "Tabellen visar de senaste perioderna och de senaste dagarna. Meningen ovan gäller alla.",
        "The table shows the latest periods and the latest days. The sentence above concerns all of them.",
    ),
    "revised_other": Text(
        "Siffrorna inlästa {days} kommer från en annan källa eller en annan fråga till den ({source}). Att de skiljer "
        "sig är därför ingen ändring av källan.",
        "The figures read in on {days} come from another source, or from another question to it ({source}). That they "
        "differ is therefore no change made by the source.",
    ),
    "revised_was": Text("ändrad, var {old}", "changed, was {old}"),
    "revised_removed": Text("borttagen", "removed"),
    "another_definition": Text("annan definition", "another definition"),
    # Preliminary
    "preliminary": Text("preliminär", "preliminary"),
    "level_note_preliminary": Text("Senaste siffran, preliminär", "Latest figure, preliminary"),
    "chart_key_preliminary": Text(
        "Ofylld punkt: preliminär siffra, som källan kan ändra.",
        "Open point: a preliminary figure, which the source may change.",
    ),
    "preliminary_note": Text(
        "Preliminära siffror kan ändras av källan.", "Preliminary figures may be changed by the source."
    ),
    # Where they came from, and when
    "fetched": Text("Hämtat", "Fetched"),
    "fetched_at": Text("{day} kl. {time} UTC", "{day} at {time} UTC"),
    "fetched_from": Text("källa", "source"),
    "stamp": Text("Källans egen utgåva", "The source’s own edition"),
    "looked_through": Text("Granskat av {by}", "Looked through by {by}"),
    "confirmed": Text("Stoppades av en kontroll och godkändes av {by}:", "Stopped by a check, and accepted by {by}:"),
    # Not yet there
    "not_fetched": Text("Siffrorna har inte hämtats än.", "The figures have not been fetched yet."),
    "indicators_lacking": Text("Av dem saknar {count} siffror här.", "Of these, {count} have no figures here."),
    "not_fetched_short": Text("siffror inte hämtade än", "figures not fetched yet"),
}
