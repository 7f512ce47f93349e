"""Coverage of the charter."""

from django.urls import path, re_path

from kelisim.evaluation.views import coverage, sides

urlpatterns = [
    path("evaluation/coverage/", coverage.coverage, name="coverage"),
    path("evaluation/coverage/<slug:slug>/", coverage.coverage, name="coverage-of"),
    path("evaluation/coverage/<slug:slug>/commitments/", coverage.behind, name="behind"),
    path("evaluation/side-by-side/", sides.side_by_side, name="sides"),
    path("evaluation/side-by-side/<slug:slug>/", sides.side_by_side, name="sides-of"),
    path("evaluation/timeline/", sides.timeline, name="timeline"),
    path("evaluation/timeline/<slug:slug>/", sides.timeline, name="timeline-of"),
    re_path(
        r"^evaluation/coverage/(?P<slug>[\w-]+)\.(?P<form>csv|xlsx|json)$",
        coverage.export,
        name="coverage-export",
    ),
]
