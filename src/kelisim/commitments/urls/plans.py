"""Plans: read in public; drafted, agreed and approved on the desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
