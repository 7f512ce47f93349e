"""Permanent addresses, without a language: `/id/charters/<slug>/v<n>/<eid>`."""

from django.urls import path

from kelisim.charter.urls.public import files
from kelisim.charter.views import permanent

app_name = "id"
urlpatterns = [
    *files(),
    path("charters/<slug:slug>", permanent.charter, name="charter"),
    path("charters/<slug:slug>/v<int:number>", permanent.charter, name="version"),
    path(
        "charters/<slug:slug>/v<int:number>/<str:eid>",
        permanent.provision,
        name="provision-of-version",
    ),
    path("charters/<slug:slug>/<str:eid>", permanent.provision, name="provision"),
]
