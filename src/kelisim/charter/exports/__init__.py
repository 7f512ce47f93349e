"""A version written out: Akoma Ntoso, JSON, Word. Whatever we write, we can read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the ending of its address, and what it is called on the wire."""

    ending: str
    media_type: str


AKN = Format("akn.xml", "application/akn+xml")
JSON = Format("json", "application/json")
DOCX = Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
