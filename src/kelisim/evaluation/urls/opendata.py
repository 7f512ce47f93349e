"""Open data: the catalogue and its files."""

from django.urls import path, re_path

from kelisim.evaluation.views import opendata

urlpatterns = [
    path("open-data/", opendata.catalogue, name="open-data"),
    path("open-data/datapackage.json", opendata.package, name="data-package"),
    re_path(
        r"^open-data/(?P<key>[a-z]+)\.(?P<form>csv|json|xlsx)$", opendata.dataset, name="dataset"
    ),
]
