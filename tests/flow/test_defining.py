"""From an id to a definition with figures: against servers of our own that speak as the sources do."""

from __future__ import annotations

from datetime import date

import pytest

from vagvisare import flow
from vagvisare.assessment.definition import Direction, ReleaseRule
from vagvisare.flow import defining
from vagvisare.intake.report import State
from vagvisare.sources.query import Role, Standing, Yearly
from vagvisare.terms.errors import SourceError, UnknownError, UserError
from vagvisare.terms.language import Language

TODAY = date(2026, 11, 22)


def roles(query):
    return {dimension.code: dimension for dimension in query.dimensions}


def test_a_kpi_becomes_an_indicator_with_figures_and_stands_as_verified(folder, read, kolada):
    proposal = defining.propose(read(), "kolada:N15428", watches=["effektmal/behorighet"], by="Anna Analytiker")
    assert not (folder / "indicators.toml").exists()
    defining.add(folder, proposal)
    (dataset,) = read().datasets
    assert dataset.standing is Standing.TO_VERIFY

    found = defining.fetch_first(folder, proposal)

    assert found.outcome.state is State.NEW
    assert found.live
    assert found.proof.latest["18"][1] == pytest.approx(79.0)
    assert found.proof.latest["00"][1] == pytest.approx(81.0)
    assert [str(found.proof.periods[0]), str(found.proof.periods[-1])] == ["2015", "2025"]
    (indicator,), (dataset,) = read().indicators, read().datasets
    assert dataset.standing is Standing.LIVE
    assert (indicator.unit, indicator.direction) == ("percent", Direction.HIGHER)
    assert indicator.watches == ("effektmal/behorighet",)
    assert "Påhittad beskrivning." in indicator.definition.sv
    assert "in Swedish" in indicator.title.en
    assert "Anna Analytiker" in indicator.notes[-1].sv


def test_every_guess_is_a_bilingual_note_to_be_confirmed(read, kolada):
    proposal = defining.propose(read(), "kolada:N15428")
    notes = proposal.guessed.indicator.notes
    assert len(notes) == len(proposal.guessed.guesses) >= 6
    for note in notes:
        assert note.sv.startswith("Att bekräfta: ")
        assert note.en.startswith("To confirm: ")
    words = " ".join(note.sv for note in notes)
    for guessed in ("enheten", "bättre", "subject", "engelska titeln", "register", "release"):
        assert guessed in words, guessed


def test_a_direction_is_known_with_its_source_or_neutral(read, kolada):
    known = defining.propose(read(), "kolada:N15428").guessed
    assert "BRP+" in next(note.sv for note in known.guesses if "bättre, enligt" in note.sv)
    unknown = defining.propose(read(), "kolada:N99001").guessed
    assert unknown.indicator.direction is Direction.NEUTRAL
    assert any("ingen har sagt" in note.sv for note in unknown.guesses)


def test_a_kpi_of_municipalities_alone_does_not_ask_for_counties(read, kolada):
    proposal = defining.propose(read(), "kolada:N99001").guessed
    assert roles(proposal.dataset.queries[0])["municipality"].values == ("@nation", "@municipalities:18")
    assert any("länet har då ingen egen siffra" in each.sv for each in proposal.guesses)


def test_what_a_title_commands_a_terminal_to_do_is_not_kept(read, kolada):
    proposal = defining.propose(read(), "kolada:N99001")
    assert proposal.guessed.dataset.title == "Hemligt [31mtal , antal"
    assert all(each.isprintable() or each == "\n" for each in proposal.text)


def test_without_a_network_kolada_is_known_from_the_list_and_it_says_so(folder, read, no_network):
    proposal = defining.propose(read(), "kolada:n15428", today=TODAY)
    assert proposal.unheard is not None
    assert "mars 2026" in proposal.guessed.dataset.reference
    assert "beskrivning är inte läst" in proposal.guessed.indicator.definition.sv
    defining.add(folder, proposal)
    (dataset,) = read().datasets
    assert dataset.queries[0].table == "N15428"


def test_a_table_that_can_be_summed_over_sex_gives_everybody_beside_women_and_men(folder, read, scb):
    proposal = defining.propose(read(), "scb:tab5956", choices={"ålder": ("25-64",)}, today=TODAY)
    without, by_sex = proposal.guessed.dataset.queries
    assert "Kon" not in roles(without)
    assert (roles(by_sex)["Kon"].values, roles(by_sex)["Kon"].ours) == (("1", "2"), ("M", "K"))
    assert roles(without)["Region"].values == ("@nation", "@counties", "@municipalities:18")
    assert roles(without)["Alder"].values == ("25-64",)
    assert proposal.guessed.indicator.release == ReleaseRule(1, 5)
    defining.add(folder, proposal)
    found = defining.fetch_first(folder, proposal)
    assert found.live
    rows = flow.open_store(folder, read()).figures(flow.open_store(folder, read()).latest(proposal.key)).to_pylist()
    assert {row["sex"] for row in rows} == {"T", "K", "M"}
    here = {row["sex"]: row["value"] for row in rows if (row["territory"], row["start"]) == ("18", 2025)}
    assert here["T"] == here["K"] + here["M"]


def test_what_cannot_be_guessed_is_asked_for_with_its_codes(folder, read, scb):
    with pytest.raises(UserError) as raised:
        defining.propose(read(), "scb:TAB5956")
    for language in Language:
        said = raised.value.message(language)
        assert "--choose Alder=" in said
        for code in ("16-24", "25-64", "65-74"):
            assert code in said
    assert not (folder / "indicators.toml").exists()


