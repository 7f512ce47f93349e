"""The office moves days by acts, one by one and by tables."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from kelisim.calendar import actions, exports, queries, readers
from kelisim.calendar.models import DayChange
from kelisim.calendar.trees import Change, Why
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from tests.bodies.people import chair, council, found, head, leader, officer, person
from tests.calendar.days import ACT, AT, FREE

BACKEND = "django.contrib.auth.backends.ModelBackend"
HEADINGS = "day,kind,name_ru,act_number,act_date\n"


def exported() -> bytes:
    return exports.write(queries.change(row) for row in queries.standing())


def refused(content: str | bytes) -> list[tuple[str, str]]:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(Refused) as caught:
        readers.read(data)
    return [(r.place, r.code.removeprefix("calendar.")) for r in caught.value.refusals]


def test_an_act_goes_before_the_library(db):
    assert queries.calendar(FREE.day).working(FREE.day)
    actions.change_day(FREE, by=officer(), at=AT)
    known = queries.calendar(FREE.day)
    assert not known.working(FREE.day)
    assert known.reason(FREE.day).why is Why.MOVED


def test_a_holiday_can_be_made_a_working_day_and_kurban_ait_set_late(db):
    ait, real = date(2026, 5, 27), date(2026, 5, 28)
    clerk = officer()
    actions.change_day(Change(ait, True, {}, ACT), by=clerk, at=AT)
    actions.change_day(Change(real, False, {"ru": "Курбан-айт"}, ACT), by=clerk, at=AT)
    known = queries.calendar(ait)
    assert (known.working(ait), known.working(real)) == (True, False)
    assert known.reason(real).name == {"ru": "Курбан-айт"}


def test_the_same_change_again_writes_nothing(db):
    clerk = officer()
    actions.change_day(FREE, by=clerk, at=AT)
    acts = Entry.objects.count()
    actions.change_day(FREE, by=clerk, at=AT + timedelta(days=1))
    assert Entry.objects.count() == acts
    assert DayChange.objects.get().entered_at == AT


def test_what_was_replaced_or_taken_back_can_still_be_read(db):
    clerk = officer()
    first = actions.change_day(FREE, by=clerk, at=AT)
    later = Change(FREE.day, False, {"ru": "Перенос"}, ACT | {"number": "701"})
    second = actions.change_day(later, by=clerk, at=AT + timedelta(days=1))
    actions.withdraw_change(FREE.day, by=clerk, at=AT + timedelta(days=2))
    assert queries.calendar(FREE.day).working(FREE.day)
    assert [row.pk for row in queries.ended()] == [second.pk, first.pk]
    assert [row.act["number"] for row in queries.ended()] == ["701", "700"]
    acts = Entry.objects.filter(act__startswith="calendar.").order_by("number")
    assert [entry.act for entry in acts] == [
        "calendar.day_changed",
        "calendar.day_changed",
        "calendar.change_withdrawn",
    ]
    assert acts[1].before == {"day": "2026-03-06", "kind": "free", "act": "700"}


def test_a_refused_change_writes_nothing(db):
    clerk, stranger = officer(), person("Stranger")
    acts = Entry.objects.count()
    with pytest.raises(Refused) as caught:
        actions.change_day(Change(date(1900, 1, 1), True), by=clerk, at=AT)
    codes = [r.code for r in caught.value.refusals]
    assert codes == ["calendar.far_away", "calendar.act_needed"]
    for act in (
        lambda: actions.change_day(FREE, by=stranger, at=AT),
        lambda: actions.bring_in([FREE], by=stranger, at=AT),
        lambda: actions.withdraw_change(FREE.day, by=stranger, at=AT),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.refusals[0].code == "calendar.not_keeper"
    assert not DayChange.objects.exists()
    assert Entry.objects.count() == acts


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "half"}, {"country": ""}, {"ended_by_id": 1, "ended_at": None}],
    ids=["kind", "country", "end"],
)
def test_the_database_itself_holds_a_change_together(db, wrong):
    row = actions.change_day(FREE, by=None, at=AT)
    wrong = {**wrong, "ended_by_id": person("Someone").pk} if "ended_by_id" in wrong else wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        DayChange.objects.filter(pk=row.pk).update(**wrong)


def test_a_day_cannot_be_changed_twice_at_once(db):
    row = actions.change_day(FREE, by=None, at=AT)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_another_country_s_days_are_not_ours(db, settings):
    actions.change_day(FREE, by=None, at=AT)
    settings.COUNTRY = "kg"
    assert queries.calendar(FREE.day).working(FREE.day)
    assert not queries.standing().exists()


def test_a_calendar_costs_one_query_however_many_days_were_moved(db, django_assert_num_queries):
    for count in (0, 3, 30):
        for n in range(count):
            day = date(2026, 4, 1) + timedelta(n)
            actions.change_day(Change(day, True, {}, ACT), by=None, at=AT)
        with django_assert_num_queries(1):
            queries.calendar(date(2026, 1, 1)).after(date(2026, 1, 1), 250)


def test_what_was_exported_can_be_brought_in_again_and_changes_nothing(db):
    odd = Change(date(2026, 5, 6), True, {"ru": "=1+1", "en": "a, \"b\"; 'c'"}, ACT)
    for change in (FREE, odd):
        actions.change_day(change, by=None, at=AT)
    content, acts = exported(), Entry.objects.count()
    assert b",'=1+1," in content
    assert actions.bring_in(readers.read(content), by=None, at=AT).different == ()
    assert Entry.objects.count() == acts
    DayChange.objects.all().delete()
    assert actions.bring_in(readers.read(content), by=None, at=AT).new == (FREE, odd)
    assert exported() == content


def test_a_second_import_changes_only_what_changed(db):
    first = "day,kind,act_number\n2026-03-06,free,700\n2026-03-07,working,700\n"
    actions.bring_in(readers.read(first.encode()), by=None, at=AT)
    second = first.replace("07,working,700", "07,working,701")
    found = actions.bring_in(readers.read(second.encode()), by=None, at=AT)
    assert [change.day for change in found.different] == [date(2026, 3, 7)]
    assert queries.standing().count() == 2
    assert queries.ended().count() == 1


def test_a_table_saved_by_a_russian_spreadsheet_is_read(db):
    table = "\ufeffday;kind;act_number;act_date\r\n06.03.2026;free;700;15.01.2026\r\n;;;\r\n"
    (change,) = readers.read(table.encode())
    assert (change.day, change.act["date"]) == (FREE.day, "2026-01-15")


def test_every_fault_of_a_table_is_named_by_row_and_column():
    table = HEADINGS + (
        "2026-03-06,free,x,700,2026-01-15\n"
        "6 марта,holiday,x,,2026-13-01\n"
        "2026-03-06,working,x,701,\n"
        f"1900-01-01,free,{'я' * 121},700,\n"
        "2026-03-09,free,x,700,,more\n"
        ",,,,\n"
        "2026-02-30,free,x,700,\n"
    )
    assert refused(table) == [
        ("3: day", "no_date"),
        ("3: act_date", "no_date"),
        ("3: kind", "no_kind"),
        ("3: act_number", "act_needed"),
        ("4: day", "twice"),
        ("5: day", "far_away"),
        ("5: name_ru", "too_long"),
        ("6: ", "too_many_cells"),
        ("8: day", "no_date"),
    ]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"\xff\xfe\x00", ["not_utf8"]),
        (b"", ["no_column"] * 3),
        (b"a,b\n", ["no_column"] * 3 + ["strange_column"] * 2),
        (b"day,day,kind,act_number\n", ["column_twice"]),
        (b'day,kind,act_number\n"2026-03-06,free', ["not_csv"]),
        (b"x" * 300_000, ["too_large"]),
        (b"day,kind,act_number\n" + b"x" * 200_000, ["not_csv"]),
    ],
)
def test_what_is_no_such_table_is_refused(content, codes):
    assert [code for _place, code in refused(content)] == codes


class TestTheDesk:
    @pytest.fixture
    def clerk(self, client, db):
        client.force_login(officer(), BACKEND)
        return client

    def upload(self, client, table: str):
        file = SimpleUploadedFile("days.csv", table.encode())
        return client.post(reverse("calendar:look"), {"file": file})

    def test_a_day_is_entered_and_taken_back(self, clerk):
        keep = reverse("calendar:keep")
        moved = {"day": "2026-03-06", "kind": "free", "act_number": "700", "name_ru": "Перенос"}
        assert clerk.post(keep, moved).status_code == 302
        assert "Перенос" in clerk.get(keep).text
        withdraw = reverse("calendar:withdraw")
        for _again in range(2):
            assert clerk.post(withdraw, {"day": "2026-03-06"}).status_code == 302
        assert clerk.post(withdraw, {"day": "x"}).status_code == 302
        assert not queries.standing().exists()
        assert "Перенос" in clerk.get(keep).text

    def test_what_was_typed_stays_with_the_reason_beside_it(self, clerk):
        moved = {"day": "1850-03-06", "kind": "free", "act_number": "700"}
        page = clerk.post(reverse("calendar:keep"), moved)
        assert page.context["form"].errors.keys() == {"day"}
        assert 'value="700"' in page.text
        assert not DayChange.objects.exists()

    def test_a_table_is_looked_at_before_it_is_brought_in(self, clerk):
        actions.change_day(FREE, by=None, at=AT)
        table = HEADINGS + "2026-03-06,free,Иначе,701,\n2026-03-07,working,=x,701,\n"
        page = self.upload(clerk, table)
        assert (len(page.context["plan"].new), len(page.context["plan"].other)) == (1, 1)
        assert queries.standing().get().act["number"] == "700"
        sent = {"table": page.context["table"]}
        assert clerk.post(reverse("calendar:bring-in"), sent).status_code == 302
        assert [row.name["ru"] for row in queries.standing()] == ["Иначе", "=x"]
        acts = Entry.objects.count()
        assert clerk.post(reverse("calendar:bring-in"), sent).status_code == 302
        assert Entry.objects.count() == acts

    def test_the_faults_of_a_table_are_shown_and_nothing_is_saved(self, clerk):
        table = HEADINGS + "2026-03-06,free,x,700,\nmarch,free,x,700,\n"
        for page in (
            self.upload(clerk, table),
            clerk.post(reverse("calendar:bring-in"), {"table": table}),
        ):
            (fault,) = page.context["faults"]
            assert (fault.line, fault.column) == (3, "day")
            assert "march" in fault.words
            assert fault.words in page.text.replace("&#x27;", "'")
        assert not DayChange.objects.exists()
        assert self.upload(clerk, "").status_code == 200

    def test_a_page_costs_the_same_at_any_number_of_days(
        self, clerk, client, django_assert_max_num_queries
    ):
        client.get(reverse("calendar:keep"))
        costs = []
        for count in (3, 60):
            for n in range(count):
                day = date(2026, 4, 1) + timedelta(n)
                change = Change(day, True, {"ru": str(count)}, ACT)
                actions.change_day(change, by=None, at=AT)
            row = []
            for path in (reverse("calendar:keep"), reverse("calendar:year") + "?year=2026"):
                with django_assert_max_num_queries(40) as asked:
                    client.get(path)
                row.append(len(asked))
            costs.append(row)
        assert costs[0] == costs[1]


@pytest.mark.parametrize("name", ["keep", "look", "bring-in", "withdraw"])
def test_only_the_council_s_own_secretariat_keeps_the_calendar(client, db, name):
    address = reverse(f"calendar:{name}")
    assert client.get(address).status_code == 302
    association = found("association", "Invented association", parent=council())
    regional = found("regional-assembly", "Assembly of Invented region", parent=council())
    for who, comes in [
        (person("Stranger"), False),
        (leader(association), False),
        (chair(), False),
        (officer("Regional officer", of=regional), False),
        (officer(), True),
        (head(), True),
    ]:
        client.force_login(who, BACKEND)
        status = client.get(address).status_code
        assert status == (403 if not comes else 200 if name == "keep" else 405), who


def test_the_year_is_for_everybody_in_three_languages(client, db):
    actions.change_day(FREE, by=None, at=AT)
    for language, holiday in [("kk", "Тәуелсіздік күні"), ("ru", "День Независимости")]:
        page = client.get(f"/{language}/calendar/?year=2026")
        assert page.status_code == 200
        assert holiday in page.text
        assert "700" in page.text
    for odd in ("abc", "99999", "٢٠٢٦", "1500", "0000"):
        assert client.get(reverse("calendar:year"), {"year": odd}).status_code == 200
    for edge in ("1991", "2100"):
        page = client.get(reverse("calendar:year"), {"year": edge})
        assert page.context["number"] == int(edge)
    assert client.get(reverse("calendar:table")).content == exported()


def test_a_day_off_is_said_in_words_and_not_by_colour_alone(client, db):
    page = client.get("/en/calendar/?year=2026").text
    assert page.count('<span class="unseen"> day off</span>') == 365 - 247


def test_programs_ask_for_a_year_and_for_terms(client, db):
    year = client.get("/api/v1/calendar/2026").json()
    assert year["working_days"] == 247
    women = next(day for day in year["days"] if day["day"] == "2026-03-09")
    assert (women["working"], women["why"], women["observed"]) == (False, "holiday", True)
    actions.change_day(Change(date(2027, 1, 5), False, {}, ACT), by=None, at=AT)
    term = client.get("/api/v1/calendar/after?day=2026-12-31&days=1").json()
    assert term["due"] == "2027-01-06"
    back = client.get("/api/v1/calendar/after?day=2027-01-06&days=-1").json()
    assert back["due"] == "2026-12-31"
    for wrong in ("1800", "x", "after?day=2026-01-01", "after?day=2026-01-01&days=9999"):
        assert client.get(f"/api/v1/calendar/{wrong}").status_code == 422
    for far in ("9999-12-31", "0001-01-01"):
        assert client.get(f"/api/v1/calendar/after?day={far}&days=-1").status_code == 409
