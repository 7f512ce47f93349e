"""The booklet of associations as PDF."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from weasyprint import CSS, HTML

SHEET = Path(__file__).parents[1] / "static" / "bodies" / "booklet.css"


def refuse(url: str, *_args: Any, **_options: Any) -> dict[str, Any]:
    """Nothing is fetched for a booklet, from here or anywhere."""
    raise ValueError(url)


def pdf(context: Mapping[str, Any]) -> bytes:
    """The same words as the page for print, set as a booklet."""
    html = render_to_string("bodies/booklet_sheet.html", dict(context))
    made = HTML(string=html, url_fetcher=refuse).write_pdf(stylesheets=[CSS(filename=SHEET)])
    return bytes(made)
