"""A preview as plain text for a terminal or a mail, in Swedish or English."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from unicodedata import category

from vagvisare.sources.query import Role
from vagvisare.sources.spreadsheet.preview import Preview, Sample
from vagvisare.sources.spreadsheet.preview_changes import Change, Changes
from vagvisare.sources.spreadsheet.preview_doubts import exact
from vagvisare.terms.language import NO_BREAK_SPACE, Language, Text, listing
from vagvisare.terms.period import Period
from vagvisare.terms.territory import TERRITORIES, Kind
from vagvisare.terms.unit import UNITS

SIDE, WIDEST = 18, 100
_NAMED = 12
_SEXES = {"T": Text("totalt", "total"), "K": Text("kvinnor", "women"), "M": Text("män", "men")}
_ROLES = {
    Role.TERRITORY: Text("område", "territory"),
    Role.PERIOD: Text("tid", "time"),
    Role.SEX: Text("kön", "sex"),
    Role.BACKGROUND: Text("grupp", "group"),
    Role.MEASURE: Text("mått", "measure"),
    Role.FIXED: Text("fast", "fixed"),
}
_KINDS = (
    (Kind.NATION, Text("riket", "Sweden"), Text("riket", "Sweden")),
    (Kind.COUNTY, Text("län", "county"), Text("län", "counties")),
    (Kind.MUNICIPALITY, Text("kommun", "municipality"), Text("kommuner", "municipalities")),
)
_EVERYBODY = Text("alla", "everybody")


def rendered(preview: Preview, language: Language, columns: int = WIDEST) -> str:
    """Return the preview in lines of at most ``columns`` characters, free of what a terminal would obey."""
    width = max(40, min(columns, WIDEST))
    blocks = [
        _heading(preview, language),
        [line for head, said in _facts(preview, language) if said for line in _beside(head, said, width)],
        _list(
            Text("Stickprov", "Samples"),
            (_sample(each, preview, language) for each in preview.samples),
            language,
            width,
        ),
        _changed(preview, language, width),
        _list(_CHECK, (doubt.to(language) for doubt in preview.doubts), language, width),
    ]
    return "\n\n".join("\n".join(_harmless(line) for line in block) for block in blocks if block) + "\n"


def _heading(preview: Preview, language: Language) -> list[str]:
    sheets = [f"”{sheet}”" if language is Language.SV else f"“{sheet}”" for sheet in preview.sheets]
    where = (
        Text(f", bladet {listing(sheets, language)},", f", sheet {listing(sheets, language)},")
        if sheets
        else Text("", "")
    )
    said = Text(
        f"Så har {preview.file}{where.sv} förståtts. Inget är inläst än.",
        f"This is how {preview.file}{where.en} was understood. Nothing is recorded yet.",
    )
    return [f"{preview.dataset}: {preview.title}", said.to(language)]


def _facts(preview: Preview, language: Language) -> list[tuple[str, str]]:
    def say(sv: str, en: str) -> str:
        return Text(sv, en).to(language)

    one = preview.rows == 1
    rows = (
        say(f" på {preview.rows} {'rad' if one else 'rader'}", f" on {preview.rows} {'row' if one else 'rows'}")
        if preview.rows
        else ""
    )
    groups = [name or _EVERYBODY.to(language) for name in preview.backgrounds]
    ends = [_sample(each, preview, language) if each else "" for each in (preview.smallest, preview.largest)]
    found = [f"{place.to(language)} = {_ROLES[role].to(language)}" for _, role, place in preview.columns]
    return [
        (say("Siffror", "Figures"), f"{preview.figures}{rows}"),
        (say("Områden", "Territories"), _territories(preview.territories, language)),
        (say("Tid", "Time"), _periods(preview.periods)),
        (say("Kön", "Sex"), ", ".join(_SEXES[sex].to(language) for sex in preview.sexes)),
        (say("Grupper", "Groups"), _several(groups, language)),
        (say("Minsta", "Smallest"), ends[0]),
        (say("Största", "Largest"), ends[1]),
        (say("Hittat i", "Found in"), "; ".join(found)),
        (say("Inte lästa", "Not read"), _several([*preview.ignored], language)),
        (say("Inte frågat efter", "Not asked for"), _several([f"{c} ({n})" for _, c, n in preview.left_out], language)),
        (say("Saknade värden", "Missing values"), _missing(preview, language)),
        (say("Notmarkeringar", "Footnote marks"), _counted(preview.footnotes, language)),
        (say("Under tabellen", "Below the table"), " · ".join(preview.notes)[:400]),
    ]


def _missing(preview: Preview, language: Language) -> str:
    empty = Text(f"{preview.empty} tomma celler", f"{preview.empty} empty cells").to(language) if preview.empty else ""
    return "; ".join(filter(None, (_counted(preview.missing, language), empty)))


def _counted(marks: Iterable[tuple[str, int]], language: Language) -> str:
    told = (
        Text(f"”{m}” {n} {'gång' if n == 1 else 'gånger'}", f"“{m}” {'once' if n == 1 else f'{n} times'}")
        for m, n in marks
    )
    return ", ".join(each.to(language) for each in told)


def _territories(codes: tuple[str, ...], language: Language) -> str:
    names = [_name(code, language) for code in codes]
    if len(names) <= _NAMED:
        return ", ".join(names)
    counts = []
    for kind, one, many in _KINDS:
        count = sum(code in TERRITORIES and TERRITORIES[code].kind is kind for code in codes)
        if count:
            counts.append(
                (one if count == 1 else many).to(language)
                if kind is Kind.NATION
                else f"{count} {(one if count == 1 else many).to(language)}"
            )
    return f"{listing(counts, language)}: {_several(names, language)}"


def _name(code: str, language: Language) -> str:
    return TERRITORIES[code].name_in(language) if code in TERRITORIES else code


def _periods(periods: tuple[Period, ...]) -> str:
    """Write periods briefly: single years in a row as 2015–2023 (9)."""
    labels = [period.label for period in periods]
    whole = (
        len(periods) > 3
        and all(p.years == 1 for p in periods)
        and periods[-1].end - periods[0].start + 1 == len(periods)
    )
    return f"{periods[0].start}–{periods[-1].end} ({len(periods)})" if whole else ", ".join(labels)


def _several(names: list[str], language: Language) -> str:
    more = len(names) - _NAMED
    tail = Text(f" och {more} till", f" and {more} more").to(language) if more > 0 else ""
    return ", ".join(names[:_NAMED]) + tail


def _figure(value: float, unit: str, language: Language) -> str:
    known = UNITS.get(unit)
    if known is None:
        return exact(value, language)
    return exact(value / known.divide, language) + NO_BREAK_SPACE + known.name.to(language)


def _who(territory: str, period: str, sex: str, background: str, language: Language) -> str:
    words = (_name(territory, language), period.replace("-", "–"), _SEXES[sex].to(language) if sex in _SEXES else sex)
    return ", ".join(filter(None, (*words, background)))


def _sample(sample: Sample, preview: Preview, language: Language) -> str:
    cell = f"cell {sample.cell} → " if sample.cell else ""
    who = _who(sample.territory, sample.period, sample.sex, sample.background, language)
    return f"{cell}{who}: {_figure(sample.value, preview.unit, language)}"


def _changed(preview: Preview, language: Language, width: int) -> list[str]:
    changes = preview.changes
    if changes is None:
        return textwrap.wrap(_FIRST.to(language), width)
    lines = [line.to(language) for line in _change_counts(changes)]
    lines += [_change(each, preview.unit, language) for each in (*changes.revisions, *changes.losses)]
    return _list(_AGAINST, lines, language, width)


def _change_counts(changes: Changes) -> list[Text]:
    periods = ", ".join(period.label for period in changes.new_periods)
    lines = [Text(f"nya perioder: {periods}", f"new periods: {periods}")] if periods else []
    for count, sv, en in (
        (changes.added, "nya", "new"),
        (changes.revised, "ändrade", "revised"),
        (changes.vanished, "försvunna", "vanished"),
        (changes.unchanged, "oförändrade", "unchanged"),
    ):
        lines.append(Text(f"{sv} siffror: {count}", f"{en} figures: {count}"))
    return lines


def _change(change: Change, unit: str, language: Language) -> str:
    who = _who(change.territory, str(change.period), change.sex, change.background, language)
    nothing = Text("ingen siffra", "no figure").to(language)
    old, new = (nothing if v is None else _figure(v, unit, language) for v in (change.old, change.new))
    return f"{who}: {old} → {new}"


def _beside(head: str, said: str, width: int) -> list[str]:
    return textwrap.wrap(
        said, width, initial_indent=head.ljust(SIDE), subsequent_indent=" " * SIDE, break_on_hyphens=False
    )


def _list(title: Text, lines: Iterable[str], language: Language, width: int) -> list[str]:
    items = [textwrap.wrap(line, width, initial_indent="  ", subsequent_indent="    ") for line in lines]
    return [title.to(language), *(line for item in items for line in item)] if items else []


def _harmless(line: str) -> str:
    """Return a line without what a terminal would obey: names and texts in it come from anybody."""
    return "".join("\N{REPLACEMENT CHARACTER}" if category(c) in ("Cc", "Cf", "Cs") else c for c in line)


_CHECK = Text("Att kontrollera", "To check")
_AGAINST = Text("Mot de siffror som gäller nu", "Against the figures that now stand")
_FIRST = Text(
    "Datamängden har inga siffror sedan tidigare att jämföra med.",
    "The data set has no earlier figures to compare with.",
)
