"""Papers get their numbers, files and resolutions; the ledger knows of each act."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from kelisim.ledger.models import Entry
from kelisim.papers.actions import journal
from kelisim.papers.actions.files import keep
from kelisim.papers.exports.making import made
from kelisim.papers.models import Attached, Counter, Document, File
from kelisim.papers.states import Direction, PaperKind, Part
from kelisim.refusals import Refused
from tests.bodies.people import chair, council, found, person
from tests.papers.offices import AT, TODAY, clerk, kept, registered
from tests.papers.paperwork import PAPERS, read_docx, read_pdf

pytestmark = pytest.mark.django_db


def code(refused):
    return [refusal.code for refusal in refused.value.refusals]


def index(body, of="18-35-4.3"):
    return journal.open_index(
        body.pk, code=of, title={"kk": "Хаттамалар"}, years=10, by=clerk(), at=AT
    )


def test_numbers_run_under_an_index_a_direction_and_a_year():
    line, other = index(council()), index(council(), "18-35-5")
    outgoing = {"direction": Direction.OUTGOING, "correspondent": "Ministry"}
    assert registered(index=line).printed == "18-35-4.3/1"
    assert registered(index=line).printed == "18-35-4.3/2"
    assert registered(index=other).printed == "18-35-5/1"
    assert registered(index=line, **outgoing).printed == "18-35-4.3/1"
    assert registered().printed == "1"
    late = registered(index=line, day=date(2025, 12, 31))
    assert (late.printed, late.year) == ("18-35-4.3/1", 2025)


def test_a_refused_registration_uses_no_number_and_writes_nothing():
    foreign = index(found("state-body", "Ministry"))
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        registered(title={}, index=foreign, direction=Direction.OUTGOING)
    assert code(refused) == [
        "papers.title_needed",
        "papers.correspondent_needed",
        "papers.index_of_another",
    ]
    assert (Document.objects.count(), Counter.objects.count()) == (0, 0)
    assert Entry.objects.count() == before


def test_a_number_that_was_rolled_back_is_given_again():
    with transaction.atomic():
        registered()
        transaction.set_rollback(True)
    assert registered().number == 1


def test_only_the_office_registers():
    with pytest.raises(Refused) as refused:
        registered(by=person("Stranger"))
    assert code(refused) == ["papers.not_keeper"]


def test_the_database_itself_refuses_a_double_number():
    paper = registered()
    paper.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.save()


def test_the_ledger_knows_the_number_and_no_words():
    paper = registered(correspondent="Әлия Үлгіқызы", direction=Direction.INCOMING)
    entry = Entry.objects.get(act="papers.registered")
    assert (entry.subject_ref, entry.after["number"]) == (str(paper.pk), "1")
    assert "Әлия" not in str(entry.after)
    assert "officer" in entry.mandate_words


def test_the_same_content_is_kept_once():
    one, same = kept("words", "a.txt"), kept("words", "b.txt")
    assert one == same
    assert kept("other words") != one
    assert one.sha256 == hashlib.sha256(b"words").hexdigest()
    assert bytes(File.objects.get(pk=one.pk).content) == b"words"


def test_a_file_that_is_too_large_is_refused_with_its_limit(settings):
    settings.MAX_UPLOAD_BYTES = 2 * 1024 * 1024
    with pytest.raises(Refused) as refused:
        keep(name="a", content=b"x" * (settings.MAX_UPLOAD_BYTES + 1), media_type="", at=AT)
    assert refused.value.refusals[0].facts["most"] == 2
    assert not File.objects.exists()


def test_a_file_is_attached_once_and_its_hash_is_in_the_ledger():
    paper, file, by = registered(), kept(), clerk()
    for _ in range(2):
        journal.attach(
            paper.pk, file=file, name="a.txt", part=Part.SIGNED, language="kk", by=by, at=AT
        )
    assert Attached.objects.get().part == Part.SIGNED
    assert Entry.objects.get(act="papers.attached").after["sha256"] == file.sha256


def test_the_chair_resolves_once_and_the_words_stay_out_of_the_ledger():
    paper, by = registered(), chair()
    with pytest.raises(Refused) as refused:
        journal.resolve(paper.pk, text="Consider", by=clerk(), at=AT)
    assert code(refused) == ["papers.not_resolver"]
    journal.resolve(paper.pk, text="Consider by Friday", by=by, at=AT)
    with pytest.raises(Refused) as refused:
        journal.resolve(paper.pk, text="Again", by=by, at=AT)
    assert code(refused) == ["papers.resolved_already"]
    paper.refresh_from_db()
    assert (paper.resolution, paper.resolved_by, paper.resolved_at) == (
        "Consider by Friday", by, AT,
    )  # fmt: skip
    assert "Friday" not in str(Entry.objects.filter(act="papers.resolved").values())


def test_an_outgoing_letter_is_sent_once():
    letter = registered(
        direction=Direction.OUTGOING, kind=PaperKind.COVERING, correspondent="Ministry"
    )
    with pytest.raises(Refused) as refused:
        journal.send(letter.pk, on=TODAY - timedelta(days=1), by=clerk(), at=AT)
    assert code(refused) == ["papers.sent_before_its_day"]
    journal.send(letter.pk, on=TODAY, by=clerk(), at=AT)
    letter.refresh_from_db()
    assert letter.sent_on == TODAY
    assert Entry.objects.get(act="papers.sent").after["number"] == letter.printed


def test_a_registered_paper_is_made_in_both_languages_and_forms_under_its_number():
    line = index(council())
    paper = registered(index=line, kind=PaperKind.DECISION)
    head = replace(PAPERS[PaperKind.DECISION].head, number=paper.printed)
    said = replace(PAPERS[PaperKind.DECISION], head=head)
    journal.attach_made(paper.pk, made(paper, {"kk": said, "ru": said}), by=clerk(), at=AT)
    kept_files = {row.name: bytes(row.file.content) for row in paper.attached.all()}
    assert sorted(kept_files) == [
        f"decision-18-35-4.3-1.{language}.{ending}"
        for language in ("kk", "ru")
        for ending in ("docx", "pdf")
    ]
    for name, content in kept_files.items():
        text = read_pdf(content) if name.endswith("pdf") else read_docx(content)
        assert "18-35-4.3/1" in text
        assert ("РЕШЕНИЕ" if ".ru." in name else "ШЕШІМ") in text
    hashes = {entry.after["sha256"] for entry in Entry.objects.filter(act="papers.attached")}
    assert hashes == {row.file.sha256 for row in paper.attached.all()}


WRITERS, PAPERS_EACH = 6, 5


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_no_gap_and_no_double():
    line, by, body = index(council()), clerk(), council()
    together = Barrier(WRITERS)

    def write(writer):
        try:
            together.wait(timeout=30)
            return [
                registered(body, index=line, title={"kk": f"{writer}"}, by=by).number
                for _ in range(PAPERS_EACH)
            ]
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        given = [number for numbers in pool.map(write, range(WRITERS)) for number in numbers]

    assert sorted(given) == list(range(1, WRITERS * PAPERS_EACH + 1))


@pytest.mark.django_db(transaction=True)
def test_the_same_file_from_many_at_once_is_one_row():
    together = Barrier(WRITERS)

    def write(_writer):
        try:
            together.wait(timeout=30)
            return kept("the same").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        assert len(set(pool.map(write, range(WRITERS)))) == 1
