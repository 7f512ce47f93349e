"""Plans and commitments for programs: what everybody may read, and nothing more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.commitments.models import Commitment
from tests.commitments.world import approved, done, drafted, handed_in, measured, row, world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unhurried(settings):
    settings.API_RATE = "100000/min"


def ask(client, path, **asked):
    answer = client.get(f"/api/v1/{path}", asked)
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/api/v1/{path}").status_code == 200
    return len(captured)


def test_only_plans_that_were_approved_are_given(client):
    ground = world()
    edition = drafted(ground, row())
    assert ask(client, "plans")["items"] == []
    assert client.get(f"/api/v1/plans/{edition.plan.slug}").status_code == 404
    (one,) = approved(ground, row("7"))
    (plan,) = ask(client, "plans", on="2026-05-01")["items"]
    assert plan["slug"] == one.plan.slug
    assert ask(client, "plans", on="2031-05-01")["items"] == []
    assert ask(client, "plans", body="nobody")["items"] == []
    whole = ask(client, f"plans/{one.plan.slug}")
    assert [line["number"] for line in whole["rows"]] == ["7"]
    assert len(whole["editions"][0]["sha256"]) == 64


def test_commitments_are_found_by_what_they_are(client):
    ground = world()
    first, second = approved(ground, measured("1"), row("2", term="IV квартал 2026 года"))

    def numbers(**asked):
        return [one["number"] for one in ask(client, "commitments", **asked)["items"]]

    assert numbers() == ["1", "2"]
    assert numbers(due_to="2026-11-01") == ["1"]
    assert numbers(due_from="2026-11-01") == ["2"]
    assert numbers(executor=ground.ministry.slug) == ["1", "2"]
    assert numbers(executor="nobody") == []
    assert numbers(year=2025) == []
    assert numbers(status="overdue") == []
    assert numbers(plan=first.plan.slug) == ["1", "2"]
    cut = ask(client, "commitments", limit=1)
    assert [one["number"] for one in cut["items"]] == ["1"]
    rest = ask(client, "commitments", after=cut["next"])
    assert [one["key"] for one in rest["items"]] == [second.pk]
    assert client.get("/api/v1/commitments", {"status": "wonderful"}).status_code == 422
    assert client.get("/api/v1/commitments", {"year": "soon"}).status_code == 422


def test_a_commitment_tells_what_was_accepted_and_not_what_was_only_handed_in(client):
    ground = world()
    first, second = approved(ground, measured("1"), row("2"))
    handed_in(ground, second)
    done(ground, first)
    whole = ask(client, f"commitments/{first.pk}")
    assert whole["status"] == "done"
    assert whole["indicators"][0]["years"]
    assert [report["body"] for report in whole["reports"]] == [ground.ministry.slug]
    assert ask(client, f"commitments/{second.pk}")["reports"] == []
    assert client.get("/api/v1/commitments/999999").status_code == 404
    assert client.get(f"/api/v1/commitments/{2**70}").status_code == 404


def test_twenty_rows_cost_as_many_queries_as_two(client):
    ground = world()
    approved(ground, row("1"), row("2"))
    few = queries(client, "commitments")
    first = Commitment.objects.first()
    fields = [f for f in Commitment._meta.fields if f.name not in ("id", "key")]
    for n in range(18):
        copied = {field.attname: getattr(first, field.attname) for field in fields}
        Commitment.objects.create(**copied, key=f"copy-{n}")
    assert queries(client, "commitments") == few
    assert len(ask(client, "commitments")["items"]) == 20
