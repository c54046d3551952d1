"""The map."""

from django.urls import path

from vagvisare.web.desk import map_views

urlpatterns = [path("karta/", map_views.hanging, name="map")]
