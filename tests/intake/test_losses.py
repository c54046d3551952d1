from made_up_deliveries import CALM, cut, dataset, grid, judged, kinds, table, together

from vagvisare.sources.query import Expectation

BEFORE = grid(cut(CALM, 5))


def without(*territories):
    return {territory: series for territory, series in CALM.items() if territory not in territories}


def test_a_territory_gone_from_the_new_period_is_held():
    fewer = grid({**without("17"), "17": CALM["17"][:5]})
    (told,) = judged(fewer, BEFORE)
    assert (str(told.kind), told.holds) == ("lost_territory", True)
    assert told.what.sv == "Värmlands län saknar siffra för 2020."
    assert told.what.en == "Värmland County lacks a figure for 2020."


def test_a_territory_gone_altogether_is_told_as_lost_series_too():
    told = judged(grid(without("17")), BEFORE)
    assert kinds(told) == [("lost_territory", "hold"), ("lost_history", "hold")]
    assert "1\u00a0serie är helt borta" in told[1].what.sv


def test_many_lost_places_are_counted():
    (told, *_) = judged(grid({"00": CALM["00"], **{t: CALM[t][:5] for t in ("17", "18", "19", "1880")}}), BEFORE)
    assert told.what.sv == "4\u00a0platser saknar siffra för 2020."
    assert told.examples.sv == "Värmlands län; Örebro län; Örebro; och 1 till."
    assert told.examples.en == "Värmland County; Örebro County; Örebro; and 1 more."


def test_a_place_that_was_missing_already_is_not_told_again():
    before = grid({**cut(without("17"), 5), "17": CALM["17"][:4]})
    after = grid({**without("17"), "17": CALM["17"][:4]})
    assert judged(after, before) == ()


def test_one_place_that_the_source_says_is_protected_is_only_noted():
    protected = table([{"territory": "17", "start": 2020, "value": None, "status": "Q"}])
    told = judged(together(grid({**without("17"), "17": CALM["17"][:5]}), protected), BEFORE)
    assert kinds(told) == [("lost_territory", "note")]
    assert "enligt källan själv" in told[0].what.sv
    silent = table([{"territory": "17", "start": 2020, "value": None}])
    told = judged(together(grid({**without("17"), "17": CALM["17"][:5]}), silent), BEFORE)
    assert kinds(told) == [("lost_territory", "hold")]


def test_many_protected_places_are_held():
    gone = ("17", "18", "19")
    protected = table([{"territory": t, "start": 2020, "value": None, "status": "Q"} for t in gone])
    told = judged(together(grid({**without(*gone), **{t: CALM[t][:5] for t in gone}}), protected), BEFORE)
    assert kinds(told) == [("lost_territory", "hold")]


def test_places_that_must_be_there_are_missed_at_the_first_fetch():
    expects = Expectation(territories=("@nation", "18", "20", "1880"))
    (told,) = judged(grid(CALM), of=dataset(expects=expects))
    assert (told.what.sv, told.holds) == ("Dalarnas län saknar siffra för 2020.", True)
    # Accepted once, it is not asked again.
    assert judged(grid(CALM), BEFORE, dataset(expects=expects)) == ()


def test_a_sex_that_is_gone_is_held():
    both = [grid(CALM), grid(CALM, sex="K"), grid(CALM, sex="M")]
    before = together(*(grid(cut(CALM, 5), sex=sex) for sex in "TKM"))
    assert judged(together(*both), before) == ()
    told = judged(together(*both[:2], grid(cut(CALM, 5), sex="M")), before)
    assert ("lost_group", "hold") in kinds(told)
    assert "Siffror för män saknas helt för 2020." in [objection.what.sv for objection in told]


def test_groups_that_must_be_there_are_missed_at_the_first_fetch():
    expects = Expectation(sexes=("T", "K"), backgrounds=("", "utrikes födda"))
    (told,) = judged(grid(CALM), of=dataset(expects=expects))
    assert told.what.sv == "Siffror för kvinnor och ”utrikes födda” saknas helt för 2020."
    assert told.what.en == "Figures for women and “utrikes födda” are wholly absent for 2020."


def test_everybody_together_can_be_lost():
    split = {"background": "utrikes födda"}
    before = together(BEFORE, grid(cut(CALM, 5), **split))
    after = together(BEFORE, grid(CALM, **split))
    assert "Siffror för alla tillsammans saknas helt för 2020." in [o.what.sv for o in judged(after, before)]


def test_periods_that_are_gone_are_held():
    shorter = {territory: (None, None, *series[2:]) for territory, series in CALM.items()}
    (told,) = judged(grid(shorter), BEFORE)
    assert (str(told.kind), told.holds) == ("lost_history", True)
    assert told.what.sv == "Perioder som fanns är borta: 2015 och 2016 (10\u00a0värden)."


def test_the_newest_period_can_be_withdrawn():
    told = judged(BEFORE, grid(CALM))
    assert kinds(told) == [("lost_history", "hold")]


def test_single_figures_that_vanish_are_noted_and_many_are_held():
    long = {territory: tuple(50.0 + i % 7 for i in range(20)) for territory in CALM}
    before = grid({t: series[:19] for t, series in long.items()}, 2000)
    holey = {**long, "18": (*long["18"][:5], None, *long["18"][6:])}
    told = judged(grid(holey, 2000), before)
    assert kinds(told) == [("lost_values", "note")]
    assert told[0].examples.sv == "Örebro län 2005."
    more = {t: (s[0], None, *s[2:]) if t != "00" else s for t, s in holey.items()}
    more["17"] = (*more["17"][:3], None, None, *more["17"][5:])
    assert kinds(judged(grid(more, 2000), before)) == [("lost_values", "hold")]
