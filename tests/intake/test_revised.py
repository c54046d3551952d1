import pytest
from made_up_deliveries import CALM, cut, dataset, grid, judged, kinds, table, together

BEFORE = grid(CALM)


def times(factor, years=6):
    return grid({t: [v * factor if i < years else v for i, v in enumerate(s)] for t, s in CALM.items()})


@pytest.mark.parametrize("factor", [1000.0, 0.001, 100.0, 1e6])
def test_another_unit_is_called_so_and_only_so(factor):
    told = judged(times(factor), BEFORE, dataset("persons"))
    assert kinds(told) == [("unit", "hold")]
    assert told[0].count == 30
    assert "källan har troligen bytt enhet" in told[0].what.sv


def test_a_new_base_year_is_seen_as_one_factor():
    told = judged(grid({t: [round(v * 0.93, 1) for v in s] for t, s in CALM.items()}), BEFORE, dataset("per_100"))
    assert kinds(told) == [("mass_revision", "hold")]
    assert "multiplicerats med ungefär 0,930" in told[0].what.sv


def test_figures_moved_by_one_amount_are_seen():
    told = judged(grid({t: [v - 4.0 for v in s] for t, s in CALM.items()}), BEFORE)
    assert kinds(told) == [("mass_revision", "hold")]
    assert told[0].what.sv.endswith("ungefär −4,0\u00a0procentenheter.")


def revised(cells, by=0.3, status=""):
    """Revise the first figures of the delivery a little, up and down."""
    rows = BEFORE.to_pylist()
    for place, row in enumerate(rows[:cells]):
        row["value"] += by if place % 2 else -by
    return table(rows)


def test_a_few_revised_figures_are_as_usual_and_many_are_held():
    assert judged(revised(9), BEFORE) == ()
    (told,) = judged(revised(10), BEFORE)
    assert (str(told.kind), told.holds, told.count) == ("mass_revision", True, 10)
    assert told.what.sv == "10 av 30\u00a0värden som redan fanns har reviderats (33 procent)."
    assert told.where[0].sv == "Örebro län 2015: från 58,0 till 57,7\u00a0procent"


def test_preliminary_figures_are_meant_to_be_revised():
    rows = BEFORE.to_pylist()
    for row in rows[:10]:
        row["status"] = "P"
    assert judged(revised(10), table(rows)) == ()


def test_in_a_very_small_table_every_revision_is_a_large_share():
    small = {"18": (58.0, 58.9, 58.4), "17": (57.0, 57.4, 58.2)}
    after = {**small, "18": (58.1, 58.8, 58.4)}
    assert judged(grid(after), grid(small)) == ()


def test_noise_of_the_machine_is_no_revision():
    assert judged(times(1 + 1e-12), BEFORE) == ()


def test_a_revision_beside_a_new_period_is_told_with_both_figures():
    before = grid(cut(CALM, 5))
    after = grid({t: [*(v + (0.4 if i % 2 else -0.6) for i, v in enumerate(s[:5])), s[5]] for t, s in CALM.items()})
    told = judged(after, before)
    assert kinds(told) == [("mass_revision", "hold")]
    assert "till" in told[0].where[0].sv
    assert together(before, after).num_rows == 55
