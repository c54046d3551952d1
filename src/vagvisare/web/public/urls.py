"""One pattern: which addresses exist is the follow-up's own business, and the shelf knows."""

from django.urls import re_path

from vagvisare.web.public import views

urlpatterns = [re_path(r"^[\s\S]*$", views.answer)]
