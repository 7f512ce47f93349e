"""The lines of a source as its readers count them, for showing beside the tree."""

from kelisim.charter.readers import docx
from kelisim.charter.readers.decoding import text_of

ZIP = b"PK"


def listing(data: bytes) -> list[str]:
    """Each line once; of a Word document each paragraph. Raises Refused like reading does."""
    if data.startswith(ZIP):
        return [" ".join(line.split()) for line in docx.read(data).lines]
    return text_of(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
