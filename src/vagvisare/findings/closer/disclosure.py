"""Words for what is not shown: why, in one phrase beside the cell, and what that means, in sentences under the table.

Which count protects which is never told, here or anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from vagvisare.assessment.disclosure.audit import Finding, breaches
from vagvisare.assessment.disclosure.cell_key import Hint, noise_margin
from vagvisare.assessment.disclosure.protect import Protected
from vagvisare.assessment.disclosure.table import Cell, CellKey, Reason, Rules
from vagvisare.findings.grammar import capital, counted
from vagvisare.terms.language import Language, Text, number

PEOPLE = Text("personer", "people")
"""What is counted, where nothing else is said."""

MARK = ".."
"""What stands in a cell that is not shown, as in Swedish official statistics."""

_PLAIN = {
    Reason.COMPLEMENTARY: Text(
        "skyddat för att inte avslöja en annan uppgift", "protected so as not to reveal another figure"
    ),
    Reason.UNPUBLISHED: Text("ej publicerat av producenten", "not published by the producer"),
    Reason.DERIVED: Text(
        "visas inte, eftersom en skyddad uppgift annars skulle kunna räknas ut",
        "not shown, because a protected figure could otherwise be computed",
    ),
    Reason.NOBODY: Text("kan inte räknas ut: gruppen är tom", "cannot be computed: the group is empty"),
}


def why(reason: Reason, rules: Rules | None = None, of: Text = PEOPLE) -> Text:
    """Return the phrase beside a hidden cell: "skyddat: färre än fem personer".

    Args:
        reason: why the cell is hidden.
        rules: the owner's; the default threshold where none are given.
        of: what is counted, in the plural.
    """
    if reason is not Reason.PRIMARY:
        return _PLAIN[reason]
    threshold = (rules or Rules()).threshold
    return Text(
        f"skyddat: färre än {counted(threshold, Language.SV)} {of.sv}",
        f"protected: fewer than {counted(threshold, Language.EN)} {of.en}",
    )


def note(protected: Protected, of: Text = PEOPLE) -> Text:
    """Return the sentences under a table: what is hidden in it, how many figures, and that sums are left alone."""
    return Text(*(" ".join(_note(protected, of, language)) for language in (Language.SV, Language.EN)))


def _note(protected: Protected, of: Text, language: Language) -> list[str]:
    swedish = language is Language.SV
    said = []
    if protected.cell_key is not None:
        said.append(cell_key(protected.cell_key).to(language))
    for reason, many in sorted(
        Counter(protected.reasons.values()).items(), key=lambda each: list(Reason).index(each[0])
    ):
        figures = ("uppgift" if many == 1 else "uppgifter") if swedish else ("figure" if many == 1 else "figures")
        phrase = _told(reason, protected.rules, of, many, language)
        said.append(f"{capital(counted(many, language))} {figures} {phrase}.")
    if protected.mismatched and protected.cell_key is None:
        said.append(
            "Delarna summerar inte alltid till totalen i källan; inget är rättat."
            if swedish
            else "The parts do not always add up to the total in the source; nothing has been corrected."
        )
    return said


def _told(reason: Reason, rules: Rules, of: Text, many: int, language: Language) -> str:
    """Return the verb phrase of a note, agreeing with how many figures it speaks of."""
    threshold = counted(rules.threshold, language)
    if language is Language.SV:
        hidden = "är skyddad" if many == 1 else "är skyddade"
        return {
            Reason.PRIMARY: f"{hidden}: färre än {threshold} {of.sv}",
            Reason.COMPLEMENTARY: f"{hidden} för att inte avslöja en annan uppgift",
            Reason.UNPUBLISHED: f"är inte {'publicerad' if many == 1 else 'publicerade'} av producenten",
        }[reason]
    verb = "is" if many == 1 else "are"
    return {
        Reason.PRIMARY: f"{verb} protected: fewer than {threshold} {of.en}",
        Reason.COMPLEMENTARY: f"{verb} protected so as not to reveal another figure",
        Reason.UNPUBLISHED: f"{verb} not published by the producer",
    }[reason]


def cell_key(key: CellKey) -> Text:
    """Say that the producer's noise protects a table: sums may differ, and small counts are less certain."""
    margin = {language: number(noise_margin(key), language, 1) for language in Language}
    return Text(
        "Producenten skyddar tabellen genom att ändra antalen lite, slumpmässigt. Delarna behöver därför inte summera "
        "till totalen. Det är inget fel, och inget är rättat. Ett enskilt antal avviker i regel "
        f"högst {margin[Language.SV]} från det verkliga, vilket betyder mest för små antal.",
        "The producer protects the table by changing the counts a little, at random. The parts therefore need not add "
        "up to the total. That is no error, and nothing has been corrected. A single count is as a rule within "
        f"{margin[Language.EN]} of the true one, which matters most for small counts.",
    )


def hint(found: Hint) -> Text:
    """Offer the owner of a table what its sums look like; nothing is assumed until it is declared."""
    sv, en = (tuple(number(n, language) for n in (found.differing, found.sums, found.largest)) for language in Language)
    return Text(
        f"I {sv[0]} av {sv[1]} summor skiljer sig delarna från totalen, med högst {sv[2]} och lika ofta uppåt som "
        "nedåt. Så ser tabeller ut som producenten har skyddat med små slumpmässiga ändringar, eller avrundat. Ange "
        "det i så fall för tabellen; inget rättas.",
        f"In {en[0]} of {en[1]} sums the parts differ from the total, by at most {en[2]} and as often upwards as "
        "downwards. Tables look like that when the producer has protected them with small random changes, or rounded "
        "them. If so, declare it for the table; nothing is corrected.",
    )


def warning(protected: Protected, findings: Mapping[Cell, Finding] | None = None) -> Text | None:
    """Return what the owner must be told before a table is published, None when every hidden count is protected.

    It is for the owner alone: it names cells.

    Args:
        protected: the table.
        findings: of the attack on it (``audit``), where it has been made.
    """
    cells = sorted({*protected.exposed, *breaches(findings or {})})
    if not cells:
        return None
    named = "; ".join(", ".join(cell) for cell in cells[:5]) + (" …" if len(cells) > 5 else "")
    sv, en = counted(len(cells), Language.SV), counted(len(cells), Language.EN)
    return Text(
        f"{capital(sv)} {'dold uppgift' if len(cells) == 1 else 'dolda uppgifter'} går ändå att räkna ut eller "
        f"ringa in ({named}), till exempel för att en tidigare version eller en publicerad skillnad visar den. Att "
        "dölja fler uppgifter hjälper inte. Publicera inte tabellen i denna form: slå samman grupper, eller ta bort en "
        "nivå.",
        f"{capital(en)} hidden {'figure' if len(cells) == 1 else 'figures'} can still be computed or narrowed down "
        f"({named}), for instance because an earlier version or a published difference shows it. Hiding more figures "
        "does not help. Do not publish the table in this form: merge groups, or leave out a level.",
    )
