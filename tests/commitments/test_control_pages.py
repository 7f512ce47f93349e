"""The control table: who sees what, filters, pages by key, files, acts on many."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kelisim.bodies.queries.powers import powers
from kelisim.commitments.actions import bulk
from kelisim.commitments.models import Bulk, Commitment, Mark, SavedFilter
from kelisim.commitments.queries import table
from kelisim.commitments.queries.table import Asked, Sort
from kelisim.ledger.models import Entry
from kelisim.ledger.queries import verify
from tests.commitments.world import approved, charter, done, handed_in, measured, opined, row, world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 21, 6, tzinfo=UTC)
DAY = date(2026, 9, 21)
TABLE = "commitments:control"


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def ground():
    return world()


def look(client, person, **asked):
    client.force_login(person)
    return client.get(reverse(TABLE), asked)


def numbers(response):
    return [found.commitment.number for found, *_days in response.context["rows"]]


def copies(count, of=None):
    """More commitments beside one: only their keys and terms differ."""
    first = of or Commitment.objects.first()
    fields = [f for f in Commitment._meta.fields if f.name not in ("id", "key", "number")]
    kept = {field.attname: getattr(first, field.attname) for field in fields}
    for n in range(count):
        Commitment.objects.create(**kept, key=f"copy-{n}", number=f"c{n}")


def test_offices_see_all_executors_their_own_and_others_nothing(client, ground):
    approved(ground, row("1"), row("2", lead="ministry-of-roads"))
    assert numbers(look(client, ground.officer)) == ["1", "2"]
    assert numbers(look(client, ground.chair)) == ["1", "2"]
    assert numbers(look(client, ground.minister)) == ["1"]
    assert numbers(look(client, ground.other_minister)) == ["2"]
    from tests.bodies.people import person

    assert look(client, person("Nobody")).status_code == 403
    client.logout()
    assert client.get(reverse(TABLE)).status_code == 302


def test_every_filter_narrows_and_what_cannot_be_read_is_said(client, ground):
    approved(ground, measured("1"), row("2", term="IV квартал 2026 года"), version=charter())
    officer = ground.officer
    assert numbers(look(client, officer, q="reading")) == ["1", "2"]
    assert numbers(look(client, officer, q="nowhere")) == []
    assert numbers(look(client, officer, due_to="2026-11-01")) == ["1"]
    assert numbers(look(client, officer, executor="ministry-of-books")) == ["1", "2"]
    assert numbers(look(client, officer, provision="part_1__list_1__point_1")) == ["1"]
    assert numbers(look(client, officer, source="grants")) == []
    assert numbers(look(client, officer, source="republican")) == ["1", "2"]
    assert numbers(look(client, officer, control="removed")) == []
    assert numbers(look(client, officer, sort="latest")) == ["2", "1"]
    assert numbers(look(client, officer, body="council")) == ["1", "2"]
    wrong = look(client, officer, due_from="2026-12-01", due_to="2026-01-01", status="lovely")
    assert wrong.status_code == 200
    assert set(wrong.context["form"].errors) == {"due_to", "status"}
    assert look(client, officer, due_from="soon", after="nonsense").status_code == 200


def test_counts_by_status_are_those_of_the_rows(client, ground):
    first, _second = approved(ground, measured("1"), row("2"))
    done(ground, first)
    page = look(client, ground.officer, control="all")
    told = {status.value: count for status, _label, count in page.context["statuses"]}
    assert told["done"] == 1
    assert sum(told.values()) == 2
    assert numbers(look(client, ground.officer, control="all", status="done")) == ["1"]


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.sampled_from(Sort),
    st.integers(1, 5),
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
    st.sampled_from(["open", ""]),
)
def test_pages_by_key_show_every_row_exactly_once(ground_of_six, sort, many, days, control):
    found, held = ground_of_six
    for one, later in zip(found, days, strict=True):
        day = date(2026, 10, 1 + later)
        Commitment.objects.filter(pk=one.pk).update(next_on=day, due_on=day)
    asked, of = Asked(sort=sort, control=control), table.scope(held)
    seen, after = [], ""
    while True:
        cut = table.rows(asked, of, after, many)
        seen += [one.commitment.pk for one in cut.rows]
        after = cut.after
        if not after:
            break
    assert sorted(seen) == sorted(one.pk for one in found)
    whole = [one.commitment.pk for one in table.rows(asked, of, "", 100).rows]
    assert seen == whole


@pytest.fixture
def ground_of_six(ground):
    approved(ground, *(row(str(n)) for n in range(1, 7)))
    return list(Commitment.objects.order_by("pk")), powers(ground.officer, DAY)


def queries(client, person, **asked):
    look(client, person, **asked)
    with CaptureQueriesContext(connection) as captured:
        look(client, person, **asked)
    return len(captured)


def test_forty_rows_cost_as_many_queries_as_two_for_every_role(client, ground):
    approved(ground, row("1"), row("2"))
    people = (ground.officer, ground.chair, ground.minister)
    few = [queries(client, person) for person in people]
    copies(30)
    assert [queries(client, person) for person in people] == few
    assert len(numbers(look(client, ground.officer))) == 32


def test_filters_are_kept_by_name_and_only_for_oneself(client, ground):
    approved(ground, row("1"))
    client.force_login(ground.officer)
    asked = {"name": "  My   roads ", "query": "status=overdue&after=3"}
    answer = client.post(reverse("commitments:keep-filter"), asked)
    assert answer.url.endswith("?status=overdue")
    client.post(reverse("commitments:keep-filter"), {"name": "My roads", "query": "status=done"})
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == ("My roads", "status=done")
    assert "My roads" in look(client, ground.officer).content.decode()
    client.force_login(ground.chair)
    client.post(reverse("commitments:forget-filter", args=[kept.pk]))
    assert SavedFilter.objects.count() == 1
    client.force_login(ground.officer)
    client.post(reverse("commitments:forget-filter", args=[kept.pk]))
    assert SavedFilter.objects.count() == 0


def test_the_table_goes_out_as_a_file_with_every_row(client, ground):
    approved(ground, row("1"), row("2", title={"en": "=SUM(A1)"}))
    client.force_login(ground.officer)
    answer = client.get(reverse("commitments:control-export", args=["csv"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [line[0] for line in rows[1:]] == ["1", "2"]
    assert not rows[2][1].startswith("=")
    answer = client.get(reverse("commitments:control-export", args=["xlsx"]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    read = book.get_sheet_by_index(0).to_python()
    assert [str(line[0]) for line in read[1:]] == ["1", "2"]
    assert read[1][6] == date(2026, 10, 1)
    assert client.get(reverse("commitments:control-export", args=["exe"])).status_code == 404
    client.force_login(ground.minister)
    answer = client.get(reverse("commitments:control-export", args=["csv"]))
    assert answer.status_code == 200


def press(client, person, act, chosen, **more):
    client.force_login(person)
    return client.post(reverse("commitments:bulk"), {"act": act, "chosen": chosen, **more})


def test_a_preview_says_what_will_happen_and_why_not_and_changes_nothing(client, ground):
    first, second = approved(ground, measured("1"), row("2"))
    handed_in(ground, first)
    before = Entry.objects.count()
    page = press(client, ground.officer, "opine", [first.pk, second.pk])
    assert [trial.commitment.pk for trial in page.context["will"]] == [first.pk]
    ((trial, reasons),) = page.context["wont"]
    assert trial.commitment.pk == second.pk
    assert reasons[0]
    assert Entry.objects.count() == before
    assert not Mark.objects.exists()


def test_what_was_shown_is_done_whole_and_a_second_press_does_nothing_more(client, ground):
    found = approved(ground, measured("1"), measured("2"))
    for one in found:
        handed_in(ground, one)
    page = press(client, ground.officer, "opine", [one.pk for one in found])
    sent = {
        "token": page.context["token"],
        "digest": [f"{t.commitment.pk}:{t.report.digest}" for t in page.context["will"]],
    }
    for _turn in range(2):
        answer = press(client, ground.officer, "opine", [one.pk for one in found], **sent)
        assert answer.status_code == 302
    assert Mark.objects.filter(kind="executed").count() == 2
    assert Entry.objects.filter(act="commitments.opined").count() == 2
    assert Bulk.objects.count() == 1
    assert verify().whole


def test_a_report_that_changed_since_it_was_shown_stops_all_of_them(client, ground):
    found = approved(ground, measured("1"), measured("2"))
    for one in found:
        handed_in(ground, one)
    sent = {"token": "t", "digest": [f"{found[1].pk}:{'0' * 64}"]}
    page = press(client, ground.officer, "opine", [one.pk for one in found], **sent)
    assert page.status_code == 200
    assert not Mark.objects.exists()
    assert not Bulk.objects.exists()


def test_a_reason_is_asked_for_where_the_act_needs_one(client, ground):
    (one,) = approved(ground, row("1"))
    page = press(client, ground.chair, "suspend", [one.pk])
    assert "because" in page.context["form"].fields
    page = press(client, ground.chair, "suspend", [one.pk], token="t", because=" ")
    assert page.context["form"].errors["because"]
    press(client, ground.chair, "suspend", [one.pk], token="t", because="Flood.")
    assert Commitment.objects.get(pk=one.pk).control == "suspended"
    page = press(client, ground.chair, "transfer", [one.pk])
    assert "to_body" in page.context["form"].fields


def test_acts_on_many_are_for_offices_and_for_no_more_than_a_person_reads(client, ground):
    (one,) = approved(ground, row("1"))
    assert press(client, ground.minister, "opine", [one.pk]).status_code == 403
    assert press(client, ground.officer, "explode", [one.pk]).status_code == 404
    assert press(client, ground.officer, "opine", []).status_code == 302
    many = list(range(1, bulk.MOST + 2))
    assert press(client, ground.officer, "opine", many).status_code == 302
    page = press(client, ground.officer, "opine", [], everything="1", address="status=under_way")
    assert [trial.commitment.pk for trial, _why in page.context["wont"]] == [one.pk]


@pytest.mark.parametrize("act", sorted(bulk.ACTS))
def test_the_preview_and_what_happens_agree(ground, act):
    found = approved(ground, measured("1"), measured("2"), row("3"))
    handed_in(ground, found[0])
    opined(ground, found[1])
    given = {"because": "Needed.", "to_body": ground.other.pk}
    pks = [one.pk for one in found]
    who = ground.officer if act == "opine" else ground.chair
    trials = bulk.tried(act, pks, given, by=who, at=AT)
    will = [trial.commitment.pk for trial in trials if not trial.refusals]
    if will:
        given["digests"] = {
            trial.commitment.pk: trial.report.digest for trial in trials if trial.report
        }
        assert bulk.do(act, will, given, "token", by=who, at=AT) == len(will)
    assert bulk.tried(act, pks, given, by=who, at=AT) != trials or not will
