"""A plan from its first draft to what was done: every act, and who may not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kelisim.commitments.actions import (
    agreeing,
    approving,
    control,
    drafting,
    extending,
    plans,
    reporting,
)
from kelisim.commitments.models import (
    Actual,
    Agreement,
    Commitment,
    Edition,
    Evidence,
    Mark,
    Money,
    Report,
    Sending,
    Stage,
)
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.states import Control, EditionState, PlanState, ReportState, Say
from kelisim.commitments.trees.table import Heading, Table
from kelisim.ledger.models import Entry
from kelisim.ledger.queries import verify
from kelisim.people.models import Person
from kelisim.refusals import Refused
from tests.commitments.world import (
    AT,
    DAY,
    agreed,
    approved,
    charter,
    digest,
    done,
    drafted,
    handed_in,
    measured,
    opined,
    row,
    words,
    world,
    written,
)

pytestmark = pytest.mark.django_db


def codes(act, *given, **facts) -> set[str]:
    """What an act is refused for; nothing of it is saved, not even in the ledger."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        act(*given, **facts)
    assert Entry.objects.count() == before
    return {refusal.code for refusal in refused.value.refusals}


def test_a_plan_goes_its_way_and_every_step_is_in_the_ledger():
    of = world()
    (commitment,) = approved(of, measured("1"), version=charter())
    assert commitment.control == Control.ON
    assert commitment.plan.state == PlanState.IN_FORCE
    assert commitment.fulfils.get().provision.eid.endswith("point_1")
    finished = done(of, commitment, at=AT + 30 * DAY)
    assert (finished.control, finished.late) == (Control.REMOVED, False)
    assert finished.evidenced
    acts = Entry.objects.filter(act__startswith="commitments.").order_by("number")
    assert [act.removeprefix("commitments.") for act in acts.values_list("act", flat=True)] == [
        "plan_begun",
        "edited",
        "agreement_asked",
        "agreement_said",
        "agreement_concluded",
        "approved",
        "begun",
        "in_force",
        "report_written",
        "evidence_added",
        "report_handed_in",
        "opined",
        "removed",
    ]
    assert verify().whole


def test_every_fault_of_every_row_is_told_at_once_and_nothing_is_sent():
    of = world()
    bare = replace(row("1"), form={}, lead="", costs=())
    edition = drafted(of, bare, replace(row("1"), lead="nobody"))
    with pytest.raises(Refused) as refused:
        agreeing.ask(edition.pk, by=of.officer, at=AT)
    found = {(one.code, one.place) for one in refused.value.refusals}
    assert found >= {
        ("commitments.form_needed", "form"),
        ("commitments.executor_needed", "lead"),
        ("commitments.number_twice", "number"),
        ("commitments.executor_unknown", "lead"),
    }
    assert not Agreement.objects.exists()


def test_an_executor_disagrees_with_reasons_and_is_settled_with():
    of = world()
    edition = drafted(of, row("1", others=("ministry-of-roads",)))
    agreeing.ask(edition.pk, by=of.officer, at=AT)
    first, second = Agreement.objects.order_by("pk")
    said = {"digest": digest(edition), "at": AT}
    assert codes(agreeing.say, first.pk, state=Say.DISAGREES, by=of.minister, **said) == {
        "commitments.reason_needed"
    }
    assert codes(agreeing.say, first.pk, state=Say.AGREED, by=of.other_minister, **said) == {
        "commitments.not_this_executor"
    }
    agreeing.say(first.pk, state=Say.DISAGREES, words="Too early.", by=of.minister, **said)
    agreeing.say(second.pk, state=Say.AGREED, by=of.other_minister, **said)
    assert codes(agreeing.conclude, edition.pk, by=of.officer, at=AT) == {"commitments.not_agreed"}
    agreeing.settle(first.pk, settlement="The term stays.", by=of.officer, at=AT)
    assert agreeing.conclude(edition.pk, by=of.officer, at=AT).state == EditionState.AGREED


def test_what_changed_after_it_was_read_is_not_agreed_to():
    of = world()
    edition = drafted(of)
    read = digest(edition)
    agreeing.ask(edition.pk, by=of.officer, at=AT)
    agreeing.take_back(edition.pk, because="A word", by=of.officer, at=AT)
    line = edition.lines.get()
    drafting.change(edition.pk, rows={line.key: row("7")}, by=of.officer, at=AT)
    agreeing.ask(edition.pk, by=of.officer, at=AT)
    agreement = Agreement.objects.get(round=2)
    assert codes(
        agreeing.say, agreement.pk, state=Say.AGREED, digest=read, by=of.minister, at=AT
    ) == {"commitments.read_again"}


