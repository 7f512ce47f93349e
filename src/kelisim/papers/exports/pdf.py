"""Papers as PDF, by WeasyPrint from our own print pages; nothing is fetched."""

from typing import Any, NoReturn

from django.template.loader import render_to_string
from weasyprint import HTML

from kelisim.papers.states import PaperKind
from kelisim.papers.trees.contexts import Context, plain
from kelisim.papers.words import said


def refuse(url: str, *_args: Any, **_kwargs: Any) -> NoReturn:
    """A paper stands by itself: no image, sheet or font is fetched from anywhere."""
    raise ValueError(url)


def render(kind: PaperKind, language: str, context: Context) -> bytes:
    """A paper as PDF, tagged with its language and title."""
    html = render_to_string(
        f"papers/pdf/{kind.value}.html",
        {**plain(context), "words": said(language), "language": language, "kind": kind.value},
    )
    made: bytes = HTML(string=html, url_fetcher=refuse).write_pdf(pdf_variant="pdf/ua-1")
    return made
