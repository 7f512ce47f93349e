from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "kelisim.calendar"

    def ready(self) -> None:
        from kelisim.calendar import rights  # noqa: F401, PLC0415