def test_silence_counts_after_the_set_days_as_the_rules_say():
    of = world()
    edition = drafted(of)
    agreeing.ask(edition.pk, by=of.officer, at=AT)
    assert codes(agreeing.conclude, edition.pk, by=of.officer, at=AT) == {"commitments.not_agreed"}
    later = AT + 40 * DAY
    assert agreeing.fall_silent(on=later.date(), at=later) == 1
    assert agreeing.fall_silent(on=later.date(), at=later) == 0
    assert Agreement.objects.get().state == Say.SILENT
    assert agreeing.conclude(edition.pk, by=of.officer, at=later).state == EditionState.AGREED


def test_only_the_chair_approves_and_only_what_was_read():
    of = world()
    edition = agreed(of, drafted(of))
    told = {"number": "1", "at": AT}
    assert codes(approving.approve, edition.pk, digest=digest(edition), by=of.officer, **told) == {
        "commitments.not_approver"
    }
    assert codes(approving.approve, edition.pk, digest="0" * 64, by=of.chair, **told) == {
        "commitments.read_again"
    }
    approving.approve(edition.pk, digest=digest(edition), by=of.chair, **told)
    assert codes(approving.approve, edition.pk, digest=digest(edition), by=of.chair, **told) == {
        "commitments.wrong_state"
    }


def test_a_plan_approved_ahead_comes_into_force_on_its_day_and_once():
    of = world()
    edition = agreed(of, drafted(of))
    approving.approve(
        edition.pk,
        number="1",
        in_force_from=date(2026, 4, 1),
        digest=digest(edition),
        by=of.chair,
        at=AT,
    )
    assert not Commitment.objects.exists()
    assert approving.due_editions(date(2026, 3, 31)) == []
    day = AT.replace(month=4, day=1)
    assert approving.due_editions(day.date()) == [edition.pk]
    assert approving.bring_into_force(edition.pk, at=day)
    assert not approving.bring_into_force(edition.pk, at=day)
    assert Commitment.objects.count() == 1


def test_an_amendment_adds_changes_and_excludes_and_the_old_edition_stays():
    of = world()
    first, second, third = approved(of, row("1"), row("2"), row("3"))
    done(of, first, at=AT + DAY)
    at = AT + 2 * DAY
    edition = plans.amend(first.plan_id, because="New tasks", by=of.officer, at=at)
    assert codes(plans.amend, first.plan_id, because="Again", by=of.officer, at=at) == {
        "commitments.amended_already"
    }
    kept, changed, _gone = reading.table(reading.lines(edition)).rows()
    new = replace(changed, form=words("act"), others=("ministry-of-roads",))
    drafting.take(edition.pk, table=Table((kept, new, row("4"))), by=of.officer, at=at)
    edition = agreed(of, Edition.objects.get(pk=edition.pk), at=at)
    approving.approve(edition.pk, number="2", digest=digest(edition), by=of.chair, at=at)
    now = {one.number: one for one in Commitment.objects.all()}
    assert {number: one.control for number, one in now.items()} == {
        "1": "removed",
        "2": "on",
        "3": "excluded",
        "4": "on",
    }
    assert now["2"].pk == second.pk
    assert now["2"].form["en"] == "act"
    assert now["2"].executors.filter(until=None).count() == 2
    assert now["3"].marks.get().because == "New tasks"
    old = Edition.objects.get(plan=first.plan_id, number=1)
    assert old.state == EditionState.REPLACED
    assert [one.number for one in reading.table(reading.lines(old)).rows()] == ["1", "2", "3"]
    assert third.pk == now["3"].pk


def test_a_table_taken_twice_changes_nothing_the_second_time():
    of = world()
    edition = drafted(of, row("1"), row("2"))
    entries = Entry.objects.count()
    drafting.take(edition.pk, table=Table((row("1"), row("2"))), by=of.officer, at=AT)
    assert Entry.objects.count() == entries
    assert edition.edits.count() == 1


def test_every_edit_can_be_undone_and_done_again():
    of = world()
    edition = drafted(of, row("1"), row("2"))
    by = {"by": of.officer, "at": AT}
    seen = [digest(edition)]
    line = edition.lines.first()
    drafting.change(edition.pk, rows={line.key: row("9")}, **by)
    seen.append(digest(edition))
    drafting.add(edition.pk, entries=[Heading(words("Part"))], after=None, **by)
    seen.append(digest(edition))
    drafting.move(edition.pk, key=line.key, after=None, **by)
    seen.append(digest(edition))
    drafting.remove(edition.pk, keys=[line.key], **by)
    seen.append(digest(edition))
    for expected in reversed(seen[:-1]):
        assert drafting.undo(edition.pk, **by)
        assert digest(edition) == expected
    for expected in seen[1:]:
        assert drafting.redo(edition.pk, **by)
        assert digest(edition) == expected
    assert drafting.redo(edition.pk, **by) is None


