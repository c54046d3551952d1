"""Somebody who owns the database takes the guard away and changes the trail: verifying tells."""

import pytest

pytestmark = pytest.mark.django_db


def swap(number):
    """Give two events each other's place."""
    from vagvisare.web.audit.models import Event

    Event.objects.filter(number=number).update(number=10_000)
    Event.objects.filter(number=number + 1).update(number=number)
    Event.objects.filter(number=10_000).update(number=number + 1)


def insert(number):
    """Make room for an event and put one there, sealed as it should be."""
    from vagvisare.web.audit import trail
    from vagvisare.web.audit.models import Event

    for event in Event.objects.filter(number__gte=number).order_by("-number"):
        Event.objects.filter(pk=event.pk).update(number=event.number + 1)
    before = Event.objects.get(number=number - 1)
    made = Event(number=number, at=before.at, who="falsk", verb="x", kind="y", key="z", previous=before.seal)
    made.seal = trail.seal_of(made)
    made.save()


def reword(number):
    """Change an event and seal it anew."""
    from vagvisare.web.audit import trail
    from vagvisare.web.audit.models import Event

    event = Event.objects.get(number=number)
    event.reason = "ett annat skäl"
    event.seal = trail.seal_of(event)
    event.save()


def take_away(number):
    """Take an event away and close the gap."""
    from vagvisare.web.audit.models import Event

    Event.objects.filter(number=number).delete()
    for event in Event.objects.filter(number__gt=number).order_by("number"):
        Event.objects.filter(pk=event.pk).update(number=event.number - 1)


@pytest.mark.parametrize("touch", [swap, insert, reword, take_away])
@pytest.mark.parametrize("number", [2, 5])
def test_a_touched_trail_does_not_hold(world, touch, number):
    from django.db import connection

    from vagvisare.web.audit import trail
    from vagvisare.web.audit.immutable import unguarded
    from vagvisare.web.audit.models import Event

    assert Event.objects.count() > number + 1
    assert trail.verify() is None
    with unguarded(connection):
        touch(number)
    broken = trail.verify()
    assert broken is not None
    assert number <= broken.number <= number + 1
