"""How hits of a search, and an indicator that was added, are told on the terminal."""

from __future__ import annotations

import json
import shlex
import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from vagvisare.cli.language import language, say
from vagvisare.cli.show import width
from vagvisare.flow.defining import Fetched, Proof, Proposal
from vagvisare.flow.searching import Searched
from vagvisare.intake.guess_search import Hit
from vagvisare.intake.report import State, state_words
from vagvisare.sources.kolada import catalogue
from vagvisare.terms.errors import VagvisareError
from vagvisare.terms.language import Language, Text
from vagvisare.terms.series import NATION
from vagvisare.terms.territory import TERRITORIES
from vagvisare.terms.unit import UNITS

SIDE_BY_SIDE = 84
"""From this width on, what a hit covers stands beside its title."""
GAP = 2
_WIDEST_ID = 28

_HEADS = (Text("Id", "Id"), Text("Titel", "Title"), Text("Gäller", "Covers"), Text("Kön", "Sex"), Text("Tid", "Time"))
_YES = Text("ja", "yes")
_WIDTHS = (15, 4, 16)
"""Columns for what a hit covers, for sex, and for time."""


def hits(words: str, found: Searched, spoken: Language, columns: int) -> str:
    """Return the hits as a table, the best first; where there are none, other words to try."""
    if not found.hits:
        return "\n".join(_nothing(words, found, spoken, columns))
    lines = _table(found.hits, spoken, columns) if columns >= SIDE_BY_SIDE else _stacked(found.hits, spoken, columns)
    best = found.hits[0].id
    told = [
        Text(
            f"Lägg till en av dem: vagvisare indicator add MAPP {_typed(best)}",
            f"Add one of them: vagvisare indicator add FOLDER {_typed(best)}",
        )
    ]
    if any(hit.listed for hit in found.hits):
        told.insert(
            0,
            Text(
                f"Det som Kolada inte självt har svarat om är enligt förteckningen {catalogue.AS_LISTED}.",
                f"What Kolada has not answered about itself is by the list of {_AS_LISTED_EN}.",
            ),
        )
    return "\n".join([*lines, "", *(line for each in told for line in _wrapped(each.to(spoken), columns))])


_AS_LISTED_EN = "March 2026"


