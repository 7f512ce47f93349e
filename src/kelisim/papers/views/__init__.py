"""Papers on the desk: the journal, the file index, templates, approval."""

from kelisim.papers.views.serving import serve

__all__ = ["serve"]