def test_several_chosen_codes_become_groups(read, scb):
    proposal = defining.propose(read(), "scb:TAB5956", choices={"Alder": ("16-24", "25-64")}).guessed
    age = roles(proposal.dataset.queries[0])["Alder"]
    assert (age.role, age.ours) == (Role.BACKGROUND, ("16–24 år", "25–64 år"))
    assert proposal.indicator.background == "16–24 år"
    assert any("ingen total" in each.sv for each in proposal.guesses)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"Alder": ("25-46",)}, "25-64"),
        ({"Utbildning": ("3",)}, "Alder"),
    ],
)
def test_a_wrong_choice_names_what_there_is(read, scb, choices, said):
    with pytest.raises(UnknownError) as raised:
        defining.propose(read(), "scb:TAB5956", choices=choices)
    assert said in raised.value.message(Language.SV)


def test_months_must_be_told_how_to_become_years(read, scb):
    time = scb.tables["TAB5956"].dims[-1]
    time.categories = {f"2025M{month:02}": f"2025M{month:02}" for month in range(1, 13)}
    with pytest.raises(UserError, match="--yearly sum"):
        defining.propose(read(), "scb:TAB5956", choices={"Alder": ("25-64",)})
    told = defining.propose(read(), "scb:TAB5956", choices={"Alder": ("25-64",)}, yearly=Yearly.MEAN)
    assert {query.yearly for query in told.guessed.dataset.queries} == {Yearly.MEAN}


def test_a_table_without_places_is_refused(read, scb):
    table = scb.tables["TAB5956"]
    table.dims = [dim for dim in table.dims if dim.code != "Region"]
    with pytest.raises(UserError, match="varken riket, län eller kommuner"):
        defining.propose(read(), "scb:TAB5956", choices={"Alder": ("25-64",)})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("N15428", "kolada:N15428"),
        ("TAB5956", "scb:TAB5956"),
        ("kolada:", "både källa och beteckning"),
        ("kolado:N15428", "kolada"),
        ("kolada:N15429X", "heter"),
        ("kolada:N15428,N15424", "kolada:N15428"),
        ("spreadsheet:enkät.xlsx", "deliver"),
        ("../../etc:passwd", "Ingen källa"),
        ("scb:../../secret", "kan inte vara en tabell"),
        ("scb:TAB1", "heter"),
    ],
)
def test_every_wrong_name_is_a_sentence_in_both_languages(read, scb, name, said):
    with pytest.raises(UserError) as raised:
        defining.propose(read(), name)
    assert said in raised.value.message(Language.SV)
    assert raised.value.message(Language.SV) != raised.value.message(Language.EN)


def test_a_kpi_that_kolada_does_not_have_is_unknown_and_says_what_is_near(read, kolada):
    with pytest.raises(UnknownError, match=r"Menade du ”kolada:N\d+”"):
        defining.propose(read(), "kolada:N15499")


def test_an_unknown_address_and_a_taken_key_are_refused(folder, read, kolada):
    with pytest.raises(UnknownError, match="Menade du ”effektmal/behorighet”"):
        defining.propose(read(), "kolada:N15428", watches=["effektmal/behorigheter"])
    defining.add(folder, defining.propose(read(), "kolada:N15428"))
    with pytest.raises(UserError, match="kolada_n15428_2"):
        defining.propose(read(), "kolada:N15428")
    with pytest.raises(UserError, match="kan inte vara en nyckel"):
        defining.propose(read(), "kolada:N15428", key="../ut")
    again = defining.propose(read(), "kolada:N15428", key="behorighet")
    defining.add(folder, again)
    assert [each.key for each in read().indicators] == ["kolada_n15428", "behorighet"]


def test_a_key_that_somebody_takes_between_asking_and_writing_is_refused(folder, read, kolada):
    mine, theirs = (defining.propose(read(), "kolada:N15428") for _ in range(2))
    defining.add(folder, theirs)
    with pytest.raises(UserError, match="har redan något som heter ”kolada_n15428”"):
        defining.add(folder, mine)
    assert len(read().indicators) == 1


def test_a_source_that_is_out_of_reach_says_so_where_nothing_is_bundled(read, no_network):
    with pytest.raises(SourceError):
        defining.propose(read(), "scb:TAB5956")
    with pytest.raises(UnknownError, match="Kolada kan inte tillfrågas"):
        defining.propose(read(), "kolada:N99999")


def test_a_fetch_in_vain_leaves_the_definition_to_be_verified(folder, read, kolada):
    proposal = defining.propose(read(), "kolada:N15428")
    defining.add(folder, proposal)
    kolada.retire("N15428")
    found = defining.fetch_first(folder, proposal)
    assert (found.outcome.state, found.live, found.proof) == (State.FAILED, False, None)
    assert read().datasets[0].standing is Standing.TO_VERIFY


def test_what_somebody_changed_during_the_fetch_is_left_alone(folder, read, kolada):
    proposal = defining.propose(read(), "kolada:N15428")
    defining.add(folder, proposal)
    file = folder / "indicators.toml"
    changed = file.read_text().replace('title = "Elever', 'title = "Alla elever')
    file.write_text(changed)
    found = defining.fetch_first(folder, proposal)
    assert found.proof is not None
    assert not found.live
    assert file.read_text() == changed


def test_the_follow_up_runs_on_what_was_added(folder, read, kolada):
    proposal = defining.propose(read(), "kolada:N15428", watches=["effektmal/behorighet"])
    defining.add(folder, proposal)
    defining.fetch_first(folder, proposal)
    result = flow.follow_up(flow.recorded_at(folder, read()), history=False)
    assert any(finding.key.indicator == "kolada_n15428" for finding in result.findings)
    assert all("måttet ”elever" in finding.sentence.sv.casefold() for finding in result.findings)
