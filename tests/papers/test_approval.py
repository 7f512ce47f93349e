"""A paper goes round: answers are of the very paper, changed papers go round anew."""

import pytest
from django.db import IntegrityError, transaction

from kelisim.ledger.models import Entry
from kelisim.papers.actions import approval
from kelisim.papers.exports import approval as sheets
from kelisim.papers.exports import docx, pdf
from kelisim.papers.models import Consent, Disagreement, Round
from kelisim.papers.queries import round_of, waiting
from kelisim.papers.rights import APPROVE
from kelisim.papers.states import NEXT_ROUND, NEXT_VERDICT, PaperKind, RoundState, Verdict
from kelisim.papers.trees.differing import Differing
from kelisim.refusals import Refused
from tests.bodies.people import person
from tests.papers.offices import AT, TODAY, clerk, ministry, sent
from tests.papers.paperwork import close, read_docx, read_pdf

pytestmark = pytest.mark.django_db
ROW = Differing(1, "3-тармақ", "бұрынғы сөз", "жаңа сөз")


def code(refused):
    return [refusal.code for refusal in refused.value.refusals]


def say(round_, who, verdict, **facts):
    consent = Consent.objects.get(round=round_, body__in=bodies_of(who))
    facts.setdefault("read", round_.file.sha256)
    return approval.say(consent.pk, verdict=verdict, by=who, at=AT, **facts)


def bodies_of(who):
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import powers

    return Body.objects.filter(powers(who, TODAY).reached(APPROVE))


def test_every_state_may_move_somewhere_or_is_the_end():
    assert set(NEXT_ROUND) == set(RoundState)
    assert set(NEXT_VERDICT) == set(Verdict)
    assert Verdict.WAITING not in set().union(*NEXT_VERDICT.values())


def test_a_body_answers_for_itself_and_no_other_does():
    (body, leader), (_other, stranger) = ministry(), ministry("Agency")
    round_ = sent(body)
    consent = round_.consents.get()
    with pytest.raises(Refused) as refused:
        approval.say(
            consent.pk, verdict=Verdict.AGREED, read=round_.file.sha256, by=stranger, at=AT
        )
    assert code(refused) == ["papers.not_asked"]
    said = say(round_, leader, Verdict.AGREED)
    assert (said.verdict, said.post, said.by, said.sha256) == (
        Verdict.AGREED, "leader", leader, round_.file.sha256,
    )  # fmt: skip


def test_an_answer_is_bound_to_the_paper_that_was_read():
    body, leader = ministry()
    round_ = sent(body)
    with pytest.raises(Refused) as refused:
        say(round_, leader, Verdict.AGREED, read="0" * 64)
    assert code(refused) == ["papers.another_paper"]
    assert Consent.objects.get().verdict == Verdict.WAITING


def test_who_does_not_agree_says_why_and_where():
    body, leader = ministry()
    round_ = sent(body)
    with pytest.raises(Refused) as refused:
        say(round_, leader, Verdict.NOT_AGREED)
    assert code(refused) == ["papers.remark_needed", "papers.disagreement_needed"]
    say(round_, leader, Verdict.NOT_AGREED, remark="Not so", differing=[ROW])
    assert Disagreement.objects.get().proposed == "жаңа сөз"
    assert "жаңа" not in str(list(Entry.objects.values()))


def test_an_answer_may_be_given_anew_and_what_was_settled_stays():
    body, leader = ministry()
    round_ = sent(body)
    other = Differing(2, "5-тармақ", "", "тағы сөз")
    say(round_, leader, Verdict.NOT_AGREED, remark="Not so", differing=[ROW, other])
    approval.settle(Disagreement.objects.get(place="3-тармақ").pk, text="Taken", by=clerk(), at=AT)
    say(round_, leader, Verdict.AGREED)
    assert [row.settlement for row in Disagreement.objects.all()] == ["Taken"]
    acts = Entry.objects.filter(act="papers.consent_said").order_by("number")
    assert [(e.before["verdict"], e.after["verdict"]) for e in acts] == [
        ("waiting", "not_agreed"),
        ("not_agreed", "agreed"),
    ]


