"""`kelisim`, except that a voice is acknowledged before it is written.

So an acknowledged voice can be lost: the crash test must notice.
"""

import os
import sys
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kelisim.config.settings")
django.setup()

from kelisim.cli.main import main
from kelisim.meetings.actions import voting

LATER = 30.0
written = voting.cast


def cast(*words: object, **facts: object) -> None:
    """Say yes now, write afterwards."""

    def later() -> None:
        time.sleep(LATER)
        written(*words, **facts)

    threading.Thread(target=later, daemon=True).start()


voting.cast = cast
sys.exit(main())
