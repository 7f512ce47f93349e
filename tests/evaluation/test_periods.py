"""Reports for a period: what is computed, who writes, freezes and publishes, what never changes."""

import io
import itertools
import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import docx
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from kelisim.commitments.actions import standing
from kelisim.commitments.models import Commitment, Standing
from kelisim.evaluation.actions import periods as acting
from kelisim.evaluation.models import PeriodReport, PeriodText
from kelisim.evaluation.queries import periods as reading
from kelisim.evaluation.rules import periods as rules
from kelisim.evaluation.states import PeriodKind, PeriodState
from kelisim.evaluation.trees import periods as trees
from kelisim.evaluation.trees.periods import Span, span
from kelisim.ledger.models import Entry
from kelisim.ledger.queries import verify
from kelisim.refusals import Refused
from tests.bodies.people import person
from tests.commitments.world import approved, charter, measured, row, world

NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
WROTE = {("opening", "kk"): "Жыл қорытындысы.", ("opening", "ru"): "Итоги года.\n\nДалее."}


def said(refused):
    return {refusal.code for refusal in refused.value.refusals}


@pytest.mark.parametrize(
    ("kind", "number", "first", "last"),
    [
        ("year", 1, (1, 1), (12, 31)),
        ("half", 1, (1, 1), (6, 30)),
        ("half", 2, (7, 1), (12, 31)),
        ("quarter", 1, (1, 1), (3, 31)),
        ("quarter", 4, (10, 1), (12, 31)),
    ],
)
def test_a_period_has_its_first_and_its_last_day(kind, number, first, last):
    assert span(kind, 2026, number) == Span(date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    ("kind", "number"), [("year", 2), ("half", 0), ("half", 3), ("quarter", 5)]
)
def test_a_year_has_no_other_parts(kind, number):
    with pytest.raises(ValueError, match=str(number)):
        span(kind, 2026, number)


def test_quarters_follow_each_other_without_a_gap():
    days = [span("quarter", year, number) for year in (2026, 2027) for number in (1, 2, 3, 4)]
    assert all(a.last + timedelta(1) == b.first for a, b in itertools.pairwise(days))


def test_the_rules_give_every_reason_at_once():
    nobody = SimpleNamespace(may=lambda _right, _body=None: False)
    report = SimpleNamespace(
        state="published", body=None, ends=YEAR.last, digest="a", frozen_by_id=1
    )
    freezing = rules.may_freeze(nobody, report, YEAR.last, wordless=True)
    assert [one.code for one in freezing] == [
        "evaluation.not_writer",
        "evaluation.period_not_so",
        "evaluation.period_not_over",
        "evaluation.period_wordless",
    ]
    publishing = rules.may_publish(nobody, report, 1, "b", whole=False)
    assert [one.code for one in publishing] == [
        "evaluation.not_publisher",
        "evaluation.period_not_so",
        "evaluation.period_own",
        "evaluation.period_read_again",
        "evaluation.period_broken",
    ]


@pytest.fixture
def ground(db):
    of = world(regions=2)
    version = charter()
    approved(of, measured("1"), measured("2"), row("3"), version=version)
    standing.recompute(on=date(2026, 3, 3))
    standing.recompute(on=date(2026, 12, 31))
    return of


def begun(of, **facts):
    given = {"by": of.officer, "at": NOW, **facts}
    return acting.begin(of.council.pk, PeriodKind.YEAR, YEAR, **given)


def wrote(of, report, said=WROTE, **facts):
    seen = acting.texts_digest(acting.texts(report))
    return acting.write(report.pk, said, **{"seen": seen, "by": of.officer, "at": NOW, **facts})


def frozen(of):
    report = begun(of)
    wrote(of, report)
    return acting.freeze(report.pk, by=of.officer, at=NOW)


def published(of):
    report = frozen(of)
    return acting.publish(report.pk, seen=report.digest, by=of.head, at=NOW)


def table(report, key):
    return next(one for one in trees.from_json(report.content["tables"]) if one.key == key)


