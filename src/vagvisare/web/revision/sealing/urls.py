"""Addresses of the checks and of the seal."""

from django.urls import path

from vagvisare.web.revision.sealing import views

urlpatterns = [
    path("<str:key>/forsegla/", views.seal, name="seal"),
    path("<str:key>/forsegla/slapp/<str:gate>/", views.override, name="seal_override"),
    path("<str:key>/forsegla/aterta/<str:gate>/", views.withdraw, name="seal_withdraw"),
]
