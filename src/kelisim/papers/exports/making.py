"""A registered paper in every language and form in which an office hands it out."""

from collections.abc import Mapping

from kelisim.papers.actions.templates import DOCX
from kelisim.papers.exports import docx, pdf
from kelisim.papers.models import Document
from kelisim.papers.states import PaperKind
from kelisim.papers.trees.contexts import Context
from kelisim.papers.trees.made import Made

PDF = "application/pdf"


def made(document: Document, contexts: Mapping[str, Context]) -> list[Made]:
    """The paper by language, as DOCX and as PDF; one query a language."""
    kind = PaperKind(document.kind)
    name = f"{kind.value}-{document.printed.replace('/', '-')}"
    found = []
    for language, context in contexts.items():
        word = docx.render(kind, language, context, body_id=document.body_id)
        found += [
            Made(f"{name}.{language}.docx", language, DOCX, word),
            Made(f"{name}.{language}.pdf", language, PDF, pdf.render(kind, language, context)),
        ]
    return found
