"""Addresses of evaluation."""

from kelisim.evaluation.urls import coverage, effectiveness, opendata, periods

app_name = "evaluation"
urlpatterns = [
    *coverage.urlpatterns,
    *effectiveness.urlpatterns,
    *periods.urlpatterns,
    *opendata.urlpatterns,
]
