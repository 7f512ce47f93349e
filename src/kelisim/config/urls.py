"""Every address: one room a line. A page's address begins with its language."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kelisim.config.api import api

ROOMS = [
    "portal", "evaluation", "commitments", "meetings", "charter", "papers", "calendar", "bodies",
    "territory", "ledger", "people", "desk",
]  # fmt: skip


def docs(request: HttpRequest) -> HttpResponse:
    """The API in words, in the language of the address."""
    return api.docs.render_page(request, api)


urlpatterns = [
    path("api/v1/", api.urls),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("api/", docs, name="api-docs"),
        *(
            path("", include(f"kelisim.{room}.urls"))
            for room in ROOMS
            if find_spec(f"kelisim.{room}.urls")
        ),
        prefix_default_language=True,
    ),
]
urlpatterns.append(path("", include("kelisim.portal.permanent")))
if find_spec("kelisim.charter.permanent"):
    urlpatterns.append(path("id/", include("kelisim.charter.permanent")))
