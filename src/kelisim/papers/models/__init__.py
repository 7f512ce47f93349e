"""Official papers: files as they came, numbers, templates, approval."""

from kelisim.papers.models.approval import Consent, Disagreement, Round
from kelisim.papers.models.documents import Attached, Counter, Document, FileIndex
from kelisim.papers.models.files import File
from kelisim.papers.models.signatures import Certificate, Check, Signature
from kelisim.papers.models.templates import Template

__all__ = [
    "Attached",
    "Certificate",
    "Check",
    "Consent",
    "Counter",
    "Disagreement",
    "Document",
    "File",
    "FileIndex",
    "Round",
    "Signature",
    "Template",
]
