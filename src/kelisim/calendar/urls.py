"""Addresses of the calendar."""

from django.urls import path

from kelisim.calendar import views

app_name = "calendar"
urlpatterns = [
    path("calendar/", views.year, name="year"),
    path("calendar/moved-days.csv", views.table, name="table"),
    path("desk/calendar/", views.keep, name="keep"),
    path("desk/calendar/table/", views.look, name="look"),
    path("desk/calendar/table/enter/", views.bring_in, name="bring-in"),
    path("desk/calendar/withdraw/", views.withdraw, name="withdraw"),
]
