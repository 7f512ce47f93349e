"""Papers as PDF, by WeasyPrint from our own print pages; nothing is fetched."""

from importlib.resources import files
from typing import Any, NoReturn

from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from kelisim.papers.states import PaperKind
from kelisim.papers.trees.contexts import Context, plain
from kelisim.papers.words import said

SHEET = files("kelisim.papers.exports").joinpath("print.css").read_text()


def refuse(url: str, *_args: Any, **_kwargs: Any) -> NoReturn:
    """A paper stands by itself: no image, sheet or font is fetched from anywhere."""
    raise ValueError(url)


def render(kind: PaperKind, language: str, context: Context) -> bytes:
    """A paper as PDF, tagged with its language and title."""
    html = render_to_string(
        f"papers/pdf/{kind.value}.html",
        {**plain(context), "words": said(language), "language": language, "kind": kind.value},
    )
    return written(html)


def written(html: str) -> bytes:
    """A page of ours on paper, as archives and readers aloud need it: PDF/UA."""
    sheet = CSS(string=SHEET, url_fetcher=refuse)
    page = HTML(string=html, url_fetcher=refuse)
    made: bytes = page.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    return made
