from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "kelisim.bodies"

    def ready(self) -> None:
        from kelisim.bodies import rights  # noqa: F401, PLC0415
        from kelisim.bodies.queries.findable import everything  # noqa: PLC0415
        from kelisim.bodies.queries.held import duties, holdings  # noqa: PLC0415
        from kelisim.people import duties as posts  # noqa: PLC0415
        from kelisim.people import holdings as people  # noqa: PLC0415
        from kelisim.search import providers  # noqa: PLC0415

        providers.add("bodies", everything)
        people.add("mandates", holdings)
        posts.add("mandates", duties)
