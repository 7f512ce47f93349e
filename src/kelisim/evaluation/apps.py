from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "kelisim.evaluation"

    def ready(self) -> None:
        from kelisim.evaluation import rights  # noqa: F401, PLC0415
