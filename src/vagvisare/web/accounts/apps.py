"""The people's room listens to the sign-in library, which does what people do with their own accounts."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """Writes signing in and changes of one's own account in the trail."""

    name = "vagvisare.web.accounts"

    def ready(self) -> None:
        """Begin to listen."""
        from vagvisare.web.accounts import own_trail  # noqa: PLC0415  models are not ready before

        own_trail.listen()
