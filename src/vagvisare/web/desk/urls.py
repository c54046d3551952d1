"""The desk, the trail, and the assets."""

from django.urls import include, path

from vagvisare.web.desk import trail_views, views
from vagvisare.web.frame import assets

urlpatterns = [
    path("", include("vagvisare.web.desk.map_urls")),
    path("", views.start, name="start"),
    path("sprak/<str:language>/", views.language, name="language"),
    path("spar/", trail_views.trail, name="trail"),
    path("spar/hela.jsonl", trail_views.export, name="trail_export"),
    path("spar/<slug:kind>/<path:key>/", trail_views.trail_of, name="trail_of"),
    path("static/<str:digest>/<str:name>", assets.asset, name="asset"),
]
