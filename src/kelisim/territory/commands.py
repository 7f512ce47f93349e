"""The territory from the terminal."""

import json
import sys
from datetime import date
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kelisim.refusals import Refusal, Refused, require
from kelisim.territory import actions, queries, rules
from kelisim.territory.readers import facts, geojson


def load() -> int:
    """Bring the facts that ship with Kelisim into the database."""
    tables = ("regions", "names", "lineage", "acts", "districts")
    rows = {table: list(facts.rows(table)) for table in tables}
    return actions.load_facts(actions.Facts(**rows), at=timezone.now())


def geometry(file: Path) -> int:
    """Add outlines from a GeoJSON file, all or none."""
    try:
        data = file.read_bytes()
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise Refused(Refusal("territory.file_unreadable", file=file.name, why=reason)) from fault
    drawings = [
        actions.Drawing(found.kato, found.path, found.x, found.y) for found in geojson.read(data)
    ]
    count = actions.load_geometry(drawings, on=timezone.localdate(), at=timezone.now())
    print(_("Outlines added: %(count)s.") % {"count": count})
    return 0


def units(*, on: str | None, as_json: bool) -> int:
    """List the regions of a day."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(on) if on else today
    except ValueError as fault:
        raise Refused(Refusal("territory.no_date", given=on)) from fault
    require(rules.may_ask(day, queries.begins(), today))
    found = queries.regions(day)
    called = queries.names((unit.kato for unit in found), day, get_language() or "en")
    rows = [{"kato": unit.kato, "name": called[unit.kato].full.text} for unit in found]
    if as_json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for row in rows:
            print(row["kato"], row["name"])
    return 0
