"""Addresses of the sealed editions and of the folder they come from and go to."""

from django.urls import path

from vagvisare.web.strategy import folder_views, views

urlpatterns = [
    path("", views.editions, name="editions"),
    path("las-in/", folder_views.take_in, name="take_in"),
    path("las-in/valj/", folder_views.choose, name="folder_choose"),
    path("las-in/angra/", folder_views.undo, name="folder_undo"),
    path("skriv-ut/", views.write_out, name="write_out"),
    path("<str:key>/", views.edition, name="edition"),
    path("<str:key>/utgava.md", views.text, name="edition_text"),
    path("<str:key>/erratum/", views.erratum, name="erratum"),
]
