"""Addresses of the registers."""

from django.urls import path

from vagvisare.web.registers import file_views, views

urlpatterns = [
    path("", views.registers, name="registers"),
    path("<slug:register>/", views.register, name="register"),
    path("<slug:register>/ny/", views.add, name="register_add"),
    path("<slug:register>/flera/", views.change_many, name="register_many"),
    path("<slug:register>/angra/", views.undo, name="register_undo"),
    path("<slug:register>/fil/<slug:form>/", file_views.export, name="register_file"),
    path("<slug:register>/las-in/", file_views.take_in, name="register_take_in"),
    path("<slug:register>/las-in/behall/", file_views.keep, name="register_keep"),
    path("<slug:register>/post/<path:key>/falt/<slug:field>/", views.cell, name="entry_cell"),
    path("<slug:register>/post/<path:key>/andra/", views.change, name="entry_change"),
    path("<slug:register>/post/<path:key>/ta-bort/", views.remove, name="entry_remove"),
    path("<slug:register>/post/<path:key>/flytta/", views.move, name="entry_move"),
    path("<slug:register>/post/<path:key>/", views.entry, name="entry"),
]