def test_a_report_tells_how_everything_stood_on_its_last_day(ground):
    Commitment.objects.filter(number="3").update(control="removed", done_on=date(2027, 1, 10))
    standing.recompute(on=date(2027, 1, 11))
    report = frozen(ground)
    rows = {row[0]["en"]: row[1:] for row in table(report, "by_status").rows}
    assert rows["overdue"][0] == 3
    assert rows["done"][0] == 0
    assert rows["All"] == (3, 1.0)
    assert Standing.objects.filter(until=None, status="done").exists()


def test_a_report_has_money_targets_regions_measures_and_what_was_late(ground):
    report = frozen(ground)
    money = {row[0]["en"]: row[1:] for row in table(report, "money").rows}
    assert money["republican budget"] == ("3000000.00", "0.00", "0.00")
    assert money["All"] == money["republican budget"]
    [first, second] = table(report, "targets").rows
    assert first[4:] == (
        "200",
        None,
        {"kk": first[6]["kk"], "ru": "не указано", "en": "not stated"},
    )
    late = table(report, "overdue").rows
    assert [line[0] for line in late] == ["1", "2", "3"]
    assert "state body" in late[0][3]["en"]
    [parts, *_others] = [one for one in report.content["tables"] if "measures" in one["key"]]
    whole = parts["rows"][-1]
    assert tuple(whole[1:3]) == (3, 2)
    assert whole[-1] == 1
    assert table(report, "discipline").rows[-1][1] == 3
    assert second[0] == "2"


def test_freezing_again_gives_the_same_digest(ground):
    report = frozen(ground)
    first = report.digest
    acting.reopen(report.pk, by=ground.officer, at=NOW)
    assert PeriodReport.objects.get().content == {}
    assert acting.freeze(report.pk, by=ground.officer, at=NOW).digest == first


def test_a_frozen_report_stays_whatever_changes_afterwards(ground):
    report = published(ground)
    before = PeriodReport.objects.get().content
    Commitment.objects.update(title={"en": "Something else"}, status="done")
    Standing.objects.all().delete()
    again = PeriodReport.objects.get(pk=report.pk)
    assert again.content == before
    assert reading.whole(again)


def test_what_is_changed_past_the_program_is_seen(client, ground):
    report = published(ground)
    content = report.content | {"number": 7}
    PeriodReport.objects.filter(pk=report.pk).update(content=content)
    page = client.get(reverse("evaluation:period", args=[report.pk]))
    assert page.context["whole"] is False
    assert "overdue" in page.content.decode()


def test_two_people_compute_and_publish(ground):
    report = begun(ground, by=ground.head)
    wrote(ground, report, by=ground.head)
    report = acting.freeze(report.pk, by=ground.head, at=NOW)
    with pytest.raises(Refused) as refused:
        acting.publish(report.pk, seen=report.digest, by=ground.head, at=NOW)
    assert said(refused) == {"evaluation.period_own"}
    with pytest.raises(Refused) as refused:
        acting.publish(report.pk, seen="other", by=ground.chair, at=NOW)
    assert said(refused) == {"evaluation.period_read_again"}
    acting.publish(report.pk, seen=report.digest, by=ground.chair, at=NOW)
    assert PeriodReport.objects.get().state == PeriodState.PUBLISHED
    acts = list(Entry.objects.filter(act__startswith="evaluation.period").values_list("act"))
    assert [act for (act,) in acts] == [
        "evaluation.period_begun",
        "evaluation.period_written",
        "evaluation.period_frozen",
        "evaluation.period_published",
    ]
    assert verify().whole


