from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "kelisim.commitments"

    def ready(self) -> None:
        from kelisim.commitments import rights  # noqa: F401, PLC0415
        from kelisim.commitments.queries.findable import everything  # noqa: PLC0415
        from kelisim.search import providers  # noqa: PLC0415

        providers.add("commitments", everything)
