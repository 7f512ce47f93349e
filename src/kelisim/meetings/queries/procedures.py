"""By which rules a body meets on a day: its own, else those that ship for its kind."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from kelisim.bodies.models import Body
from kelisim.meetings.models import BodyProcedure, Meeting
from kelisim.meetings.trees.procedure import Procedure, read


@cache
def shipped() -> dict[str, Procedure]:
    """The rules that come with Kelisim, by kind of body."""
    text = (files("kelisim.meetings") / "facts" / "procedures.toml").read_text()
    tables = tomllib.loads(text)
    general = read(tables.pop("default"))
    return {"": general} | {kind: read(table, general) for kind, table in tables.items()}


def procedure(body: Body, on: date) -> Procedure:
    """The rules of procedure of a body on a day; one query."""
    known = shipped()
    general = known.get(body.kind_id, known[""])
    own = BodyProcedure.objects.filter(body=body, since__lte=on).first()
    return read(own.rules, general) if own else general


def of_meeting(meeting: Meeting) -> Procedure:
    """The rules as they stood when the meeting was convened; no query."""
    return read(meeting.rules)
