"""A meeting from its plan to its published minutes, and what is refused on the way."""

from datetime import date, timedelta

import pytest

from kelisim.bodies.states import Role
from kelisim.ledger.models import Entry
from kelisim.ledger.queries import verify
from kelisim.meetings.actions import agenda, answering, concluding, planning, sitting, voting
from kelisim.meetings.models import Addressee, Attendance, Item, Letter, Meeting, Voice
from kelisim.meetings.states import AnswerState, BallotForm, Choice, Presence
from kelisim.refusals import Refused
from tests.bodies.people import found, hold, person
from tests.meetings import sittings as s
from tests.meetings.sittings import AT, STARTS, words

pytestmark = pytest.mark.django_db


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


@pytest.fixture
def of():
    return s.house()


def test_a_meeting_goes_its_way_and_every_step_is_in_the_ledger(of):
    ministry = found("state-body", "Ministry of Examples")
    clerk = person("Ministry Clerk")
    hold(clerk, ministry, Role.REPRESENTATIVE)
    meeting = s.published(of, ministry)
    row = Addressee.objects.get()
    answering.answer(
        row.pk, state=AnswerState.PARTLY, reasons="No money this year", by=clerk, at=STARTS
    )
    row.refresh_from_db()
    assert (meeting.state, row.state) == ("published", "partly")
    acts = list(Entry.objects.order_by("number").values_list("act", flat=True))
    wanted = [
        "meetings.planned", "meetings.item_put", "meetings.convened", "meetings.presence_marked",
        "meetings.opened", "meetings.item_taken_up", "meetings.ballot_opened",
        "meetings.ballot_closed", "meetings.decided", "meetings.item_noted", "meetings.closed",
        "meetings.minutes_written", "meetings.minutes_signed", "meetings.published",
        "meetings.answered",
    ]  # fmt: skip
    met = [act for act in dict.fromkeys(acts) if act in wanted]
    assert met == wanted
    assert verify().whole


def test_a_meeting_is_convened_with_the_notice_that_the_rules_set(of):
    meeting = s.planned(of, starts_at=AT + timedelta(days=5))
    with pytest.raises(Refused) as refused:
        planning.convene(meeting.pk, by=of.chair, at=AT)
    assert codes(refused) == ["meetings.notice_too_short"]
    assert not Attendance.objects.exists()


def test_everybody_who_holds_a_seat_is_invited_once(of):
    meeting = s.convened(of)
    invited = Attendance.objects.filter(meeting=meeting)
    assert {row.mandate.person for row in invited} == set(of.everybody)
    assert invited.values("key").distinct().count() == len(of.everybody)


def test_it_opens_only_with_a_quorum(of):
    meeting = s.convened(of)
    s.arrive(of, meeting, of.chair, of.secretary, *of.members[:2])
    with pytest.raises(Refused) as refused:
        sitting.open_(meeting.pk, by=of.chair, at=STARTS)
    (refusal,) = refused.value.refusals
    assert refusal.facts == {"present": 4, "needed": 5, "members": 7}
    s.arrive(of, meeting, of.members[2])
    assert sitting.open_(meeting.pk, by=of.chair, at=STARTS).state == "open"


def test_whoever_lost_the_seat_since_the_invitation_is_not_counted(of):
    from kelisim.bodies.actions import mandates

    meeting = s.convened(of)
    gone = of.members[0].mandates.get()
    mandates.end(gone.pk, on=date(2026, 3, 20), because="resigned", by=None, at=AT)
    s.arrive(of, meeting, of.chair, *of.members[1:])
    sitting.open_(meeting.pk, by=of.chair, at=STARTS)
    assert not Attendance.objects.filter(meeting=meeting, mandate=gone).exists()
    assert Entry.objects.latest("number").after["members"] == 6


def test_the_same_voice_twice_is_one_voice(of):
    meeting = s.opened(of)
    ballot = s.asked(of, s.heard(meeting, of))
    for _ in range(3):
        s.say(of, ballot, of.members[0], Choice.FOR)
    assert Voice.objects.count() == 1
    closed = voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    assert (closed.in_favour, closed.against, closed.carried) == (1, 0, False)
    assert (closed.base, closed.needed) == (7, 4)
    assert s.say(of, closed, of.members[0], Choice.FOR).choice == "for"
    with pytest.raises(Refused) as refused:
        s.say(of, closed, of.members[0], Choice.AGAINST)
    assert codes(refused) == ["meetings.ballot_closed"]


def test_a_voice_may_be_changed_until_the_vote_closes_if_the_rules_allow(of):
    meeting = s.opened(of)
    ballot = s.asked(of, s.heard(meeting, of))
    s.say(of, ballot, of.members[0], Choice.FOR)
    s.say(of, ballot, of.members[0], Choice.AGAINST)
    assert Voice.objects.get().choice == "against"
    type(ballot).objects.update(may_change=False)
    with pytest.raises(Refused) as refused:
        s.say(of, ballot, of.members[0], Choice.FOR)
    assert codes(refused) == ["meetings.voice_given"]


