"""Effectiveness: counts become a comparison, thin data does not, complaints have no way in."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.commitments.models import Commitment, Mark, Report, Sending, Stage
from kelisim.engines.composite import Rule
from kelisim.evaluation.queries import effectiveness as reading
from kelisim.evaluation.trees import comparing
from kelisim.evaluation.trees.comparing import Asked
from kelisim.evaluation.trees.formula import as_json, formula, from_json
from tests.evaluation.bodies import DUE, TODAY, Record, ground, noon, putting

pytestmark = pytest.mark.django_db
GOOD, MIDDLING, BAD = (
    Record(),
    Record(in_time=8, late=4, reached=8, missed=4, used=60),
    Record(in_time=2, late=2, not_done=8, reached=2, missed=10, used=20),
)


def compared(year=2026, **given):
    [group] = [one for one in reading.groups() if one.kind.key == "state-body"]
    bodies = reading.bodies(group, "en")
    found = reading.inputs(bodies, year, TODAY)
    asked = Asked(given.get("weights", formula().weights), given.get("rule", Rule.ARITHMETIC))
    results = comparing.compare(found, formula(), asked, seed=1)
    return results, {one.body.slug: one for one in reading.standings(results, bodies)}


def test_counts_become_the_components_of_a_score():
    of, like = ground()
    putting(of, like, [MIDDLING, *[GOOD] * 5])
    _results, rows = compared()
    cells = rows["ministry-000"].cells
    assert {key: (cell.value, cell.cases) for key, cell in cells.items() if key != "money"} == {
        "timeliness": (pytest.approx(8 / 12), 12),
        "completeness": (1, 12),
        "quality": (1, 12),
        "outcomes": (pytest.approx(8 / 12), 12),
    }
    assert cells["money"].value == pytest.approx(0.6 * 12 / 12.66, abs=1e-3)
    assert rows["ministry-000"].rank == 6
    assert rows["ministry-000"].score + sum(cell.lost for cell in cells.values()) == pytest.approx(
        1
    )


def test_a_body_without_enough_has_no_rank_and_says_of_what():
    of, like = ground()
    putting(of, like, [*[GOOD] * 5, Record(in_time=9, reached=0)])
    results, rows = compared()
    assert not results["refused"]
    assert rows["ministry-005"].rank is None
    assert rows["ministry-005"].score is None
    assert not rows["ministry-005"].cells["timeliness"].known
    assert rows["ministry-005"].cells["timeliness"].cases == 9
    assert rows["ministry-000"].rank == 3
    assert rows["ministry-of-roads"].cells["outcomes"].value is None


def test_too_few_bodies_are_not_ranked_at_all():
    of, like = ground()
    putting(of, like, [GOOD, GOOD, BAD, BAD])
    results, rows = compared()
    assert results["refused"]
    assert {one.rank for one in rows.values()} == {one.score for one in rows.values()} == {None}
    assert results["groups"] == results["better"] == []
    assert rows["ministry-000"].cells["timeliness"].value == 1


def test_nothing_at_all_is_no_error():
    ground()
    results, rows = compared(2020)
    assert results["refused"]
    assert all(cell.cases == 0 for one in rows.values() for cell in one.cells.values())


def test_weights_move_ranks():
    of, like = ground()
    prompt = Record(in_time=12, reached=2, missed=10)
    able = Record(in_time=2, late=10, reached=12)
    putting(of, like, [prompt, able, GOOD, GOOD, GOOD])
    by = dict.fromkeys(formula().weights, 0)
    ranks = [
        {
            slug: one.rank
            for slug, one in compared(weights=by | {name: 50, "completeness": 50, "quality": 1})[
                1
            ].items()
        }
        for name in ("timeliness", "outcomes")
    ]
    assert ranks[0]["ministry-000"] < ranks[0]["ministry-001"]
    assert ranks[1]["ministry-000"] > ranks[1]["ministry-001"]


def test_a_returned_report_lowers_quality_and_nothing_else():
    of, like = ground()
    putting(of, like, [GOOD] * 5)
    stage = Stage.objects.filter(commitment__lead__slug="ministry-000").first()
    lead = stage.commitment.lead
    report = Report.objects.create(
        commitment=stage.commitment, stage=stage, body=lead, state="accepted",
        handed_at=noon(DUE), written_at=noon(DUE), digest="1",
    )  # fmt: skip
    sending = Sending.objects.create(report=report, number=1, digest="1", at=noon(DUE))
    before = compared()[1]["ministry-000"].cells
    Mark.objects.create(
        commitment=stage.commitment, stage=stage, sending=sending, kind="returned",
        because="No act.", at=noon(DUE),
    )  # fmt: skip
    after = compared()[1]["ministry-000"].cells
    assert after["quality"].value == pytest.approx(11 / 12)
    assert {key: one.value for key, one in after.items() if key != "quality"} == {
        key: one.value for key, one in before.items() if key != "quality"
    }


def test_only_bodies_of_one_kind_and_level_are_compared():
    of, like = ground()
    putting(of, like, [GOOD] * 5)
    Commitment.objects.filter(pk=like.pk).update(lead=of.council)
    keys = {group.key: group.size for group in reading.groups()}
    assert keys == {"state-body.country": 5, "assembly.country": 1}
    _results, rows = compared()
    assert "assembly" not in {one.body.kind_id for one in rows.values()}


def test_complaints_incidents_and_warnings_have_no_way_in():
    """What is counted comes from plans, reports and their control alone; no room tells more."""
    of, like = ground()
    putting(of, like, [GOOD])
    [group] = reading.groups()
    bodies = reading.bodies(group, "en")
    with CaptureQueriesContext(connection) as taken:
        found = reading.inputs(bodies, 2026, TODAY)
    assert set(found) == {"bodies", "columns"}
    assert set(found["columns"]) == {"timeliness", "completeness", "quality", "outcomes", "money"}
    told = " ".join(query["sql"] for query in taken)
    assert {name.removeprefix("commitments_") for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', told)} == {
        "stage", "commitment", "plan", "mark", "sending", "report",
        "target", "indicator", "actual", "money",
    }  # fmt: skip


def test_a_comparison_repeats_to_the_bit_and_its_inputs_do_not_know_an_order():
    of, like = ground()
    putting(of, like, [GOOD, MIDDLING, BAD, GOOD, MIDDLING])
    [group] = reading.groups()
    bodies = reading.bodies(group, "en")
    one, other = (reading.inputs(order, 2026, TODAY) for order in (bodies, bodies[::-1]))
    assert comparing.digest(one) == comparing.digest(other)
    asked = Asked(formula().weights)
    first, again, different = (
        comparing.digest(comparing.compare(one, formula(), asked, seed=seed)) for seed in (1, 1, 2)
    )
    assert first == again != different


def test_a_formula_survives_a_database_that_sorts_keys():
    kept = json.loads(json.dumps(as_json(formula()), sort_keys=True))
    assert from_json(kept) == formula()
    assert [one.key for one in from_json(kept).components] == list(formula().weights)


def test_effectiveness_takes_the_same_queries_at_any_size():
    of, like = ground()
    counts = []
    for start, size in ((0, 2), (2, 8)):
        putting(of, like, [Record(in_time=2, reached=1)] * size, start=start)
        with CaptureQueriesContext(connection) as taken:
            [group] = reading.groups()
            reading.inputs(reading.bodies(group, "en"), 2026, TODAY)
            reading.years(TODAY)
        counts.append(len(taken))
    assert counts == [7, 7]
