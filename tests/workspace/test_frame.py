import pytest

pytestmark = pytest.mark.django_db


def test_somebody_who_has_not_signed_in_is_shown_the_way(client):
    answer = client.get("/arbete/", headers={"host": "localhost"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/arbete/konto/login/")


@pytest.mark.parametrize("role", ["strategist", "reader", "partner"])
def test_whoever_has_a_role_comes_in(signed_in, role):
    assert signed_in(role).get("/arbete/").status_code == 200


def test_an_address_of_nothing_says_so_to_whoever_is_signed_in(signed_in):
    answer = signed_in("reader").get("/arbete/personerna/")
    assert answer.status_code == 404
    assert "Det du söker finns inte här." in answer.content.decode()
