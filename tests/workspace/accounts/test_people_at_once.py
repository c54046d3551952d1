"""What two people do at once. SQLite lets one write at a time; on PostgreSQL the rows themselves are held."""

import threading

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _where_two_can_write():
    if connection.vendor != "postgresql":
        pytest.skip("two write at once on PostgreSQL only: tools/with_postgres.py pytest …")


def at_once(*acts):
    """Do things at the same moment, each with its own connection, and return what each came to."""
    from django.db import connection as own

    gate, came = threading.Barrier(len(acts)), [None] * len(acts)

    def doing(number, act):
        gate.wait()
        try:
            came[number] = act()
        except Exception as error:  # noqa: BLE001  the test looks at which
            came[number] = error
        finally:
            own.close()

    threads = [threading.Thread(target=doing, args=told) for told in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.parametrize("go", range(5))
def test_two_administrators_cannot_shut_each_other_out(person, go):
    from vagvisare.terms.errors import UserError
    from vagvisare.web.accounts import actions
    from vagvisare.web.accounts.models import Person

    first, second = person("administrator"), person("administrator")
    came = at_once(lambda: actions.suspend(first, second), lambda: actions.suspend(second, first))
    assert Person.objects.filter(is_active=True).count() == 1
    assert sum(isinstance(one, UserError) for one in came) == 1, came


@pytest.mark.parametrize("go", range(5))
def test_a_link_used_twice_at_once_makes_one_person(person, go):
    from vagvisare.web.accounts import actions
    from vagvisare.web.accounts.entering import accept
    from vagvisare.web.accounts.links import SpentError
    from vagvisare.web.accounts.models import Person

    link = actions.invite(person("administrator"), "ny@exempel.se", "Ny", [("reader", "")])
    came = at_once(*[lambda: accept(link.secret, "Ny", "fyra ord efter varandra")] * 3)
    assert Person.objects.filter(email="ny@exempel.se").count() == 1
    assert sum(isinstance(one, SpentError) for one in came) == 2, came
