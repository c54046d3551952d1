"""The catalogue of the closer look: ahead, whether the verdict holds, other methods, distances, and what weighs in."""

from __future__ import annotations

from vagvisare.publications.pages.phrases_records import RECORDS
from vagvisare.terms.language import Text

CLOSER: dict[str, Text] = RECORDS | {
    # Ahead
    "chart_key_fan": Text(
        "Grått framåt: prognosen, om utvecklingen fortsätter som hittills. Det inre fältet är tänkt att rymma "
        "80\u00a0% av utfallen, det yttre 95\u00a0%.",
        "Grey ahead: the projection, if things go on as before. The inner field is meant to hold 80% of outcomes, the "
        "outer 95%.",
    ),
    "chart_key_fan_cut": Text(
        "Fältet går utanför bilden; hela står i tabellen.", "The field leaves the picture; the table has all of it."
    ),
    "ahead_heading": Text("Framåt", "Ahead"),
    "ahead_label": Text("prognos {period}: {value}", "projection {period}: {value}"),
    "ahead_brief": Text("{period}: {value}", "{period}: {value}"),
    "ahead_read": Text(
        "{period}, prognos: ungefär {value}; 80\u00a0% {low} till {high}",
        "{period}, projection: about {value}; 80% {low} to {high}",
    ),
    "ahead_target": Text("Målet till {year}", "The target for {year}"),
    "ahead_milestone": Text("Delmålet till {year}", "The milestone for {year}"),
    "ahead_expected": Text(
        "Prognos: {value}, 80-procentsfältet {low} till {high}.",
        "Projection: {value}, 80 per cent field {low} to {high}.",
    ),
    "ahead_expected_bare": Text("Prognos: {value}.", "Projection: {value}."),
    "ahead_span": Text("{low} till {high}", "{low} to {high}"),
    "ahead_table": Text("Prognosen år för år", "The projection year by year"),
    "ahead_value": Text("Prognos", "Projection"),
    "ahead_narrow": Text("Inre fält (80\u00a0%)", "Inner field (80%)"),
    "ahead_wide": Text("Yttre fält (95\u00a0%)", "Outer field (95%)"),
    "ahead_measured": Text("Mätt täckning", "Measured coverage"),
    "ahead_coverage": Text("{narrow}\u00a0% och {wide}\u00a0% av {count}", "{narrow}% and {wide}% of {count}"),
    "ahead_table_note": Text(
        "Mätt täckning är hur stor del av tidigare prognoser lika långt fram som hamnade inom 80- och "
        "95-procentsfältet.",
        "Measured coverage is the share of earlier projections as far ahead that fell within the 80 and 95 per cent "
        "fields.",
    ),
    # Does the verdict hold?
    "holds_heading": Text("Håller bedömningen?", "Does the verdict hold?"),
    "holds_choices": Text("Med andra rimliga val?", "Under other reasonable choices?"),
    "holds_table": Text("Valen ett för ett", "The choices one by one"),
    "holds_choice": Text("Val", "Choice"),
    "holds_verdict": Text("Bedömning", "Verdict"),
    "holds_column": Text("Håller?", "Holds?"),
    "holds_yes": Text("håller", "holds"),
    "holds_no": Text("håller inte", "does not hold"),
    "holds_untried": Text("inget att pröva mot", "nothing to try against"),
    "noise_question": Text("Är den senaste förändringen en nyhet?", "Is the latest change news?"),
    "noise_more": Text("Så säker är siffran", "How certain the figure is"),
    "yes": Text("ja", "yes"),
    "no": Text("nej", "no"),
    "cannot_tell": Text("går inte att säga", "cannot be told"),
    "course_question": Text("Är det vi eller hela landet?", "Is it us or the whole country?"),
    "course_ours": Text("egen utveckling", "a course of our own"),
    "course_everybodys": Text("hela landet", "the whole country"),
    "course_undetermined": Text("går inte att avgöra", "cannot be determined"),
    "course_more": Text("Så jämförs med riket", "How the comparison with Sweden is made"),
    "candidates_question": Text("Finns brytningar som ingen har angett?", "Are there breaks that nobody has declared?"),
    "candidates_one": Text("ett att granska, inte tillämpat", "one to look into, not applied"),
    "candidates_several": Text("{count} att granska, inte tillämpade", "{count} to look into, not applied"),
    "candidates_declared": Text("bara angivna", "declared ones only"),
    "candidates_more": Text("Fler att granska", "More to look into"),
    "splice_question": Text("Vad händer om den äldre serien skarvas på?", "What if the older series is joined on?"),
    "splice_same": Text("samma svar", "the same answer"),
    "splice_other": Text("ett annat svar", "another answer"),
    "splice_table": Text("Båda trenderna", "Both trends"),
    "splice_series": Text("Serie", "Series"),
    "splice_own": Text("Utan skarv (bedömningen)", "Without the join (the verdict)"),
    "splice_joined": Text("Med den äldre serien skarvad på", "With the older series joined on"),
    "splice_years": Text("Mätningar", "Measurements"),
    "splice_rate": Text("Förändring", "Change"),
    # What other methods say
    "methods_heading": Text("Så säger andra metoder", "What other methods say"),
    "methods_note": Text(
        "Vi har räknat efter metodernas publicerade regler, på samma siffror. Organen själva har inte bedömt länet.",
        "Computed by us after the methods' published rules, on the same figures. The bodies themselves have not "
        "judged the county.",
    ),
    "methods_neutral": Text(
        "De publicerade metoderna förutsätter att det ena hållet är bättre. Här är det inte så, och ingen av dem går "
        "att använda.",
        "The published methods take it that one way is better. Here neither is, and none of them can be used.",
    ),
    "methods_none": Text(
        "Ingen av de publicerade metoderna går att räkna på så få mätningar.",
        "None of the published methods can be computed on so few measurements.",
    ),
    "methods_table": Text("Metodernas bedömningar av samma siffror", "The methods' verdicts on the same figures"),
    "method": Text("Metod", "Method"),
    "method_says": Text("Säger", "Says"),
    "method_value": Text("Metodens eget mått", "The method's own measure"),
    "method_why": Text("Varför den säger annat än vi", "Why it says otherwise than we do"),
    "method_ours": Text("Vår bedömning", "Our verdict"),
    "method_theil_sen": Text("robust lutning och Mann–Kendalls test", "robust slope and the Mann–Kendall test"),
    "closer_words": Text(
        "Framåt och hållbarhet, alla indikatorer (JSON)", "Ahead and robustness, all indicators (JSON)"
    ),
    # Distances
    "gap_ratio": Text(
        "Som kvot: {before} ({first}), {now} ({last}).", "As a ratio: {before} ({first}), {now} ({last})."
    ),
    "gap_relative": Text("Räknat i procent: {verdict}.", "Counted in per cent: {verdict}."),
    "order_heading": Text("Över alla {steps}", "Across all {steps}"),
    "order_sii": Text(
        "Från skalans nedre till övre ände (SII): {value}, {low} till {high}.",
        "From the lower to the upper end of the scale (SII): {value}, {low} to {high}.",
    ),
    "order_rii": Text("Som kvot (RII): {value}.", "As a ratio (RII): {value}."),
    "order_first": Text("{first} var SII {value}.", "In {first} the SII was {value}."),
    "order_table": Text("Grupperna i ordning", "The groups in order"),
    "group_column": Text("Grupp", "Group"),
    "share_column": Text("Del av befolkningen", "Part of the population"),
    "per_cent": Text("{value}\u00a0%", "{value}%"),
    "spread_heading": Text("Mellan kommunerna", "Among the municipalities"),
    "spread_moved_up": Text(
        "I {count} av {of} kommuner har siffran ökat", "The figure has risen in {count} of {of} municipalities"
    ),
    "spread_moved_down": Text(
        "I {count} av {of} kommuner har siffran minskat", "The figure has fallen in {count} of {of} municipalities"
    ),
    "spread_between": Text("{since}–{until}", "{since}–{until}"),
    "spread_except": Text("undantag: {names}", "except {names}"),
    "spread_range": Text("Från lägst till högst, {period}", "From lowest to highest, {period}"),
    "spread_ends": Text("{low} ({low_name}) till {high} ({high_name})", "{low} ({low_name}) to {high} ({high_name})"),
    "spread_sd": Text("Standardavvikelse mellan kommunerna", "Standard deviation among municipalities"),
    "spread_weighted": Text("Med varje invånare räknad lika", "With every inhabitant counted alike"),
    "spread_mean_sd": Text("medelvärde {mean}, standardavvikelse {sd}", "mean {mean}, standard deviation {sd}"),
    "spread_course": Text("Glider de isär?", "Are they drawing apart?"),
    "spread_widening": Text("ja, avståndet ökar", "yes, the distance grows"),
    "spread_shrinking": Text("nej, avståndet minskar", "no, the distance shrinks"),
    "spread_unchanged": Text("nej, avståndet är oförändrat", "no, the distance is unchanged"),
    "spread_undetermined": Text("går inte att avgöra", "cannot be determined"),
    # Chance among many, and the verdicts of the edition before
    "discovery_heading": Text("Slumpen i många bedömningar", "Chance among many verdicts"),
    "discovery_how": Text("Så räknar vi", "How we count"),
    "earlier_note": Text(
        "Bedömningarna från den {day} är vägda in: ett tidigare besked ändras först när siffrorna tydligt säger annat.",
        "The verdicts of {day} were weighed in: an earlier answer changes only when the figures clearly say otherwise.",
    ),
    "earlier_how": Text("Vad det betyder", "What that means"),
}
