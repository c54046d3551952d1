"""What Django's test server and a browser need to live in one process."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _server_and_browser_in_one_process():
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        # The test server asks where Django's own files lie; we serve ours ourselves and have none of those.
        patch.setattr(settings, "STATIC_URL", "/-/static/")
        patch.setattr(settings, "MEDIA_URL", "/-/media/")
        # The browser's own loop makes Django wary of asking the database, between tests as well.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
