"""Addresses of what changed: a draft's changes and reasons, two editions side by side, and what a source changed."""

from django.urls import path

from vagvisare.web.revision.changes import effect_views, reason_views, views, wording_views

urlpatterns = [
    path("jamfor/<str:before>/<str:after>/", views.compare, name="compare"),
    path("utgavor/jamfor/", views.choose, name="compare_choose"),
    path("verkan/underlag/<path:key>/", effect_views.evidence_effect, name="evidence_effect"),
    path("verkan/<slug:register>/<path:key>/", effect_views.effect, name="effect"),
    path("<str:key>/andringar/", views.changes, name="changes"),
    path("<str:key>/andringar/skal/", reason_views.give_reason, name="give_reason"),
    path("<str:key>/andringar/viktigaste/", wording_views.main_changes, name="main_changes"),
    path("<str:key>/andringar/viktigaste/ord/", wording_views.word_change, name="word_change"),
    path("<str:key>/andringar/pastaenden/", wording_views.statements_of, name="statements"),
    path("<str:key>/andringar/angra/", reason_views.undo, name="undo_change"),
]