def test_a_tie_turns_on_the_chairs_voice(of):
    meeting = s.opened(of, of.chair, of.secretary, *of.members[:4])
    ballot = s.asked(of, s.heard(meeting, of))
    for who in (of.chair, of.secretary, of.members[0]):
        s.say(of, ballot, who, Choice.FOR)
    for who in of.members[1:4]:
        s.say(of, ballot, who, Choice.AGAINST)
    closed = voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    assert (closed.carried, closed.chair_decided) == (True, True)


def test_whoever_stands_aside_neither_votes_nor_counts(of):
    from kelisim.meetings.actions import floor

    meeting = s.opened(of)
    item = s.heard(meeting, of)
    aside = of.members[0]
    floor.recuse(
        item.pk,
        attendance=s.seated(of, aside, meeting),
        because="My own house",
        by=aside,
        at=STARTS,
    )
    ballot = s.asked(of, item)
    assert (ballot.present, ballot.members) == (6, 6)
    with pytest.raises(Refused) as refused:
        s.say(of, ballot, aside, Choice.FOR)
    assert codes(refused) == ["meetings.recused"]


def test_an_election_is_secret_and_needs_two_signatures(of):
    meeting = s.opened(of)
    item = s.heard(meeting, of)
    Item.objects.filter(pk=item.pk).update(subject="election")
    item.refresh_from_db()
    with pytest.raises(Refused) as refused:
        s.asked(of, item)
    assert codes(refused) == ["meetings.must_be_secret"]
    ballot = s.asked(of, item, BallotForm.SECRET)
    counted = voting.Counted(5, 1, 0, 1, handed_out=7)
    voting.enter_count(ballot.pk, counted=counted, by=of.members[0], at=STARTS)
    with pytest.raises(Refused) as refused:
        voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    assert codes(refused) == ["meetings.second_signature_needed"]
    with pytest.raises(Refused) as refused:
        voting.sign_count(ballot.pk, by=of.members[0], at=STARTS)
    assert codes(refused) == ["meetings.same_person"]
    closed = voting.sign_count(ballot.pk, by=of.members[1], at=STARTS)
    assert (closed.state, closed.carried, closed.spoiled) == ("closed", True, 1)
    assert not Voice.objects.exists()


def test_counts_that_cannot_be_are_refused_all_at_once(of):
    meeting = s.opened(of)
    ballot = s.asked(of, s.heard(meeting, of), BallotForm.SECRET)
    with pytest.raises(Refused) as refused:
        voting.enter_count(
            ballot.pk,
            counted=voting.Counted(9, 1, 0, handed_out=8),
            by=of.members[0],
            at=STARTS,
        )
    assert codes(refused) == ["meetings.too_many_voices", "meetings.more_than_handed_out"]


