import pyarrow as pa
import pytest
from made_up_deliveries import CALM, TODAY, asking, dataset, grid, judged, kinds, table, together

from vagvisare.intake.form import without_repeats
from vagvisare.sources.contract import FIGURES
from vagvisare.sources.query import Dimension, Query, Role, Scheme
from vagvisare.terms.language import Language

ONE = {"territory": "18", "start": 2024, "value": 50.0}


def test_a_calm_first_delivery_meets_no_objection():
    assert judged(grid(CALM)) == ()


def test_an_empty_answer_is_held_and_says_only_that():
    before = grid(CALM)
    for after in (FIGURES.empty_table(), table([{**ONE, "value": None}])):
        assert kinds(judged(after, before)) == [("empty", "hold")]
    assert kinds(judged(FIGURES.empty_table())) == [("empty", "hold")]


def test_missing_columns_stop_everything():
    (told,) = judged(grid(CALM).drop_columns(["sex"]))
    assert (str(told.kind), told.holds) == ("form", True)
    assert "”sex”" in told.what.sv


def test_a_column_of_the_wrong_kind_is_no_figure():
    wrong = grid(CALM).set_column(5, "value", pa.array(["1"] * len(grid(CALM))))
    assert kinds(judged(wrong)) == [("form", "hold")]


def test_dictionary_columns_are_texts_too():
    coded = grid(CALM).set_column(0, "territory", grid(CALM).column("territory").dictionary_encode())
    assert judged(coded) == ()


@pytest.mark.parametrize(
    "row", [{"territory": None}, {"start": None}, {"start": 2030, "end": 2020}, {"start": 3, "end": 4}]
)
def test_rows_without_a_readable_key_are_told_and_left_out(row):
    spoilt = together(grid(CALM), table([{"territory": "18", "start": 2024, "value": 1.0, "end": 2024, **row}]))
    (told,) = judged(spoilt)
    assert (str(told.kind), told.holds) == ("form", True)
    assert told.what.sv.startswith("1\u00a0rad går inte att läsa")


def test_infinite_values_are_held():
    assert ("form", "hold") in kinds(judged(together(grid(CALM), table([{**ONE, "value": float("inf")}]))))


def test_codes_that_are_no_territories_are_named():
    (told,) = judged(together(grid(CALM), table([{**ONE, "territory": "9999"}, {**ONE, "territory": "Mellansverige"}])))
    assert (str(told.kind), told.holds, told.count) == ("place", True, 2)
    assert told.examples.sv == "”9999”; ”Mellansverige”."


def test_a_code_from_a_source_cannot_write_a_page_of_its_own():
    (told,) = judged(together(grid(CALM), table([{**ONE, "territory": "\x1b[31m" + "x" * 10_000 + "\n<script>"}])))
    assert len(told.sentence(Language.SV)) < 400
    assert "\x1b" not in told.sentence(Language.SV)
    assert "\n" not in told.sentence(Language.SV)


def test_sexes_other_than_ours_are_held():
    assert kinds(judged(together(grid(CALM), grid(CALM, sex="1+2")))) == [("group", "hold")]


def test_equal_duplicates_are_noted_and_differing_ones_held():
    twice = together(grid(CALM), grid({"18": CALM["18"]}))
    (told,) = judged(twice)
    assert (str(told.kind), str(told.gravity), told.count) == ("duplicate", "note", 6)
    differing = together(grid(CALM), table([{"territory": "18", "start": 2020, "value": 12.5}]))
    (told, *_) = judged(differing)
    assert (str(told.kind), told.holds, told.count) == ("duplicate", True, 1)
    assert told.examples.sv == "Örebro län 2020: 12,5\u00a0procent och 59,2\u00a0procent."
    assert told.examples.en == "Örebro County 2020: 12.5\u00a0per cent and 59.2\u00a0per cent."


def test_repeats_are_left_out_and_differing_rows_stay():
    twice = together(grid(CALM), grid({"18": CALM["18"]}), table([{"territory": "18", "start": 2020, "value": 12.5}]))
    once = without_repeats(twice)
    assert once.num_rows == 31
    assert once.schema == FIGURES
    assert once.slice(0, 30) == grid(CALM)
    assert without_repeats(grid(CALM)) is not None
    assert without_repeats(grid(CALM)) == grid(CALM)


def test_years_that_have_not_begun_are_held():
    late = {territory: (*series, series[-1] + 0.2) for territory, series in CALM.items()}
    first = TODAY.year - 5
    assert kinds(judged(grid(late, first), grid(CALM, first))) == [("future", "hold")]
    assert judged(grid(CALM, first)) == ()


def test_codes_asked_for_that_gave_nothing_are_noted():
    (told,) = judged(grid(CALM), of=asking(Role.TERRITORY, "00", "18", "20", "21"))
    assert (str(told.kind), str(told.gravity)) == ("silent_code", "note")
    assert "Dalarnas län och Gävleborgs län" in told.what.sv


def test_words_and_schemes_of_territories_are_read():
    kolada = (
        Query("N1", (Dimension("municipality", Role.TERRITORY, ("0000", "0018", "0020"), scheme=Scheme.KOLADA),)),
    )
    (told,) = judged(grid(CALM), of=dataset(queries=kolada))
    assert "Dalarnas län" in told.what.sv
    assert judged(grid(CALM), of=asking(Role.TERRITORY, "@nation", "*")) == ()
    (told,) = judged(grid(CALM), of=asking(Role.TERRITORY, "@counties"))
    assert told.count == 18


def test_a_sex_asked_for_that_gave_nothing_is_noted():
    of = asking(Role.SEX, "1", "2", "1+2", ours=("M", "K", "T"))
    (told,) = judged(grid(CALM), of=of)
    assert told.count == 2


def test_a_figure_that_came_twice_hides_behind_no_earlier_one():
    twice = together(grid(CALM), table([{"territory": "18", "start": 2020, "value": 92.5}]))
    assert ("duplicate", "hold") in kinds(judged(twice, grid(CALM)))


def test_which_of_two_differing_rows_counts_does_not_depend_on_their_order():
    slip = table([{"territory": "18", "start": 2020, "value": 2.5}])
    first, last = judged(together(slip, grid(CALM))), judged(together(grid(CALM), slip))
    assert kinds(first) == kinds(last) == [("duplicate", "hold"), ("jump", "hold")]
    assert first == last
