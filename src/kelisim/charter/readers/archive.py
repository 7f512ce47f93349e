"""A Word file is an archive: what is refused before anything of it is unpacked."""

import io
import zipfile

from kelisim.refusals import Refusal, Refused

MOST_FILES = 5_000
MOST_BYTES = 400 * 1024 * 1024
MOST_MARKUP = 120 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
BODY = "word/document.xml"


def unpacked(data: bytes) -> None:
    """Refuse an archive that would fill the memory, or that holds no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
        raise Refused(Refusal("charter.file_broken_docx")) from fault
    whole = sum(entry.file_size for entry in entries)
    markup = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    dense = any(
        entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > MOST_FILES or whole > MOST_BYTES or markup > MOST_MARKUP or dense:
        raise Refused(Refusal("charter.file_bomb"))
    if not any(entry.filename == BODY for entry in entries):
        raise Refused(Refusal("charter.file_not_docx"))
