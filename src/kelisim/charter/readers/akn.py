"""Akoma Ntoso 3.0 as we write it: every provision is an element with an eId and its kind.

A provision's kind stands in `class` (its element may serve several kinds); its number in `num`,
a heading's words in `heading`, any other text in the paragraphs of its `content`, `intro` or
`wrapUp`.
"""

from lxml import etree

from kelisim.charter.trees.draft import Draft, Provision
from kelisim.refusals import Refusal, Refused

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
A = f"{{{NAMESPACE}}}"
OWN = {f"{A}content", f"{A}intro", f"{A}wrapUp"}
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
        provision_of(element)
        for element in body.iter(f"{A}*")
        if element.get("eId") and element.get("class")
    ]
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


def provision_of(element: etree._Element) -> Provision:
    heading = element.find(f"{A}heading")
    number = element.find(f"{A}num")
    if heading is not None:
        text = words(heading)
    else:
        text = " ".join(words(p) for part in element if part.tag in OWN for p in part)
    parent = element.getparent()
    while parent is not None and not (parent.get("eId") and parent.get("class")):
        parent = parent.getparent()
    line: int = getattr(element, "sourceline", None) or 1
    return Provision(
        eid=str(element.get("eId")),
        kind=str(element.get("class")),
        number=words(number) if number is not None else "",
        text=text,
        parent=str(parent.get("eId")) if parent is not None else None,
        lines=(line, line),
        heading=heading is not None,
    )


def words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