def _typed(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _nothing(words: str, found: Searched, spoken: Language, columns: int) -> Iterator[str]:
    yield from _wrapped(Text(f"Inget hittades för ”{words}”.", f"Nothing was found for “{words}”.").to(spoken), columns)
    if found.suggestions:
        hits_word = Text("träffar", "hits").to(spoken)
        told = ", ".join(
            f"{Text(f'”{word}”', f'“{word}”').to(spoken)} ({n} {hits_word})" for word, n in found.suggestions
        )
        yield from _wrapped(Text(f"Prova: {told}.", f"Try: {told}.").to(spoken), columns)
        return
    advice = Text(
        "Prova färre eller kortare ord, eller en annan källa: --source eurostat (engelska ord).",
        "Try fewer or shorter words, in Swedish, or another source: --source eurostat (English words).",
    )
    yield from _wrapped(advice.to(spoken), columns)


def unheard(found: Searched, spoken: Language) -> Iterator[str]:
    """Give a sentence for each source that could not be searched: what was found stands all the same."""
    for source, error in found.unheard.items():
        why = error.what.to(spoken)
        yield Text(f"Ingen sökning hos {source} just nu: {why}", f"No search at {source} just now: {why}").to(spoken)


def hits_as_json(found: Searched) -> str:
    """Return the hits, and what could not be searched, as JSON."""
    return json.dumps(
        {
            "hits": [_document(hit) for hit in found.hits],
            "unheard": {name: _pair(error) for name, error in found.unheard.items()},
            "suggestions": [{"words": word, "hits": count} for word, count in found.suggestions],
        },
        ensure_ascii=False,
        indent=2,
    )


def _pair(error: VagvisareError) -> dict[str, str]:
    return {str(each): error.message(each) for each in Language}


def _document(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.title,
        "covers": {"sv": hit.covers.sv, "en": hit.covers.en},
        "by_sex": hit.by_sex,
        "first": hit.first,
        "last": hit.last,
        "next_release": hit.release.isoformat() if hit.release else None,
        "subject": hit.subject,
        "from_bundled_list": hit.listed,
    }


def _table(found: Iterable[Hit], spoken: Language, columns: int) -> list[str]:
    rows = list(found)
    name = min(max(len(hit.id) for hit in rows), _WIDEST_ID)
    title = columns - name - sum(_WIDTHS) - 4 * GAP
    sizes = (name, title, *_WIDTHS)
    lines = [*_beside([head.to(spoken) for head in _HEADS], sizes), (" " * GAP).join("─" * size for size in sizes)]
    for hit in rows:
        lines += _beside(
            [hit.id, hit.title, hit.covers.to(spoken), _YES.to(spoken) if hit.by_sex else "", _time(hit, spoken)], sizes
        )
    return lines


def _beside(cells: list[str], sizes: tuple[int, ...]) -> list[str]:
    """Return cells beside each other, each wrapped to its own width; an id too long for its column is not broken."""
    wrapped = [_wrapped(cell, size) or [""] for cell, size in zip(cells, sizes, strict=True)]
    lines = []
    if len(cells[0]) > sizes[0]:
        lines, wrapped[0] = [cells[0]], [""]
    rows = zip_longest(*wrapped, fillvalue="")
    return [
        *lines,
        *((" " * GAP).join(f"{cell:<{size}}" for cell, size in zip(row, sizes, strict=True)).rstrip() for row in rows),
    ]


def _stacked(found: Iterable[Hit], spoken: Language, columns: int) -> list[str]:
    lines: list[str] = []
    for hit in found:
        by_sex = Text("könsuppdelad", "by sex").to(spoken) if hit.by_sex else ""
        about = " · ".join(part for part in (hit.covers.to(spoken), by_sex, _time(hit, spoken)) if part)
        lines += [hit.id, *(f"  {line}" for part in (hit.title, about) for line in _wrapped(part, columns - 2)), ""]
    return lines[:-1]


def _time(hit: Hit, spoken: Language) -> str:
    """Return the periods a source says that it has, and the day it announces next."""
    span = f"{hit.first}–{hit.last}" if hit.first and hit.first != hit.last else hit.last
    day = Text(f"nästa {hit.release}", f"next {hit.release}").to(spoken) if hit.release else ""
    return ", ".join(part for part in (span, day) if part)


def _wrapped(text: str, columns: int) -> list[str]:
    return textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False)


def proposed(proposal: Proposal) -> str:
    """Return the definition as it would be written."""
    heard = [_unheard(proposal)] if proposal.unheard is not None else []
    end = say("Inget skrevs (--dry-run).", "Nothing was written (--dry-run).")
    return "\n".join([proposal.text.rstrip(), "", *heard, end])


def added(folder: Path, proposal: Proposal, line: int, spoken: Language) -> str:
    """Say what was written, where, and what somebody must confirm."""
    title = proposal.guessed.dataset.title
    stands = Text(
        f"{proposal.key} står nu i {folder}/indicators.toml, från rad {line}: {title}",
        f"{proposal.key} now stands in {folder}/indicators.toml, from line {line}: {title}",
    )
    lines = _wrapped(stands.to(spoken), width())
    if proposal.beside:
        names = ", ".join(proposal.beside)
        told = Text(f"Samma tabell hämtas redan av: {names}.", f"The same table is already fetched by: {names}.")
        lines += _wrapped(told.to(spoken), width())
    if proposal.unheard is not None:
        lines += _wrapped(_unheard(proposal), width())
    lines.append(
        say("Att bekräfta (ändra i filen och ta bort noten):", "To confirm (change the file, remove the note):")
    )
    for told in proposal.guessed.guesses:
        lines += textwrap.wrap(told.to(spoken), width(), initial_indent="  – ", subsequent_indent="    ")
    return "\n".join(lines)


def _unheard(proposal: Proposal) -> str:
    why = proposal.unheard.what.to(language()) if proposal.unheard else ""
    return say(
        f"Kolada kunde inte tillfrågas, så definitionen bygger på förteckningen {catalogue.AS_LISTED}. {why}",
        f"Kolada could not be asked, so the definition rests on the list of {_AS_LISTED_EN}. {why}",
    )