def test_a_closed_round_takes_no_answer_and_keeps_who_was_silent():
    body, leader = ministry()
    round_ = approval.close_round(sent(body).pk, by=clerk(), at=AT)
    assert Entry.objects.get(act="papers.round_closed").after == {"waiting": 1}
    for act in (
        lambda: say(round_, leader, Verdict.AGREED),
        lambda: approval.close_round(round_.pk, by=clerk(), at=AT),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert code(refused) == ["papers.round_closed"]


def test_a_changed_paper_goes_round_anew_and_nobody_has_agreed_to_it():
    body, leader = ministry()
    first = sent(body)
    say(first, leader, Verdict.AGREED)
    with pytest.raises(Refused) as refused:
        sent(body, follows=first.pk)
    assert code(refused) == ["papers.same_paper"]
    second = sent(body, words="A changed paper", follows=first.pk)
    first.refresh_from_db()
    assert first.state == RoundState.CLOSED
    assert second.consents.get().verdict == Verdict.WAITING
    with pytest.raises(Refused) as refused:
        sent(body, words="Changed twice", follows=first.pk)
    assert code(refused) == ["papers.followed_already"]
    assert Round.objects.count() == 2


def test_only_the_office_sends_settles_and_closes():
    body, leader = ministry()
    with pytest.raises(Refused) as refused:
        sent(body, by=person("Stranger"))
    assert code(refused) == ["papers.not_keeper"]
    round_ = sent(body)
    say(round_, leader, Verdict.NOT_AGREED, remark="No", differing=[ROW])
    row = Disagreement.objects.get()
    for act in (
        lambda: approval.settle(row.pk, text="So", by=leader, at=AT),
        lambda: approval.close_round(round_.pk, by=leader, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert code(refused) == ["papers.not_keeper"]


def test_the_database_itself_keeps_an_answer_whole():
    consent = sent(ministry()[0]).consents.get()
    for verdict in (Verdict.AGREED, Verdict.NOT_AGREED):
        consent.verdict = verdict
        with pytest.raises(IntegrityError), transaction.atomic():
            consent.save()


def test_what_waits_for_a_body_is_found_until_it_is_said():
    from kelisim.bodies.queries.powers import powers

    body, leader = ministry()
    round_ = sent(body, due_on=TODAY)
    own = powers(leader, TODAY).reached(APPROVE)
    assert [row.round for row in waiting(own)] == [round_]
    say(round_, leader, Verdict.AGREED)
    assert waiting(own) == []


SAID = {
    "kk": ("келісілмеді", "келісу күтілуде", "КЕЛІСУ ПАРАҒЫ", "Ministry (kk)"),
    "ru": ("не согласовано", "ожидается", "ЛИСТ СОГЛАСОВАНИЯ", "Ministry (ru)"),
}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_sheet_and_table_are_printed_in_both_languages(language):
    (body, leader), (silent, _who) = ministry(), ministry("Agency")
    pk = sent(body, silent).pk
    round_ = round_of(pk)
    say(round_, leader, Verdict.NOT_AGREED, remark="Себебі бар", differing=[ROW])
    approval.settle(Disagreement.objects.get().pk, text="Екі жақ келісті", by=clerk(), at=AT)
    round_ = round_of(pk)
    wanted = {
        PaperKind.SHEET: [*SAID[language], "Себебі бар", round_.file.sha256, leader.name],
        PaperKind.DISAGREEMENTS: [
            "3-тармақ", "бұрынғы сөз", "жаңа сөз", "Екі жақ келісті", SAID[language][3],
        ],
    }  # fmt: skip
    for kind, context in (
        (PaperKind.SHEET, sheets.sheet(round_, language)),
        (PaperKind.DISAGREEMENTS, sheets.disagreements(round_, language)),
    ):
        for text in (
            read_docx(docx.render(kind, language, context, body_id=round_.body_id)),
            read_pdf(pdf.render(kind, language, context)),
        ):
            assert [words for words in wanted[kind] if close(words) not in close(text)] == []


@pytest.mark.parametrize("many", [1, 4])
def test_a_round_is_read_in_three_queries(django_assert_num_queries, many):
    pk = sent(*(ministry(f"Ministry {n}")[0] for n in range(many))).pk
    with django_assert_num_queries(3):
        sheets.sheet(round_of(pk), "ru")
