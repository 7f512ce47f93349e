from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "kelisim.papers"

    def ready(self) -> None:
        from kelisim.papers import rights  # noqa: F401, PLC0415
