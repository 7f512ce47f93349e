"""A moved day, and who may move it, for tests."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Facts

from kelisim.calendar.trees import Change

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ACT = {"number": "700", "date": "2026-01-15", "kind": {"ru": "Приказ Министра"}}
FREE = Change(date(2026, 3, 6), False, {"ru": "Перенос"}, ACT)
OFFICE = Facts(may=lambda *_: True)
NOBODY = Facts(may=lambda *_: False)
