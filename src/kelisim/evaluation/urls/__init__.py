"""Addresses of evaluation."""

from kelisim.evaluation.urls import coverage, effectiveness, opendata, periods, results

app_name = "evaluation"
urlpatterns = [
    *coverage.urlpatterns,
    *effectiveness.urlpatterns,
    *periods.urlpatterns,
    *results.urlpatterns,
    *opendata.urlpatterns,
]
