"""Akoma Ntoso 3.0 as we write it: every provision is an element with an eId and its kind.

A provision's kind stands in `class` (its element may serve several kinds); its number in `num`,
a heading's words in `heading`, any other text in the paragraphs of its `content`, `intro` or
`wrapUp`. A document of somebody else's has no such class: there the element is the kind.
"""

from collections.abc import Iterator

from lxml import etree

from kelisim.charter.trees.draft import Draft, Provision
from kelisim.refusals import Refusal, Refused, require

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
A = f"{{{NAMESPACE}}}"
OWN = {f"{A}content", f"{A}intro", f"{A}wrapUp"}
LEVELS = (
    "alinea", "article", "book", "chapter", "clause", "division", "hcontainer", "indent",
    "item", "level", "list", "paragraph", "part", "point", "proviso", "rule", "section",
    "subchapter", "subclause", "subdivision", "sublist", "subparagraph", "subpart",
    "subrule", "subsection", "subtitle", "title", "tome", "transitional",
)  # fmt: skip
LANGUAGES = {"kaz": "kk", "rus": "ru", "eng": "en"}


def looks_ours(text: str) -> bool:
    return NAMESPACE in text[:5000]


def read(data: bytes) -> Draft:
    """The tree of an Akoma Ntoso document. Refuses broken XML with its line; opens no entity."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as fault:
        raise Refused(Refusal("charter.xml_broken", line=fault.lineno or 1)) from fault
    body = root.find(f".//{A}body")
    if body is None:
        raise Refused(Refusal("charter.akn_without_body"))
    provisions = [
        provision
        for element in body.iter(f"{A}*")
        if is_provision(element)
        for provision in provisions_of(element)
    ]
    require(*repeated(provisions))
    if not provisions:
        raise Refused(Refusal("charter.file_empty"))
    spoken = root.find(f".//{A}FRBRlanguage")
    code = spoken.get("language", "") if spoken is not None else ""
    title = root.find(f".//{A}docTitle")
    kind = root.find(f".//{A}act")
    return Draft(
        provisions=tuple(provisions),
        title=words(title) if title is not None else "",
        language=LANGUAGES.get(code, "ru"),
        charter_type=(kind.get("name") or "generic") if kind is not None else "generic",
    )


def is_provision(element: etree._Element) -> bool:
    return bool(
        element.get("eId") and (element.get("class") or etree.QName(element).localname in LEVELS)
    )


def repeated(provisions: list[Provision]) -> Iterator[Refusal]:
    """Each eId that stands twice, with its line."""
    seen: set[str] = set()
    for one in provisions:
        if one.eid in seen:
            yield Refusal("charter.eid_repeated", place=f"line {one.lines[0]}", eid=one.eid)
        seen.add(one.eid)


def provisions_of(element: etree._Element) -> Iterator[Provision]:
    """The provision of an element; words under a heading that stand in none become a passage."""
    heading = element.find(f"{A}heading")
    said = " ".join(words(p) for part in element if part.tag in OWN for p in part)
    parent = element.getparent()
    while parent is not None and not is_provision(parent):
        parent = parent.getparent()
    line: int = getattr(element, "sourceline", None) or 1
    eid = str(element.get("eId"))
    yield Provision(
        eid=eid,
        kind=str(element.get("class") or etree.QName(element).localname),
        number=number_of(element),
        text=words(heading) if heading is not None else said,
        parent=str(parent.get("eId")) if parent is not None else None,
        lines=(line, line),
        heading=heading is not None,
    )
    if heading is not None and said:
        yield Provision(f"{eid}__content", "passage", "", said, eid, (line, line))


def number_of(element: etree._Element) -> str:
    """Its number; somebody else's bears the signs around it, ours does not."""
    found = element.find(f"{A}num")
    number = words(found) if found is not None else ""
    return number if element.get("class") else number.strip("(). ")


def words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