def _then(words: str, *command: str) -> str:
    """Return a sentence, and below it the command to run: on a line of its own, so that it can be copied whole."""
    return "\n".join([*_wrapped(words, width()), f"  vagvisare {' '.join(shlex.quote(part) for part in command)}"])


def _fetch_again(folder: Path, key: str) -> tuple[str, ...]:
    return "fetch", str(folder), "--only", key


def later(folder: Path, key: str) -> str:
    """Say how its figures are fetched."""
    words = say("Inga siffror är hämtade. Hämta dem:", "No figures were fetched. Fetch them:")
    return _then(words, *_fetch_again(folder, key))


def not_fetched(folder: Path, proposal: Proposal) -> str:
    """Say that there was nobody to fetch from, and what to do."""
    words = say(
        "Inga siffror är hämtade: källan kan inte nås. Indikatorn står kvar som obekräftad (to_verify). Försök igen:",
        "No figures were fetched: the source cannot be reached. The indicator stays, unconfirmed (to_verify). "
        "Try again:",
    )
    return _then(words, *_fetch_again(folder, proposal.key))


def interrupted(folder: Path, key: str) -> str:
    """Say what an interruption leaves."""
    words = say(
        "Avbrutet. Indikatorn står kvar i mappen. Hämta dess siffror:",
        "Interrupted. The indicator stays in the folder. Fetch its figures:",
    )
    return "\n" + _then(words, *_fetch_again(folder, key))


def fetched(folder: Path, proposal: Proposal, found: Fetched, spoken: Language) -> str:
    """Say what the first fetch brought, or why it brought nothing, and what to do."""
    outcome = found.outcome
    if outcome.state is State.HELD:
        reasons = " ".join(each.sentence(spoken) for each in outcome.objections if each.holds)
        held = Text(
            f"Siffrorna kom men stoppades av en kontroll. {reasons} Indikatorn står kvar. Se vad som väntar:",
            f"The figures came but were stopped by a check. {reasons} The indicator stays. See what waits:",
        )
        return _then(held.to(spoken), "quarantine", "list", str(folder))
    if found.proof is None:
        why = outcome.error.message(spoken) if outcome.error else state_words(outcome).to(spoken)
        vain = Text(
            f"Inga siffror är hämtade. {why} Indikatorn står kvar som obekräftad (to_verify). Försök igen:",
            f"No figures were fetched. {why} The indicator stays, unconfirmed (to_verify). Try again:",
        )
        return _then(vain.to(spoken), *_fetch_again(folder, proposal.key))
    lines = list(_came(found.proof, proposal, live=found.live, spoken=spoken))
    for each in outcome.objections:
        lines += _wrapped(f"! {each.sentence(spoken)}", width())
    return "\n".join(lines)


def _came(proof: Proof, proposal: Proposal, *, live: bool, spoken: Language) -> Iterator[str]:
    first, last, many = proof.periods[0].label, proof.periods[-1].label, len(proof.periods)
    span = Text(first if many == 1 else f"{first} till {last}", first if many == 1 else f"{first} to {last}")
    sv, en = ("period", "period") if many == 1 else ("perioder", "periods")
    yield Text(
        f"Första hämtningen: {proof.figures} siffror, {many} {sv} ({span.sv}), {proof.places} områden.",
        f"First fetch: {proof.figures} figures, {many} {en} ({span.en}), {proof.places} places.",
    ).to(spoken)
    unit = UNITS[proposal.guessed.indicator.unit]
    for code in dict.fromkeys([proof.own, NATION]):
        place, known = TERRITORIES[code].name_in(spoken), proof.latest.get(code)
        if known is None:
            yield Text(f"  {place}: ingen siffra", f"  {place}: no figure").to(spoken)
        else:
            yield f"  {place} {known[0].label}: {unit.write(known[1], spoken).strip()}"
    if live:
        yield Text(
            "Definitionen står nu som prövad mot källan (live).", "The definition now stands as verified (live)."
        ).to(spoken)