def test_last_years_plan_is_copied_with_its_links_and_its_terms_a_year_on():
    of = world()
    (commitment,) = approved(of, measured("1"), version=charter())
    new = plans.copy(
        commitment.plan_id,
        title=words("Next"),
        starts=date(2027, 1, 1),
        ends=date(2027, 12, 31),
        by=of.officer,
        at=AT,
    )
    (copied,) = reading.table(reading.lines(new.editions.get())).rows()
    assert copied.after == commitment.pk
    assert [cost.year for cost in copied.costs] == [2027]
    assert list(copied.indicators[0].targets) == [2027]
    assert new.after_id == commitment.plan_id
    (next_year,) = approved_from(of, new)
    assert next_year.due_on == date(2027, 10, 1)
    assert next_year.after_id == commitment.pk


def approved_from(of, plan):
    edition = agreed(of, plan.editions.get())
    approving.approve(
        edition.pk,
        number="5",
        in_force_from=AT.date(),
        digest=digest(edition),
        by=of.chair,
        at=AT,
    )
    return Commitment.objects.filter(plan=plan)


def test_a_commitment_is_handed_down_once_to_each_region():
    of = world(2)
    (commitment,) = approved(of, row("1"))
    regions = [region.pk for region in of.regions]
    for _again in range(2):
        made = plans.hand_down(commitment.pk, body_ids=regions, by=of.officer, at=AT)
        assert [len(reading.lines(plan.editions.get())) for plan in made] == [1, 1]
    akim = Person.objects.get(name="Chair 0")
    edition = made[0].editions.get()
    agreeing.ask(edition.pk, by=Person.objects.get(name="Officer 0"), at=AT)
    agreement = Agreement.objects.get(edition=edition)
    agreeing.say(agreement.pk, state=Say.AGREED, digest=digest(edition), by=akim, at=AT)
    agreeing.conclude(edition.pk, by=of.officer, at=AT)
    approving.approve(edition.pk, number="7", digest=digest(edition), by=akim, at=AT)
    child = commitment.children.get()
    assert (child.body_id, child.lead_id) == (of.regions[0].pk, of.regions[0].pk)


def test_a_returned_report_keeps_its_reason_and_counts_as_if_it_had_never_come():
    of = world()
    (commitment,) = approved(of)
    report = handed_in(of, commitment, at=AT + DAY)
    assert Stage.objects.get().handed_on == (AT + DAY).date()
    assert codes(control.send_back, report.pk, because=" ", by=of.officer, at=AT + DAY) == {
        "commitments.reason_needed"
    }
    control.send_back(report.pk, because="No list.", by=of.officer, at=AT + DAY)
    assert Stage.objects.get().handed_on is None
    assert Mark.objects.get().because == "No list."
    reporting.write(
        report.stage_id,
        body_id=commitment.lead_id,
        words="With the list.",
        language="en",
        by=of.minister,
        at=AT + 2 * DAY,
    )
    reporting.hand_in(report.pk, by=of.minister, at=AT + 2 * DAY)
    assert [one.content["words"] for one in Sending.objects.order_by("number")] == [
        "The room is open.",
        "With the list.",
    ]


def test_both_acts_of_control_are_of_two_people_and_of_what_was_read():
    of = world()
    (commitment,) = approved(of)
    report = handed_in(of, commitment, at=AT + DAY)
    told = {"digest": report.digest, "at": AT + DAY}
    assert codes(control.opine, report.pk, by=of.minister, **told) == {"commitments.not_controller"}
    assert codes(control.opine, report.pk, digest="0", by=of.officer, at=AT + DAY) == {
        "commitments.read_again"
    }
    assert codes(control.remove, report.pk, by=of.chair, **told) == {"commitments.wrong_state"}
    control.opine(report.pk, by=of.head, **told)
    assert codes(control.remove, report.pk, by=of.head, **told) == {"commitments.same_person"}
    assert codes(control.remove, report.pk, by=of.officer, **told) == {"commitments.not_issuer"}
    control.remove(report.pk, by=of.chair, **told)
    assert Commitment.objects.get().control == Control.REMOVED


def test_removal_needs_evidence_of_the_promised_form():
    of = world()
    (commitment,) = approved(of)
    report = opined(of, commitment, at=AT + DAY)
    Evidence.objects.update(shows_form=False)
    assert codes(control.remove, report.pk, digest=report.digest, by=of.chair, at=AT + DAY) == {
        "commitments.form_not_shown"
    }


