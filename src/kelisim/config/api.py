"""The public read API: every room's router under one roof."""

from importlib import import_module
from importlib.util import find_spec

from kelisim.pages.api import public_api

ROUTERS = [
    "evaluation", "commitments", "meetings", "charter", "papers", "calendar", "bodies", "territory",
    "search", "ledger",
]  # fmt: skip

api = public_api()
for room in filter(lambda room: find_spec(f"kelisim.{room}.api"), ROUTERS):
    api.add_router("", import_module(f"kelisim.{room}.api").router, tags=[room])
