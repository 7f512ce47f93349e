"""Reports for a period: for everybody, and on the desk."""

from django.urls import path, re_path

from kelisim.evaluation.views import periods, writing

urlpatterns = [
    path("period-reports/", periods.periods, name="periods"),
    path("period-reports/<int:pk>/", periods.period, name="period"),
    re_path(
        r"^period-reports/(?P<pk>\d+)\.(?P<form>docx|pdf|json)$",
        periods.period_file,
        name="period-file",
    ),
    path("desk/period-reports/", writing.office_periods, name="office-periods"),
    path("desk/period-reports/<int:pk>/", writing.office_period, name="office-period"),
    path("desk/period-reports/<int:pk>/acts/", writing.period_act, name="period-act"),
]
