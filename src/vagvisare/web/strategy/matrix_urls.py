"""Addresses of the matrix of evidence and areas, among the registers'."""

from django.urls import path

from vagvisare.web.strategy import matrix_views

urlpatterns = [
    path("underlag-och-omraden/", matrix_views.matrix, name="evidence_matrix"),
    path("underlag-och-omraden/ruta/", matrix_views.set_cell, name="evidence_cell"),
    path("underlag-och-omraden/tabell.<slug:form>", matrix_views.export, name="evidence_export"),
]
