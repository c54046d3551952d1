"""Rate limits are counted in memory: each test begins with nothing counted."""

import pytest


@pytest.fixture(autouse=True)
def _nothing_counted():
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _live_server_without_files():
    """Django's test server looks for files of its own under two addresses; ours has none there."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "STATIC_URL", "/-/static/")
        patch.setattr(settings, "MEDIA_URL", "/-/media/")
        yield
