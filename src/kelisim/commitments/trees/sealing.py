"""Digests: what was read is what is agreed to, approved, accepted."""

import hashlib
import json
from typing import Any


def digest(content: Any) -> str:
    """SHA-256 of the canonical JSON of plain data (keys in order, no spaces, UTF-8)."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
