"""Every address is answered by the public site; its own errors have pages in its design."""

from django.urls import include, path

handler400 = "vagvisare.web.public.views.misunderstood"
handler404 = "vagvisare.web.public.views.unknown"
handler500 = "vagvisare.web.public.views.broken"

urlpatterns = [path("", include("vagvisare.web.public.urls"))]