def test_an_annulled_vote_is_taken_again(of):
    meeting = s.opened(of)
    item = s.heard(meeting, of)
    first = s.carried(of, item)
    voting.annul(first.pk, because="The question was read wrongly", by=of.chair, at=STARTS)
    second = s.carried(of, item)
    assert second.pk != first.pk
    decision = concluding.decide(
        second.pk, title=words("D"), points=[concluding.DraftPoint(words("P"))],
        by=of.chair, at=STARTS,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        voting.annul(second.pk, because="x", by=of.chair, at=STARTS)
    assert codes(refused) == ["meetings.decided_on_it"]
    assert decision.number == "1-1"


def test_what_was_not_carried_becomes_no_decision_and_every_fault_of_its_points_is_named(of):
    meeting = s.opened(of)
    ballot = s.asked(of, s.heard(meeting, of))
    lost = voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    body = found("state-body", "M")
    with pytest.raises(Refused) as refused:
        concluding.decide(
            lost.pk,
            title=words("D"),
            points=[
                concluding.DraftPoint({}),
                concluding.DraftPoint(words("x"), executor=body),
                concluding.DraftPoint(words("x"), [body, body]),
            ],
            by=of.chair,
            at=STARTS,
        )
    assert codes(refused) == [
        "meetings.not_carried",
        "meetings.point_text_needed",
        "meetings.instruction_incomplete",
        "meetings.addressed_twice",
    ]


def test_minutes_that_changed_after_one_signature_are_signed_anew(of):
    meeting = s.opened(of, items=1)
    sitting.note(s.heard(meeting, of).pk, by=of.chair, at=STARTS)
    sitting.close(meeting.pk, by=of.chair, at=STARTS)
    item = meeting.items.get()

    def write(text):
        return concluding.write_minutes(
            meeting.pk,
            passages=[concluding.Wording(item.pk, words(text))],
            by=of.secretary,
            at=STARTS,
        )

    first = write("Heard")
    concluding.sign_minutes(meeting.pk, as_chair=True, read=first.digest, by=of.chair, at=STARTS)
    second = write("Heard something else")
    assert second.chair_signed_at is None
    with pytest.raises(Refused) as refused:
        concluding.sign_minutes(
            meeting.pk, as_chair=False, read=first.digest, by=of.secretary, at=STARTS
        )
    assert codes(refused) == ["meetings.minutes_changed"]
    assert Meeting.objects.get(pk=meeting.pk).state == "closed"


def test_nobody_answers_for_a_body_of_others_and_a_refusal_has_reasons(of):
    ministry, other = found("state-body", "Ministry"), found("state-body", "Other")
    stranger, clerk = person("Stranger"), person("Clerk M")
    hold(stranger, other, Role.LEADER)
    hold(clerk, ministry, Role.LEADER)
    s.published(of, ministry)
    row = Addressee.objects.get()
    with pytest.raises(Refused) as refused:
        answering.answer(row.pk, state=AnswerState.ACCEPTED, by=stranger, at=STARTS)
    assert codes(refused) == ["meetings.not_addressee"]
    with pytest.raises(Refused) as refused:
        answering.answer(row.pk, state=AnswerState.DECLINED, by=clerk, at=STARTS)
    assert codes(refused) == ["meetings.reasons_needed"]


def test_an_item_that_a_member_proposes_is_listed_or_declined_with_a_reason(of):
    meeting = s.planned(of)
    item = agenda.propose_item(meeting.pk, title=words("Mine"), by=of.members[0], at=AT)
    with pytest.raises(Refused) as refused:
        agenda.decline_item(item.pk, because=" ", by=of.clerk, at=AT)
    assert codes(refused) == ["meetings.reason_needed"]
    agenda.list_item(item.pk, by=of.clerk, at=AT)
    assert list(meeting.items.values_list("position", flat=True)) == [1, 2, 3]


def test_an_item_that_a_rule_proposes_has_no_mover_and_waits_for_a_preparer(of):
    meeting = s.planned(of)
    item = agenda.propose_by_rule(meeting.pk, title=words("Overdue"), text=words("Why"), at=AT)
    assert (item.mover, item.state) == (None, "proposed")
    agenda.decline_item(item.pk, because="Done meanwhile", by=of.clerk, at=AT)
    sitting_one = s.opened(of, starts_at=s.STARTS + 7 * s.DAY)
    with pytest.raises(Refused) as refused:
        agenda.propose_by_rule(sitting_one.pk, title=words("Late"), text=words("Why"), at=AT)
    assert codes(refused) == ["meetings.too_late"]


def test_a_deputy_votes_in_the_seat_that_they_hold_for_another(of):
    from kelisim.bodies.actions import mandates

    absent, deputy = of.members[0], of.clerk
    meeting = s.opened(of)
    mandates.deputise(
        absent.mandates.get().pk,
        deputy=of.members[1].mandates.get(),
        since=date(2026, 4, 1),
        until=date(2026, 4, 3),
        by=None,
        at=AT,
    )
    ballot = s.asked(of, s.heard(meeting, of))
    seat = s.seated(of, absent, meeting)
    with pytest.raises(Refused):
        voting.cast(ballot.pk, attendance=seat, choice="for", by=deputy, at=STARTS)
    # Whoever deputises has two voices: their own, and that of the seat.
    s.say(of, ballot, of.members[1], Choice.FOR)
    voting.cast(ballot.pk, attendance=seat, choice="against", by=of.members[1], at=STARTS)
    assert sorted(Voice.objects.values_list("choice", flat=True)) == ["against", "for"]


def test_absent_members_do_not_vote(of):
    meeting = s.opened(of)
    s_out = s.seated(of, of.members[0], meeting)
    sitting.mark(s_out.pk, presence=Presence.LEFT, by=of.secretary, at=STARTS)
    ballot = s.asked(of, s.heard(meeting, of))
    assert ballot.present == 6
    with pytest.raises(Refused) as refused:
        s.say(of, ballot, of.members[0], Choice.FOR)
    assert codes(refused) == ["meetings.not_present"]


def test_letters_are_claimed_once(of):
    from kelisim.meetings.actions import letters
    from kelisim.meetings.models import LetterKind

    meeting = s.convened(of)
    letter = letters.claim(meeting, of.chair, LetterKind.INVITATION, "0")
    assert letter is not None
    letters.sent(letter, at=AT)
    assert letters.claim(meeting, of.chair, LetterKind.INVITATION, "0") is None
    assert Letter.objects.count() == 1
