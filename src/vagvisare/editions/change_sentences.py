"""How a computed change is said, in Swedish and English.

A strategy chooses what its levels are called, and we do not know the gender or the inflections of those words. Every
sentence is therefore built so that a level's name stands as it is: "Strategisk inriktning som har tillkommit".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vagvisare.editions.comparison import PieceKind
from vagvisare.editions.document import LevelName, Node
from vagvisare.editions.wording import words
from vagvisare.terms.language import Language, Text, listing

SHORT = 160
"""Letters up to which a wording is quoted whole."""
_MOST_PHRASES = 5
_PART = LevelName("", Text("del", "part"), Text("delar", "parts"))

_BEARS = {
    "contributes_to": Text("bidrar till", "contributes to"),
    "conflicts_with": Text("står i konflikt med", "conflicts with"),
    "aligned_with": Text("går i linje med", "is in line with"),
}
_BEARS_NOT = {
    "contributes_to": Text("inte bidrar till", "does not contribute to"),
    "conflicts_with": Text("inte står i konflikt med", "does not conflict with"),
    "aligned_with": Text("inte går i linje med", "is not in line with"),
}


class Sentences:
    """The sentences in the words of one strategy: ``levels`` by key."""

    def __init__(self, levels: Sequence[LevelName]) -> None:
        self.levels: Mapping[str, LevelName] = {level.key: level for level in levels}

    def new(self, node: Node) -> Text:
        """Something the earlier edition did not have."""
        level, said = self._level(node), _quoted(node)
        return Text(f"{_capital(level.sv)} som har tillkommit: {said.sv}.", f"New {level.en}: {said.en}.")

    def removed(self, node: Node) -> Text:
        """Something the later edition does not have."""
        level, said = self._level(node), _quoted(node)
        return Text(f"{_capital(level.sv)} som har utgått: {said.sv}.", f"Removed {level.en}: {said.en}.")

    def heading(self, before: Node, after: Node) -> Text:
        """A heading in other words."""
        level, was, now = self._level(after), _quoted(before), _quoted(after)
        return Text(
            f"{_capital(level.sv)} som har bytt rubrik: från {was.sv} till {now.sv}.",
            f"{_capital(level.en)} with a new heading: from {was.en} to {now.en}.",
        )

    def reworded(self, before: Node, after: Node) -> Text:
        """A wording in other words: both quoted where they are short, else the words that came and went."""
        level = self._level(after)
        if max(len(before.text), len(after.text)) <= SHORT:
            was, now = _quoted(before), _quoted(after)
            return Text(
                f"{_capital(level.sv)}: från {was.sv} till {now.sv}.",
                f"{_capital(level.en)}: from {was.en} to {now.en}.",
            )
        said = _quoted(after)
        sv = _came_and_went(before.text, after.text, Language.SV)
        en = _came_and_went(*_english(before, after), Language.EN)
        return Text(
            f"{_capital(level.sv)} som har formulerats om: {said.sv}. {sv}",
            f"{_capital(level.en)} reworded: {said.en}. {en}",
        )

    def emphasised(self, before: Node, after: Node, theme: Text | None) -> Text:
        """Words that came in, while all that stood before still stands; ``theme`` is the theme they carry."""
        level, said = self._level(after), _quoted(after)
        inside = Text(f" ({theme.sv})", f" ({theme.en})") if theme else Text("", "")
        came = _phrases(before.text, after.text, PieceKind.ADDED, Language.SV)
        was_en, now_en = _english(before, after)
        came_en = _phrases(was_en, now_en, PieceKind.ADDED, Language.EN)
        sv = f"{_capital(level.sv)} med ny betoning{inside.sv}: {came} har tillkommit i {said.sv}."
        if came_en and not _phrases(was_en, now_en, PieceKind.REMOVED, Language.EN):
            return Text(sv, f"{_capital(level.en)} with a new emphasis{inside.en}: {came_en} added in {said.en}.")
        was = _quoted(before)
        return Text(sv, f"{_capital(level.en)} with a new emphasis{inside.en}: from {was.en} to {said.en}.")

    def moved(self, node: Node, was_under: Node | None, now_under: Node | None) -> Text:
        """Something that lies under something else."""
        level, said = self._level(node), _quoted(node)
        top = Text("översta nivån", "the top level")
        was, now = (_quoted(under) if under else top for under in (was_under, now_under))
        return Text(
            f"{_capital(level.sv)} som har flyttats: {said.sv}, från {was.sv} till {now.sv}.",
            f"{_capital(level.en)} moved: {said.en}, from {was.en} to {now.en}.",
        )

    def relevelled(self, before: Node, after: Node) -> Text:
        """Something that is now called something else."""
        was, now, said = self._level(before), self._level(after), _quoted(after)
        return Text(
            f"{said.sv} räknas nu som ”{now.sv}”, tidigare som ”{was.sv}”.",
            f"{said.en} now counts as “{now.en}”, before as “{was.en}”.",
        )

    def split(self, before: Node, heirs: Sequence[Node]) -> Text:
        """One that became several."""
        level, was = self._level(before), _quoted(before)
        sv, en = _listed(heirs)
        return Text(
            f"{_capital(level.sv)} som har delats: {was.sv} har blivit {sv}.",
            f"{_capital(level.en)} split: {was.en} has become {en}.",
        )

    def merged(self, origins: Sequence[Node], after: Node) -> Text:
        """Several that became one."""
        level, now = self._level(after), _quoted(after)
        sv, en = _listed(origins)
        return Text(
            f"{_capital(level.sv)} som har tillkommit genom sammanslagning: {sv} har blivit {now.sv}.",
            f"{_capital(level.en)} merged: {en} have become {now.en}.",
        )

    def bears_more(self, bearer: Node, targets: Sequence[Node]) -> Text:
        """Contributes to more of one level than before."""
        level = self.levels.get(targets[0].level, _PART)
        sv, en = _listed(targets)
        name = _quoted(bearer)
        return Text(
            f"{name.sv} bidrar till fler {level.plural.sv} än tidigare, nu också {sv}.",
            f"{name.en} contributes to more {level.plural.en} than before, now also {en}.",
        )

    def link_stated(self, kind: str, bearer: Node, targets: Sequence[Node], *, denied: bool = False) -> Text:
        """A connection that is stated now (or, ``denied``, of which it is stated that there is none)."""
        verb, name = (_BEARS_NOT if denied else _BEARS).get(kind, Text(kind, kind)), _quoted(bearer)
        sv, en = _listed(targets)
        return Text(
            f"Nu anges att {name.sv} {verb.sv} {sv}.",
            f"It is now stated that {name.en} {verb.en} {en}.",
        )

    def link_dropped(self, kind: str, bearer: Node, targets: Sequence[Node]) -> Text:
        """A connection that is stated no longer."""
        verb, name = _BEARS.get(kind, Text(kind, kind)), _quoted(bearer)
        sv, en = _listed(targets)
        return Text(
            f"Det anges inte längre att {name.sv} {verb.sv} {sv}.",
            f"It is no longer stated that {name.en} {verb.en} {en}.",
        )

    def _level(self, node: Node) -> Text:
        return self.levels.get(node.level, _PART).name


def quote(text: str, language: Language) -> str:
    """Return a wording in quotation marks, on one line, shortened at a word, its last full stop left out."""
    line = " ".join(text.split()).removesuffix(".")
    if len(line) > SHORT:
        line = line[:SHORT].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
    return f"”{line}”" if language is Language.SV else f"“{line}”"


def _quoted(node: Node) -> Text:
    """Quote a node's wording; in English its translation, or the Swedish where there is none."""
    return Text(quote(node.text, Language.SV), quote(node.english or node.text, Language.EN))


