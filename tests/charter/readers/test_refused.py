"""Bad input is refused with a reason, before it can do harm."""

import io
import json
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from kelisim.charter.readers import read
from kelisim.charter.readers.decoding import LARGEST
from kelisim.refusals import Refused

RUSSIAN = "1. Совет собирается раз в месяц.\n\n2. Решения совета публикуются.\n"


def codes(data: bytes, name: str = "") -> list[str]:
    with pytest.raises(Refused) as caught:
        read(data, name=name)
    return [refusal.code for refusal in caught.value.refusals]


def archive(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "charter.file_empty"),
        (b" \n\t\n", "charter.file_empty"),
        ("\ufeff  \n".encode("utf-8-sig"), "charter.file_empty"),
        (b"<html><body></body></html>", "charter.file_empty"),
        (b"%PDF-1.7 \x00\x01\x02", "charter.file_binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "charter.file_binary"),
        (bytes(range(256)) * 40, "charter.file_binary"),
        (RUSSIAN.encode("koi8-r"), "charter.file_unknown_encoding"),
        (
            "caf\u00e9 r\u00e9sum\u00e9 d\u00e9j\u00e0 vu\n".encode("latin-1"),
            "charter.file_unknown_encoding",
        ),
        (RUSSIAN.encode("cp866"), "charter.file_unknown_encoding"),
        (RUSSIAN.encode("utf-32"), "charter.file_unknown_encoding"),
        (RUSSIAN.encode("utf-16-le"), "charter.file_binary"),
        (b"{\\rtf1\\ansi The council meets.}", "charter.file_binary"),
        (b"<?xml version='1.0'?><minutes><p>Open.</p></minutes>", "charter.xml_not_ours"),
        (b"<html><body>" + b"<div>" * 3000 + b"words", "charter.file_too_deep"),
        (b'{"minutes": [1, 2]}', "charter.json_not_ours"),
        (b'{"provisions": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "charter.json_broken"),
        (b"\xff\xfe\x00", "charter.file_broken_text"),
        (b"PK\x03\x04broken", "charter.file_broken_docx"),
        (archive(other_xml=b"<a/>"), "charter.file_not_docx"),
        (archive(word__document_xml=bytes(300 * 1024 * 1024)), "charter.file_bomb"),
        (b'{"provisions": [', "charter.json_broken"),
        (b'{"provisions": 3}', "charter.json_not_ours"),
        (b'{"provisions": []}', "charter.file_empty"),
        (
            b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act>',
            "charter.xml_broken",
        ),
        (
            b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act/></akomaNtoso>',
            "charter.akn_without_body",
        ),
    ],
)
def test_what_is_no_charter_is_refused_with_its_reason(data, code):
    assert codes(data) == [code]


def test_a_file_over_fifty_megabytes_is_refused_unread():
    assert codes(b"a" * (LARGEST + 1)) == ["charter.file_too_large"]


