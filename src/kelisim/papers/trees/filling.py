"""Templates of papers, filled. No database."""

import io
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from kelisim.papers.trees.contexts import Context, plain


def environment() -> SandboxedEnvironment:
    """Templates name values and loop over them; they reach nothing of the program."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def fill(template: bytes, context: Context) -> bytes:
    """A template filled with a paper."""
    return filled(template, plain(context))


def filled(template: bytes, words: dict[str, Any]) -> bytes:
    """The same with names and lists as a template sees them."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(words, jinja_env=environment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
