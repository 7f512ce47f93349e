"""Every kind of paper in every language, as DOCX and PDF, opened and read back."""

import io

import docx
import pypdf
import pytest

from kelisim.papers.exports import pdf
from kelisim.papers.states import PaperKind
from kelisim.papers.trees.checking import problems, sample
from kelisim.papers.trees.filling import fill
from kelisim.papers.trees.forms import SHIPPED, shipped
from kelisim.papers.words import LANGUAGES, WORDS, said
from tests.papers.paperwork import NOT_SAID, PAPERS, close, facts, read_docx, read_pdf

EVERY = [(kind, language) for kind in SHIPPED for language in LANGUAGES]
# The words that make a paper what it is, beside what its context says.
FIXED = {
    PaperKind.MINUTES: (
        "minutes chaired secretary present invited quorum agenda heard spoke resolved voted approved"
    ),
    PaperKind.DECISION: "decision voted approved",
    PaperKind.EXTRACT: "extract heard spoke resolved voted",
    PaperKind.COVERING: "outgoing answers enclosures copies",
    PaperKind.AGENDA: "agenda number item reports when",
    PaperKind.INVITATION: "invitation when where agenda",
    PaperKind.SHEET: "sheet paper body post name verdict day remark",
    PaperKind.DISAGREEMENTS: "disagreements paper place drafted proposed body settlement",
}


def missing(kind, language, text):
    """What a paper should say and does not."""
    wanted = [fact for fact in facts(PAPERS[kind]) if fact not in NOT_SAID.get(kind, ())]
    wanted += [said(language)[name] for name in FIXED[kind].split()]
    return [words for words in wanted if close(words) not in close(text)]


def test_every_kind_that_has_a_form_has_a_paper_here_and_a_sample():
    assert set(SHIPPED) == set(PAPERS) == set(FIXED)
    assert all(type(sample(kind)) is type(PAPERS[kind]) for kind in SHIPPED)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_shipped_form_passes_its_own_examination(kind, language):
    assert problems(kind, shipped(kind, language)) == []


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_fact_of_a_paper_stands_in_its_docx(kind, language):
    text = read_docx(fill(shipped(kind, language), PAPERS[kind]))
    assert missing(kind, language, text) == []
    assert "{" not in text


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_fact_of_a_paper_stands_in_its_pdf(kind, language):
    content = pdf.render(kind, language, PAPERS[kind])
    assert missing(kind, language, read_pdf(content)) == []
    read = pypdf.PdfReader(io.BytesIO(content))
    root = read.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert PAPERS[kind].head.body in read.metadata.title
    assert fonts(read)
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts(read))


def fonts(read):
    """What a PDF knows of its fonts; one that travels with it has its file there."""
    return [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for page in read.pages
        for font in page["/Resources"]["/Font"].values()
    ]


def test_a_text_of_two_lines_stays_in_two_lines():
    text = read_docx(fill(shipped(PaperKind.MINUTES, "kk"), PAPERS[PaperKind.MINUTES]))
    assert "Бірінші жол\nЕкінші жол" in text


def test_what_is_empty_leaves_no_heading_behind():
    bare = type(PAPERS[PaperKind.COVERING])(
        PAPERS[PaperKind.COVERING].head, "Кімге", "", "Мәтін", (), (), ()
    )
    words = said("ru")
    for text in (
        read_docx(fill(shipped(PaperKind.COVERING, "ru"), bare)),
        read_pdf(pdf.render(PaperKind.COVERING, "ru", bare)),
    ):
        assert not any(words[name] in text for name in ("enclosures", "copies", "answers"))


def test_tables_say_their_heads_again_on_every_page():
    row = PAPERS[PaperKind.DISAGREEMENTS].rows[0]
    long = type(PAPERS[PaperKind.DISAGREEMENTS])(
        PAPERS[PaperKind.DISAGREEMENTS].head, "Жоба", (row,) * 120
    )
    pages = pypdf.PdfReader(io.BytesIO(pdf.render(PaperKind.DISAGREEMENTS, "kk", long))).pages
    assert len(pages) > 1
    assert all(said("kk")["proposed"] in page.extract_text().replace("\n", " ") for page in pages)
    table = docx.Document(io.BytesIO(fill(shipped(PaperKind.DISAGREEMENTS, "kk"), long))).tables[0]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert len(table.rows) == 121


def test_a_paper_fetches_nothing():
    with pytest.raises(ValueError, match="https"):
        pdf.refuse("https://example.org/sheet.css")


def test_every_fixed_word_is_said_in_every_language():
    assert [(name, words) for name, words in WORDS.items() if set(words) != set(LANGUAGES)] == []
    assert all(words[language].strip() for words in WORDS.values() for language in LANGUAGES)
