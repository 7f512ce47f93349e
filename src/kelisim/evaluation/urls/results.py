"""Results of the charter: for everybody, and on the desk."""

from django.urls import path, re_path

from kelisim.evaluation.views import results

urlpatterns = [
    path("charter-results/", results.results, name="results"),
    path("charter-results/<slug:slug>/", results.results, name="results-of"),
    re_path(
        r"^charter-results/(?P<slug>[\w-]+)\.(?P<form>csv|json)$",
        results.export,
        name="results-export",
    ),
    path("desk/charter-results/", results.office, name="office-results"),
    path("desk/charter-results/<slug:slug>/", results.office, name="office-results-of"),
    path("desk/charter-results/<slug:slug>/indicators/", results.indicator, name="new-indicator"),
    path(
        "desk/charter-results/<slug:slug>/indicators/<int:pk>/", results.indicator, name="indicator"
    ),
    path("desk/charter-results/<slug:slug>/links/", results.link, name="link"),
    path("desk/result-indicators/<int:pk>/values/", results.value, name="value"),
    re_path(
        r"^desk/results/(?P<what>indicator|value|link)/(?P<pk>\d+)/withdraw/$",
        results.withdraw,
        name="withdraw-result",
    ),
]