def test_what_has_another_term_is_left_on_control_and_removed_at_the_last():
    of = world()
    (commitment,) = approved(of, row("1", term="ежеквартально"))
    assert commitment.stages.count() == 4
    for left in (3, 2, 1, 0):
        commitment.refresh_from_db()
        at = AT + (30 - left) * DAY
        report = opined(of, commitment, at=at)
        told = {"digest": report.digest, "by": of.chair, "at": at}
        if left:
            assert codes(control.remove, report.pk, **told) == {"commitments.terms_left"}
            control.leave(report.pk, **told)
        else:
            assert codes(control.leave, report.pk, **told) == {"commitments.no_term_left"}
            control.remove(report.pk, **told)
    commitment.refresh_from_db()
    assert (commitment.control, commitment.next_on) == (Control.REMOVED, None)


def test_the_lead_gathers_the_parts_of_the_others_or_returns_them():
    of = world()
    (commitment,) = approved(of, row("1", others=("ministry-of-roads",)))
    stage = commitment.stages.get()
    told = {"words": "Our part.", "language": "en", "by": of.other_minister, "at": AT}
    part = reporting.write(stage.pk, body_id=of.other.pk, **told)
    reporting.hand_in(part.pk, by=of.other_minister, at=AT)
    assert Stage.objects.get().handed_on is None
    reporting.return_part(part.pk, because="No figures.", by=of.clerk, at=AT)
    reporting.write(stage.pk, body_id=of.other.pk, **told)
    reporting.hand_in(part.pk, by=of.other_minister, at=AT)
    lead = written(of, commitment)
    assert codes(reporting.hand_in, lead.pk, gathers=[part.pk, 999], by=of.clerk, at=AT) == {
        "commitments.part_of_another"
    }
    sending = reporting.hand_in(lead.pk, gathers=[part.pk], by=of.clerk, at=AT)
    part.refresh_from_db()
    assert (part.state, part.into_id) == (ReportState.GATHERED, lead.pk)
    assert sending.content["parts"] == [{"body": "ministry-of-roads", "digest": part.digest}]
    lead.refresh_from_db()
    assert codes(control.opine, part.pk, digest=part.digest, by=of.officer, at=AT) >= {
        "commitments.not_consolidated"
    }
    control.opine(lead.pk, digest=lead.digest, by=of.officer, at=AT)
    control.remove(lead.pk, digest=lead.digest, by=of.chair, at=AT)
    part.refresh_from_db()
    assert part.state == ReportState.ACCEPTED


def test_what_an_accepted_report_states_becomes_known():
    of = world()
    (commitment,) = approved(of, measured("1"), version=charter())
    indicator, money = commitment.indicators.get(), commitment.money.get()
    report = written(
        of,
        commitment,
        figures={str(indicator.pk): "180,5"},
        figures_source="register",
        spent={str(money.pk): "900 000.10"},
    )
    reporting.hand_in(report.pk, by=of.minister, at=AT)
    report.refresh_from_db()
    control.opine(report.pk, digest=report.digest, by=of.officer, at=AT)
    assert not Actual.objects.exists()
    control.remove(report.pk, digest=report.digest, by=of.chair, at=AT)
    assert Actual.objects.get().value == Decimal("180.5")
    assert Money.objects.get().spent == Decimal("900000.10")
    assert Commitment.objects.get().measured


def test_an_extension_is_asked_for_in_time_and_decided_by_the_issuer():
    of = world()
    (commitment,) = approved(of)
    stage = commitment.stages.get()
    told = {"until": date(2026, 11, 1), "because": "Rain.", "by": of.minister}
    assert codes(extending.ask_extension, stage.pk, at=AT.replace(month=9, day=29), **told) == {
        "commitments.asked_too_late"
    }
    late = {**told, "until": date(2027, 1, 1)}
    assert codes(extending.ask_extension, stage.pk, at=AT, **late) == {
        "commitments.beyond_the_plan"
    }
    request = extending.ask_extension(stage.pk, at=AT, **told)
    assert codes(extending.ask_extension, stage.pk, at=AT, **told) == {
        "commitments.extension_asked_already"
    }
    assert codes(extending.extend, request.pk, by=of.officer, at=AT) == {"commitments.not_issuer"}
    extending.extend(request.pk, by=of.chair, at=AT)
    commitment.refresh_from_db()
    stage.refresh_from_db()
    assert (stage.first_on, stage.due_on) == (date(2026, 10, 1), date(2026, 11, 1))
    assert (commitment.due_on, commitment.next_on) == (date(2026, 11, 1), date(2026, 11, 1))
    mark = Mark.objects.get()
    assert (mark.because, mark.post) == ("Rain.", "chair")
    second = extending.ask_extension(
        stage.pk, until=date(2026, 12, 1), because="Snow.", by=of.minister, at=AT
    )
    assert codes(extending.refuse_extension, second.pk, answer="", by=of.chair, at=AT) == {
        "commitments.reason_needed"
    }
    extending.refuse_extension(second.pk, answer="Enough.", by=of.chair, at=AT)
    third = extending.ask_extension(
        stage.pk, until=date(2026, 12, 1), because="Ice.", by=of.minister, at=AT
    )
    assert extending.withdraw_extension(third.pk, by=of.minister, at=AT).state == "withdrawn"


