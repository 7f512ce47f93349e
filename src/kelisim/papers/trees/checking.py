"""An edited template is examined before it is kept: every fault, each in its place.

A template may name what its kind of paper holds, loop over its lists, leave out what is empty,
and pass a value through a few filters. Whatever else the template language knows is refused here;
the sandbox in which templates are filled is the second wall, not the first.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from lxml import etree

from kelisim.papers.states import PaperKind
from kelisim.papers.trees.contexts import Context, Samples, plain
from kelisim.papers.trees.filling import environment, filled
from kelisim.papers.trees.forms import SHIPPED
from kelisim.refusals import Refusal

MOST_UNPACKED = 50 * 1024 * 1024
MOST_OF_A_PART = 4 * 1024 * 1024
PLACE = 80
"""How much of a paragraph is quoted to say where a fault is."""
DEEP = 2
"""Loops within loops: as many as papers have lists within lists."""
LONG = 100
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
FILTERS = frozenset(
    ("capitalize", "default", "first", "join", "last", "length", "lower", "trim", "upper")
)
TESTS = frozenset({"defined", "undefined", "none", "even", "odd"})
LOOP = dict.fromkeys(("index", "index0", "revindex", "length"), 1) | {"first": True, "last": True}
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem,
    nodes.For, nodes.If, nodes.CondExpr, nodes.Const, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Filter, nodes.Test,
)  # fmt: skip
TAGS = re.compile(r"<[^>]+>")
ACTIVE = re.compile(r"vba|activex|embeddings|oleobject", re.IGNORECASE)


def sample(kind: PaperKind) -> Context:
    """An invented paper of a kind."""
    made: Context = getattr(Samples(), kind.value)()
    return made


def problems(kind: PaperKind, template: bytes) -> list[Refusal]:
    """What is wrong with an edited template: nothing, or every fault that can be told."""
    if kind not in SHIPPED:
        return [Refusal("papers.no_template", place="kind")]
    try:
        found = [*package(template)]
        if not found:
            known = plain(sample(kind))
            found = [fault for part in parts(template) for fault in Reading(part, known).faults()]
    except (zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError):
        return [Refusal("papers.no_docx", place="file")]
    return list(dict.fromkeys(found)) or trial(kind, template)


def package(template: bytes) -> Iterator[Refusal]:
    """What a file of Word may carry besides words: macros, objects, addresses it loads from."""
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        entries = archive.infolist()
        largest = max((entry.file_size for entry in entries if xml(entry.filename)), default=0)
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED or largest > MOST_OF_A_PART:
            yield Refusal("papers.template_too_large", place="file")
            return
        for entry in entries:
            if ACTIVE.search(entry.filename):
                yield Refusal("papers.template_active", place="file", what=entry.filename)
            elif entry.filename.endswith(".rels"):
                yield from (
                    Refusal("papers.template_loads", place="file", what=address)
                    for address in loaded(archive.read(entry))
                )


def xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def loaded(rels: bytes) -> Iterator[str]:
    """What a part would fetch when it is opened. A link that a reader may follow is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for each in etree.fromstring(rels, parser):
        outside = each.get("TargetMode") == "External"
        if outside and not str(each.get("Type")).endswith("/hyperlink"):
            yield str(each.get("Target"))[:PLACE]


def parts(template: bytes) -> Iterator[str]:
    """All that is filled, as the filler itself prepares it: one paragraph a line."""
    page = DocxTemplate(io.BytesIO(template))
    page.init_docx()
    written = [page.get_xml()]
    for uri in (page.HEADER_URI, page.FOOTER_URI):
        written += [page.get_part_xml(part) for _key, part in page.get_headers_footers(uri)]
    written += [
        part.blob.decode() for part in page.docx.part.package.iter_parts()
        if part.content_type == FOOTNOTES
    ]  # fmt: skip
    yield from (re.sub(r"<w:p([ >])", r"\n<w:p\1", page.patch_xml(text)) for text in written)
    properties = page.docx.core_properties
    yield from (getattr(properties, name) or "" for name in PROPERTIES)