def test_every_fault_of_a_json_tree_is_named_at_once_with_its_place():
    rows = [
        {"eId": "part_1", "kind": "part", "number": "1", "parent": None, "text": "One"},
        {"eId": "part_1", "kind": "part", "number": "2", "parent": None, "text": "Two"},
        {"eId": "part_3", "kind": "part", "number": "3", "parent": "part_9", "text": "Three"},
        {"kind": "part"},
    ]
    with pytest.raises(Refused) as caught:
        read(json.dumps({"provisions": rows}).encode())
    assert [(r.place, r.code) for r in caught.value.refusals] == [
        ("provisions[2]", "charter.eid_repeated"),
        ("provisions[3]", "charter.parent_unknown"),
        ("provisions[4]", "charter.json_lacks"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_a_text_is_the_same_in_every_encoding_that_offices_use(encoding):
    assert [p.text for p in read(RUSSIAN.encode(encoding)).provisions] == [
        "Совет собирается раз в месяц.",
        "Решения совета публикуются.",
    ]


def test_an_external_entity_is_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("THE SECRET")
    attack = f"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]>
    <akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="law"><body>
    <part eId="part_1" class="part"><heading>Before &x; after</heading></part></body></act></akomaNtoso>"""
    draft = read(attack.encode())
    assert "THE SECRET" not in str(draft)


def test_a_word_document_keeps_the_numbers_that_word_itself_counts():
    document = docx.Document()
    document.add_heading("1. Общие положения", 1)
    for text in ("первый пункт списка;", "второй пункт списка."):
        document.add_paragraph(text, style="List Number")
    made = io.BytesIO()
    document.save(made)
    draft = read(made.getvalue())
    assert [(p.number, p.text) for p in draft.provisions][1:] == [
        ("1", "первый пункт списка;"),
        ("2", "второй пункт списка."),
    ]


def test_a_word_document_without_styles_is_read_by_its_bold_lines():
    document = docx.Document()
    for text, bold in [
        ("ПОЛОЖЕНИЕ", True),
        ("1. Состав", True),
        ("1.1. Совет избирается.", False),
        ("1.2. Совет:", False),
        ("а) ведет список;", False),
        ("б) созывает собрание.", False),
        ("2. Работа", True),
        ("2.1. Решения публикуются.", False),
    ]:
        document.add_paragraph().add_run(text).bold = bold
    made = io.BytesIO()
    document.save(made)
    draft = read(made.getvalue())
    assert draft.title == "ПОЛОЖЕНИЕ"
    assert [(p.kind, p.number) for p in draft.provisions] == [
        ("part", "1"),
        ("paragraph", "1.1"),
        ("paragraph", "1.2"),
        ("point", "а"),
        ("point", "б"),
        ("part", "2"),
        ("paragraph", "2.1"),
    ]


def test_the_cells_of_a_table_are_each_read_once():
    document = docx.Document()
    document.add_paragraph("Перед таблицей.")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Слитая ячейка."
    table.cell(1, 0).text, table.cell(1, 1).text = "Левая.", "Правая."
    made = io.BytesIO()
    document.save(made)
    assert [p.text for p in read(made.getvalue()).provisions] == [
        "Перед таблицей.",
        "Слитая ячейка.",
        "Левая.",
        "Правая.",
    ]


def test_faults_around_the_provisions_of_a_json_tree_are_named_too():
    row = {"eId": "part_1", "kind": "part", "number": "1", "parent": None, "text": "Aims"}
    given = {
        "provisions": [row | {"lines": "ab"}],
        "leavings": [5],
        "guesses": [{"what": "join", "lines": [1, 2]}],
        "fields": 7,
    }
    with pytest.raises(Refused) as caught:
        read(json.dumps(given).encode())
    assert [one.place for one in caught.value.refusals] == [
        "provisions[1]",
        "leavings[1]",
        "guesses[1]",
        "fields",
    ]


def test_somebody_else_s_akoma_ntoso_is_read_by_its_elements():
    draft = read(
        b"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><body>
        <section eId="sec_1"><num>1.</num><heading>Name</heading>
        <content><p>The &amp; garden.</p></content></section></body></act></akomaNtoso>"""
    )
    assert [(p.kind, p.number, p.text, p.parent) for p in draft.provisions] == [
        ("section", "1", "Name", None),
        ("passage", "", "The & garden.", "sec_1"),
    ]


def test_all_that_word_shows_is_kept_and_what_it_strikes_out_is_left_aside():
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = docx.Document()
    paragraph = document.add_paragraph("The council ")
    for xml in (
        f"<w:ins {namespace}><w:r><w:t>meets </w:t></w:r></w:ins>",
        f"<w:del {namespace}><w:r><w:delText>sleeps</w:delText></w:r></w:del>",
        f"<w:hyperlink {namespace}><w:r><w:t>monthly.</w:t></w:r></w:hyperlink>",
    ):
        paragraph._p.append(parse_xml(xml))
    control = f"<w:sdt {namespace}><w:sdtContent><w:p><w:r><w:t>It votes.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(control))
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    made = io.BytesIO()
    document.save(made)
    draft = read(made.getvalue())
    assert [p.text for p in draft.provisions] == ["The council meets monthly.", "It votes."]
    assert [(x.text, x.why) for x in draft.leavings] == [("sleeps", "deleted"), ("Page 1", "page")]
