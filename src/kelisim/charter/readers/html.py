"""Web pages: markup is structure, never content; script and style come out as leavings."""

from dataclasses import dataclass

from lxml import etree, html

from kelisim.charter.readers.blocks import Block, Source
from kelisim.charter.readers.labels import Label, label_of, shown_label
from kelisim.charter.readers.numerals import written
from kelisim.charter.trees.draft import Leaving
from kelisim.refusals import Refusal, Refused, require

HEADINGS = {f"h{n}": n for n in range(1, 7)}
CODE = {"script", "style", "noscript", "template"}
FRAME = {"nav", "button", "form", "select", "footer"}
COUNTED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
LONGEST_COUNT = 7  # digits of a list's start
BOLD = {"b", "strong"}
BREAKS = {
    "p", "div", "li", "ul", "ol", "table", "tr", "td", "th", "section", "article", "blockquote",
    "header", "footer", "main", "body", "dl", "dt", "dd", "figure", "figcaption", "aside", "nav",
    "pre", "hr", "br", "caption", "thead", "tbody", "address", *HEADINGS,
}  # fmt: skip


def read(text: str) -> Source:
    """Blocks of a page. Refuses what holds no text at all."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as fault:
        require(depth(parser))
        raise Refused(Refusal("charter.file_empty")) from fault
    require(depth(parser))
    page = Page(Source([], lines=text.split("\n")))
    page.walk(root)
    page.close()
    if not page.source.blocks:
        raise Refused(Refusal("charter.file_empty"))
    return page.source


def depth(parser: html.HTMLParser) -> Refusal | None:
    """Elements within elements beyond what the parser keeps: words would be lost."""
    deep = any("depth" in str(entry.message) for entry in parser.error_log)
    return Refusal("charter.file_too_deep") if deep else None


@dataclass(frozen=True, slots=True)
class Look:
    """How words are shown: bold, or as a link within the page."""

    bold: bool = False
    link: bool = False

    def inside(self, element: html.HtmlElement) -> "Look":
        """The same within an element."""
        inner = element.tag == "a" and (element.get("href") or "").startswith("#")
        return Look(self.bold or element.tag in BOLD, self.link or inner)


class Page:
    """A walk through the elements: words gather until an element breaks the line."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.words: list[tuple[str, Look, int]] = []
        self.level = 0
        self.lists: list[tuple[str, int, str]] = []
        self.item: tuple[str, Label | None] | None = None
        self.line = 1

    def walk(self, root: html.HtmlElement) -> None:
        """Every element once, without recursion: a page may be nested deeper than the stack."""
        waiting: list[tuple[html.HtmlElement, Look, bool]] = [(root, Look(), False)]
        while waiting:
            element, look, done = waiting.pop()
            if done:
                self.leave(element)
                self.say(element.tail, look)
                continue
            if not isinstance(element.tag, str):
                self.aside(element, "mark")
                self.say(element.tail, look)
                continue
            self.line = element.sourceline or self.line
            if element.tag in CODE or element.tag in FRAME or element.tag == "title":
                self.aside(element, self.why(element.tag))
                self.say(element.tail, look)
                continue
            waiting.append((element, look, True))
            self.enter(element)
            inner = look.inside(element)
            self.say(element.text, inner)
            waiting += [(child, inner, False) for child in reversed(element)]

    def why(self, tag: str) -> str:
        if tag == "title":
            return "title"
        return "code" if tag in CODE else "frame"

    def aside(self, element: html.HtmlElement, why: str) -> None:
        text = " ".join(
            (element.text_content() if isinstance(element.tag, str) else element.text or "").split()
        )
        if text:
            line = element.sourceline or self.line
            self.source.leavings.append(Leaving(text, why, (line, line)))

    def say(self, text: str | None, look: "Look") -> None:
        if text:
            self.words.append((text, look, self.line))
            self.line += text.count("\n")

    def enter(self, element: html.HtmlElement) -> None:
        if element.tag in BREAKS:
            self.close()
        if element.tag in HEADINGS:
            self.level = HEADINGS[element.tag]
        elif element.tag in {"ul", "ol"}:
            start = element.get("start") or ""
            form = COUNTED.get(element.get("type") or "", "decimal")
            count = int(start) - 1 if start.isdecimal() and len(start) < LONGEST_COUNT else 0
            self.lists.append((element.tag, count, form))
        elif element.tag == "li":
            self.begin_item()

    def begin_item(self) -> None:
        tag, count, form = self.lists[-1] if self.lists else ("ul", 0, "")
        if self.lists:
            self.lists[-1] = (tag, count + 1, form)
        shown = written(count + 1, form) + (")" if form.endswith("Letter") else ".")
        number = shown_label(shown, len(self.lists) - 1)
        self.item = ("", number) if tag == "ol" else ("•", None)

    def leave(self, element: html.HtmlElement) -> None:
        if element.tag in BREAKS:
            self.close()
        if element.tag in HEADINGS:
            self.level = 0
        elif element.tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif element.tag == "li":
            self.item = None

    def close(self) -> None:
        """What was gathered becomes a block."""
        said = [word for word in self.words if word[0].strip()]
        if not said:
            self.words = []
            return
        text = " ".join("".join(text for text, _look, _line in self.words).split())
        self.words = []
        first, last = said[0], said[-1]
        lead = len(first[0]) - len(first[0].lstrip())
        begins = first[2] + first[0][:lead].count("\n")
        ends = last[2] + last[0].rstrip().count("\n")
        block = Block(text, (begins, max(begins, ends)), level=self.level)
        block.bold = all(look.bold for _text, look, _line in said)
        block.link = all(look.link for _text, look, _line in said)
        block.indent = 4 * max(0, len(self.lists) - 1)
        if self.item:
            block.bullet, label = self.item
            block.label = None if label_of(text) else label
            self.item = None
        self.source.blocks.append(block)
