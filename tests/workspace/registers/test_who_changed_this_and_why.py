"""What a registrar is asked: who changed this, when, and why; and undoing what lies further back."""

import pytest

pytestmark = pytest.mark.django_db
TOLD = {"title": "Påhittat underlag", "kind": "strategi", "areas_affected": "2", "source": "prov.txt:1"}


@pytest.fixture
def entry(signed_in):
    from vagvisare.web.registers.models import Entry

    client = signed_in()
    client.post("/arbete/register/evidence/ny/", TOLD | {"varfor": "Nämndes på ett påhittat möte."})
    return client, Entry.objects.get(register="evidence")


def changed(client, entry, **told):
    entry.refresh_from_db()
    sent = {"version": entry.version, **told}
    assert client.post(f"/arbete/register/evidence/post/{entry.key}/andra/", sent).status_code == 302


def test_why_stands_in_the_trail_and_on_the_entry_and_nowhere_else(entry, signed_in):
    client, made = entry
    changed(client, made, dated="2021", varfor="Dagen stod i  rapporten.")
    shown = signed_in("registrar").get(f"/arbete/register/evidence/post/{made.key}/").content.decode()
    assert "(Nämndes på ett påhittat möte.)" in shown
    assert "(Dagen stod i rapporten.)" in shown
    made.refresh_from_db()
    assert "varfor" not in made.content


def test_why_is_kept_in_the_form_when_the_rest_cannot_stand(signed_in):
    answer = signed_in().post("/arbete/register/evidence/ny/", TOLD | {"source": "", "varfor": "Påhittat skäl."})
    assert answer.status_code == 400
    assert 'value="Påhittat skäl."' in answer.content.decode()


def test_an_older_change_of_ones_own_is_not_said_to_be_somebody_elses(entry):
    from vagvisare.web.audit.models import Event

    client, made = entry
    changed(client, made, dated="2021")
    changed(client, made, dated="2022")
    older = Event.objects.order_by("-number")[1].number
    answer = client.post("/arbete/register/evidence/angra/", {"handelse": older})
    assert answer.status_code == 409
    assert "Det har ändrats igen sedan dess." in answer.content.decode()
    assert "Någon annan" not in answer.content.decode()


def test_undo_is_offered_only_where_it_can_work(entry):
    client, made = entry
    changed(client, made, dated="2021")
    changed(client, made, dated="2022")
    page, offered = f"/arbete/register/evidence/post/{made.key}/", []
    for number in (3, 4):
        shown = client.get(page).content.decode()
        offered.append([each for each in range(1, 9) if f'aria-label="Ångra händelse {each}"' in shown])
        assert client.post("/arbete/register/evidence/angra/", {"handelse": number}).status_code == 302
    # Event 4 is the undoing of 3: what 2 left stands again, and so does what 4 left.
    assert offered == [[3], [2, 4]]
