"""Plans on the desk: begun, drafted cell by cell or by forms, sent round, approved."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kelisim.commitments.models import Edition, Line, Plan
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.trees.table import Heading, from_json
from tests.commitments.world import approved, charter, drafted, row, words, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(settings):
    return world()


@pytest.fixture
def draft(ground):
    return drafted(ground, Heading(words("Section")), row("1"), row("2"))


def at(name, *args):
    return reverse(f"commitments:{name}", args=args)


def sign(client, person):
    client.force_login(person)
    return client


def entries(edition):
    return [from_json(line.content) for line in reading.lines(edition)]


def keys(edition):
    return [line.key for line in reading.lines(edition)]


def send(client, edition, cells, step=10_000):
    return client.post(
        at("cells", edition.pk),
        json.dumps({"step": step, "cells": cells}),
        content_type="application/json",
    )


def test_a_plan_is_begun_by_an_office_and_by_nobody_else(client, ground):
    sent = {
        "body": ground.council.pk,
        "title_kk": "Жоспар",
        "starts": "2027-01-01",
        "ends": "2027-12-31",
    }
    assert sign(client, ground.minister).get(at("begin-plan")).status_code == 403
    assert sign(client, ground.officer).post(at("begin-plan"), sent).status_code == 302
    plan = Plan.objects.get()
    assert plan.title == {"kk": "Жоспар"}
    wrong = client.post(at("begin-plan"), {**sent, "ends": "2026-01-01", "title_kk": ""})
    assert set(wrong.context["form"].errors) == {"title_kk"}
    wrong = client.post(at("begin-plan"), {**sent, "ends": "2026-01-01"})
    assert set(wrong.context["form"].errors) == {"ends"}
    assert Plan.objects.count() == 1


def test_a_plan_is_begun_from_last_years(client, ground):
    (one,) = approved(ground, row("1"))
    sent = {
        "body": ground.council.pk,
        "like": one.plan.pk,
        "title_ru": "План",
        "starts": "2027-01-01",
        "ends": "2027-12-31",
    }
    assert sign(client, ground.officer).post(at("begin-plan"), sent).status_code == 302
    (copied,) = entries(Edition.objects.get(plan__starts="2027-01-01"))
    assert copied.after == one.pk
    assert copied.costs[0].year == 2027


def test_a_copy_is_of_the_same_bodys_plan_and_may_carry_out_another_charter(client):
    ground = world(regions=1)
    version = charter()
    (one,) = approved(ground, row("1"))
    sent = {
        "body": ground.regions[0].pk,
        "like": one.plan.pk,
        "version": version.pk,
        "title_ru": "План",
        "starts": "2027-01-01",
        "ends": "2027-12-31",
    }
    wrong = sign(client, ground.officer).post(at("begin-plan"), sent)
    assert set(wrong.context["form"].errors) == {"like"}
    client.post(at("begin-plan"), {**sent, "body": ground.council.pk})
    assert Plan.objects.get(starts="2027-01-01").version == version


def test_a_commitment_is_handed_down_after_a_look_and_never_twice(client):
    ground = world(regions=3)
    (one,) = approved(ground, row("1"))
    where = at("hand-down", one.pk)
    assert sign(client, ground.minister).get(where).status_code == 403
    sign(client, ground.officer)
    assert client.get(at("duty", one.pk)).content.decode().count(where) == 1
    assert set(client.post(where, {"act": "hand"}).context["form"].errors) == {"bodies"}
    first, second, third = ground.regions
    look = client.post(where, {"act": "preview", "bodies": [first.pk, second.pk]})
    assert [below.plan for below in look.context["below"]] == [None, None]
    assert not Plan.objects.filter(parent=one.plan).exists()
    for _press in range(2):
        assert client.post(where, {"act": "hand", "bodies": [first.pk]}).status_code == 302
    plan = Plan.objects.get(parent=one.plan)
    (entry,) = entries(plan.editions.get())
    assert (plan.body, entry.lead, entry.parent) == (first, first.slug, one.pk)
    below = client.post(where, {"bodies": [first.pk, third.pk]}).context["below"]
    assert [(two.there, two.open) for two in below] == [(True, True), (False, False)]


def test_a_plan_before_its_executors_takes_nothing_more(client):
    ground = world(regions=1)
    (region,) = ground.regions
    one, two = approved(ground, row("1"), row("2"))
    sign(client, ground.officer)
    client.post(at("hand-down", one.pk), {"act": "hand", "bodies": [region.pk]})
    Edition.objects.filter(plan__body=region).update(state="agreeing")
    look = client.post(at("hand-down", two.pk), {"act": "hand", "bodies": [region.pk]})
    assert look.context["stuck"]
    assert look.context["form"].errors
    assert Line.objects.filter(edition__plan__body=region).count() == 1


def test_more_bodies_beneath_cost_no_more_queries(client):
    ground = world(regions=3)
    (one,) = approved(ground, row("1"))
    sign(client, ground.officer)

    def asked(bodies):
        sent = {"bodies": [body.pk for body in bodies]}
        client.post(at("hand-down", one.pk), sent)
        with CaptureQueriesContext(connection) as captured:
            client.post(at("hand-down", one.pk), sent)
        return len(captured)

    assert asked(ground.regions[:1]) == asked(ground.regions)


def test_cells_are_typed_and_a_column_is_pasted_as_one_step(client, ground, draft):
    sign(client, ground.officer)
    _section, first, second = keys(draft)
    answer = send(
        client,
        draft,
        [
            {"key": first, "column": "term", "text": "IV квартал 2026 года"},
            {"key": second, "column": "term", "text": "ежеквартально"},
            {"key": first, "column": "cost_2026", "text": "2 500,50"},
        ],
    ).json()
    assert answer["faults"] == []
    _heading, one, two = entries(draft)
    assert str(one.costs[0].planned) == "2500.50"
    assert two.term.rhythm == "quarter"
    client.post(at("draft-act", draft.pk), {"act": "undo"})
    assert entries(draft)[1].costs[0].planned == 1000000
    client.post(at("draft-act", draft.pk), {"act": "redo"})
    assert str(entries(draft)[1].costs[0].planned) == "2500.50"


def test_what_cannot_be_read_is_said_and_the_rest_is_kept(client, ground, draft):
    sign(client, ground.officer)
    _section, first, second = keys(draft)
    answer = send(
        client,
        draft,
        [
            {"key": first, "column": "term", "text": "когда-нибудь"},
            {"key": first, "column": "executors", "text": "Ministry of Nothing"},
            {"key": first, "column": "cost_2026", "text": "много"},
            {"key": second, "column": "number", "text": "2.1"},
            {"key": "gone", "column": "number", "text": "3"},
        ],
    ).json()
    assert {(one["key"], one["column"]) for one in answer["faults"]} == {
        (first, "term"),
        (first, "executors"),
        (first, "cost_2026"),
        ("gone", "number"),
    }
    assert all(one["why"] for one in answer["faults"])
    assert answer["problems"].count("<li>") == 0
    _heading, one, two = entries(draft)
    assert one == row("1", key=first)
    assert two.number == "2.1"


def test_a_line_that_somebody_changed_meanwhile_is_not_written_over(client, ground, draft):
    sign(client, ground.officer)
    _section, first, second = keys(draft)
    known = draft.edits.count()
    send(client, draft, [{"key": first, "column": "number", "text": "9"}])
    late = [{"key": first, "column": "number", "text": "7"}]
    late.append({"key": second, "column": "number", "text": ""})
    answer = send(client, draft, late, step=known).json()
    assert [one["key"] for one in answer["faults"]] == [first]
    assert answer["problems"].count("<li>") == 1
    assert entries(draft)[1].number == "9"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"step": 1, "cells": [{"key": 1}]}'])
def test_cells_that_are_no_cells_are_refused(client, ground, draft, body):
    sign(client, ground.officer)
    answer = client.post(at("cells", draft.pk), body, content_type="application/json")
    assert answer.status_code == 404


def test_the_same_is_done_by_forms(client, ground):
    draft = drafted(ground, row("1"), version=charter())
    sign(client, ground.officer)
    (key,) = keys(draft)
    page = client.get(at("row", draft.pk, key))
    initial = {
        name: field.value() if field.value() is not None else ""
        for name in page.context["form"].fields
        for field in [page.context["form"][name]]
    }
    sent = {
        **initial,
        "title_en": "Open two rooms",
        "others": ["ministry-of-roads"],
        "provisions": ["part_1__list_1__point_2"],
        "indicator_en": "Rooms",
        "target_2026": "2,5",
        "baseline": "1",
        "stage_0": "2026-05-01",
        "stage_words_0": "Walls",
    }
    assert client.post(at("row", draft.pk, key), sent).status_code == 302
    (entry,) = entries(draft)
    assert entry.title["en"] == "Open two rooms"
    assert entry.title["ru"] == "Open reading room 1 (ru)"
    assert entry.others == ("ministry-of-roads",)
    assert [one.eid for one in entry.provisions] == ["part_1__list_1__point_2"]
    assert str(entry.indicators[0].targets[2026]) == "2.5"
    assert entry.milestones[0].day.isoformat() == "2026-05-01"
    wrong = {
        **sent,
        "term": "soonish",
        "cost_2026": "x",
        "target_2026": "many",
        "stage_0": "",
    }
    page = client.post(at("row", draft.pk, key), wrong)
    assert set(page.context["form"].errors) == {"term", "cost_2026", "target_2026", "stage_0"}
    assert entries(draft) == [entry]


def test_lines_are_added_moved_and_taken_out(client, ground, draft):
    sign(client, ground.officer)
    section, first, second = keys(draft)
    client.post(at("draft-act", draft.pk), {"act": "up", "key": second})
    assert keys(draft) == [section, second, first]
    client.post(at("draft-act", draft.pk), {"act": "up", "key": second})
    assert keys(draft) == [second, section, first]
    client.post(at("draft-act", draft.pk), {"act": "down", "key": second})
    assert keys(draft) == [section, second, first]
    client.post(at("draft-act", draft.pk), {"act": "remove", "key": first})
    assert keys(draft) == [section, second]
    client.post(at("new-heading", draft.pk) + f"?after={second}", {"title_en": "Second part"})
    assert entries(draft)[-1] == Heading({"en": "Second part"})
    client.post(at("new-row", draft.pk), {"number": "5", "title_en": "Another"})
    assert entries(draft)[0].number == "5"
    assert client.post(at("draft-act", draft.pk), {"act": "eat"}).status_code == 404


def test_the_draft_names_every_problem_of_its_rows(client, ground):
    draft = drafted(ground, row("1", lead=""), row("2", term="IV квартал 2030 года"))
    page = sign(client, ground.officer).get(at("draft", draft.pk))
    assert len(page.context["problems"]) == 2


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_long_tables_cost_as_many_queries_as_short_ones(client, ground):
    sign(client, ground.officer)
    short, long = drafted(ground, row("1")), drafted(ground, *(row(str(n)) for n in range(1, 20)))
    assert queries(client, at("draft", short.pk)) == queries(client, at("draft", long.pk))
    assert Line.objects.count() == 20
    few = queries(client, at("office-plans"))
    drafted(ground, row("1"))
    assert queries(client, at("office-plans")) == few
