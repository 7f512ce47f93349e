"""May a paper be registered, resolved, sent round, agreed to? Facts in, refusals out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kelisim.papers import rights
from kelisim.papers.states import NEXT_ROUND, NEXT_VERDICT, Direction, RoundState, Verdict
from kelisim.papers.trees.differing import Differing
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers
    from kelisim.papers.models import Consent, Document, Round

MEGABYTE = 1024 * 1024


def may_keep(held: "Powers", body: "Body") -> Refusal | None:
    return None if held.may(rights.KEEP, body) else Refusal("papers.not_keeper")


def may_register(
    held: "Powers",
    body: "Body",
    *,
    title: Mapping[str, str],
    direction: Direction,
    correspondent: str,
    index_body: int | None,
    day: date,
    today: date,
) -> list[Refusal]:
    """By the body's office; a letter names the other side; the index is the body's own.

    A paper may be entered late under the day that it bears, never under a day to come.
    """
    if refusal := may_keep(held, body):
        return [refusal]
    found = []
    if not any(words.strip() for words in title.values()):
        found.append(Refusal("papers.title_needed", place="title_kk"))
    if day > today:
        found.append(Refusal("papers.day_ahead", place="day"))
    if direction is not Direction.INTERNAL and not correspondent.strip():
        found.append(Refusal("papers.correspondent_needed", place="correspondent"))
    if index_body is not None and index_body != body.pk:
        found.append(Refusal("papers.index_of_another", place="index"))
    return found


def may_resolve(held: "Powers", document: "Document", *, text: str) -> Refusal | None:
    if not held.may(rights.RESOLVE, document.body):
        return Refusal("papers.not_resolver")
    if document.resolution:
        return Refusal("papers.resolved_already")
    return None if text.strip() else Refusal("papers.text_needed", place="text")


def may_send(held: "Powers", document: "Document", *, on: date, today: date) -> Refusal | None:
    """An outgoing paper leaves once, not before it was registered and not on a day to come."""
    if refusal := may_keep(held, document.body):
        return refusal
    if document.direction != Direction.OUTGOING:
        return Refusal("papers.not_outgoing")
    if document.sent_on is not None:
        return Refusal("papers.sent_already")
    if on > today:
        return Refusal("papers.day_ahead", place="on")
    return Refusal("papers.sent_before_its_day", place="on") if on < document.day else None


def may_edit(held: "Powers", body: "Body") -> Refusal | None:
    return None if held.may(rights.EDIT, body) else Refusal("papers.not_editor")


def fits(size: int, most: int) -> Refusal | None:
    """A file is not empty and not too large."""
    if size == 0:
        return Refusal("papers.file_empty", place="file")
    if size > most:
        return Refusal("papers.file_too_large", place="file", most=most // MEGABYTE)
    return None


def may_begin(
    held: "Powers",
    body: "Body",
    *,
    title: str,
    bodies: int,
    due_on: date | None,
    today: date,
) -> list[Refusal]:
    """A paper is sent round by its office, to at least one body."""
    if refusal := may_keep(held, body):
        return [refusal]
    found = []
    if not title.strip():
        found.append(Refusal("papers.title_needed", place="title"))
    if not bodies:
        found.append(Refusal("papers.bodies_needed", place="bodies"))
    if due_on is not None and due_on < today:
        found.append(Refusal("papers.due_is_past", place="due_on"))
    return found


def may_follow(before: "Round", body: "Body", *, followed: bool, sha256: str) -> list[Refusal]:
    """A changed paper goes round anew after the round of the earlier one, once, in its body."""
    found = []
    if before.body_id != body.pk:
        found.append(Refusal("papers.round_of_another"))
    if followed:
        found.append(Refusal("papers.followed_already"))
    if before.file.sha256 == sha256:
        found.append(Refusal("papers.same_paper", place="file"))
    return found


def may_say(
    held: "Powers",
    consent: "Consent",
    to: Verdict,
    *,
    remark: str,
    differing: Sequence[Differing],
    read: str,
) -> list[Refusal]:
    """For one's own body, of the very paper that was read; what is not agreed says where."""
    if not held.may(rights.APPROVE, consent.body):
        return [Refusal("papers.not_asked")]
    if consent.round.state != RoundState.OPEN:
        return [Refusal("papers.round_closed")]
    found = []
    if to not in NEXT_VERDICT[Verdict(consent.verdict)]:
        found.append(Refusal("papers.verdict_needed", place="verdict"))
    if to in {Verdict.REMARKS, Verdict.NOT_AGREED} and not remark.strip():
        found.append(Refusal("papers.remark_needed", place="remark"))
    if to is Verdict.NOT_AGREED and not differing:
        found.append(Refusal("papers.disagreement_needed", place="place_1"))
    if to is Verdict.AGREED and (differing or remark.strip()):
        found.append(Refusal("papers.agreed_but_differs", place="verdict"))
    found += [
        Refusal("papers.differing_incomplete", place=f"place_{row.number}", row=row.number)
        for row in differing
        if not (row.place and row.proposed)
    ]
    if read != consent.round.file.sha256:
        found.append(Refusal("papers.another_paper"))
    return found


def may_close(held: "Powers", round_: "Round") -> Refusal | None:
    if refusal := may_keep(held, round_.body):
        return refusal
    if RoundState.CLOSED not in NEXT_ROUND[RoundState(round_.state)]:
        return Refusal("papers.round_closed")
    return None


def may_settle(held: "Powers", round_: "Round", *, text: str) -> Refusal | None:
    """Whoever sent the paper round says how a disagreement was settled."""
    if refusal := may_keep(held, round_.body):
        return refusal
    return None if text.strip() else Refusal("papers.text_needed", place="settlement")