class Reading:
    """One part of a template, read beside an invented paper of its kind."""

    def __init__(self, source: str, known: dict[str, Any]) -> None:
        self.source, self.known = source, known

    def where(self, line: int | None) -> str:
        """The words of the paragraph in which something stands."""
        lines = self.source.splitlines()
        text = lines[line - 1] if line and line <= len(lines) else ""
        return TAGS.sub("", text).strip()[:PLACE]

    def at(self, node: nodes.Node) -> dict[str, str]:
        """The place of a fault: the field of the form, and the words around it."""
        return {"place": "file", "where": self.where(node.lineno)}

    def faults(self) -> list[Refusal]:
        try:
            tree = environment().parse(self.source)
        except TemplateError as fault:
            where = self.where(getattr(fault, "lineno", None))
            why = str(fault.message or fault)
            return [Refusal("papers.template_broken", place="file", where=where, why=why)]
        return [*self.forbidden(tree)] or [*self.walk(tree, self.known, 0)]

    def forbidden(self, tree: nodes.Template) -> Iterator[Refusal]:
        """Every construct that no paper needs."""
        for node in tree.find_all(nodes.Node):
            wrong = (
                not isinstance(node, ALLOWED)
                or (isinstance(node, nodes.Filter) and self.strange(node))
                or (isinstance(node, nodes.Test) and (node.name not in TESTS or node.args))
                or (isinstance(node, nodes.Getattr) and node.attr.startswith("_"))
                or (isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const))
                or (isinstance(node, nodes.For) and (node.recursive or node.test))
                or (isinstance(node, nodes.Const) and len(str(node.value)) > LONG)
            )
            if wrong:
                yield Refusal("papers.template_may_not", **self.at(node), what=called(node))

    def strange(self, node: nodes.Filter) -> bool:
        """A filter that is not among the few, or that feeds on another: these can multiply."""
        return (
            node.name not in FILTERS
            or isinstance(node.node, nodes.Filter)
            or bool(node.kwargs or node.dyn_args or node.dyn_kwargs)
            or not all(isinstance(each, nodes.Const) for each in node.args)
        )

    def walk(self, node: nodes.Node, scope: dict[str, Any], depth: int) -> Iterator[Refusal]:
        """Every name that the paper does not hold; `scope`: what names mean here."""
        if isinstance(node, nodes.For):
            yield from self.loop(node, scope, depth)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            yield from self.meant(node, scope)[1]
        else:
            for child in node.iter_child_nodes():
                yield from self.walk(child, scope, depth)

    def loop(self, node: nodes.For, scope: dict[str, Any], depth: int) -> Iterator[Refusal]:
        many, found = self.meant(node.iter, scope)
        yield from found
        if found:
            return
        if not isinstance(many, list | tuple) or not isinstance(node.target, nodes.Name):
            yield Refusal("papers.not_a_list", **self.at(node), name=said(node.iter))
            return
        if depth == DEEP:
            yield Refusal("papers.template_too_deep", **self.at(node), most=DEEP)
            return
        inside = {**scope, node.target.name: many[0], "loop": LOOP}
        for child in [*node.body, *node.else_]:
            yield from self.walk(child, inside, depth + 1)

    def meant(self, node: nodes.Node, scope: dict[str, Any]) -> tuple[Any, list[Refusal]]:
        """What a name stands for in the sample, or that it stands for nothing."""
        if isinstance(node, nodes.Name):
            holder: Any = scope
            key: Any = node.name
        elif isinstance(node, nodes.Getattr | nodes.Getitem):
            holder, found = self.meant(node.node, scope)
            if found:
                return None, found
            key = node.attr if isinstance(node, nodes.Getattr) else value(node.arg)
        else:
            return None, [Refusal("papers.not_a_list", **self.at(node), name=called(node))]
        there = key in holder if isinstance(holder, dict) else indexes(holder, key)
        if not there:
            return None, [Refusal("papers.unknown_name", **self.at(node), name=said(node))]
        return holder[key], []


def indexes(holder: Any, key: object) -> bool:
    return isinstance(holder, tuple) and isinstance(key, int) and 0 <= key < len(holder)


def value(node: nodes.Node) -> object:
    return node.value if isinstance(node, nodes.Const) else None


def said(node: nodes.Node) -> str:
    """A name as it stands in the template: `head.number`, `item[0]`."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{said(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{said(node.node)}[{value(node.arg)}]"
    return called(node)


def called(node: nodes.Node) -> str:
    """How the template language calls a construct."""
    kind = type(node).__name__.lower()
    name = getattr(node, "name", None) or getattr(node, "attr", None)
    return f"{kind} {name}" if isinstance(name, str) else kind


def trial(kind: PaperKind, template: bytes) -> list[Refusal]:
    """Fill it with an invented paper, and with one that says nothing; open what came of both."""
    words = plain(sample(kind))
    if why := fails(template, words):
        return [Refusal("papers.template_broken", place="file", where="", why=why)]
    if why := fails(template, {name: bare(meaning) for name, meaning in words.items()}):
        return [Refusal("papers.template_needs_all", place="file", why=why)]
    return []


def fails(template: bytes, words: dict[str, Any]) -> str:
    """Why a template cannot be filled with these words; empty where it can."""
    try:
        docx.Document(io.BytesIO(filled(template, words)))
    except (TemplateError, TypeError, ValueError, KeyError) as fault:
        return str(getattr(fault, "message", None) or fault) or type(fault).__name__
    return ""


def bare(meaning: Any) -> Any:
    """The same without a word: what a paper may leave empty, it will one day."""
    if isinstance(meaning, dict):
        return {name: bare(each) for name, each in meaning.items()}
    return type(meaning)()


def names_of(kind: PaperKind) -> list[str]:
    """The names that a template of a kind may use, lists with what stands in each row."""
    return [*spelt(plain(sample(kind)))]


def spelt(known: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, meaning in known.items():
        if isinstance(meaning, dict):
            yield from spelt(meaning, f"{before}{name}.")
        elif isinstance(meaning, list | tuple) and meaning and isinstance(meaning[0], dict):
            yield from spelt(meaning[0], f"{before}{name}[].")
        else:
            yield before + name
