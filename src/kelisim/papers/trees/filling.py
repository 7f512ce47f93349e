"""Templates of papers: filled, and examined before they are kept. No database."""

import io
import zipfile
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from kelisim.papers.states import PaperKind
from kelisim.papers.trees.contexts import Context, Samples, plain
from kelisim.papers.trees.forms import SHIPPED
from kelisim.refusals import Refusal

MOST_UNPACKED = 50 * 1024 * 1024


def environment() -> SandboxedEnvironment:
    """Templates name values and loop over them; they reach nothing of the program."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def fill(template: bytes, context: Context) -> bytes:
    """A template filled with a paper."""
    page = DocxTemplate(io.BytesIO(template))
    page.render(plain(context), jinja_env=environment(), autoescape=True)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def sample(kind: PaperKind) -> Context:
    """An invented paper of a kind."""
    made: Context = getattr(Samples(), kind.value)()
    return made


def problems(kind: PaperKind, template: bytes) -> list[Refusal]:
    """What is wrong with an edited template: nothing, or every fault that can be told."""
    if kind not in SHIPPED:
        return [Refusal("papers.no_template", place="kind")]
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                return [Refusal("papers.template_too_large", place="file")]
        page = DocxTemplate(io.BytesIO(template))
        names = set(page.get_undeclared_template_variables(environment()))
    except TemplateError as fault:
        return [Refusal("papers.template_broken", place="file", why=str(fault.message or fault))]
    except (zipfile.BadZipFile, KeyError, ValueError) as fault:
        return [Refusal("papers.no_docx", place="file", why=str(fault))]
    known = set(plain(sample(kind)))
    found = [
        Refusal("papers.unknown_name", place="file", name=name) for name in sorted(names - known)
    ]
    return found or trial(kind, template)


def trial(kind: PaperKind, template: bytes) -> list[Refusal]:
    """Fill it with an invented paper: what fails there would fail with a real one."""
    try:
        fill(template, sample(kind))
    except SecurityError as fault:
        return [Refusal("papers.template_reaches_out", place="file", why=str(fault))]
    except UndefinedError as fault:
        return [Refusal("papers.unknown_part", place="file", why=str(fault.message))]
    except (TemplateError, TypeError, ValueError) as fault:
        return [Refusal("papers.template_broken", place="file", why=str(fault))]
    return []


def names_of(kind: PaperKind) -> dict[str, Any]:
    """The names that a template of a kind may use, with what they hold in the sample."""
    return plain(sample(kind))
