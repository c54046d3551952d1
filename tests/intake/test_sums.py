import pytest
from made_up_deliveries import cut, dataset, grid, judged, kinds, together

from vagvisare.sources.query import Expectation
from vagvisare.terms.territory import COUNTIES, municipalities

ADDS = Expectation(additive=True)


def people(of="persons", promised=True):
    return dataset(of, expects=ADDS if promised else None)


def sexes(total=(100.0, 102.0, 104.0)):
    return together(
        grid({"18": total}), grid({"18": (51.0, 52.0, 53.0)}, sex="K"), grid({"18": (49.0, 50.0, 51.0)}, sex="M")
    )


def test_women_and_men_make_everybody():
    assert judged(sexes(), of=people()) == ()
    (told,) = judged(sexes((100.0, 102.0, 110.0)), of=people())
    assert (str(told.kind), told.holds, told.count) == ("sums", True, 1)
    assert told.what.sv == "Kvinnor och män tillsammans gör inte båda könen i 1\u00a0fall."
    assert told.examples.sv == "Örebro län 2017: delarna gör 104\u00a0invånare, källan anger 110\u00a0invånare."


def test_only_where_the_source_promises_it():
    assert judged(sexes((100.0, 102.0, 110.0)), of=people(promised=False)) == ()
    assert judged(sexes((50.0, 51.0, 52.0)), of=people("percent")) == ()


def test_rounding_is_no_fault():
    assert judged(sexes((100.0, 103.0, 103.0)), of=people()) == ()
    assert kinds(judged(sexes((100.0, 104.0, 104.0)), of=people())) == [("sums", "hold")]


@pytest.mark.parametrize("short", [0, 1])
def test_municipalities_make_their_county(short):
    own = dict.fromkeys(municipalities("18"), (10.0, 11.0, 12.0))
    total = tuple(sum(values) for values in zip(*own.values(), strict=True))
    wrong = (*total[:2], total[2] + 8)
    told = judged(grid({**own, "18": wrong if short else total}), of=people())
    assert kinds(told) == ([("sums", "hold")] if short else [])
    if short:
        assert told[0].what.sv.startswith("Kommunerna tillsammans gör inte länet")


def test_an_incomplete_county_is_not_summed():
    own = dict.fromkeys(municipalities("18")[1:], (10.0, 11.0, 12.0))
    assert judged(grid({**own, "18": (500.0, 510.0, 520.0)}), of=people()) == ()


def test_counties_make_riket():
    counties = dict.fromkeys(COUNTIES, (100.0, 101.0, 102.0))
    assert judged(grid({**counties, "00": (2100.0, 2121.0, 2142.0)}), of=people()) == ()
    told = judged(grid({**counties, "00": (2100.0, 2121.0, 2242.0)}), of=people())
    assert kinds(told) == [("sums", "hold")]
    assert told[0].what.en.startswith("The counties do not add up to Sweden")


def test_sums_accepted_once_are_not_asked_about_again():
    counties = dict.fromkeys(COUNTIES, (100.0, 101.0, 102.0, 103.0))
    whole = {**counties, "00": (2200.0, 2121.0, 2142.0, 2163.0)}
    assert judged(grid(whole), grid(cut(whole, 3)), people()) == ()


def test_groups_are_summed_by_themselves():
    parts = [
        grid({"18": series}, sex=sex, background="födda i Sverige")
        for sex, series in (("K", (5.0, 6.0)), ("M", (5.0, 5.0)))
    ]
    right = grid({"18": (10.0, 11.0)}, background="födda i Sverige")
    wrong = grid({"18": (10.0, 19.0)}, background="födda i Sverige")
    assert judged(together(*parts, right), of=people()) == ()
    assert kinds(judged(together(*parts, wrong), of=people())) == [("sums", "hold")]
