"""What every format gives: a stream of blocks, each with its words, its marks and its lines."""

from dataclasses import dataclass, field

from kelisim.charter.readers.labels import Label
from kelisim.charter.trees.draft import Leaving

# Why a piece of the source is no provision. The words for people are in the catalogues.
WHYS = (
    "mark",  # a sign of the format or of numbering: #, **, a bullet, the bracket of «1)»
    "rule",  # a line drawn to divide
    "page",  # a page's number or running head
    "hyphen",  # a hyphen that only a line's end put into a word
    "contents",  # the table of contents
    "title",  # the document's own title
    "front",  # what stands before the title: the act that adopts it
    "signature",  # who signed, where and when
    "field",  # a line of the passport: it became a field of the charter
    "code",  # a page's script and style
    "frame",  # a web page's navigation and other surroundings
    "note",  # a footnote
    "deleted",  # words that the document's own tracked changes strike out
    "approval",  # the stamp of the act that adopts the charter
)


@dataclass(slots=True)
class Block:
    """One visual paragraph, its marks already set aside.

    level: the heading level that the format gives (0: none); bullet: what stood before it;
    indent: columns by which it is set in; bold, slanted: wholly so; link: wholly a link within
    the document; label: the number that the format itself counts (a list's, which stands in no
    text).
    """

    text: str
    lines: tuple[int, int]
    level: int = 0
    bullet: str = ""
    indent: int = 0
    bold: bool = False
    slanted: bool = False
    label: Label | None = None
    link: bool = False
    marks: list[Leaving] = field(default_factory=list)

    def mark(self, text: str, why: str = "mark") -> None:
        """Leave a piece aside, with its reason."""
        if text.strip():
            self.marks.append(Leaving(text.strip(), why, (self.lines[0], self.lines[0])))


@dataclass(slots=True)
class Source:
    """A document as blocks, with what the format itself left aside, and its lines for showing."""

    blocks: list[Block]
    leavings: list[Leaving] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    title: str = ""
