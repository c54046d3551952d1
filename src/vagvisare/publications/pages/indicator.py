"""The page of an indicator: sentence, four answers, chart, rank and map, computation, tables, downloads, history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from vagvisare.assessment.definition import Collection, Direction, Indicator
from vagvisare.assessment.disclosure.panel import Protection
from vagvisare.assessment.judgement import Gap, Judgement
from vagvisare.editions.citation import MONTHS
from vagvisare.findings.closer.protection import PROTECTED, hidden_here, note
from vagvisare.findings.explain import Step, explain
from vagvisare.findings.finding import Finding
from vagvisare.publications.charts import slope
from vagvisare.publications.pages import ahead, closer, distances, pictures, revised
from vagvisare.publications.pages.answers import (
    SHAPES,
    Answer,
    four_answers,
    leading_pace,
    place_words,
    trend_status,
    trend_word,
)
from vagvisare.publications.pages.siblings import per_person, siblings
from vagvisare.publications.pages.view import View
from vagvisare.publications.pages.words import FINDING_TYPES, GAPS
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import Language, Text
from vagvisare.terms.series import NATION, TOTAL, Series
from vagvisare.terms.territory import COUNTIES, TERRITORIES, Kind


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding with the steps of its computation, as the page shows them."""

    finding: Finding
    sentence: str
    kind: str
    steps: tuple[tuple[str, str], ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class GapPicture:
    """Two groups: the sentence, the picture, and whether the gap narrows by levelling down."""

    words: str
    picture: Markup
    levelling_down: bool
    names: tuple[str, str]
    rows: tuple[tuple[str, str, str], ...]
    ratio: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of series: one column a period, one row a territory or group. ``own`` marks the territory's row.

    ``note`` says under the table what is hidden in it, that its producer protects it with noise, or that some of its
    figures are preliminary.
    """

    caption: str
    name: str
    periods: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], bool], ...]
    note: str = ""


def context(view: View, indicator: Indicator) -> dict[str, Any]:
    """Return what the template of an indicator page needs."""
    digest = view.digest
    judgement, own = digest.judgement(indicator.key), digest.own(indicator.key)
    headline = view.headline(indicator)
    findings = [_explained(view, indicator, f) for f in digest.findings_of.get(indicator.key, [])]
    shown: dict[str, Any] = {
        "indicator": indicator,
        "judgement": judgement,
        "title": indicator.title.to(view.language),
        "headline": headline,
        "heading": view.sentence(headline) if headline else indicator.title.to(view.language),
        "explained": next((e for e in findings if headline and e.finding is headline), None),
        "others": [e for e in findings if not (headline and e.finding is headline)],
        "contract": contract(view, indicator),
        "receipt": digest.material.receipts.get(indicator.dataset),
        "vintage": view.outcome.vintages.get(indicator.dataset),
        "notices": notices(view, indicator),
        "fetched": view.fetched(indicator),
        "revised": None,
        "siblings": siblings(view, indicator),
        "source_line": _source_line(digest.material.receipts.get(indicator.dataset)),
        "goals": [digest.edition.by_address[a] for a in indicator.watches if a in digest.edition.by_address],
        "history": _history(view, indicator),
        "earlier": view.outcome.earlier if judgement is not None and judgement.trend.earlier is not None else None,
        "answers": [],
        "chart": None,
        "rank": None,
        "ahead": None,
        "questions": (),
        "methods": None,
        "gaps": [],
        "ordered": (),
        "spread": (),
        "tables": [],
    }
    if judgement is not None and own is not None and len(own):
        shown["answers"] = _answers(view, indicator, judgement)
        shown["revised"] = revised.section(view, indicator)
        shown["chart"] = pictures.line_picture(view, indicator, judgement, own, shown["heading"])
        shown["rank"] = pictures.rank_picture(view, indicator, judgement)
        shown["gaps"] = [_gap(view, indicator, gap, i) for i, gap in enumerate(judgement.gaps)]
        shown["ordered"] = distances.ordered(view, indicator, judgement)
        shown["spread"] = distances.spread(view, indicator, judgement)
        shown["ahead"] = ahead.section(view, indicator, judgement)
        shown["questions"] = closer.questions(view, indicator, judgement)
        shown["methods"] = closer.methods(view, indicator, judgement)
        shown["tables"] = tables(view, indicator)
    return shown


def _answers(view: View, indicator: Indicator, judgement: Judgement) -> list[Answer]:
    """Return the four answers; the level says where its figure is preliminary."""
    level, *others = four_answers(judgement, indicator, view.language, per_person(view, indicator))
    if judgement.level.period in view.digest.preliminary.get(judgement.key, ()):
        level = replace(level, note=view.say("level_note_preliminary"))
    return [level, *others]


def notices(view: View, indicator: Indicator) -> list[str]:
    """Return what a reader must know of the newest figures behind an indicator."""
    told = view.digest.material.notices
    return [each.to(view.language) for name in (indicator.dataset, indicator.per) for each in told.get(name, ())]


def _explained(view: View, indicator: Indicator, finding: Finding) -> Explained:
    judgement = view.outcome.judgements.get(finding.key)
    series = view.outcome.panel.get(finding.key)
    steps: tuple[Step, ...] = ()
    if judgement is not None and series is not None:
        steps = explain(finding, judgement, indicator, series).steps
    said = tuple((s.title.to(view.language), _step(view, indicator, s.text.to(view.language))) for s in steps)
    kind = FINDING_TYPES[finding.type].to(view.language)
    return Explained(finding, view.sentence(finding), kind, said, view.place_of_finding(finding)[1])


def _step(view: View, indicator: Indicator, text: str) -> str:
    """Return a step's words; on English pages a target's Swedish wording and source are marked as Swedish."""
    said = view.cited(text)
    if view.language is Language.SV:
        return said
    shown = escape(said)
    for swedish in dict.fromkeys(w for t in indicator.targets for w in (t.wording, view.cited(t.source)) if w):
        marked = Markup('<span lang="sv">{}</span>').format(swedish)  # format escapes what it puts in
        shown = shown.replace(escape(swedish), marked)
    return shown


def contract(view: View, indicator: Indicator) -> list[tuple[str, str]]:
    """Return the indicator's contract as rows of name and words."""
    better = {Direction.HIGHER: "higher", Direction.LOWER: "lower", Direction.NEUTRAL: "neither"}
    collected = {Collection.REGISTER: "register", Collection.SURVEY: "survey", Collection.MODEL: "model"}
    rows = [
        ("definition", indicator.definition.to(view.language)),
        ("unit", indicator.unit_words.name.to(view.language) or indicator.unit),
        ("better_is", view.say(better[indicator.direction])),
        ("collected_by", view.say(collected[indicator.collection])),
    ]
    if indicator.price_basis:
        rows.append(("price_basis", view.say(f"{indicator.price_basis}_prices")))
    if indicator.meaningful_change is not None:
        rows.append(("smallest_change", _smallest(view, indicator, indicator.meaningful_change)))
    rows.append(("release", release_words(view, indicator)))
    rows += [("breaks_words", f"{b.at.label}: {b.note.to(view.language)}") for b in indicator.breaks]
    return [(view.say(key), words) for key, words in rows]


def _source_line(receipt: Receipt | None) -> str:
    """Write producer and table; words that end the one and begin the other are said once."""
    if receipt is None:
        return ""
    producer, table = receipt.producer, receipt.source_id
    shared = next((n for n in range(len(table), 3, -1) if producer.endswith(table[:n])), 0)
    return f"{producer}{table[shared:]}" if shared else f"{producer}, {table}"


def release_words(view: View, indicator: Indicator) -> str:
    """Write when the producer usually publishes: ``i oktober året efter``."""
    rule = indicator.release
    if rule is None:
        return view.say("released_irregular")
    key = f"released_{rule.years_after}" if rule.years_after <= 2 else "released_later"
    month = MONTHS.to(view.language).split()[rule.month - 1]
    return view.say(key).format(month=month, years=rule.years_after)


def _smallest(view: View, indicator: Indicator, change: float) -> str:
    if indicator.scale.value == "log":
        return f"{view.number(change, 1)} %"
    unit = indicator.unit_words
    return f"{view.number(change, 1)} {unit.difference.to(view.language)}"


def _gap(view: View, indicator: Indicator, gap: Gap, number: int) -> GapPicture:
    unit, language = indicator.unit_words, view.language
    names = (gap.contrast.a.name.to(language), gap.contrast.b.name.to(language))
    first_a, first_b = _first_values(view, indicator, gap)
    title = view.say("gap_title").format(
        a=_capital(names[0]), b=names[1], first=gap.first_period.label, last=gap.period.label
    )
    figures = [unit.figure(v, language) for v in (first_a, gap.a, first_b, gap.b)]
    description = view.say("gap_desc").format(
        a=_capital(names[0]), b=_capital(names[1]), a1=figures[0], a2=figures[1], b1=figures[2], b2=figures[3]
    )
    chart = slope.SlopeChart(
        title,
        description,
        language,
        unit,
        gap.first_period.label,
        gap.period.label,
        (slope.SlopeLine(names[0], first_a, gap.a, "own"), slope.SlopeLine(names[1], first_b, gap.b, "nation")),
    )
    words = view.say("gap_words").format(
        verdict=GAPS[gap.verdict].to(language),
        before=unit.write_difference(abs(gap.first_difference), language),
        now=unit.write_difference(abs(gap.difference), language),
        first=gap.first_period.label,
        last=gap.period.label,
    )
    rows = ((gap.first_period.label, figures[0], figures[2]), (gap.period.label, figures[1], figures[3]))
    drawn = slope.draw(chart, f"gap-{number}")
    return GapPicture(words, drawn, gap.levelling_down, names, rows, distances.ratio(view, gap))


def _first_values(view: View, indicator: Indicator, gap: Gap) -> tuple[float, float]:
    base = view.digest.key_of(indicator.key)
    found = []
    for group in (gap.contrast.a, gap.contrast.b):
        key = type(base)(base.indicator, base.territory, group.sex, group.background)
        series = view.outcome.panel.get(key)
        found.append(series.at(gap.first_period) if series else None)
    a, b = found
    if a is None or b is None:
        # Without the group's own first figure only the distance is known; it is drawn from today's level.
        return gap.b + gap.first_difference, gap.b
    return a, b


def tables(view: View, indicator: Indicator) -> list[FigureTable]:
    """Return all figures: counties and riket, groups in the territory, its municipalities."""
    hidden = view.outcome.protected.of(indicator, view.outcome.panel)
    series = _also_hidden(view.digest.series_of.get(indicator.key, []), hidden)
    totals = {s.key.territory: s for s in series if s.key.is_total}
    own = view.outcome.territory
    regions = [code for code in (own, NATION, *(c for c in COUNTIES if c != own)) if code in totals]
    counties = [(view.place_name(c), totals[c]) for c in regions]
    parts = [_table(view, indicator, view.say("all_figures"), "lan", counties, hidden)]
    groups = [(_group_name(view, indicator, s), s) for s in series if s.key.territory == own and not s.key.is_total]
    if groups:
        caption = view.say("groups_table").format(place=view.territory)
        parts.append(_table(view, indicator, caption, "grupper", groups, hidden))
    towns = [(view.place_name(code), s) for code, s in totals.items() if _is_town(code) and code.startswith(own)]
    if towns:
        caption = view.say("municipalities_table").format(place=view.territory)
        parts.append(_table(view, indicator, caption, "kommuner", towns, hidden))
    return parts


def _also_hidden(shown: list[Series], hidden: Protection | None) -> list[Series]:
    """Return the series with those of which every figure is hidden, as series without figures."""
    known = {series.key for series in shown}
    reasons = hidden.reasons if hidden else {}
    empty = [key for key, periods in reasons.items() if key not in known and any(map(hidden_here, periods.values()))]
    return sorted((*shown, *(Series.of(key, {}) for key in empty)), key=lambda s: s.key) if empty else shown


def _is_town(code: str) -> bool:
    return code in TERRITORIES and TERRITORIES[code].kind is Kind.MUNICIPALITY


def _group_name(view: View, indicator: Indicator, series: Series) -> str:
    for group in indicator.groups:
        if (group.sex or TOTAL, group.background) == (series.key.sex, series.key.background):
            return _capital(group.name.to(view.language))
    sexes = {"K": Text("Kvinnor", "Women"), "M": Text("Män", "Men"), TOTAL: Text("Alla", "Everybody")}
    parts = [sexes[series.key.sex].to(view.language) if series.key.sex in sexes else series.key.sex]
    return ", ".join(parts + ([series.key.background] if series.key.background else []))


def _table(
    view: View,
    indicator: Indicator,
    caption: str,
    name: str,
    rows: list[tuple[str, Series]],
    hidden: Protection | None,
) -> FigureTable:
    reasons = {s.key: hidden.reasons.get(s.key, {}) if hidden else {} for _, s in rows}
    ours = {key: {p for p, why in each.items() if hidden_here(why)} for key, each in reasons.items()}
    periods = sorted({period for _, s in rows for period in (*s.periods, *ours[s.key])})
    language, written = view.language, []
    for label, series in rows:
        at = dict(series)
        mark = PROTECTED.to(language)
        instead = {p: mark if p in ours[series.key] else "" for p in periods}
        cells = tuple(view.figure(series, p, at[p], indicator) if p in at else instead[p] for p in periods)
        written.append((label, cells, series.key == view.digest.key_of(indicator.key)))
    said = (
        note(hidden, [why for each in reasons.values() for p, why in each.items() if p in periods]) if hidden else None
    )
    remarks = [said.to(language)] if said else []
    if any(p in s.periods for _, s in rows for p in view.digest.preliminary.get(s.key, ())):
        remarks.append(view.say("preliminary_note"))
    return FigureTable(caption, name, tuple(p.label for p in periods), tuple(written), " ".join(filter(None, remarks)))


@dataclass(frozen=True, slots=True)
class PastRow:
    """One earlier day: what would have been said then."""

    day: str
    iso: str
    shape: str
    status: str
    word: str
    figure: str
    place: str
    reconstructed: bool


def _history(view: View, indicator: Indicator) -> list[PastRow]:
    past = (view.outcome.history or {}).get(indicator.key, ())
    return [
        _past(view, indicator, entry.as_of.isoformat(), entry.judgement, entry.reconstructed)
        for entry in sorted(past, key=lambda entry: entry.as_of, reverse=True)
    ]


def _past(view: View, indicator: Indicator, iso: str, judgement: Judgement | None, reconstructed: bool) -> PastRow:
    day = view.day(iso)
    if judgement is None:
        return PastRow(day, iso, "◇", "unknown", view.say("no_figures_then"), "", "", reconstructed)
    status = trend_status(judgement.trend)
    value = indicator.unit_words.write(judgement.level.value, view.language)
    place = place_words(judgement.comparison, indicator, view.language) if judgement.comparison else ""
    return PastRow(
        day,
        iso,
        SHAPES[status],
        status.value,
        trend_word(judgement.trend, view.language),
        f"{value} ({judgement.level.period.label})",
        place,
        reconstructed,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def target_of(judgement: Judgement) -> tuple[int, float] | None:
    """Return the target to draw: the year and the level, when the leading target has both."""
    pace = leading_pace(judgement)
    if pace is None or pace.target_value is None or pace.target.year is None:
        return None
    return pace.target.year, pace.target_value
