from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "kelisim.meetings"

    def ready(self) -> None:
        from kelisim.meetings import rights  # noqa: F401, PLC0415
