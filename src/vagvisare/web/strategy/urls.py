"""Addresses of the sealed editions and of the folder they come from and go to."""

from django.urls import path

from vagvisare.web.strategy import views

urlpatterns = [
    path("", views.editions, name="editions"),
    path("las-in/", views.take_in, name="take_in"),
    path("skriv-ut/", views.write_out, name="write_out"),
    path("<str:key>/", views.edition, name="edition"),
    path("<str:key>/utgava.md", views.text, name="edition_text"),
    path("<str:key>/erratum/", views.erratum, name="erratum"),
]
