"""The public pages; each address stands under a language."""

from django.urls import path, register_converter

from kelisim.portal import views


class Eid:
    """An identifier of a provision in the Akoma Ntoso manner; never a word of our own addresses."""

    regex = r"(?!(?:v[0-9]+|part|compare|correspondence)/)[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Eid, "eid")

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("about/", views.about, name="about"),
    path("charters/", views.promised, name="promised"),
    path("charters/<slug:slug>/", views.charter, name="charter"),
    path("charters/<slug:slug>/v<int:number>/", views.version, name="version"),
    path("charters/<slug:slug>/v<int:number>/part/<eid:eid>/", views.part, name="part"),
    path(
        "charters/<slug:slug>/v<int:number>/<eid:eid>/",
        views.provision_of_version,
        name="provision-of-version",
    ),
    path("charters/<slug:slug>/<eid:eid>/", views.provision, name="provision"),
]
