"""A store in object storage: the real S3 client against a local server that speaks S3."""

from __future__ import annotations

import threading
import warnings
from datetime import date

import pytest

from vagvisare.observations import upkeep
from vagvisare.observations.revisions import triangle
from vagvisare.observations.store import Store
from vagvisare.terms.errors import FigureError, OutputError
from vagvisare.terms.language import Language

# Both libraries warn of their own dependencies, and leave sockets to be collected.
pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

s3fs = pytest.importorskip("s3fs")


@pytest.fixture(scope="module")
def endpoint():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
        server.stop()


@pytest.fixture
def options(endpoint, monkeypatch, request):
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    given = {
        "endpoint_url": endpoint,
        "key": "test",
        "secret": "of-the-test",
        "client_kwargs": {"region_name": "eu-north-1"},
    }
    files = s3fs.S3FileSystem(**given, skip_instance_cache=True)
    files.mkdir("vagvisare-test", create_parents=True)
    yield given
    files.rm("vagvisare-test", recursive=True)


@pytest.fixture
def bucket(options):
    return lambda prefix="orebro/store": Store(f"s3://vagvisare-test/{prefix}", options=options)


def values(store, day=date(2026, 12, 31)):
    return [value for series in store.as_of(day, {}).panel.values() for value in series.values]


def test_the_whole_life_of_a_vintage_in_a_bucket(bucket, vintage, series):
    store = bucket()
    sha = store.replies.keep(b"a reply")
    assert store.publish(vintage(series(y2020=1.0), replies=(sha,)))
    assert not store.publish(vintage(series(y2020=1.0), recorded=date(2026, 4, 1)))
    assert store.publish(vintage(series(y2020=2.0), recorded=date(2026, 4, 1)))
    store.hold(vintage(series(y2020=99.0), recorded=date(2026, 5, 1)), {"why": "för stort"})
    store.papers.put("journal", "syntetisk", "åtgärd", {"x": 1})
    again = bucket()
    assert values(again, date(2026, 3, 15)) == [1.0]
    assert values(again) == [2.0]
    assert again.replies.get(sha) == b"a reply"
    assert again.papers.list("journal")[0].name == "åtgärd"
    assert triangle(again, "syntetisk", "18").values == ((1.0, 2.0),)
    again.release(again.held()[0], by="A", why="B", on=date(2026, 5, 2))
    assert values(store) == [99.0]
    assert upkeep.verify(store) == ()
    assert upkeep.is_store(store)
    assert not upkeep.is_store(bucket("elsewhere"))


def test_what_another_process_published_is_seen_at_once(bucket, vintage, series):
    one, other = bucket(), bucket()
    assert values(one) == values(other) == []
    one.publish(vintage(series(y2020=1.0)))
    assert values(other) == [1.0]
    other.publish(vintage(series(y2020=2.0), recorded=date(2026, 4, 1)))
    assert values(one) == [2.0]


def test_two_at_once_lose_nothing(bucket, vintage, series):
    def publish(who):
        store = bucket()
        for value in range(3):
            store.publish(vintage(series(y2020=float(value)), fetched=f"2026-03-01T06:00:0{value}+00:00"))
            store.publish(vintage(series(y2020=value + who / 4), fetched=f"2026-03-01T07:00:0{value}+00:00"))

    both = [threading.Thread(target=publish, args=(who,)) for who in (1, 2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    store = bucket()
    found = {store.figures(receipt).column("value")[0].as_py() for receipt in store.receipts()}
    assert found == {value + part for value in range(3) for part in (0.0, 0.25, 0.5)}
    assert upkeep.verify(store) == ()


def test_nothing_points_to_what_is_swept_from_a_bucket(bucket, vintage, series):
    store = bucket()
    kept, lost = store.replies.keep(b"kept"), store.replies.keep(b"lost")
    store.publish(vintage(series(y2020=1.0), replies=(kept,)))
    swept = upkeep.prune(store, keep_days=1, dry=False, now=upkeep.time.time() + 3 * upkeep.DAY)
    assert [entry.name.rsplit("/", 1)[-1] for entry in swept.entries] == [f"{lost}.zst"]
    assert kept in store.replies
    assert lost not in store.replies
    assert upkeep.verify(store) == ()


def test_damage_in_a_bucket_is_named_by_its_address(bucket, vintage, series):
    store = bucket()
    made = vintage(series(y2020=1.0))
    store.publish(made)
    store.place.write(f"syntetisk/2026-03-01-{made.receipt.sha256[:12]}.parquet", b"half")
    with pytest.raises(FigureError, match="s3://vagvisare-test/orebro/store/syntetisk/2026-03-01-"):
        store.as_of(date(2026, 3, 1), {})


def test_a_bucket_out_of_reach_is_told_without_its_secrets(options, vintage, series):
    away = options | {"endpoint_url": "http://127.0.0.1:9", "config_kwargs": {"retries": {"total_max_attempts": 1}}}
    store = Store("s3://vagvisare-test/x", options=away)
    for work in (lambda: store.publish(vintage(series(y2020=1.0))), lambda: store.replies.keep(b"x"), store.receipts):
        with pytest.raises(OutputError) as caught:
            work()
        assert "s3://vagvisare-test/x" in caught.value.message(Language.SV)
        assert "of-the-test" not in caught.value.message(Language.EN)


def test_a_bucket_that_is_not_there_is_told(options, vintage, series):
    store = Store("s3://no-such-bucket-at-all/x", options=options)
    assert store.receipts() == ()
    with pytest.raises(OutputError, match="gick inte att skriva"):
        store.publish(vintage(series(y2020=1.0)))


def test_what_stands_in_an_address_is_not_repeated(monkeypatch):
    with pytest.raises(OutputError) as caught:
        Store("nosuch://user:password@bucket/x?token=abc")
    assert "password" not in str(caught.value)
    assert "abc" not in str(caught.value)
    assert "nosuch://bucket/x" in str(caught.value)
