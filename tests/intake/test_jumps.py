import numpy as np
import pytest
from made_up_deliveries import CALM, cut, dataset, grid, judged, kinds, table, together

from vagvisare.intake.jumps import distance, plainly, power_of_ten
from vagvisare.sources.query import Expectation
from vagvisare.terms.unit import UnitClass

BEFORE = grid(cut(CALM, 5))


def with_last(territory, value):
    return grid({**CALM, territory: (*CALM[territory][:5], value)})


def test_a_figure_that_leaps_is_held_with_both_figures_and_the_size():
    (told,) = judged(with_last("18", 69.2), BEFORE)
    assert (str(told.kind), told.holds, told.count) == ("jump", True, 1)
    assert told.what.sv == "1 av 5\u00a0värden för 2020 ändras mer än dubbelt så mycket som någonsin förr."
    assert (
        told.examples.sv == "Örebro län 2020: från 59,6 till 69,2\u00a0procent (+9,6\u00a0procentenheter sedan 2019)."
    )
    assert told.examples.en == (
        "Örebro County 2020: from 59.6 to 69.2\u00a0per cent (+9.6\u00a0percentage points since 2019)."
    )


def test_the_largest_leap_is_told_first():
    (told,) = judged(grid({**CALM, **{t: (*CALM[t][:5], v) for t, v in {"17": 66.0, "19": 75.0}.items()}}), BEFORE)
    assert told.where[0].sv.startswith("Västmanlands län")


def test_a_quiet_series_may_move_as_others_do():
    quiet = {**CALM, "21": (50.0, 50.0, 50.0, 50.0, 50.0, 51.0)}
    assert judged(grid(quiet), grid(cut(quiet, 5))) == ()


def test_small_places_are_restless_and_counties_are_not():
    rng = np.random.default_rng(7)
    wild = {f"{code}": 50 + rng.normal(0, 6, 7) for code in ("1880", "1881", "1882", "1883", "1884", "1885")}
    calm = {code: 50 + rng.normal(0, 0.3, 7) for code in ("00", "01", "03", "04", "05", "06")}
    usual = {**wild, **calm}
    leap = {**usual, "00": (*usual["00"][:6], usual["00"][5] + 7)}
    assert judged(grid(usual), grid({t: s[:6] for t, s in usual.items()})) == ()
    assert kinds(judged(grid(leap), grid({t: s[:6] for t, s in usual.items()}))) == [("jump", "hold")]


def test_a_data_set_may_say_itself_what_is_credible():
    strict, lax = (dataset(expects=Expectation(jump=jump)) for jump in (0.4, 20.0))
    (told,) = judged(grid(CALM), BEFORE, strict)
    assert told.count == 2
    assert "mer än vad som är rimligt" in told.what.sv
    assert judged(with_last("18", 69.2), BEFORE, lax) == ()


def test_a_limit_of_one_s_own_is_per_cent_where_the_unit_is_no_share():
    people = {"18": (1000.0, 1010.0, 1020.0), "17": (900.0, 905.0, 960.0)}
    five = dataset("persons", expects=Expectation(jump=5.0))
    (told,) = judged(grid(people), grid(cut(people, 2)), five)
    assert told.examples.sv == "Värmlands län 2017: från 905 till 960\u00a0invånare (+6,1\u00a0procent sedan 2016)."


def test_a_first_delivery_is_judged_on_its_last_period_only():
    wild_past = {**CALM, "18": (58.0, 20.0, 58.4, 59.1, 59.6, 59.2)}
    assert judged(grid(wild_past)) == ()
    assert kinds(judged(with_last("18", 90.0))) == [("jump", "hold")]


def test_a_jump_accepted_once_is_not_asked_about_again():
    before = with_last("18", 69.2)
    after = grid(
        {t: (*s[:5], 69.2 if t == "18" else s[5], (69.0 if t == "18" else s[5]) + 0.3) for t, s in CALM.items()}
    )
    assert judged(after, before) == ()


