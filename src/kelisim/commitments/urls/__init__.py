"""Addresses of plans and commitments: public ones, and those of the desk."""

from kelisim.commitments.urls import calendar, control, drafting, letters, plans, reports, tables

app_name = "commitments"
urlpatterns = [
    *calendar.urlpatterns,
    *plans.urlpatterns,
    *drafting.urlpatterns,
    *reports.urlpatterns,
    *control.urlpatterns,
    *letters.urlpatterns,
    *tables.urlpatterns,
]
