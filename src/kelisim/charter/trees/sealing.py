"""The seal of a published version: SHA-256 over one exact form of all that it says.

The form is JSON in UTF-8 with sorted keys and no spaces between them. It holds the charter's
address, the version's number, its act and its day; the languages of the text, which of them are
authentic and who translated the others; and every provision in reading order with its place, kind,
number and words. Anybody who exports a version as JSON can compute it again.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def seal(facts: Mapping[str, Any]) -> str:
    exact = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(exact.encode()).hexdigest()
