"""Coverage of the charter."""

from django.urls import path, re_path

from kelisim.evaluation.views import coverage

urlpatterns = [
    path("evaluation/coverage/", coverage.coverage, name="coverage"),
    path("evaluation/coverage/<slug:slug>/", coverage.coverage, name="coverage-of"),
    path("evaluation/coverage/<slug:slug>/commitments/", coverage.behind, name="behind"),
    re_path(
        r"^evaluation/coverage/(?P<slug>[\w-]+)\.(?P<form>csv|xlsx|json)$",
        coverage.export,
        name="coverage-export",
    ),
]