def test_the_database_itself_wants_two_people_and_a_digest(ground):
    report = frozen(ground)
    for wrong in (
        {"state": "published", "published_by": report.frozen_by, "published_at": NOW},
        {"digest": ""},
        {"state": "published", "published_by": ground.head},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PeriodReport.objects.filter(pk=report.pk).update(**wrong)


def test_an_officer_does_not_publish_and_a_ministry_does_not_write(ground):
    report = frozen(ground)
    other = person("Another officer")
    with pytest.raises(Refused) as refused:
        acting.publish(report.pk, seen=report.digest, by=other, at=NOW)
    assert said(refused) == {"evaluation.not_publisher"}
    with pytest.raises(Refused) as refused:
        begun(ground, by=ground.minister)
    assert "evaluation.not_writer" in said(refused)


def test_a_period_has_one_report_and_only_when_it_has_begun_and_is_over(ground):
    report = begun(ground)
    with pytest.raises(Refused) as refused:
        begun(ground)
    assert said(refused) == {"evaluation.period_there"}
    ahead = Span(date(2028, 1, 1), date(2028, 12, 31))
    with pytest.raises(Refused) as refused:
        acting.begin(ground.council.pk, PeriodKind.YEAR, ahead, by=ground.officer, at=NOW)
    assert said(refused) == {"evaluation.period_ahead"}
    with pytest.raises(Refused) as refused:
        acting.begin(ground.ministry.pk, PeriodKind.YEAR, YEAR, by=ground.officer, at=NOW)
    assert said(refused) == {"evaluation.period_not_council"}
    early = datetime(2026, 12, 31, 9, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        acting.freeze(report.pk, by=ground.officer, at=early)
    assert said(refused) == {"evaluation.period_not_over", "evaluation.period_wordless"}
    acting.discard(report.pk, by=ground.officer, at=NOW)
    assert begun(ground).number == 1


def test_nobody_writes_over_words_that_they_did_not_see(ground):
    report = begun(ground)
    seen = acting.texts_digest(acting.texts(report))
    wrote(ground, report)
    with pytest.raises(Refused) as refused:
        wrote(ground, report, {("opening", "kk"): "Басқаша."}, seen=seen)
    assert said(refused) == {"evaluation.texts_changed"}
    assert acting.texts(report)["opening", "kk"] == "Жыл қорытындысы."
    wrote(ground, report, {("opening", "kk"): "", ("done", "ru"): "Сделано."})
    assert set(acting.texts(report)) == {("opening", "ru"), ("done", "ru")}


def test_a_text_bears_the_post_of_its_author_and_no_name(ground):
    report = published(ground)
    [opening] = report.content["written"]
    assert opening["posts"]["ru"]["en"]
    assert str(ground.officer.name) not in json.dumps(report.content, ensure_ascii=False)
    assert PeriodText.objects.get(language="ru").by == ground.officer


def test_a_correction_is_a_next_edition_that_says_why(client, ground):
    old = published(ground)
    with pytest.raises(Refused) as refused:
        acting.correct(old.pk, because=" ", by=ground.officer, at=NOW)
    assert said(refused) == {"evaluation.because_missing"}
    new = acting.correct(old.pk, because="A sum was wrong.", by=ground.officer, at=NOW)
    assert acting.texts(new) == acting.texts(old)
    assert list(reading.published()) == [old]
    with pytest.raises(Refused) as refused:
        acting.correct(old.pk, because="Again.", by=ground.officer, at=NOW)
    assert said(refused) == {"evaluation.period_replaced"}
    acting.freeze(new.pk, by=ground.officer, at=NOW)
    new = PeriodReport.objects.get(pk=new.pk)
    acting.publish(new.pk, seen=new.digest, by=ground.chair, at=NOW)
    assert [one.pk for one in reading.published()] == [new.pk]
    page = client.get(reverse("evaluation:period", args=[old.pk])).content.decode()
    assert "A sum was wrong." in page


def test_a_region_reports_of_its_own_ground(ground):
    report = acting.begin(ground.regions[0].pk, PeriodKind.YEAR, YEAR, by=ground.officer, at=NOW)
    wrote(ground, report)
    acting.freeze(report.pk, by=ground.officer, at=NOW)
    report.refresh_from_db()
    assert table(report, "by_status").rows[-1][1] == 0


def test_word_and_pdf_read_back_hold_the_texts_and_the_tables(client, ground):
    report = published(ground)
    call_command("createcachetable")

    def taken(language, form):
        path = f"/{language}/period-reports/{report.pk}.{form}"
        return io.BytesIO(client.get(path).content)

    paper = docx.Document(taken("ru", "docx"))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "Итоги года." in said
    assert "Далее." in said
    assert report.digest in said
    cells = {cell.text for one in paper.tables for line in one.rows for cell in line.cells}
    assert "республиканский бюджет" in cells
    pages = PdfReader(taken("kk", "pdf")).pages
    printed = "".join(page.extract_text() for page in pages)
    assert "Жыл қорытындысы." in printed
    assert report.digest in printed.replace("\n", "")


def test_the_data_is_what_the_digest_is_of(client, ground):
    from kelisim.evaluation.trees.comparing import digest

    report = published(ground)
    path = reverse("evaluation:period-file", kwargs={"pk": report.pk, "form": "json"})
    found = json.loads(client.get(path).content)
    assert digest(found["content"]) == found["about"]["sha256"] == report.digest


def test_only_what_is_published_is_open(client, ground):
    report = frozen(ground)
    for name, facts in (("period", {}), ("period-file", {"form": "pdf"})):
        path = reverse(f"evaluation:{name}", kwargs={"pk": report.pk, **facts})
        assert client.get(path).status_code == 404
    assert client.get(reverse("evaluation:periods")).context["rows"] == []


def test_on_the_desk_a_report_is_begun_written_computed_and_handed_over(client, ground):
    client.force_login(ground.officer)
    desk = reverse("evaluation:office-periods")
    wrong = client.post(desk, {"body": ground.council.pk, "kind": "half", "year": "2025"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"number"}
    nothing = client.post(desk, {"kind": "century", "year": "1"})
    assert set(nothing.context["form"].errors) == {"body", "kind", "year"}
    sent = {"body": ground.council.pk, "kind": "half", "year": "2026", "number": "1"}
    page = client.post(desk, sent, follow=True)
    form = page.context["form"]
    path = page.request["PATH_INFO"]
    words = {"seen": form.initial["seen"], "opening_ru": "Полугодие."}
    assert client.post(path, words).status_code == 200
    again = client.post(path, words | {"opening_ru": "Ещё раз."})
    assert again.status_code == 422
    acts = f"{path}acts/"
    assert client.post(acts, {"act": "explode"}).status_code == 404
    page = client.post(acts, {"act": "freeze"}, follow=True)
    assert page.context["report"].state == PeriodState.FROZEN
    assert page.context["publishes"] is False
    client.post(acts, {"act": "publish", "seen": PeriodReport.objects.get().digest})
    assert PeriodReport.objects.get().state == PeriodState.FROZEN


def test_the_desk_of_reports_is_for_offices(client, ground):
    report = frozen(ground)
    for who, status in ((ground.chair, 200), (ground.minister, 403), (person("Nobody"), 403)):
        client.force_login(who)
        assert client.get(reverse("evaluation:office-periods")).status_code == status
        path = reverse("evaluation:office-period", args=[report.pk])
        assert client.get(path).status_code == status
    client.logout()
    assert client.get(reverse("evaluation:office-periods")).status_code == 302


def test_a_correction_is_asked_for_its_reason_on_the_desk(client, ground):
    report = published(ground)
    client.force_login(ground.officer)
    path = reverse("evaluation:period-act", args=[report.pk])
    page = client.post(path, {"act": "correct", "because": " "})
    assert page.status_code == 422
    client.post(path, {"act": "correct", "because": "A sum."})
    assert PeriodReport.objects.get(number=2).because == "A sum."


def test_ten_times_as_many_commitments_cost_no_more_queries(ground):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            reading.tables(ground.council, YEAR, date(2027, 1, 20))
        return len(captured)

    few = asked()
    first = Commitment.objects.get(number="3")
    fields = [f for f in Commitment._meta.fields if f.name not in ("id", "key", "number")]
    kept = {field.attname: getattr(first, field.attname) for field in fields}
    for n in range(30):
        one = Commitment.objects.create(**kept, key=f"copy-{n}", number=f"c{n}")
        Standing.objects.create(commitment=one, status="overdue", since=date(2026, 10, 2))
    assert asked() == few


def test_a_list_of_reports_costs_the_same_at_two_sizes(client, ground):
    published(ground)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("evaluation:periods"))
        return len(captured)

    few = asked()
    one = PeriodReport.objects.get()
    for year in range(2000, 2020):
        one.pk, one.starts, one.ends = None, date(year, 1, 1), date(year, 12, 31)
        one.save()
    assert asked() == few
