"""The drafts' room tells what people's roles can be given for in them."""

from __future__ import annotations

from django.apps import AppConfig


class Revision(AppConfig):
    """Offers the drafts' areas and nodes to the people's pages, which stand below and cannot ask."""

    name = "vagvisare.web.revision"

    def ready(self) -> None:
        """Say what scoped roles can be given for."""
        from vagvisare.web.access.rules import Role  # noqa: PLC0415  models are not ready before
        from vagvisare.web.accounts import scopes  # noqa: PLC0415
        from vagvisare.web.revision import offers  # noqa: PLC0415

        scopes.offer(Role.WRITER, offers.nodes)
        scopes.offer(Role.PROCESS_LEADER, offers.areas)
