"""Addresses of the draft: the list, the editor, and everything that is done to a node."""

from django.urls import path

from vagvisare.web.revision.writing import shape_views, talk_views, views

urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("<str:key>/", views.draft, name="draft"),
    path("<str:key>/titel/", views.title, name="draft_title"),
    path("<str:key>/disposition/", views.outline, name="draft_outline"),
    path("<str:key>/lage/", views.state, name="draft_state"),
    path("<str:key>/forhandsvisa/", views.preview, name="draft_preview"),
    path("<str:key>/ordlista/", views.term, name="draft_term"),
    path("<str:key>/ny/", shape_views.new, name="draft_new"),
    path("<str:key>/angra/<int:number>/", shape_views.undo, name="draft_undo"),
    path("<str:key>/krock/<int:clash>/", views.clash, name="draft_clash"),
    path("<str:key>/nod/<uuid:uid>/", views.pane, name="draft_pane"),
    path("<str:key>/nod/<uuid:uid>/spara/", views.save, name="draft_save"),
    path("<str:key>/nod/<uuid:uid>/uppgifter/", views.details, name="draft_details"),
    path("<str:key>/nod/<uuid:uid>/historik/", views.history, name="draft_history"),
    path("<str:key>/nod/<uuid:uid>/tillbaka/", views.back_to, name="draft_back_to"),
    path("<str:key>/nod/<uuid:uid>/kommentar/", talk_views.comment, name="draft_comment"),
    path("<str:key>/kommentar/<int:comment>/klar/", talk_views.resolve, name="draft_resolve"),
    path("<str:key>/nod/<uuid:uid>/ansvarig/", talk_views.assign, name="draft_assign"),
    path("<str:key>/ansvarig/<int:assignment>/klar/", talk_views.assign_done, name="draft_assign_done"),
    # Last: flytta, dela, sla-ihop, ta-bort, ater.
    path("<str:key>/nod/<uuid:uid>/<str:how>/", shape_views.shape, name="draft_shape"),
]
