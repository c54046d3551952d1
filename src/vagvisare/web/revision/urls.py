"""Addresses of the revision, part by part."""

from django.urls import include, path

urlpatterns = [
    path("", include(f"vagvisare.web.revision.{part}.urls"))
    for part in ("writing", "linking", "reading_in", "changes", "sealing")
]
