"""Executive discipline and effectiveness of bodies."""

from django.urls import path, re_path

from kelisim.evaluation.views import discipline, effectiveness

urlpatterns = [
    path("evaluation/discipline/", discipline.discipline, name="discipline"),
    re_path(
        r"^evaluation/discipline\.(?P<form>csv|xlsx)$", discipline.export, name="discipline-export"
    ),
    path("evaluation/figures/", discipline.figures, name="figures"),
    path("evaluation/effectiveness/", effectiveness.effectiveness, name="effectiveness"),
    re_path(
        r"^evaluation/effectiveness\.(?P<form>csv|json)$",
        effectiveness.export,
        name="effectiveness-export",
    ),
    path("evaluation/effectiveness/keep/", effectiveness.keep, name="keep-run"),
    path("evaluation/effectiveness/<int:pk>/", effectiveness.run, name="run"),
    path("evaluation/effectiveness/<int:pk>.json", effectiveness.run_data, name="run-data"),
]
