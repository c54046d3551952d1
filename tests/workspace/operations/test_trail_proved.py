"""The trail: written by many at once, verified, exported, and found out when somebody has touched it."""

import json

import pytest

both = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])

RACE = """
    import threading
    from django.db import connection, transaction
    from vagvisare.web.accounts.models import Person
    from vagvisare.web.audit import trail
    start, failed = threading.Barrier(8), []
    def write(writer):
        try:
            start.wait()
            for turn in range(25):
                with transaction.atomic():
                    Person.objects.create_user(f"p{writer}-{turn}@exempel.se", name="Påhittad")
                    trail.record(f"Skribent #{writer}", "draft.write", "node", f"n{writer}", after={"turn": turn})
                    if turn % 5 == 4:
                        transaction.set_rollback(True)
        except Exception as error:
            failed.append(repr(error))
        finally:
            connection.close()
    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    [t.start() for t in threads]; [t.join() for t in threads]
    from vagvisare.web.audit.models import Event
    print(failed, Event.objects.count(), Person.objects.count(), trail.verify())
"""


@both
def test_eight_who_write_at_once_make_one_unbroken_chain(place, kind):
    assert place(kind).run(RACE).strip() == "[] 160 160 None"


CROSSING = """
    import threading
    from django.db import connection, transaction
    from vagvisare.web.accounts.models import Person
    from vagvisare.web.audit import trail
    made = [Person.objects.create_user(f"p{n}@exempel.se", name="Påhittad").pk for n in range(2)]
    start, failed = threading.Barrier(2), []
    def write(keys):
        try:
            for turn in range(10):
                start.wait()
                with transaction.atomic():
                    trail.take_turn()
                    for key in keys:
                        Person.objects.filter(pk=key).update(name=f"Namn {turn}")
                        trail.record("system", "self.change", "person", str(key))
        except Exception as error:
            failed.append(repr(error))
            start.abort()
        finally:
            connection.close()
    threads = [threading.Thread(target=write, args=(keys,)) for keys in (made, made[::-1])]
    [t.start() for t in threads]; [t.join() for t in threads]
    print(failed, trail.verify())
"""


@both
def test_two_who_change_the_same_rows_in_opposite_order_wait_for_each_other(place, kind):
    assert place(kind).run(CROSSING).strip() == "[] None"


TOUCHED = """
    from django.db import connection
    from vagvisare.web.audit.immutable import unguarded
    with unguarded(connection), connection.cursor() as cursor:
        cursor.execute({statement!r})
"""
TOUCHES = {
    "UPDATE audit_event SET reason = 'annat' WHERE number = 7": "7 har ändrats efter att den skrevs",
    "UPDATE audit_event SET at = '2020-01-01T00:00:00+00:00' WHERE number = 3": "3 har ändrats efter att den skrevs",
    "UPDATE audit_event SET who = 'någon annan' WHERE number = 20": "20 har ändrats efter att den skrevs",
    "DELETE FROM audit_event WHERE number = 5": "5 händelse 5 saknas",
    "DELETE FROM audit_event WHERE number = 1": "1 händelse 1 saknas",
    "UPDATE audit_event SET previous = seal WHERE number = 9": "9 hänger inte ihop med händelsen före",
}
EACH_TOUCH = """
    from django.db import connection, transaction
    from vagvisare.web.audit import trail
    from vagvisare.web.audit.immutable import unguarded
    for statement in {statements!r}:
        with transaction.atomic():
            with unguarded(connection), connection.cursor() as cursor:
                cursor.execute(statement)
            broken = trail.verify()
            print(broken.number, broken.why.sv)
            transaction.set_rollback(True)
    assert trail.verify() is None
"""


@both
def test_whatever_somebody_touched_is_found(filled, kind):
    said = filled(kind).run(EACH_TOUCH.format(statements=list(TOUCHES)))
    assert said.splitlines() == list(TOUCHES.values())


@both
def test_a_broken_trail_ends_the_command_with_nine(place, kind):
    used = place(kind, rows=True)
    whole = used.vagvisare("trail", "verify")
    assert whole.returncode == 0, whole.stderr
    assert "20 händelser" in whole.stdout
    used.run(TOUCHED.format(statement=next(iter(TOUCHES))))
    done = used.vagvisare("trail", "verify")
    assert done.returncode == 9
    assert "händelse 7: har ändrats" in done.stdout


@pytest.fixture
def exported(filled):
    def made(kind="sqlite"):
        file = filled(kind).folder / "spar.jsonl"
        if not file.exists():
            filled(kind).anew("trail", "export", file)
        return file

    return made


@both
def test_an_export_verifies_without_the_records(exported, empty, kind):
    nowhere = empty("sqlite")
    done = nowhere.vagvisare("trail", "verify", "--from", exported(kind))
    assert done.returncode == 0, done.stderr
    assert "20 händelser" in done.stdout
    assert list(nowhere.folder.iterdir()) == []


def test_a_line_is_what_the_docs_say_it_is(exported):
    import hashlib

    previous = "0" * 64
    for line in exported().read_text(encoding="utf-8").split("\n")[:-1]:
        *told, seal = json.loads(line)
        assert told[-1] == previous
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == seal
        previous = seal


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda lines: [*lines[:4], lines[4].replace("därför", "annars"), *lines[5:]], 9),
        (lambda lines: lines[1:], 9),
        (lambda lines: [*lines[:4], *lines[5:]], 9),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 9),
        (lambda lines: [*lines, "inte en händelse"], 4),
        (lambda lines: [*lines, "[" * 5000], 4),
        (lambda lines: [*lines, '[1, "igår"]'], 4),
    ],
)
def test_an_export_that_was_touched_is_found_out(exported, empty, change, code):
    nowhere = empty("sqlite")
    lines = exported().read_text(encoding="utf-8").split("\n")[:-1]
    file = nowhere.folder / "rörd.jsonl"
    file.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    assert nowhere.vagvisare("trail", "verify", "--from", file).returncode == code


def test_a_trail_whose_end_was_cut_off_is_found_by_an_earlier_export(place):
    used = place("sqlite", rows=True)
    file = used.folder / "tidigare.jsonl"
    assert used.vagvisare("trail", "export", file).returncode == 0
    assert used.vagvisare("trail", "verify", "--continues", file).returncode == 0
    used.run(TOUCHED.format(statement="DELETE FROM audit_event WHERE number > 15"))
    done = used.vagvisare("trail", "verify")
    assert done.returncode == 0  # a chain that is cut is still a chain, and that is said
    assert "bara --continues" in done.stdout
    done = used.vagvisare("trail", "verify", "--continues", file)
    assert done.returncode == 9
    assert "Händelse 16" in done.stdout
