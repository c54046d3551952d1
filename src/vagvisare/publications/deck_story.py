"""The council's deck as a story: which slides, in which order, saying what.

The order is that of the region's own follow-up of 2022: the concerted efforts; for each of them findings, then results;
then trends, needs for shift, insights and questions; last, how it was calculated. A strategy without a follow-up gets
its findings goal by goal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from vagvisare.editions.document import Source
from vagvisare.followups.document import Focus, FollowUp, Said
from vagvisare.followups.outcome import Answer, Outcome, Replayed, ReplayVerdict
from vagvisare.publications import deck_words as words
from vagvisare.publications.deck import FindingSlide, ListSlide, Slide, Spoken, TableSlide, TitleSlide
from vagvisare.publications.deck_findings import about_effort, by_goal, cited, finding_slide
from vagvisare.publications.deck_table import shared_out
from vagvisare.publications.material import Material
from vagvisare.terms.language import Language, listing

MARKS = {
    ReplayVerdict.AGREES: "=",
    ReplayVerdict.DEPENDS: "≈",
    ReplayVerdict.CONTRADICTED: "≠",
    ReplayVerdict.UNDETERMINED: "◇",
    ReplayVerdict.NO_FIGURES: "–",
}


def slides(material: Material, language: Language) -> tuple[Slide, ...]:
    """Return the slides of the deck in the order they are shown."""
    outcome = material.outcome
    latest = max(outcome.follow_ups, key=lambda follow_up: follow_up.dated, default=None)
    told: list[Slide] = [_title(outcome, language)]
    if latest is None:
        told += _goals(material, language)
    else:
        told.append(_efforts(outcome, latest, language))
        told += _all_efforts(material, latest, language)
        told += _closing(outcome, latest, language)
    told.append(_method(outcome, language))
    shown = [slide for slide in told if isinstance(slide, FindingSlide)]
    told += _sources(material, {slide.dataset for slide in shown}, language)
    return tuple(told)


def _title(outcome: Outcome, language: Language) -> TitleSlide:
    strategy = outcome.strategy
    owner, day = strategy.owner.to(language), words.day(outcome.as_of, language)
    known = words.OWNER.to(language).format(owner=owner, day=day)
    if outcome.reconstructed:
        known += f" ({words.RECONSTRUCTED.to(language)})"
    return TitleSlide(
        title=strategy.title.to(language),
        subtitle=words.FOLLOWED_UP.to(language),
        small=known,
        notes=words.METHOD_RECONSTRUCTED.to(language) if outcome.reconstructed else "",
    )


def _efforts(outcome: Outcome, follow_up: FollowUp, language: Language) -> ListSlide:
    how_many = words.count(len(follow_up.focuses), language, capital=True)
    replayed = [_of_effort(outcome, focus) for focus in follow_up.focuses]
    statements = sum(len(_counted(items)) for items in replayed)
    wording = (words.EFFORTS if statements > 1 else words.EFFORTS_ONLY).to(language)
    return ListSlide(
        eyebrow=follow_up.title if language is Language.SV else follow_up.english,
        title=wording.format(count=how_many, statements=words.count(statements, language), year=follow_up.dated.year),
        items=tuple(
            _with_tally(_quote(focus.name, focus.english, language), items, language)
            for focus, items in zip(follow_up.focuses, replayed, strict=True)
        ),
        source=_own_words(follow_up, language),
        notes=_lines(focus.source for focus in follow_up.focuses),
    )


def _all_efforts(material: Material, follow_up: FollowUp, language: Language) -> Iterator[Slide]:
    shown: set[str] = set()
    for place, focus in enumerate(follow_up.focuses, start=1):
        name = _name(focus, language)
        part = words.OF.to(language).format(part=place, whole=len(follow_up.focuses))
        eyebrow = f"{words.EFFORT.to(language)} {part}: {name}"
        for finding in about_effort(focus, material.outcome, shown):
            shown.add(finding.id)
            slide = finding_slide(finding, material, eyebrow, language)
            if slide is not None:
                yield slide
        yield from _replay(material.outcome, follow_up, focus, eyebrow, language)
        if focus.results:
            yield _results(follow_up, focus, f"{words.EFFORT.to(language)} {part}", language)


def _of_effort(outcome: Outcome, focus: Focus) -> list[Replayed]:
    keys = {statement.key for statement in focus.statements}
    return [item for item in outcome.replay if item.focus.key == focus.key and item.statement.key in keys]


def _with_tally(item: Spoken, replayed: Sequence[Replayed], language: Language) -> Spoken:
    if not replayed:
        return item
    tally = _tally(replayed, "", language)
    return replace(item, gloss=f"{item.gloss} · {tally[:1].lower()}{tally[1:]}" if item.gloss else tally)


def _replay(
    outcome: Outcome, follow_up: FollowUp, focus: Focus, eyebrow: str, language: Language
) -> Iterator[TableSlide]:
    replayed = _of_effort(outcome, focus)
    if not replayed:
        return
    then = words.THEN.to(language).format(day=words.day(replayed[0].then.as_of, language))
    now = words.NOW.to(language).format(day=words.day(replayed[0].now.as_of, language))
    header = (words.SAID.to(language).format(year=follow_up.dated.year), then, now)
    rows = [_replay_row(item, language) for item in replayed]
    parts = shared_out(header, rows)
    for number, part in enumerate(parts, start=1):
        shown = [replayed[index] for index in part]
        suffix = f" ({words.OF.to(language).format(part=number, whole=len(parts))})" if len(parts) > 1 else ""
        yield TableSlide(
            eyebrow=eyebrow,
            title=_tally(shown, str(follow_up.dated.year), language) + suffix,
            header=header,
            rows=tuple(rows[index] for index in part),
            source=_own_words(follow_up, language) + _reconstructed(replayed, language),
            notes="\n\n".join(_replay_note(item, language) for item in shown),
        )


def _counted(replayed: Sequence[Replayed]) -> list[Replayed]:
    """Return what is counted: a caveat is shown but is no statement of its own, unless it stands alone."""
    return [item for item in replayed if not item.statement.caveat] or list(replayed)


def _tally(replayed: Sequence[Replayed], year: str, language: Language) -> str:
    """Tell how many statements stood where, by what was known when they were made: the fair question first."""
    counted = _counted(replayed)
    many = (words.STATEMENT if len(counted) == 1 else words.STATEMENTS).to(language)
    told = many.format(count=words.count(len(counted), language, capital=True))
    if year:
        told = words.SAID_IN.to(language).format(statements=told, year=year)
    numbers = [
        (wording, sum(item.then.verdict is verdict for item in counted))
        for verdict, wording in words.REPLAY_TALLY.items()
    ]
    found = [((one if number == 1 else more).to(language), number) for (one, more), number in numbers if number]
    if all(item.then.verdict is ReplayVerdict.NO_FIGURES for item in counted):
        return found[0][0].format(told)
    tail = words.BY_THEN.to(language) if year else ""
    if len(found) == 1:
        return found[0][0].format(told) + tail
    parts = [wording.format(words.count(number, language, neuter=True)) for wording, number in found]
    return f"{told}: {listing(parts, language)}{tail}"


def _replay_row(item: Replayed, language: Language) -> tuple[Spoken, ...]:
    statement = item.statement
    why = item.now.why.to(language)
    return (
        _quote(statement.text, statement.english, language),
        Spoken(_verdict(item.then, language), language),
        Spoken(_verdict(item.now, language), language, gloss=why),
    )


def _verdict(answer: Answer, language: Language) -> str:
    return f"{MARKS[answer.verdict]} {words.SHORT_VERDICTS[answer.verdict].to(language)}"


def _replay_note(item: Replayed, language: Language) -> str:
    lines = [f"”{item.statement.text}” ({item.statement.source})"]
    for answer in (item.then, item.now):
        verdict = words.REPLAY_VERDICTS[answer.verdict].to(language)
        mark = f", {words.RECONSTRUCTED.to(language)}" if answer.reconstructed else ""
        lines.append(f"{words.day(answer.as_of, language)}{mark}: {verdict}. {answer.why.to(language)}")
        lines += [f"· {tested.sentence.to(language)}" for tested in answer.tested]
    return "\n".join(lines)


def _results(follow_up: FollowUp, focus: Focus, eyebrow: str, language: Language) -> ListSlide:
    closing = [focus.purpose] if focus.purpose else []
    return ListSlide(
        eyebrow=eyebrow,
        title=words.RESULTS_OF.to(language).format(name=_name(focus, language)),
        items=tuple(_said([*focus.results, *closing], language)),
        source=_own_words(follow_up, language),
        notes=words.OWN_CLAIM.to(language) + "\n" + _lines(said.source for said in focus.results),
    )


def _closing(outcome: Outcome, follow_up: FollowUp, language: Language) -> Iterator[ListSlide]:
    year = max((trend.year for trend in outcome.strategy.register.trends), default=0)
    trends = [trend for trend in outcome.strategy.register.trends if trend.year == year]
    if trends:
        yield ListSlide(
            eyebrow=str(year),
            title=words.TRENDS.to(language),
            items=tuple(_quote(trend.text, trend.english, language) for trend in trends),
            source=_own_words(follow_up, language) if year == follow_up.dated.year else "",
            notes=_lines(trend.source for trend in trends),
        )
    for title, said in (
        (words.SHIFTS, follow_up.shifts),
        (words.INSIGHTS, follow_up.insights),
        (words.QUESTIONS, follow_up.questions),
    ):
        if said:
            yield ListSlide(
                eyebrow=follow_up.title if language is Language.SV else follow_up.english,
                title=title.to(language),
                items=tuple(_said(said, language)),
                source=_own_words(follow_up, language),
                notes=_lines(item.source for item in said),
            )


def _goals(material: Material, language: Language) -> list[Slide]:
    told: list[Slide] = []
    for node, findings in by_goal(material.outcome):
        name = ""
        if node is not None:
            name = node.text if language is Language.SV or not node.english else node.english
        for finding in findings:
            slide = finding_slide(finding, material, name, language)
            if slide is not None:
                told.append(slide)
    if told:
        return told
    nothing = Spoken(words.NO_FIGURES.to(language), language)
    return [ListSlide("", words.FINDINGS.to(language), (nothing,), "")]


def _method(outcome: Outcome, language: Language) -> ListSlide:
    steps = [*words.METHOD_STEPS, *([words.METHOD_RECONSTRUCTED] if outcome.reconstructed else [])]
    return ListSlide(
        eyebrow="",
        title=words.METHOD.to(language),
        items=tuple(Spoken(step.to(language), language) for step in steps),
        source=words.KNOWN_ON.to(language).format(day=words.day(outcome.as_of, language)),
        notes=words.METHOD_NAMES.to(language),
    )


def _sources(material: Material, datasets: set[str], language: Language) -> Iterator[TableSlide]:
    receipts = [material.receipts[name] for name in sorted(datasets) if name in material.receipts]
    if not receipts:
        return
    by_producer: dict[str, list[str]] = {}
    for receipt in receipts:
        by_producer.setdefault(receipt.producer, []).append(f"{receipt.title}, {cited(receipt)}")
    yield TableSlide(
        eyebrow="",
        title=words.SOURCES.to(language),
        header=(words.PRODUCER.to(language), words.FIGURES.to(language)),
        rows=tuple(
            (Spoken(producer, Language.SV), Spoken("; ".join(titles), Language.SV))
            for producer, titles in sorted(by_producer.items())
        ),
        source="",
        notes="\n".join(f"{r.dataset}: {r.producer}, {r.source_id}, {r.licence}, sha256 {r.sha256}" for r in receipts),
    )


def _name(focus: Focus, language: Language) -> str:
    return focus.name if language is Language.SV or not focus.english else focus.english


def _said(said: Iterable[Said], language: Language) -> Iterator[Spoken]:
    for item in said:
        quoted = _quote(item.text, item.english, language)
        yield Spoken(quoted.text, quoted.language, quoted.quoted, quoted.gloss, 1 if item.parent else 0)


def _quote(text: str, english: str, language: Language) -> Spoken:
    gloss = "" if language is Language.SV else english
    return Spoken(text.strip(), Language.SV, quoted=True, gloss=gloss)


def _own_words(follow_up: FollowUp, language: Language) -> str:
    said_by = f"{follow_up.title}, {words.day(follow_up.dated, language)}"
    told = f"{words.REGIONS_WORDS.to(language)}: {said_by}."
    return told if language is Language.SV else f"{told} {words.OUR_TRANSLATION.to(language)}"


def _reconstructed(replayed: Iterable[Replayed], language: Language) -> str:
    found = any(answer.reconstructed for item in replayed for answer in (item.then, item.now))
    return f" {words.REPLAY_RECONSTRUCTED.to(language)}" if found else ""


def _lines(sources: Iterable[Source]) -> str:
    return words.SOURCE.to(Language.SV) + ": " + ", ".join(dict.fromkeys(str(source) for source in sources))
