"""Files are kept as they came."""

import hashlib
from datetime import datetime

from django.conf import settings

from kelisim.papers.models import File
from kelisim.papers.rules import fits
from kelisim.refusals import require


def keep(*, name: str, content: bytes, media_type: str, at: datetime) -> File:
    """Keep a file, in the transaction of the act that it belongs to; the same content is one row.

    Raises Refused when it is empty or too large. Not an act by itself.
    """
    require(fits(len(content), settings.MAX_UPLOAD_BYTES))
    file, _made = File.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "name": name[-200:],
            "media_type": media_type[:120] or "application/octet-stream",
            "size": len(content),
            "content": content,
            "made_at": at,
        },
    )
    return file
