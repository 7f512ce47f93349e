"""The official table comes into a draft: a look at it first, then all of it or nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kelisim.commitments.actions import drafting
from kelisim.commitments.exports import docx, xlsx
from kelisim.commitments.models import Edit, Line
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.queries.official import official
from kelisim.commitments.states import Source
from kelisim.commitments.trees.table import Cost, Heading, Table
from kelisim.ledger.models import Entry
from tests.commitments.readers.test_office_tables import GOOD, HEAD, WRONG, spreadsheet
from tests.commitments.world import AT, charter, drafted, measured, row, words, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    return world()


@pytest.fixture
def draft(ground):
    return drafted(ground, Heading(words("Section")), measured("1"), row("2"), version=charter())


def at(name, *args):
    return reverse(f"commitments:{name}", args=args)


@pytest.fixture
def office(client, ground):
    client.force_login(ground.officer)
    return client


def give(client, edition, data):
    file = SimpleUploadedFile("plan.xlsx", data)
    return client.post(at("import", edition.pk), {"file": file})


def press(client, edition, looked):
    return client.post(
        at("import-take", edition.pk), {"carried": looked.context["carried"]}, follow=True
    )


def table(edition):
    return reading.table(reading.lines(edition))


def changed_file(edition):
    """The draft as a spreadsheet in which row 1 costs more, row 2 is gone and row 3 is new."""
    of = official(edition)
    section, first, _second = of.table.entries
    costs = (Cost(Source.REPUBLICAN, 2026, Decimal(2_000_000)),)
    entries = (section, replace(first, costs=costs), replace(row("3"), key=""))
    return xlsx.write(replace(of, table=Table(entries)))


def test_what_a_draft_is_written_as_changes_nothing_in_it(office, draft):
    before = table(draft)
    files = [xlsx.write(official(draft)), *(docx.write(official(draft), c) for c in ("kk", "ru"))]
    for data in files:
        looked = give(office, draft, data)
        assert looked.status_code == 200
        assert looked.context["found"].faults == ()
        assert [one.pair.changed for one in looked.context["preview"].rows] == []
        assert not looked.context["preview"].changes
    assert table(draft) == before


def test_a_file_is_looked_at_then_taken_whole_and_can_be_undone(office, ground, draft):
    before = table(draft)
    looked = give(office, draft, changed_file(draft))
    assert looked.context["preview"].counts == {"added": 1, "removed": 1, "changed": 1, "same": 0}
    assert not looked.context["preview"].sections
    assert table(draft) == before
    answer = press(office, draft, looked)
    assert answer.redirect_chain[-1][0] == at("draft", draft.pk)
    _section, first, third = table(draft).entries
    assert first.costs[0].planned == 2_000_000
    assert first.provisions == next(before.rows()).provisions
    assert first.indicators == next(before.rows()).indicators
    assert first.key == next(before.rows()).key
    assert third.number == "3"
    taken = Entry.objects.filter(act="commitments.edited").latest("pk")
    assert taken.after["verb"] == "take"
    drafting.undo(draft.pk, by=ground.officer, at=AT)
    assert table(draft) == before


def test_pressed_again_it_changes_nothing(office, draft):
    looked = give(office, draft, changed_file(draft))
    press(office, draft, looked)
    lines, edits = list(Line.objects.values()), Edit.objects.count()
    again = press(office, draft, looked)
    assert again.redirect_chain[-1][0] == at("draft", draft.pk)
    assert list(Line.objects.values()) == lines
    assert Edit.objects.count() == edits


def test_faults_are_shown_each_at_its_cell_and_nothing_is_taken(office, draft):
    before = table(draft)
    looked = give(office, draft, spreadsheet(("План", [HEAD, *WRONG])))
    assert looked.status_code == 422
    page = looked.content.decode()
    assert all("План»" in page and cell in page for cell in ("D2", "E2", "G2", "A3", "F4"))
    assert "carried" not in looked.context
    assert table(draft) == before


def test_what_is_no_table_is_refused_at_the_field(office, draft):
    assert give(office, draft, b"%PDF-1.7").context["form"].errors["file"]
    assert give(office, draft, b"").context["form"].errors["file"]
    empty = office.post(at("import", draft.pk), {})
    assert empty.status_code == 422
    assert empty.context["form"].errors["file"]


def test_a_look_that_is_out_of_date_is_not_taken(office, ground, draft):
    looked = give(office, draft, changed_file(draft))
    first = next(table(draft).rows())
    drafting.change(
        draft.pk, rows={first.key: replace(first, number="9")}, by=ground.officer, at=AT
    )
    now = table(draft)
    answer = press(office, draft, looked)
    assert answer.redirect_chain[-1][0] == at("import", draft.pk)
    assert table(draft) == now
    forged = office.post(at("import-take", draft.pk), {"carried": "forged"}, follow=True)
    assert forged.redirect_chain[-1][0] == at("import", draft.pk)
    assert table(draft) == now


def test_a_look_is_of_one_person_and_one_draft(client, office, ground, draft):
    looked = give(office, draft, changed_file(draft))
    before = table(draft)
    other = drafted(ground, row("5"))
    office.post(at("import-take", other.pk), {"carried": looked.context["carried"]})
    assert [one.number for one in table(other).rows()] == ["5"]
    client.force_login(ground.head)
    client.post(at("import-take", draft.pk), {"carried": looked.context["carried"]})
    assert table(draft) == before
    client.force_login(ground.minister)
    assert client.get(at("import", draft.pk)).status_code == 403
    assert give(client, draft, b"x").status_code == 403


def test_a_look_asks_the_same_number_of_questions_whatever_the_length(office, ground, draft):
    def queries(count):
        made = ([str(n), *GOOD[1:3], "Ministry of Books", *GOOD[4:]] for n in range(1, count))
        data = spreadsheet(("План", [HEAD, *made]))
        with CaptureQueriesContext(connection) as asked:
            assert give(office, draft, data).status_code == 200
        return len(asked)

    queries(3)
    assert queries(5) == queries(60)
