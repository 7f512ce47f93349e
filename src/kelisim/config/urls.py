"""Every address: one room a line. A page's address begins with its language."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

ROOMS = ["portal", "charter", "territory", "ledger", "people", "desk"]
urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(
        *(
            path("", include(f"kelisim.{room}.urls"))
            for room in ROOMS
            if find_spec(f"kelisim.{room}.urls")
        ),
        prefix_default_language=True,
    ),
]
