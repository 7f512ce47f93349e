"""What the demonstration contains; made only by the acts that an office would make, in order."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_noop

from kelisim.charter.actions import demonstration as charters
from kelisim.charter.readers import read
from kelisim.people.actions import invite
from kelisim.people.models import Person

DOMAIN = "demo.example"
SIGN_INS = [
    (f"administrator@{DOMAIN}", "birge-kelisim-1", gettext_noop("administers the system")),
    (f"preparer@{DOMAIN}", "birge-kelisim-2", gettext_noop("prepares charters")),
    (f"publisher@{DOMAIN}", "birge-kelisim-3", gettext_noop("publishes charters")),
]
