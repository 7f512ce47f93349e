"""Plans as everybody reads them: the list, the official table, editions, comparison."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kelisim.commitments.actions import drafting, plans
from kelisim.commitments.models import Agreement, Commitment, Edition, Plan
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.trees.table import Heading
from tests.commitments.world import (
    AT,
    agreed,
    approved,
    charter,
    digest,
    done,
    drafted,
    measured,
    row,
    words,
    world,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    return world()


def get(client, name, *args, code=200, **asked):
    answer = client.get(reverse(f"commitments:{name}", args=args), asked)
    assert answer.status_code == code
    return answer


def amended(ground, plan):
    """A second edition: row 2 out, row 3 in, the term of row 1 later."""
    from kelisim.commitments.actions import approving

    edition = plans.amend(plan.pk, because="The budget changed.", by=ground.officer, at=AT)
    lines = {line.content.get("number"): line for line in reading.lines(edition)}
    drafting.remove(edition.pk, keys=[lines["2"].key], by=ground.officer, at=AT)
    drafting.add(edition.pk, entries=[row("3")], after=None, by=ground.officer, at=AT)
    changed = {lines["1"].key: row("1", term="IV квартал 2026 года", form=words("act"))}
    drafting.change(edition.pk, rows=changed, by=ground.officer, at=AT)
    edition = agreed(ground, Edition.objects.get(pk=edition.pk))
    approving.approve(edition.pk, number="2", digest=digest(edition), by=ground.chair, at=AT)
    return Edition.objects.get(pk=edition.pk)


def test_the_list_shows_what_is_in_force_with_how_it_fares(client, ground):
    first, _second = approved(ground, measured("1"), row("2"))
    done(ground, first)
    ((plan, counts),) = get(client, "plans").context["rows"]
    assert plan == first.plan
    assert (counts["all"], counts["done"]) == (2, 1)
    assert get(client, "plans", year="2026").context["rows"]
    assert not get(client, "plans", state="closed").context["rows"]
    wrong = get(client, "plans", year="soon", kind="nothing", state="lovely")
    assert set(wrong.context["form"].errors) == {"year", "kind", "state"}


def test_a_draft_is_nobodys_to_read(client, ground):
    edition = drafted(ground, row())
    assert not get(client, "plans").context["rows"]
    get(client, "plan", edition.plan.slug, code=404)
    get(client, "compare", edition.plan.slug, code=404)


def test_the_official_table_has_what_offices_keep_in_it(client, ground):
    (one,) = approved(ground, Heading(words("First section")), measured("1"), version=charter())
    for language in ("kk", "ru", "en"):
        text = client.get(f"/{language}/plans/{one.plan.slug}/").content.decode()
        assert "1\N{NO-BREAK SPACE}000" in text or "1,000" in text
        assert f"/{language}/commitments/{one.pk}/" in text
        assert "part_1__list_1__point_1" in text
    page = get(client, "plan", one.plan.slug)
    assert [line.heading for line in page.context["table"].lines] == [True, False]
    assert page.context["approved_on"]


def test_an_old_edition_stays_readable_and_says_that_it_no_longer_holds(client, ground):
    first, _second = approved(ground, row("1"), row("2"))
    amended(ground, first.plan)
    page = get(client, "edition", first.plan.slug, 1)
    assert [line.entry.number for line in page.context["table"].lines] == ["1", "2"]
    assert not page.context["current"]
    now = get(client, "plan", first.plan.slug)
    assert sorted(line.entry.number for line in now.context["table"].lines) == ["1", "3"]
    get(client, "edition", first.plan.slug, 7, code=404)


def test_two_editions_are_compared_row_by_row(client, ground):
    first, _second = approved(ground, row("1"), row("2"))
    get(client, "compare", first.plan.slug, code=404)
    amended(ground, first.plan)
    page = get(client, "compare", first.plan.slug)
    assert page.context["counts"] == {"added": 1, "removed": 1, "changed": 1, "same": 0}
    text = page.content.decode()
    assert "<del>" in text
    assert "<ins>" in text
    get(client, "compare", first.plan.slug, edition="9", code=404)
    get(client, "compare", first.plan.slug, **{"with": "nowhere"}, code=404)


def test_a_plan_is_compared_with_the_one_that_it_continues(client, ground):
    (one,) = approved(ground, row("1"))
    next_year = {"starts": date(2026, 3, 1), "ends": date(2026, 12, 31)}
    later = plans.copy(one.plan.pk, title=words("Next"), **next_year, by=ground.officer, at=AT)
    edition = agreed(ground, later.editions.get())
    from kelisim.commitments.actions import approving

    approving.approve(edition.pk, number="2", digest=digest(edition), by=ground.chair, at=AT)
    later = Plan.objects.get(pk=later.pk)
    page = get(client, "compare", later.slug, **{"with": one.plan.slug})
    assert page.context["counts"]["added"] == 0


def queries(client, name, *args):
    get(client, name, *args)
    with CaptureQueriesContext(connection) as captured:
        get(client, name, *args)
    return len(captured)


def test_many_rows_and_plans_cost_as_many_queries_as_few(client, ground):
    (one,) = approved(ground, row("1"))
    few = queries(client, "plan", one.plan.slug), queries(client, "plans")
    many = approved(ground, *(row(str(n)) for n in range(1, 15)))
    assert (queries(client, "plan", many[0].plan.slug), queries(client, "plans")) == few
    assert Commitment.objects.count() == 15
    assert Agreement.objects.exists()
