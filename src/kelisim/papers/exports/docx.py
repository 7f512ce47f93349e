"""Papers as DOCX, from the body's own template or the shipped form."""

from kelisim.papers.queries import template_of
from kelisim.papers.states import PaperKind
from kelisim.papers.trees.contexts import Context
from kelisim.papers.trees.filling import fill
from kelisim.papers.trees.forms import shipped


def render(kind: PaperKind, language: str, context: Context, *, body_id: int) -> bytes:
    """A paper as DOCX; one query for the template that the body edited."""
    return fill(template_of(body_id, kind, language) or shipped(kind, language), context)
