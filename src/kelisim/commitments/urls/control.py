"""The control table, its filters, acts on many at once."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
