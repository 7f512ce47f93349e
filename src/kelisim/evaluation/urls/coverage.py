"""Coverage of the charter, its results, comparison, timeline."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
