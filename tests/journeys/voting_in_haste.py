"""`kelisim` that looks whether a voice was given, lingers, and then writes, and locks nothing.

So a press that is sent twice can be counted twice: the test of voting must notice.
"""

import sys
import time

from tests.journeys import without_transactions  # noqa: F401  (it sets Django up)

# isort: split
from kelisim.cli.main import main
from kelisim.meetings.actions import voting

LINGER = 0.3
may_cast = voting.rules.may_cast


def slowly(*words: object, **facts: object) -> object:
    """The rule, asked between the look and the write."""
    time.sleep(LINGER)
    return may_cast(*words, **facts)


voting.rules.may_cast = slowly

if __name__ == "__main__":
    sys.exit(main())
