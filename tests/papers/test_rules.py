"""What rules say of papers, from facts alone."""

from datetime import date, timedelta
from types import SimpleNamespace as Facts

import pytest

from kelisim.papers import rules
from kelisim.papers.states import Direction, RoundState, Verdict
from kelisim.papers.trees.differing import Differing
from kelisim.papers.trees.numbers import printed

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
MAY = Facts(may=lambda _right, _body: True)
MAY_NOT = Facts(may=lambda _right, _body: False)
BODY, OTHER = Facts(pk=1), Facts(pk=2)
TITLE = {"kk": "Хат"}


def codes(found):
    return {refusal.code for refusal in found}


@pytest.mark.parametrize(
    ("index", "number", "expected"),
    [("18-35-4.3", 12, "18-35-4.3/12"), ("", 12, "12"), ("18-35-4.3", None, "")],
)
def test_a_number_is_printed_after_its_index(index, number, expected):
    assert printed(index, number) == expected


@pytest.mark.parametrize(
    ("held", "facts", "expected"),
    [
        (MAY, {}, set()),
        (MAY_NOT, {"title": {}}, {"papers.not_keeper"}),
        (MAY, {"title": {"kk": " ", "ru": ""}}, {"papers.title_needed"}),
        (MAY, {"direction": Direction.INCOMING}, {"papers.correspondent_needed"}),
        (MAY, {"direction": Direction.INCOMING, "correspondent": "Ministry"}, set()),
        (MAY, {"index_body": 1}, set()),
        (MAY, {"index_body": 2, "day": TODAY + DAY}, {"papers.index_of_another", "papers.day_ahead"}),
        (MAY, {"day": TODAY - 400 * DAY}, set()),
    ],
)  # fmt: skip
def test_may_register(held, facts, expected):
    given = {
        "title": TITLE, "direction": Direction.INTERNAL, "correspondent": "", "index_body": None,
        "day": TODAY, "today": TODAY,
    } | facts  # fmt: skip
    assert codes(rules.may_register(held, BODY, **given)) == expected


@pytest.mark.parametrize(
    ("held", "facts", "on", "expected"),
    [
        (MAY, {}, TODAY, None),
        (MAY_NOT, {}, TODAY, "papers.not_keeper"),
        (MAY, {"direction": Direction.INCOMING}, TODAY, "papers.not_outgoing"),
        (MAY, {"sent_on": TODAY}, TODAY, "papers.sent_already"),
        (MAY, {}, TODAY + DAY, "papers.day_ahead"),
        (MAY, {}, TODAY - DAY, "papers.sent_before_its_day"),
    ],
)
def test_may_send(held, facts, on, expected):
    letter = Facts(
        **{"body": BODY, "direction": Direction.OUTGOING, "sent_on": None, "day": TODAY} | facts
    )
    refusal = rules.may_send(held, letter, on=on, today=TODAY)
    assert (refusal and refusal.code) == expected


@pytest.mark.parametrize(
    ("held", "resolution", "text", "expected"),
    [
        (MAY, "", "Consider", None),
        (MAY_NOT, "", "Consider", "papers.not_resolver"),
        (MAY, "There", "Consider", "papers.resolved_already"),
        (MAY, "", "  ", "papers.text_needed"),
    ],
)
def test_may_resolve(held, resolution, text, expected):
    refusal = rules.may_resolve(held, Facts(body=BODY, resolution=resolution), text=text)
    assert (refusal and refusal.code) == expected


@pytest.mark.parametrize(
    ("size", "expected"), [(0, "papers.file_empty"), (1, None), (11, "papers.file_too_large")]
)
def test_a_file_is_neither_empty_nor_too_large(size, expected):
    refusal = rules.fits(size, 10)
    assert (refusal and refusal.code) == expected


