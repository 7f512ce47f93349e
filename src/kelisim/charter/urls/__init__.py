"""Addresses of charters: what this room alone shows in public, and the desk's."""

from kelisim.charter.urls import desk, public

app_name = "charter"
urlpatterns = [*public.urlpatterns, *desk.urlpatterns]