def test_a_revision_that_makes_a_leap_is_held():
    revised = grid({**CALM, "18": (58.0, 58.9, 85.4, 59.1, 59.6, 59.2)})
    assert kinds(judged(revised, grid(CALM))) == [("jump", "hold")]


def test_a_new_territory_is_judged_by_the_others():
    more = {**CALM, "20": (30.0, 60.0, 20.0, 40.0, 41.0, 41.5)}
    assert judged(grid(more), BEFORE) == ()


def test_steps_over_several_years_may_be_longer():
    sparse = table(
        {"territory": t, "start": year, "value": value}
        for t, series in {"18": (50, 51.9, 50.3, 52.1, 53), "17": (50, 51, 53, 52, 50.5)}.items()
        for year, value in zip((2000, 2001, 2002, 2003, 2019), series, strict=True)
    )
    close = sparse.filter([start.as_py() != 2019 for start in sparse.column("start")])
    far = together(
        close,
        table([{"territory": "18", "start": 2019, "value": 65.0}, {"territory": "17", "start": 2019, "value": 51}]),
    )
    soon = together(
        close,
        table([{"territory": "18", "start": 2004, "value": 65.0}, {"territory": "17", "start": 2004, "value": 51}]),
    )
    assert judged(far, close) == ()
    assert kinds(judged(soon, close)) == [("jump", "hold")]


@pytest.mark.parametrize(("times", "sv"), [(1000, "1\u202f000 gånger"), (10, "10 gånger"), (0.001, "1/1\u202f000 av")])
def test_a_new_period_in_another_unit_is_called_so(times, sv):
    people = {t: [1000 * v for v in s] for t, s in CALM.items()}
    after = grid({t: [*s[:5], s[5] * times] for t, s in people.items()})
    told = judged(after, grid(cut(people, 5)), dataset("persons"))
    assert kinds(told) == [("unit", "hold")]
    assert f"ungefär {sv} dem för perioden före" in told[0].what.sv


def test_a_period_that_repeats_the_one_before_is_held():
    copied = grid({t: (*s[:5], s[4]) for t, s in CALM.items()})
    (told,) = judged(copied, BEFORE)
    assert (str(told.kind), told.what.sv) == ("standstill", "Alla 5\u00a0värden för 2020 upprepar perioden före.")


def test_figures_that_are_all_the_same_are_held():
    (told,) = judged(grid({t: [7.0] * 6 for t in CALM}))
    assert (str(told.kind), told.what.sv) == ("standstill", "Alla värden är lika: 7,0\u00a0procent.")


def test_distances_are_even_where_equal_steps_mean_equal_change():
    a, b = np.array([50.0, 10.0]), np.array([60.0, 20.0])
    share = distance(a, b, UnitClass.SHARE)
    assert share[1] > share[0]
    assert distance(np.array([10.0]), np.array([20.0]), UnitClass.COUNT) == pytest.approx(
        distance(np.array([40.0]), np.array([20.0]), UnitClass.COUNT)
    )
    assert distance(np.array([0.0]), np.array([5.0]), UnitClass.COUNT) == 1.0
    assert distance(np.array([0.0]), np.array([0.0]), UnitClass.COUNT) == 0.0
    assert distance(np.array([-1.0]), np.array([2.0]), UnitClass.SIGNED) == 3.0


def test_changes_as_people_say_them():
    assert plainly(np.array([50.0]), np.array([47.0]), UnitClass.SHARE) == 3.0
    assert plainly(np.array([50.0]), np.array([47.0]), UnitClass.COUNT) == pytest.approx(6.0)
    assert plainly(np.array([0.0]), np.array([47.0]), UnitClass.COUNT) == np.inf


def test_powers_of_ten():
    assert power_of_ten(np.log10([990.0, 1010.0, 1200.0])) == 3
    assert power_of_ten(np.log10([0.98, 1.1])) is None
    assert power_of_ten(np.log10([3.3, 3.0])) is None
    assert power_of_ten(np.log10([0.01, 0.011])) == -2
