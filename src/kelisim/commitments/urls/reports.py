"""A commitment, its reports and its control by one person."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
