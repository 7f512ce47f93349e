"""Papers of meetings: every document in both languages is opened and read back."""

import io

import docx
import pytest
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader

from kelisim.jobs.commands import work
from kelisim.meetings.actions import papering
from kelisim.meetings.exports import papers as contexts
from kelisim.meetings.models import Decision
from kelisim.meetings.queries import papers
from kelisim.papers.actions import journal
from kelisim.papers.exports import docx as word
from kelisim.papers.exports import pdf
from kelisim.papers.models import Document
from kelisim.papers.states import PaperKind
from kelisim.refusals import Refused
from tests.bodies.people import found
from tests.meetings import sittings as s
from tests.meetings.sittings import STARTS

LANGUAGES = ("kk", "ru")


def read_docx(content):
    page = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in page.paragraphs), *cells])


def read_pdf(content):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def squeezed(text):
    return "".join(text.split())


@pytest.fixture
def held(db):
    of = s.house()
    ministry = found("state-body", "Ministry")
    meeting = s.published(of, ministry)
    return of, ministry, meeting


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_tell_who_was_there_what_was_said_and_how_it_was_voted(held, language):
    of, _ministry, meeting = held
    context = contexts.minutes(papers.meeting(meeting.pk), language, number="18-35/1")
    made = read_docx(word.render(PaperKind.MINUTES, language, context, body_id=of.body.pk))
    printed = read_pdf(pdf.render(PaperKind.MINUTES, language, context))
    head_word = {"kk": "ХАТТАМА", "ru": "ПРОТОКОЛ"}[language]
    for wanted in [
        head_word, "18-35/1", f"Council ({language})", f"Heard ({language})",
        f"Resolved ({language})", "Item 1", of.chair.name, of.members[0].name,
        f"Consider ({language})", {"kk": "ТЫҢДАЛДЫ", "ru": "СЛУШАЛИ"}[language],
    ]:  # fmt: skip
        assert squeezed(wanted) in squeezed(made), wanted
        assert squeezed(wanted) in squeezed(printed), wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_its_extract_and_its_letter_name_the_points_and_the_addressee(held, language):
    of, ministry, _meeting = held
    decision = papers.decision(Decision.objects.get().pk)
    made = {
        PaperKind.DECISION: contexts.decision(decision, language),
        PaperKind.EXTRACT: contexts.extract(decision, language),
        PaperKind.COVERING: contexts.covering(decision, ministry, language, number="7"),
    }
    words = {
        PaperKind.DECISION: [f"Consider ({language})", f"Ministry ({language})"],
        PaperKind.EXTRACT: [f"Heard ({language})", f"Consider ({language})"],
        PaperKind.COVERING: [
            f"Ministry ({language})",
            "1-1",
            {"kk": "шығ.", "ru": "исх."}[language],
        ],
    }
    for kind, context in made.items():
        text = read_docx(word.render(kind, language, context, body_id=of.body.pk))
        printed = read_pdf(pdf.render(kind, language, context))
        for wanted in words[kind]:
            assert squeezed(wanted) in squeezed(text), (kind, wanted)
            assert squeezed(wanted) in squeezed(printed), (kind, wanted)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agenda_names_its_items_in_their_order(language):
    of = s.house()
    meeting = s.convened(of, items=3)
    context = contexts.agenda(papers.meeting(meeting.pk), language)
    text = read_docx(word.render(PaperKind.AGENDA, language, context, body_id=of.body.pk))
    places = [text.index(f"Item {n}") for n in (1, 2, 3)]
    assert places == sorted(places)


@pytest.mark.django_db(transaction=True)
def test_registered_papers_get_numbers_and_their_files_follow(tmp_path):
    call_command("createcachetable", verbosity=0)
    of = s.house()
    ministry = found("state-body", "Ministry")
    meeting = s.published(of, ministry)
    clerk = of.clerk
    index = journal.open_index(
        of.body.pk, code="18-35-4.3", title={"ru": "Протоколы"}, years=75, by=clerk, at=STARTS
    )
    minutes = papering.register_minutes(meeting.pk, index=index, by=clerk, at=STARTS)
    decision = Decision.objects.get()
    papering.register_decision(decision.pk, index=index, by=clerk, at=STARTS)
    assert minutes.printed == "18-35-4.3/1"
    with pytest.raises(Refused) as refused:
        papering.register_minutes(meeting.pk, by=clerk, at=STARTS)
    assert refused.value.refusals[0].code == "meetings.registered_already"
    work(burst=True)
    kinds = Document.objects.order_by("pk").values_list("kind", "direction", "printed")
    assert list(kinds) == [
        ("minutes", "internal", "18-35-4.3/1"),
        ("decision", "internal", "18-35-4.3/2"),
        ("covering", "outgoing", "18-35-4.3/1"),
    ]
    for document in Document.objects.all():
        assert document.attached.count() == 4
    letter = Document.objects.get(kind="covering").attached.get(
        language="ru", name__endswith="docx"
    )
    assert "Ministry (ru)" in read_docx(bytes(letter.file.content))
    from kelisim.meetings.tasks import make_papers

    make_papers.call(minutes.pk)
    assert minutes.attached.count() == 4


def test_papers_are_downloaded_by_those_who_read_the_meeting(held, client):
    of, _ministry, meeting = held
    address = reverse("meetings:made", args=[meeting.pk, "minutes", "kk", "docx"])
    assert client.get(address).status_code == 302
    client.force_login(of.members[0], "django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert "ХАТТАМА" in read_docx(answer.content)
    decision = Decision.objects.get()
    made = reverse("meetings:made-decision", args=[meeting.pk, decision.pk, "extract", "ru", "pdf"])
    assert client.get(made).content.startswith(b"%PDF")
    page = client.get(reverse("meetings:minutes", args=[meeting.pk]))
    assert page.status_code == 200
    client.force_login(of.clerk, "django.contrib.auth.backends.ModelBackend")
    register = reverse("meetings:register", args=[meeting.pk])
    client.post(register, {"decision": decision.pk, "index": "x"})
    decision.refresh_from_db()
    assert decision.document is not None


@pytest.mark.django_db
def test_what_papers_tell_costs_the_same_queries_at_any_size(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(of):
        meeting = s.published(of, found("state-body", f"M {of.body.pk}"))
        with CaptureQueriesContext(connection) as queries:
            contexts.minutes(papers.meeting(meeting.pk), "kk")
        return len(queries)

    assert asked(s.house()) == asked(s.house(30, "Great"))
