"""Django's session engine, with rows that know their person and can be listed and ended."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from kelisim.people.models import Session

# What the middleware writes into a signed-in session: {"device", "began", "seen"}.
VISIT = "visit"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of this session, with what its person will read about it."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.person_id = int(data["_auth_user_id"]) if data.get("_auth_user_id") else None
        if row.person_id and (visit := data.get(VISIT)):
            row.device = visit["device"]
            row.began_at = datetime.fromisoformat(visit["began"])
            row.seen_at = datetime.fromisoformat(visit["seen"])
        return row
