from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "kelisim.calendar"
