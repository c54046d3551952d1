"""The workspace has its own addresses; every other is answered by the public site."""

from django.urls import include, path

handler400 = "vagvisare.web.public.views.misunderstood"
handler404 = "vagvisare.web.public.views.unknown"
handler429 = "vagvisare.web.accounts.entrance.too_many"
handler500 = "vagvisare.web.public.views.broken"

urlpatterns = [
    path("arbete/", include("vagvisare.web.desk.urls")),
    path("arbete/konto/", include("vagvisare.web.accounts.urls")),
    path("arbete/register/", include("vagvisare.web.strategy.matrix_urls")),
    path("arbete/register/", include("vagvisare.web.registers.urls")),
    path("arbete/utgavor/", include("vagvisare.web.strategy.urls")),
    path("arbete/utkast/", include("vagvisare.web.revision.urls")),
    path("", include("vagvisare.web.public.urls")),
]
