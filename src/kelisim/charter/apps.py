from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "kelisim.charter"

    def ready(self) -> None:
        from django.core.checks import Tags, register  # noqa: PLC0415
        from django.db.models.signals import post_migrate  # noqa: PLC0415

        from kelisim.charter import guards, rights  # noqa: F401, PLC0415
        from kelisim.charter.queries.findable import everything  # noqa: PLC0415
        from kelisim.search import providers  # noqa: PLC0415

        post_migrate.connect(guards.restore, sender=self, dispatch_uid="charter.guards")
        register(guards.check, Tags.database)
        providers.add("charter", everything)
