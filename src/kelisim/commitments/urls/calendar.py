"""The calendar of terms."""

from django.urls import path

from kelisim.commitments.views import calendar

urlpatterns = [
    path("terms/", calendar.terms, name="terms"),
    path("terms/<slug:slug>.ics", calendar.of_body, name="terms-feed"),
]
