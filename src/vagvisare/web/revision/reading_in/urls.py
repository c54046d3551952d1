"""Addresses of the documents that are read into a draft."""

from django.urls import path

from vagvisare.web.revision.reading_in import views

urlpatterns = [
    path("<str:key>/dokument/", views.manuscripts, name="manuscripts"),
    path("<str:key>/dokument/<int:number>/", views.manuscript, name="manuscript"),
    path("<str:key>/dokument/<int:number>/valj/", views.decide, name="manuscript_decide"),
    path("<str:key>/dokument/<int:number>/sedd/", views.tick_off, name="manuscript_seen"),
    path("<str:key>/dokument/<int:number>/vid-sidan/", views.choose_beside, name="manuscript_beside"),
    path("<str:key>/dokument/<int:number>/las-in/", views.keep, name="manuscript_keep"),
    path("<str:key>/dokument/<int:number>/angra/", views.undo, name="manuscript_undo"),
    path("<str:key>/dokument/<int:number>/kasta/", views.discard, name="manuscript_discard"),
    path("<str:key>/dokument/<int:number>/original/", views.original, name="manuscript_original"),
]
