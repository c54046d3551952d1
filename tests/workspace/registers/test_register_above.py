import html
import re

import pytest

from vagvisare.web.registers.models import Entry

pytestmark = pytest.mark.django_db
ROOT = "/arbete/register/"


def above(client, register, query=""):
    page = client.get(f"{ROOT}{register}/{query}").content.decode()
    return html.unescape(re.sub(r"\s+", " ", page.split("<h1>")[1].split('class="register"')[0]))


def test_the_timeline_says_its_contradiction_and_its_slip_in_sentences(orebro, signed_in):
    said = above(signed_in("reader"), "timeline")
    assert (
        "Remiss av den uppdaterade strategin: källorna ger olika plan: 17 juni 2021–30 september 2021 "
        "(”Uppdatering RUS”, 9 juni 2021, rad 26) och 20 juni 2021–30 september 2021 "
        "(”Uppdatering RUS”, 9 juni 2021, rad 429). De skiljer 3 dagar."
    ) in said
    assert "planerat 2021, utfall 28 april 2022: minst 118 dagar (3 hela månader) senare." in said
    assert said.count('<span class="tag">') == 2


def test_and_in_english(orebro, person, signed_in):
    said = above(signed_in(person("reader", language="en")), "timeline")
    assert "the sources give different plans: 17 June 2021–30 September 2021" in said
    assert "at least 118 days (3 whole months) later." in said


def test_a_broken_order_is_told(orebro, signed_in):
    entry = Entry.objects.get(register="timeline", key="beslut-om-remiss")
    entry.content["claim"][0]["start"] = "2021-06-01"
    entry.save()
    said = above(signed_in("reader"), "timeline")
    assert "Regionala tillväxtnämnden beslutar om remiss börjar innan det som ska vara klart först är klart" in said


def test_the_picture_has_a_bar_for_each_date_in_the_years_asked_for(orebro, signed_in):
    client = signed_in("reader")
    said = above(client, "timeline")
    assert '<h2 id="bild">2021–2022</h2>' in said
    claims = [c for o in orebro.strategy.register.timeline for c in o.claims if c.start[:4] in ("2021", "2022")]
    assert len(re.findall(r"<rect ", said)) == len(claims)
    everything = above(client, "timeline", "?fran=2010&till=2030")
    assert len(re.findall(r"<rect ", everything)) == sum(len(o.claims) for o in orebro.strategy.register.timeline)
    assert "style=" not in everything
    assert above(client, "timeline", "?fran=x&till=99999999999999999999").count("<svg") == 1


def test_bars_lie_within_the_picture(orebro, signed_in):
    said = above(signed_in("reader"), "timeline", "?fran=2010&till=2030")
    width = int(re.search(r'viewBox="0 0 (\d+)', said)[1])
    for x, bar in re.findall(r'<rect class="\w+" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', said):
        assert 0 < float(x) <= float(x) + float(bar) <= width


def test_what_became_of_the_steering_input(orebro, signed_in):
    said = above(signed_in("reader"), "mandate")
    heads = dict(re.findall(r"<h3>([^:<]+): (\d+) av 9</h3>", said))
    assert heads == {"Öppet": "7", "Uppfyllt": "1", "Inte uppfyllt": "1"}
    assert re.search(r"Inte uppfyllt: 1 av 9.*Uppdaterad RUS klar slutet 2021.*28 april 2022", said)
    assert "Vad ska ändras? Vilka underlag?" not in said  # a question is answered, not met


def test_trends_side_by_side_with_word_marks(orebro, signed_in):
    said = above(signed_in("reader"), "trends")
    assert "5 kvar · 1 omskriven · 1 blev en annan · 1 struken" in said
    assert "<del>Ett näringsliv </del><ins>Näringslivet </ins>och" in said
    assert "vilka trender den driver är inte angivet" in said


def test_policies_by_level_and_what_nothing_supports(orebro, signed_in):
    client = signed_in("reader")
    said = above(client, "alignments")
    assert re.search(r"Inriktningar: 29</summary>", said)
    assert re.search(r"Effektmål: 20</summary>", said)
    assert "Tas inte upp någonstans" in said
    link = re.search(r'href="(\?level=national&frame=national_strategy)">(\d+)<', said)
    assert link[2] == "3"
    page = client.get(f"{ROOT}alignments/{link[1]}").content.decode()
    assert "Visar 3 av 12" in page


def test_meetings_with_their_agenda(orebro, signed_in):
    said = above(signed_in("reader"), "meetings")
    meeting = said.split("9 juni 2021, Regionala samverkansrådet")[1]
    assert "Inbjudna: Partnerskapet för regional utveckling" in meeting
    agenda = re.findall(r"<li>([^<]*)</li>", meeting)[:6]
    assert agenda[0] == "Bakgrund och tidsplan"
    assert agenda[-1] == "Frågor"


def test_the_seeds_lines_are_the_words_in_the_registers(orebro):
    """Every wording taken over stands in the document at the line its source names."""
    told = orebro.strategy.register
    assert [m.source.first for m in told.mandate] == [22, 25, 26, 27, 28, 32, 33, 34, 35, 36]
    assert {m.dated for m in told.meetings} == {
        "2021-03-11", "2021-06-04", "2021-06-09", "2021-06-16", "2021-12-10", "2022-06-17",
    }  # fmt: skip
    assert [c.source.last or c.source.first for c in told.contributions] == [96, 98, 99]
    assert all(trend.driven_by == () for trend in told.trends)  # no source says which