def _english(before: Node, after: Node) -> tuple[str, str]:
    """Return both wordings in English where both have a translation, else both in Swedish."""
    if before.english and after.english and before.english != after.english:
        return before.english, after.english
    return before.text, after.text


def _listed(nodes: Sequence[Node]) -> tuple[str, str]:
    said = [_quoted(node) for node in nodes]
    return listing([each.sv for each in said], Language.SV), listing([each.en for each in said], Language.EN)


def _phrases(before: str, after: str, kind: PieceKind, language: Language) -> str:
    """Return the phrases that came (or went), quoted, at most a handful; marks alone are not told."""
    runs = [piece.text.strip(" \n\t,;:.") for piece in words(before, after) if piece.kind is kind]
    runs = [run for run in runs if any(letter.isalnum() for letter in run)]
    told = [quote(run, language) for run in runs[:_MOST_PHRASES]]
    if len(runs) > _MOST_PHRASES:
        told.append("mer" if language is Language.SV else "more")
    return listing(told, language)


def _came_and_went(before: str, after: str, language: Language) -> str:
    labels = ("Tillkommit", "Utgått") if language is Language.SV else ("Added", "Removed")
    told = [_phrases(before, after, kind, language) for kind in (PieceKind.ADDED, PieceKind.REMOVED)]
    return " ".join(f"{label}: {phrases}." for label, phrases in zip(labels, told, strict=True) if phrases)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