def test_a_commitment_given_to_another_is_theirs_and_stays_so_in_an_amendment():
    of = world()
    (commitment,) = approved(of)
    told = {"because": "New competence.", "at": AT + DAY}
    assert codes(
        extending.transfer, commitment.pk, to_body_id=of.ministry.pk, by=of.chair, **told
    ) == {"commitments.same_executor"}
    extending.transfer(commitment.pk, to_body_id=of.other.pk, by=of.chair, **told)
    stage = commitment.stages.get()
    assert codes(
        reporting.write,
        stage.pk,
        body_id=of.ministry.pk,
        words="x",
        language="en",
        by=of.minister,
        at=AT + DAY,
    ) == {"commitments.not_executor"}
    edition = plans.amend(commitment.plan_id, because="b", by=of.officer, at=AT + DAY)
    (kept,) = reading.table(reading.lines(edition)).rows()
    assert kept.lead == "ministry-of-roads"


def test_what_is_suspended_is_not_reported_on_until_it_is_taken_up_again():
    of = world()
    (commitment,) = approved(of)
    control.suspend(commitment.pk, because="Tender.", by=of.chair, at=AT)
    assert codes(control.suspend, commitment.pk, because="x", by=of.chair, at=AT) == {
        "commitments.wrong_state"
    }
    assert codes(
        reporting.write,
        commitment.stages.get().pk,
        body_id=of.ministry.pk,
        words="x",
        language="en",
        by=of.minister,
        at=AT,
    ) == {"commitments.not_on_control"}
    control.resume(commitment.pk, because="Won.", by=of.chair, at=AT + DAY)
    assert handed_in(of, Commitment.objects.get(), at=AT + DAY).state == ReportState.SENT


def test_it_is_found_not_executed_only_after_its_term():
    of = world()
    (commitment,) = approved(of)
    told = {"because": "Nothing came.", "by": of.chair}
    assert codes(control.not_executed, commitment.pk, at=AT, **told) == {
        "commitments.term_still_runs"
    }
    control.not_executed(commitment.pk, at=AT + timedelta(days=300), **told)
    assert Commitment.objects.get().control == Control.NOT_EXECUTED
    plan = plans.close(commitment.plan_id, by=of.officer, at=AT + timedelta(days=301))
    assert plan.state == PlanState.CLOSED


def test_a_plan_with_something_on_control_is_not_closed():
    of = world()
    (commitment,) = approved(of)
    assert codes(plans.close, commitment.plan_id, by=of.officer, at=AT) == {
        "commitments.still_on_control"
    }


def test_bad_numbers_of_a_report_are_refused_all_at_once():
    of = world()
    (commitment,) = approved(of, measured("1"), version=charter())
    indicator, money = commitment.indicators.get(), commitment.money.get()
    stage = commitment.stages.get()
    assert codes(
        reporting.write,
        stage.pk,
        body_id=of.ministry.pk,
        words="x",
        language="en",
        percent=101,
        figures={str(indicator.pk): "many", "0": "1"},
        spent={str(money.pk): "-5", "0": "1"},
        by=of.minister,
        at=AT,
    ) == {
        "commitments.percent_range",
        "commitments.not_a_number",
        "commitments.indicator_unknown",
        "commitments.cost_below_zero",
        "commitments.money_unknown",
        "commitments.source_needed",
    }
    assert not Report.objects.exists()


def test_a_photograph_is_public_only_with_consent():
    of = world()
    (commitment,) = approved(of)
    report = written(of, commitment)
    assert codes(
        reporting.add_evidence,
        report.pk,
        title="Photo",
        language="en",
        address="https://example.org/p.jpg",
        effective_on=AT.date(),
        public=True,
        photo=True,
        by=of.minister,
        at=AT,
    ) == {"commitments.photo_without_consent"}
