"""Whatever is done to a draft, in whatever order: addresses stay, no word of any wording goes, the tree is a tree."""

import re
import uuid
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db
PHRASES = ["Plantera ek", "vattna alm och lind", "bygg broar över ån", "Fler träd\n\nlängs varje gata", "", "håll rent"]

ACTS = ["save", "old-save", "add", "move", "step", "split", "merge", "remove", "restore", "undo", "back", "say"]
ACT = st.tuples(
    st.sampled_from(ACTS),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 30),
)


class Walk:
    """A draft with a person who does one thing after another, and what has been promised of it."""

    def __init__(self, draft, by):
        self.draft, self.by = draft, by
        self.addresses = {node.pk: node.address for node in draft.nodes.all()}
        self.wordings = {}
        self.refusals = Counter()

    def do(self, act, one, two, three):
        from vagvisare.terms.errors import UserError

        try:
            getattr(self, f"do_{act.replace('-', '_')}")(one, two, three)
        except UserError as refused:
            self.refusals[type(refused).__name__] += 1

    def living(self, number):
        nodes = list(self.draft.nodes.filter(removed_at=None).order_by("id"))
        return nodes[number % len(nodes)] if nodes else None

    def any(self, number):
        nodes = list(self.draft.nodes.order_by("id"))
        return nodes[number % len(nodes)]

    def do_save(self, one, two, three):
        from vagvisare.web.revision.writing.wordings import save_wording

        node = self.any(one)
        text = f"{node.text} {PHRASES[two % len(PHRASES)]}" if three % 2 else PHRASES[two % len(PHRASES)]
        save_wording(self.by, node, text, node.version, str(uuid.uuid4()))

    def do_old_save(self, one, two, three):
        from vagvisare.web.revision.writing.wordings import save_wording

        node = self.any(one)
        base = three % node.version + 1
        before = node.wordings.get(version=base).text
        text, ticket = f"{PHRASES[two % len(PHRASES)]} {before}", str(uuid.uuid4())
        saved = save_wording(self.by, node, text, base, ticket)
        kept = [*node.wordings.values_list("text", flat=True), *node.clashes.values_list("mine", flat=True)]
        assert not words(text) - sum((words(each) for each in kept), Counter())
        assert save_wording(self.by, node, text, base, ticket).version == saved.version

    def do_add(self, one, two, three):
        from vagvisare.web.revision.writing.shaping import add_node

        parent = None if one % 5 == 0 else self.any(one)
        add_node(self.by, self.draft, parent, ["direction", "area"][three % 2], PHRASES[two % len(PHRASES)])

    def do_move(self, one, two, three):
        from vagvisare.web.revision.writing.shaping import move

        move(self.by, self.any(one), None if two % 6 == 0 else self.any(two), self.any(three))

    def do_step(self, one, two, _):
        from vagvisare.web.revision.writing.shaping import STEPS, step

        step(self.by, self.any(one), STEPS[two % 4])

    def do_split(self, one, *_):
        from vagvisare.web.revision.writing.joining import parts_at, split

        node = self.any(one)
        split(self.by, node, parts_at(node.text, [at.start() for at in re.finditer(r"(?<=\s)\b", node.text)][:2]))

    def do_merge(self, one, two, three):
        from vagvisare.web.revision.writing.joining import merge_nodes

        node, other = self.any(one), self.any(two)
        before = words(node.text) + words(other.text)
        kept, _ = merge_nodes(self.by, node, other, keep=other if three % 2 else None)
        assert words(kept.text) == before

    def do_remove(self, one, *_):
        from vagvisare.web.revision.writing.shaping import remove

        remove(self.by, self.any(one))

    def do_restore(self, one, *_):
        from vagvisare.web.revision.writing.shaping import restore

        restore(self.by, self.any(one))

    def do_back(self, one, two, _):
        from vagvisare.web.revision.writing.wordings import back_to

        node = self.any(one)
        back_to(self.by, node, two % node.version + 1)

    def do_say(self, one, two, _):
        from vagvisare.web.revision.writing.talk import comment

        comment(self.by, self.any(one), f"Sagt {two}")

    def do_undo(self, one, *_):
        from vagvisare.web.audit.models import Event
        from vagvisare.web.revision.writing.undoing import undo

        events = list(Event.objects.filter(kind="node").order_by("-number")[:8])
        if events:
            try:
                undo(self.by, self.draft, events[one % len(events)].number)
            except Event.DoesNotExist:
                self.refusals["nothing to undo"] += 1

    def check(self):
        nodes = list(self.draft.nodes.select_related("parent"))
        for node in nodes:
            assert self.addresses.setdefault(node.pk, node.address) == node.address
            assert node.text == node.wordings.get(version=node.version).text
        assert len({node.address for node in nodes}) == len(nodes)
        self._wordings(nodes)
        self._tree([node for node in nodes if node.removed_at is None])

    def _wordings(self, nodes):
        from vagvisare.web.revision.models import Wording

        now = {row.pk: (row.node_id, row.version, row.text) for row in Wording.objects.filter(node__in=nodes)}
        assert self.wordings.items() <= now.items()
        self.wordings = now
        for node in nodes:
            versions = sorted(version for pk, version, _ in now.values() if pk == node.pk)
            assert versions == list(range(1, node.version + 1))

    def _tree(self, living):
        from vagvisare.web.revision.snapshot import edition_of

        below = {}
        for node in living:
            assert node.parent is None or node.parent.removed_at is None
            below.setdefault(node.parent_id, []).append(node.position)
        assert all(sorted(places) == list(range(len(places))) for places in below.values())
        edition = edition_of(self.draft)
        assert [node.address for node in edition.nodes if node.parent and node.parent not in edition.by_address] == []
        assert len(edition.nodes) == len(living)  # what lies in a circle would not be reached
        assert {row.after for row in edition.lineage} <= set(edition.by_address)


def words(text):
    return Counter(re.findall(r"\w+", text))


@given(acts=st.lists(ACT, min_size=1, max_size=14))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_addresses_words_and_tree_survive_whatever_is_done(opened_once, acts):
    from django.db import transaction

    from vagvisare.web.audit import trail

    draft, who = opened_once
    with transaction.atomic():
        walk = Walk(draft, who)
        for act in acts:
            walk.do(*act)
            walk.check()
        assert trail.verify() is None
        transaction.set_rollback(True)


def test_the_walk_does_more_than_be_refused(opened_once):
    """The property above would hold for a draft that refuses everything."""
    from vagvisare.web.audit.models import Event

    draft, who = opened_once
    walk, number = Walk(draft, who), Event.objects.count()
    acts = ["save", "old-save", "split", "merge", "undo", "move", "remove", "restore", "step", "add", "back", "say"]
    for round_ in range(6):
        for act in acts:
            walk.do(act, round_ * 5 + 3, round_ * 3 + 1, round_)
            walk.check()
    assert Event.objects.count() - number > 30, walk.refusals


@pytest.fixture
def opened_once(opened, person):
    return opened(areas=2, directions=2), person("strategist")
