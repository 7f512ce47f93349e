"""Bring an installation up to date and serve it."""

import sys

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from kelisim.bodies.commands import load as load_bodies
from kelisim.territory.commands import load as load_territory


def prepare() -> int:
    """Migrations, the table of shared counters, static files, the facts of territory and bodies."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    load_territory()
    load_bodies()
    return 0


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, set up from here rather than from a file."""

    def __init__(self, bind: str, processes: int, threads: int) -> None:
        self.wishes = {
            "bind": bind,
            "workers": processes,
            "threads": threads,
            "worker_class": "gthread",
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 5,
            "accesslog": None,
            "loglevel": "warning",
            # A worker is renewed now and then, so that no slow leak can grow for months.
            "max_requests": 20000,
            "max_requests_jitter": 2000,
            "preload_app": True,
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.wishes.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        return import_app(settings.WSGI_APPLICATION.replace(".application", ":application"))


def serve(bind: str, processes: int, threads: int) -> int:
    """Serve until stopped. Refuses to begin on a database that was not prepared."""
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        print(_("The database is not up to date: run `kelisim prepare` first."), file=sys.stderr)
        return 1
    Server(bind, processes, threads).run()
    return 0