@pytest.mark.parametrize(
    ("held", "facts", "expected"),
    [
        (MAY, {}, set()),
        (MAY, {"due_on": TODAY}, set()),
        (MAY_NOT, {"bodies": 0}, {"papers.not_keeper"}),
        (
            MAY,
            {"title": " ", "bodies": 0, "due_on": TODAY - DAY},
            {"papers.title_needed", "papers.bodies_needed", "papers.due_is_past"},
        ),
    ],
)
def test_may_begin(held, facts, expected):
    given = {"title": "A draft", "bodies": 1, "due_on": None, "today": TODAY} | facts
    assert codes(rules.may_begin(held, BODY, **given)) == expected


@pytest.mark.parametrize(
    ("body", "followed", "sha256", "expected"),
    [
        (BODY, False, "b", set()),
        (OTHER, False, "b", {"papers.round_of_another"}),
        (BODY, True, "a", {"papers.followed_already", "papers.same_paper"}),
    ],
)
def test_a_changed_paper_goes_round_once_after_the_earlier_one(body, followed, sha256, expected):
    before = Facts(body_id=1, file=Facts(sha256="a"))
    assert codes(rules.may_follow(before, body, followed=followed, sha256=sha256)) == expected


ROW = Differing(1, "Point 1", "was", "shall be")


@pytest.mark.parametrize("was", list(Verdict))
@pytest.mark.parametrize(
    ("to", "facts", "expected"),
    [
        (Verdict.AGREED, {}, set()),
        (Verdict.WAITING, {}, {"papers.verdict_needed"}),
        (Verdict.AGREED, {"remark": "but"}, {"papers.agreed_but_differs"}),
        (Verdict.AGREED, {"differing": [ROW]}, {"papers.agreed_but_differs"}),
        (Verdict.REMARKS, {}, {"papers.remark_needed"}),
        (Verdict.REMARKS, {"remark": "See"}, set()),
        (Verdict.NOT_AGREED, {}, {"papers.remark_needed", "papers.disagreement_needed"}),
        (Verdict.NOT_AGREED, {"remark": "No", "differing": [ROW]}, set()),
        (
            Verdict.NOT_AGREED,
            {"remark": "No", "differing": [Differing(3, "Point 1", "was", "")]},
            {"papers.differing_incomplete"},
        ),
        (Verdict.AGREED, {"read": "another"}, {"papers.another_paper"}),
    ],
)
def test_may_say(was, to, facts, expected):
    consent = Facts(
        body=BODY, verdict=was, round=Facts(state=RoundState.OPEN, file=Facts(sha256="a"))
    )
    given = {"remark": "", "differing": [], "read": "a"} | facts
    assert codes(rules.may_say(MAY, consent, to, **given)) == expected


@pytest.mark.parametrize(
    ("held", "state", "expected"),
    [(MAY_NOT, "open", "papers.not_asked"), (MAY, "closed", "papers.round_closed")],
)
def test_only_the_asked_answer_and_only_while_the_paper_goes_round(held, state, expected):
    consent = Facts(body=BODY, verdict="waiting", round=Facts(state=state))
    found = rules.may_say(held, consent, Verdict.AGREED, remark="", differing=[], read="")
    assert codes(found) == {expected}


@pytest.mark.parametrize(
    ("held", "state", "expected"),
    [(MAY, "open", None), (MAY_NOT, "open", "papers.not_keeper"), (MAY, "closed", "papers.round_closed")],
)  # fmt: skip
def test_may_close(held, state, expected):
    refusal = rules.may_close(held, Facts(body=BODY, state=state))
    assert (refusal and refusal.code) == expected


@pytest.mark.parametrize(
    ("held", "text", "expected"),
    [(MAY, "Taken", None), (MAY_NOT, "Taken", "papers.not_keeper"), (MAY, " ", "papers.text_needed")],
)  # fmt: skip
def test_may_settle(held, text, expected):
    refusal = rules.may_settle(held, Facts(body=BODY), text=text)
    assert (refusal and refusal.code) == expected
