"""Reports for a period and open data."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
