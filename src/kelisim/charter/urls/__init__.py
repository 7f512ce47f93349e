"""Addresses of charters: the desk's here; the public ones beside the portal's."""

from kelisim.charter.urls import desk

app_name = "charter"
urlpatterns = [*desk.urlpatterns]
