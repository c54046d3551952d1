"""Addresses of what a draft links: contributions, goal conflicts, perspectives, themes."""

from django.urls import path

from vagvisare.web.revision.linking import conflict_views, contribution_views, file_views, screening_views, theme_views

urlpatterns = [
    path("<str:key>/bidrag/", contribution_views.contributions, name="contributions"),
    path("<str:key>/bidrag/cell/", contribution_views.set_cell, name="set_cell"),
    path("<str:key>/bidrag/tabell.<slug:form>", contribution_views.export, name="contributions_export"),
    path("<str:key>/bidrag/las-in/", file_views.take_in, {"matrix": "contributions"}, name="contributions_take_in"),
    path("<str:key>/samband/angra/<int:number>/", contribution_views.undo, name="undo_link"),
    path("<str:key>/malkonflikter/", conflict_views.conflicts, name="conflicts"),
    path("<str:key>/malkonflikter/tabell.<slug:form>", conflict_views.export, name="conflicts_export"),
    path("<str:key>/malkonflikter/spara/", conflict_views.state_conflict, name="state_conflict"),
    path("<str:key>/malkonflikter/ta-bort/", conflict_views.remove_conflict, name="remove_conflict"),
    path("<str:key>/perspektiv/", screening_views.screening, name="screening"),
    path("<str:key>/perspektiv/svar/", screening_views.set_screening, name="set_screening"),
    path("<str:key>/perspektiv/tabell.<slug:form>", screening_views.export, name="screening_export"),
    path("<str:key>/perspektiv/las-in/", file_views.take_in, {"matrix": "screening"}, name="screening_take_in"),
    path("<str:key>/samband/behall/", file_views.keep, name="keep_file"),
    path("<str:key>/teman/", theme_views.themes, name="themes"),
    path("<str:key>/teman/tabell.<slug:form>", theme_views.export, name="themes_export"),
    path("<str:key>/teman/markning/", theme_views.tag, name="tag_theme"),
]
