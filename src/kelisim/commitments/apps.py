from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "kelisim.commitments"

    def ready(self) -> None:
        from kelisim.commitments import rights  # noqa: F401, PLC0415
