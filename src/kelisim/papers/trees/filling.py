"""Templates of papers, filled. No database."""

import io

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from kelisim.papers.trees.contexts import Context, plain


def environment() -> SandboxedEnvironment:
    """Templates name values and loop over them; they reach nothing of the program."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def fill(template: bytes, context: Context) -> bytes:
    """A template filled with a paper."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(plain(context), jinja_env=environment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
